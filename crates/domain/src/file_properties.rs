//! What a file says of itself beside its content: who wrote it, with what, when. The words of the file's program, never checked by anybody.

use crate::Location;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// Longest value that is kept.
const LONGEST: usize = 200;
/// Properties and fonts that are kept of one file.
const MOST: usize = 60;
/// Hours behind UTC where a time names no zone: those of mainland Ecuador.
const LOCAL_HOURS: i8 = -5;

/// Tells what a property is, whatever the format calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PropertyKind {
    /// Who made the file.
    Author,
    /// Who saved it last.
    LastAuthor,
    /// The company the program is registered to.
    Company,
    /// The program it was written with.
    Program,
    /// What turned it into its format.
    Producer,
    /// When it was made.
    Created,
    /// When it was written last.
    Modified,
    /// Names the document through all its versions.
    DocumentId,
}

/// Holds one property as the file writes it, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProperty {
    /// What it is.
    pub kind: PropertyKind,
    /// What it says.
    pub value: String,
    /// The part of the file it stands in: `/Info`, `docProps/core.xml`.
    pub part: String,
    /// Its name there: `Author`, `dc:creator`.
    pub name: String,
    /// The moment it names, where it names one that can be read.
    #[serde(default)]
    pub at: Option<Timestamp>,
}

impl FileProperty {
    /// Returns where it stands.
    #[must_use]
    pub fn location(&self) -> Location {
        Location::Record { path: self.part.clone(), row: None, column: Some(self.name.clone()) }
    }
}

/// Holds what a file says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileProperties {
    /// Properties that say something, in the order of the file.
    pub properties: Vec<FileProperty>,
    /// Names of the fonts it carries or asks for, without the marks of subsets, sorted, each once.
    #[serde(default)]
    pub fonts: Vec<String>,
}

impl FileProperties {
    /// Adds a property, unless it is empty or said already.
    pub fn put(&mut self, kind: PropertyKind, value: &str, part: &str, name: &str) {
        let value: String = value
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .take(LONGEST)
            .collect();
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = self.properties.iter().any(|known| known.kind == kind && known.value == value);
        if value.is_empty() || said || self.properties.len() >= MOST {
            return;
        }
        let at =
            matches!(kind, PropertyKind::Created | PropertyKind::Modified).then(|| moment(&value)).flatten();
        self.properties.push(FileProperty { kind, value, part: part.into(), name: name.into(), at });
    }

    /// Adds the name of a font; the mark of a subset (`ABCDEF+`) is no part of it.
    pub fn put_font(&mut self, name: &str) {
        let bare = match name.split_once('+') {
            Some((mark, rest)) if mark.len() == 6 && mark.chars().all(|c| c.is_ascii_uppercase()) => rest,
            _ => name,
        };
        let bare: String = bare.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        if let Err(place) = self.fonts.binary_search(&bare)
            && !bare.is_empty()
            && self.fonts.len() < MOST
        {
            self.fonts.insert(place, bare);
        }
    }

    /// Tells whether the file says nothing of itself.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.properties.is_empty() && self.fonts.is_empty()
    }

    /// Returns the properties of a kind.
    pub fn of(&self, kind: PropertyKind) -> impl Iterator<Item = &FileProperty> {
        self.properties.iter().filter(move |property| property.kind == kind)
    }
}

/// Reads the time of a PDF (`D:20260105103000-05'00'`, ISO 32000-1, 7.9.4) or of an office file (ISO 8601). One without a zone is taken
/// as of mainland Ecuador; one without an hour names no moment.
#[must_use]
pub fn moment(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some(moment);
    }
    let local = TimeZone::fixed(Offset::constant(LOCAL_HOURS));
    if let Ok(civil) = text.parse::<DateTime>()
        && text.contains('T')
    {
        return civil.to_zoned(local).ok().map(|zoned| zoned.timestamp());
    }
    let rest = text.strip_prefix("D:").unwrap_or(text);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let two = |from: usize| digits.get(from..from + 2).and_then(|digits| digits.parse::<i8>().ok());
    let year = digits.get(0..4)?.parse::<i16>().ok()?;
    let (month, day, hour, minute) = (two(4)?, two(6)?, two(8)?, two(10)?);
    let civil = DateTime::new(year, month, day, hour, minute, two(12).unwrap_or(0), 0).ok()?;
    let zone = rest.get(digits.len()..).unwrap_or_default().trim();
    let offset = match zone.chars().next() {
        Some('Z') => Offset::UTC,
        Some(sign @ ('+' | '-')) => {
            let figures: String = zone.chars().filter(char::is_ascii_digit).collect();
            let part = |from: usize| figures.get(from..from + 2).and_then(|part| part.parse::<i32>().ok());
            let seconds = part(0)? * 3_600 + part(2).unwrap_or(0) * 60;
            Offset::from_seconds(if sign == '-' { -seconds } else { seconds }).ok()?
        }
        _ => return civil.to_zoned(local).ok().map(|zoned| zoned.timestamp()),
    };
    civil.to_zoned(TimeZone::fixed(offset)).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_pdf_and_office_are_one_and_a_bare_day_is_none() {
        let read = |text| moment(text).map(|moment| moment.to_string());
        let noon = Some("2026-01-05T15:30:00Z".to_owned());
        for text in [
            "D:20260105103000-05'00'",
            "D:20260105103000-05'00",
            "D:20260105103000",
            "20260105103000",
            "D:202601051530Z",
            "2026-01-05T15:30:00Z",
            "2026-01-05T10:30:00-05:00",
            "2026-01-05T10:30:00",
        ] {
            assert_eq!(read(text), noon, "{text}");
        }
        for text in [
            "",
            "D:20260105",
            "2026-01-05",
            "D:20261305103000",
            "ayer",
            "D:2026ñ10510",
            "D:20260105103000+99'",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn values_are_folded_kept_once_and_bounded() {
        let mut said = FileProperties::default();
        said.put(PropertyKind::Author, " Ana \n Ejemplo\u{0}", "/Info", "Author");
        said.put(PropertyKind::Author, "Ana Ejemplo", "/XMP", "dc:creator");
        said.put(PropertyKind::Company, "  ", "docProps/app.xml", "Company");
        assert_eq!(said.properties.len(), 1);
        assert_eq!(said.properties[0].value, "Ana Ejemplo");
        for font in ["ABCDEF+Garamond", "Garamond", "abcdef+Garamond", ""] {
            said.put_font(font);
        }
        assert_eq!(said.fonts, ["Garamond", "abcdef+Garamond"], "only a mark of six capitals is one");
        (0..500).for_each(|number| said.put(PropertyKind::DocumentId, &number.to_string(), "x", "y"));
        assert_eq!(said.properties.len(), MOST);
    }
}
