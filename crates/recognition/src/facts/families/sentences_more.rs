//! More of what running sentences say: days on which papers are issued, what clauses fix, what letters promise.
//!
//! They come last: a field that any other rule has read is not read here.

use super::super::FieldKind::{Choice, Date, Duration, Money, Percent, Ruc, Text};
use super::super::rules::{TypeRules, phrase};
use super::{amount, day, rules, share};

const RESULT: &[(&str, &[&str])] = &[
    ("con obligaciones", &["pendient", "con obligac", "registra obligac", "mora"]),
    ("al día", &["al dia", "no registra", "sin obligac"]),
];

/// The day of issue: «se otorga el 3 de mayo de 2024 a pedido de».
macro_rules! issued {
    () => {
        concat!(
            r"\b(?:(?:se )?(?:otorga|expide|emite|extiende|confiere|certifica|suscribe|firma|celebra)n?|dad[oa]|otorgad[oa]|emitid[oa])(?: (?:el presente|la presente|este) [a-z]{4,20})?(?: en (?:la ciudad de )?[a-z~ ]{3,30},?)? (?:hoy,? )?(?:el |a los |a |al )?(?:dia )?",
            day!()
        )
    };
}

/// Rules of these sentences.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["CERT_SRI", "CERT_IESS", "PODER", "CONTRATO_EXP", "CONSORCIO_CONSTITUIDO", "COMPROMISO_EQUIPO"],
        false,
        &[],
        &[phrase("fecha", Date, issued!())],
    ),
    rules(
        &["CERT_SRI", "CERT_IESS"],
        false,
        &[],
        &[
            phrase("fecha", Date, concat!(r"\b(?:a la fecha|al dia|con corte al?|a fecha)(?: de)? ", day!())),
            phrase("resultado", Choice(RESULT), r"\bresultado: ?(.{4,80}?)(?:\.|$| [a-z]+:)"),
        ],
    ),
    rules(
        &["DECLARACION_JURAMENTADA", "ESCRITURA"],
        false,
        &[],
        &[
            phrase("fecha", Date, concat!(r"^.{0,400}?\bhoy,? ", day!())),
            phrase(
                "fecha_constitucion",
                Date,
                concat!(
                    r"\b(?:se constituyo|constituida|fue constituida)(?: mediante [^,]{3,60},?)? (?:el |con fecha )?",
                    day!()
                ),
            ),
            phrase(
                "fecha_constitucion",
                Date,
                concat!(r"\bhoy,? ", day!(), r".{0,160}?comparec.{0,200}?constitu"),
            ),
            phrase(
                "capital",
                Money,
                concat!(
                    r"\bcapital (?:social|suscrito|autorizado)\b.{0,50}?\b(?:es|sea|sera|asciende)\b.{0,30}? (?:de |a )?",
                    amount!()
                ),
            ),
        ],
    ),
    rules(
        &["CONTRATO_EXP"],
        false,
        &[],
        &[
            phrase(
                "monto",
                Money,
                concat!(r"\b(?:precio|valor|monto|cuantia)\b[^.:]{0,30}[.:-]+ [^.]{0,80}?", amount!()),
            ),
            phrase(
                "plazo",
                Duration,
                r"\bplazo\b[^.:]{0,30}[.:-]+ [^.]{0,80}?(\d{1,4} ?(?:\([a-z ]+\) ?)?(?:dias|meses|anos)(?: (?:calendario|habiles|laborables|plazo|termino))?)",
            ),
            phrase(
                "objeto",
                Text,
                r"\bobjeto\b[^.:]{0,20}[.:-]+ (?:el |la )?contratista (?:ejecutara|se obliga(?: para con [^,]{3,60})? a (?:ejecutar|entregar|prestar)|entregara|prestara|realizara)(?: la| el| los| las)? (.{8,300}?)(?:\.(?: |$)|, de conformidad|, conforme)",
            ),
        ],
    ),
    rules(
        &["ACTA_ER"],
        false,
        &[],
        &[
            phrase(
                "contrato",
                Text,
                r"\b(?:firmaron|suscribieron|celebraron) (?:el )?(?:contrato|la orden)(?: (?:numero|no\.?|nro\.?))? ([a-z0-9][a-z0-9/.-]{1,40})",
            ),
            phrase(
                "objeto",
                Text,
                r"\b(?:firmaron|suscribieron|celebraron) .{3,60}? (?:para|cuyo objeto (?:es|fue))(?: la| el| los| las)? (.{8,300}?)\.(?: |$)",
            ),
            phrase(
                "monto_liquidado",
                Money,
                concat!(
                    r"\b(?:se liquidan?|liquidacion final (?:es|de)|valor liquidado)\b.{0,40}? ",
                    amount!()
                ),
            ),
        ],
    ),
    rules(
        &["PLIEGO"],
        false,
        &[],
        &[
            phrase(
                "presupuesto",
                Money,
                concat!(r"\bpresupuesto referencial\b.{0,60}?\b(?:es|asciende|de)\b.{0,20}? ", amount!()),
            ),
            phrase(
                "plazo",
                Duration,
                r"\b(?:trabajos|obras?|servicios?|estudios?|bienes)\b.{0,30}?\b(?:duraran?|se ejecutaran?|se entregaran?)\b.{0,20}? (\d{1,4} (?:dias|meses))",
            ),
            phrase(
                "vigencia_oferta",
                Duration,
                r"\bofertas?\b.{0,20}?\b(?:se mantendran?|tendran?|estaran?)\b.{0,30}? (\d{1,4} dias)",
            ),
        ],
    ),
    rules(
        &["FORM_CONSORCIO"],
        false,
        &[],
        &[phrase(
            "plazo_adicional",
            Duration,
            r"\b(?:vivira|durara|vigente|vigencia|subsistira)\b.{0,40}? (\d{1,3} ?(?:\([a-z ]+\) ?)?dias) (?:despues|posteriores|adicionales|contados desde)",
        )],
    ),
    rules(
        &["FORM_SUBCON"],
        false,
        &[],
        &[
            phrase(
                "subcontratista",
                Text,
                r"(?:^|[.:] )([a-z0-9&.,~ ]{5,70}?),? con (?:el )?ruc (?:no\.? )?\d{13}.{0,120}?\bsubcontratist",
            ),
            phrase(
                "rubro",
                Text,
                r"\b(?:ejecutar|realizar|entregar)\b.{0,40}?\bel rubro (.{4,120}?) de(?:l| la) (?:obra|contrato|proyecto)",
            ),
        ],
    ),
    rules(
        &["CONSORCIO_CONSTITUIDO"],
        false,
        &[],
        &[phrase("ruc", Ruc, r"\bconsorcio\b.{0,120}?\b(?:con|el) (?:el )?ruc (?:no\.? |numero )?(\d{13})")],
    ),
    rules(
        &["GARANTIA_TEC"],
        false,
        &[],
        &[phrase(
            "plazo",
            Duration,
            r"\b(?:garantiza|garantizamos|garantizo|garantia)\b.{0,80}?\b(?:por|durante|de)\b(?: el (?:plazo|lapso|periodo|termino) de)? (\d{1,3} ?(?:\([a-z ]+\) ?)?(?:meses|anos|dias))",
        )],
    ),
    rules(
        &["FUO_1_12_PE"],
        false,
        &[],
        &[phrase(
            "porcentaje",
            Percent,
            concat!(
                r"\b(?:comprometo|compromete|ofrezco|participacion)\b.{0,60}? ",
                share!(),
                r".{0,80}?(?:ecuatorian|nacional)"
            ),
        )],
    ),
    rules(
        &["FUO_1_5_RUBROS"],
        false,
        &[],
        &[phrase(
            "agregado_ecuatoriano",
            Percent,
            concat!(r"\bagregado (?:ecuatoriano|nacional)\b.{0,60}? ", share!()),
        )],
    ),
    rules(
        &["PLANILLA"],
        false,
        &[],
        &[phrase(
            "avance",
            Percent,
            concat!(r"\b(?:obra|avance)\b.{0,40}?\b(?:llega|alcanza|es|asciende)\b.{0,12}? ", share!()),
        )],
    ),
    rules(
        &["DISTRIBUIDOR"],
        false,
        &[],
        &[phrase(
            "vigencia",
            Date,
            concat!(r"\b(?:rige|vigente|valid[oa]|vigencia)\b.{0,20}?\bhasta (?:el )?", day!()),
        )],
    ),
    rules(
        &["OFERTA_ECONOMICA_CONSULTORIA"],
        false,
        &[],
        &[phrase(
            "total",
            Money,
            concat!(
                r"\b(?:ofrezco|oferto|ofertamos|propongo)\b.{0,80}?\bpor (?:el valor de |un valor de |la suma de )?",
                amount!()
            ),
        )],
    ),
    rules(
        &["TITULO"],
        false,
        &[],
        &[
            phrase(
                "titulo",
                Text,
                r"\bel titulo (?:profesional )?de ((?:magister|master|doctor|especialista|ingenier|licenciad|arquitect|tecnolog|tecnic|abogad|economist|contador)[a-z ]{0,70}?)(?:,| de cuarto| de tercer|\.|$)",
            ),
            phrase(
                "registro",
                Text,
                r"\b(?:senescyt|registro)\b.{0,40}?\bnumero:? (\d{4}r?-\d{2,4}-\d{4,8})",
            ),
        ],
    ),
];
