//! Persons and companies that do not exist. Their numbers satisfy the check digits but lie in ranges that no registry has reached:
//! provinces of few inhabitants with sequences above nine hundred thousand.

use crate::random::Draw;
use crate::vocabulary::{
    CANTONS, COMPANY_ENDINGS, COMPANY_STEMS, FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES, STREETS, TRADES,
};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Provinces whose sequences stay far below the numbers drawn here.
const PROVINCES: [u8; 5] = [14, 16, 19, 20, 22];

/// Completes nine digits to a cédula (modulus 10).
#[must_use]
pub(crate) fn cedula(province: u8, sequence: u32) -> String {
    let nine = format!("{province:02}5{:06}", 900_000 + sequence % 100_000);
    let sum: u32 = nine
        .bytes()
        .enumerate()
        .map(|(index, byte)| {
            let product = u32::from(byte - b'0') * if index % 2 == 0 { 2 } else { 1 };
            if product > 9 { product - 9 } else { product }
        })
        .sum();
    format!("{nine}{}", (10 - sum % 10) % 10)
}

fn modulus_eleven(digits: &str, weights: &[u32]) -> Option<u32> {
    let sum: u32 = digits.bytes().zip(weights).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    match 11 - sum % 11 {
        11 => Some(0),
        10 => None,
        other => Some(other),
    }
}

/// Completes a number of a private company (modulus 11).
#[must_use]
pub(crate) fn company_ruc(province: u8, sequence: u32) -> String {
    let mut sequence = 900_000 + sequence % 90_000;
    loop {
        let nine = format!("{province:02}9{sequence:06}");
        if let Some(check) = modulus_eleven(&nine, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) {
            return format!("{nine}{check}001");
        }
        sequence += 1;
    }
}

/// Completes a number of a public body (modulus 11 over eight digits).
#[must_use]
pub(crate) fn public_ruc(province: u8, sequence: u32) -> String {
    let mut sequence = 90_000 + sequence % 9_000;
    loop {
        let eight = format!("{province:02}6{sequence:05}");
        if let Some(check) = modulus_eleven(&eight, &[3, 2, 7, 6, 5, 4, 3, 2]) {
            return format!("{eight}{check}0001");
        }
        sequence += 1;
    }
}

/// Gives the same company number with a check digit that does not agree.
#[must_use]
pub(crate) fn with_wrong_check_digit(ruc: &str) -> String {
    let mut bytes: Vec<char> = ruc.chars().collect();
    if let Some(digit) = bytes.get(9).and_then(|digit| digit.to_digit(10)) {
        bytes[9] = char::from_digit((digit + 3) % 10, 10).unwrap_or('0');
    }
    bytes.into_iter().collect()
}

/// A fictional person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Names, then family names: as in forms.
    pub name: String,
    /// Family names, then names: as registries write them.
    pub registry_name: String,
    /// Cédula.
    pub cedula: String,
    /// True for a woman: titles agree.
    pub woman: bool,
    /// Date of birth.
    pub born: Date,
}

impl Person {
    /// Returns the title that stands before the name.
    #[must_use]
    pub(crate) fn titled(&self, title: usize) -> String {
        let titles = if self.woman {
            ["Ing.", "Dra.", "Lcda.", "Arq.", "Sra."]
        } else {
            ["Ing.", "Dr.", "Lcdo.", "Arq.", "Sr."]
        };
        format!("{} {}", titles[title % titles.len()], self.name)
    }
}

/// A fictional company, or a person in business.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    /// Name, with its legal form.
    pub name: String,
    /// Taxpayer's number.
    pub ruc: String,
    /// True for a natural person.
    pub natural: bool,
    /// Legal representative, or the person itself.
    pub representative: Person,
    /// Office of the representative.
    pub office: String,
    /// Partners with their shares in hundredths of a percent.
    pub partners: Vec<(Person, i64)>,
    /// Date of foundation.
    pub founded: Date,
    /// Province and canton (invented).
    pub province: String,
    /// Canton.
    pub canton: String,
    /// Main street and number.
    pub street: String,
    /// Crossing street.
    pub crossing: String,
    /// House number.
    pub house: String,
    /// Postal code.
    pub postal: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// Makes persons and companies, none twice.
#[derive(Debug, Clone)]
pub(crate) struct Registry {
    draw: Draw,
    names: BTreeSet<String>,
    sequence: u32,
}

impl Registry {
    /// Starts the registry of one process.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed, "identidades");
        let sequence = u32::try_from(draw.below(60_000)).unwrap_or(0);
        Self { draw, names: BTreeSet::new(), sequence }
    }

    fn number(&mut self) -> (u8, u32) {
        self.sequence += 137 + u32::try_from(self.draw.below(800)).unwrap_or(0);
        (*self.draw.choose(&PROVINCES), self.sequence)
    }

    /// Makes a person.
    pub(crate) fn person(&mut self) -> Person {
        loop {
            let woman = self.draw.once_in(2);
            let given = if woman { FEMALE_NAMES } else { MALE_NAMES };
            let (first, second) = (self.draw.pick(given), self.draw.pick(given));
            let (father, mother) = (self.draw.pick(FAMILY_NAMES), self.draw.pick(FAMILY_NAMES));
            let name = format!("{first} {second} {father} {mother}");
            if first == second || father == mother || !self.names.insert(name.clone()) {
                continue;
            }
            let (province, sequence) = self.number();
            let year = i16::try_from(self.draw.between(1962, 1994)).unwrap_or(1980);
            let month = i8::try_from(self.draw.between(1, 12)).unwrap_or(1);
            let day = i8::try_from(self.draw.between(1, 28)).unwrap_or(1);
            return Person {
                registry_name: format!("{father} {mother} {first} {second}").to_uppercase(),
                name,
                cedula: cedula(province, sequence),
                woman,
                born: jiff::civil::date(year, month, day),
            };
        }
    }

    /// Makes a bidder; `works` chooses names of builders, `natural` a person in business.
    pub(crate) fn party(&mut self, works: bool, natural: bool, before: Date) -> Party {
        let representative = self.person();
        let (province_code, sequence) = self.number();
        let (name, ruc) = if natural {
            (representative.registry_name.clone(), format!("{}001", representative.cedula))
        } else {
            (self.company_name(works), company_ruc(province_code, sequence))
        };
        let (province, canton) = *self.draw.choose(CANTONS);
        let domain: String = plain(&name).chars().filter(char::is_ascii_alphanumeric).take(18).collect();
        let shares: &[i64] =
            self.draw.pick(&[&[6000, 4000], &[5100, 4900], &[5000, 3000, 2000], &[9900, 100], &[7050, 2950]]);
        let mut partners = vec![(representative.clone(), shares[0])];
        for share in &shares[1..] {
            let partner = self.person();
            partners.push((partner, *share));
        }
        let years = self.draw.between(4, 19);
        let founded = before.saturating_sub(jiff::Span::new().years(years).days(self.draw.between(3, 300)));
        let office = if natural {
            "PERSONA NATURAL".to_owned()
        } else {
            self.draw
                .pick(&["GERENTE GENERAL", "GERENTE GENERAL", "PRESIDENTE EJECUTIVO", "GERENTE"])
                .to_owned()
        };
        let first_street = self.draw.pick(STREETS).to_owned();
        let mut second_street = self.draw.pick(STREETS).to_owned();
        if second_street == first_street {
            second_street = "Pasaje Los Faroles".into();
        }
        Party {
            ruc,
            natural,
            office,
            partners: if natural { Vec::new() } else { partners },
            founded,
            province: province.into(),
            canton: canton.into(),
            street: first_street,
            crossing: second_street,
            house: format!("{}-{:02}", self.draw.between(1, 98), self.draw.between(10, 99)),
            postal: format!("{province_code:02}{:04}", self.draw.between(101, 950)),
            phone: format!("09{:08}", self.draw.between(90_000_000, 99_999_999)),
            email: format!(
                "{}@{}.example",
                self.draw.pick(&["ventas", "gerencia", "info", "licitaciones", "contacto"]),
                domain.to_lowercase()
            ),
            name,
            representative,
        }
    }

    fn company_name(&mut self, works: bool) -> String {
        loop {
            let (stem, ending) = (self.draw.pick(COMPANY_STEMS), self.draw.pick(COMPANY_ENDINGS));
            let trades = TRADES.iter().filter(|(of_works, _)| *of_works == works).map(|(_, trade)| *trade);
            let trades: Vec<&str> = trades.collect();
            let trade = self.draw.pick(&trades);
            let name = if self.draw.once_in(3) {
                format!("{stem}{} {ending}", if works { "CONSTRUC" } else { "COMERCIAL" })
            } else {
                format!("{trade} {stem} {ending}")
            };
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }

    /// Makes the buying body of a process: name, siglas and number.
    pub(crate) fn entity(&mut self, works: bool) -> Entity {
        let (province, canton) = *self.draw.choose(CANTONS);
        let (_, sequence) = self.number();
        let siglas: String = canton
            .split(' ')
            .filter_map(|word| word.chars().next())
            .filter(|letter| letter.is_uppercase())
            .collect();
        let (name, siglas) = match self.draw.below(if works { 2 } else { 4 }) {
            0 => (
                format!("GOBIERNO AUTÓNOMO DESCENTRALIZADO MUNICIPAL DEL CANTÓN {}", canton.to_uppercase()),
                format!("GADM{siglas}"),
            ),
            1 => (
                format!("EMPRESA PÚBLICA MUNICIPAL DE AGUA Y SANEAMIENTO DE {}", canton.to_uppercase()),
                format!("EPMAS{siglas}"),
            ),
            2 => (format!("HOSPITAL GENERAL {}", canton.to_uppercase()), format!("HG{siglas}")),
            _ => (format!("UNIVERSIDAD TÉCNICA DE {}", canton.to_uppercase()), format!("UT{siglas}")),
        };
        let authority = self.person();
        Entity {
            name,
            siglas,
            ruc: public_ruc(*self.draw.choose(&PROVINCES), sequence),
            province: province.into(),
            canton: canton.into(),
            authority,
        }
    }
}

/// A fictional public body.
#[derive(Clone, Debug)]
pub(crate) struct Entity {
    /// Its name.
    pub name: String,
    /// Abbreviation used in its codes.
    pub siglas: String,
    /// Taxpayer's number.
    pub ruc: String,
    /// Province.
    pub province: String,
    /// Canton.
    pub canton: String,
    /// Highest authority.
    pub authority: Person,
}

/// Writes a text without accents, for file names and addresses.
#[must_use]
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            'Á' => 'A',
            'É' => 'E',
            'Í' => 'I',
            'Ó' => 'O',
            'Ú' | 'Ü' => 'U',
            'Ñ' => 'N',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Cedula, CheckDigit, Ruc, RucKind};

    #[test]
    fn invented_numbers_satisfy_the_rules_of_real_ones() {
        for sequence in (0..90_000).step_by(719) {
            for province in PROVINCES {
                let number = Cedula::parse(&cedula(province, sequence)).expect("well formed");
                assert_eq!(number.check_digit(), CheckDigit::Agrees, "{number}");
                let company = Ruc::parse(&company_ruc(province, sequence)).expect("well formed");
                assert_eq!(
                    (company.kind(), company.check_digit()),
                    (RucKind::Private, CheckDigit::Agrees),
                    "{company}"
                );
                let public = Ruc::parse(&public_ruc(province, sequence)).expect("well formed");
                assert_eq!(
                    (public.kind(), public.check_digit()),
                    (RucKind::Public, CheckDigit::Agrees),
                    "{public}"
                );
                let wrong = Ruc::parse(&with_wrong_check_digit(company.as_str())).expect("well formed");
                assert_eq!(wrong.check_digit(), CheckDigit::Disagrees, "{wrong}");
            }
        }
    }
}
