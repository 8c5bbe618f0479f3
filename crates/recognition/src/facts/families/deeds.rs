//! What deeds and letters say in running sentences: who binds himself to whom, for what, for how much and until when.
//!
//! Last of all: a field that any rule before has read is not read here.

use super::super::FieldKind::{
    Account, Cedula, Choice, Date, Duration, Money, Percent, Person, Ruc, Text, YesNo,
};
use super::super::rules::{TypeRules, label, phrase};
use super::{amount, day, rules, share};

const REPRESENTATION: &[(&str, &[&str])] = &[
    ("representante legal", &["representante legal", "gerente", "presidente"]),
    ("apoderado", &["apoderad"]),
    ("procurador común", &["procurador"]),
];

/// What ends a name in a sentence.
macro_rules! ends {
    () => {
        r"(?:,|;| representad| con ruc| titular del| domiciliad| quien | que en adelante)"
    };
}

/// Titles before a person's name.
macro_rules! titles {
    () => {
        r"(?:(?:el|la|los|senora?|senorita|sra?|ing|arq|abg|dra?|econ|lcd[oa]|lic|mgs|tlgo)\.? )*"
    };
}

/// The number of a cédula in a sentence.
const CEDULA: &str = r"\b(?:cedula|documento)(?: de)?(?: ciudadania| identidad| identificacion| ciudadania y/o identidad)?(?: (?:no|nro|n\.o|num|numero)\.?)?:? (\d{9}-?\d)\b";

/// Rules of these sentences.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["ACTA_ER"],
        false,
        &[],
        &[
            phrase(
                "contratante",
                Text,
                r"\b(?:se reunen?|comparecen?|concurren?|intervienen?|constituyen?)\b.{0,60}?\b(?:por (?:una parte|parte|la primera parte)?,? ?(?:del |de la |el |la )?)([a-z][a-z0-9.&~ ]{5,90}?)(?:,| el administrador| la administradora| su administrador| representad| a traves)",
            ),
            phrase(
                "contratista",
                Text,
                concat!(
                    r"\bpor (?:la )?otra(?: parte)?,? (?:el contratista,? |la contratista,? |la compania |la empresa |el proveedor,? )?([a-z0-9][a-z0-9.&,~ ]{4,90}?)",
                    ends!()
                ),
            ),
            phrase(
                "contrato",
                Text,
                r"\b(?:del?|al|el) contrato(?: (?:no|nro|n\.o|numero|signado con(?: el)?)\.?)*:? ([a-z]{2,6}[a-z0-9]*-[a-z0-9-]{3,30})\b",
            ),
            phrase(
                "monto_contrato",
                Money,
                concat!(
                    r"\bel contrato (?:fue|es|era|se suscribio)(?: por)?(?: un)?(?: valor| monto)?(?: de)? ",
                    amount!()
                ),
            ),
            phrase(
                "objeto",
                Text,
                r"\bcontrato (?:tuvo|tiene|tenia) (?:por|como) objeto:? (?:la |el |los |las )?([a-z].{8,300}?)\.(?: |$)",
            ),
        ],
    ),
    rules(
        &["CERT_EXP"],
        false,
        &[],
        &[
            phrase(
                "cargo",
                Text,
                r"\b(?:con el|en el|el|ejerciendo el|desempenando el) (?:cargo|puesto|rol) de ([a-z][a-z ]{3,60}?)(?:,|\.|;| en | desde | durante | del | dentro | para )",
            ),
            phrase(
                "objeto",
                Text,
                r"\b(?:dentro del|en el|para el|del) proyecto:? (?:denominado )?([a-z].{8,200}?)(?:,|\.(?: |$)|;)",
            ),
        ],
    ),
    rules(
        &["COMPROMISO_EQUIPO"],
        false,
        &[],
        &[
            phrase(
                "propietario",
                Person,
                concat!(
                    r"\b(?:entre|yo),? ",
                    titles!(),
                    r"([a-z~' ]{6,60}?),? (?:en adelante|propietari|duen|como propietari)"
                ),
            ),
            phrase(
                "equipo",
                Text,
                r"\b(?:propietari[oa]|duen~?[oa]) (?:de|del|de la|de un|de una) ([a-z][a-z0-9 ]{3,70}?)(?:,| de placas?| con placas?| placas?| matricula| marca| serie)",
            ),
            phrase(
                "equipo",
                Text,
                r"\b(?:mantener en reserva|vender|arrendar|alquilar|poner a disposicion) (?:del oferente |de la empresa )?(?:el |la |un |una |su )?([a-z][a-z0-9 ]{3,70}?), (?:de )?(?:matricula|placa|marca|modelo|serie)",
            ),
            phrase("fecha", Date, concat!(r"\b(?:firmad[oa]|suscrit[oa]) (?:el |a los? |hoy )?", day!())),
        ],
    ),
    rules(
        &["CONSORCIO_CONSTITUIDO"],
        false,
        &[],
        &[
            phrase(
                "nombre",
                Text,
                r"\b(?:constituir|constituyen|conformar|denominar[a]?) (?:el |un |en )?(consorcio [a-z][a-z0-9 ]{2,60}?)(?:,|\.|;| adjudicatari| integrad| conformad| para )",
            ),
            phrase(
                "ruc",
                Ruc,
                r"\bconsorcio\b.{0,60}?\bregistro unico de contribuyentes(?: (?:no|nro|numero)\.?)?:? (\d{13})\b",
            ),
        ],
    ),
    rules(
        &["CONTRATO_EXP"],
        false,
        &[
            label("numero", Text, &["no. de orden", "numero de orden", "orden no", "orden de compra no"]),
            label(
                "monto",
                Money,
                &["valor sin iva", "subtotal sin iva", "total sin iva", "valor total sin iva"],
            ),
        ],
        &[phrase(
            "objeto",
            Text,
            r"\bcontratista se (?:obliga|compromete) a [a-z ]{5,70}: (?:la |el |los |las )?([a-z][^:]{8,300}?)\.(?: |$)",
        )],
    ),
    rules(
        &["DISTRIBUIDOR"],
        false,
        &[],
        &[
            phrase(
                "oferente",
                Text,
                r"\b(?:authori[sz]e|appoint|certify that|confirm that) ([a-z0-9][a-z0-9.& ]{4,80}?)(?:,| established| located| to | as )",
            ),
            phrase(
                "fabricante",
                Text,
                r"(?:^|\. )([a-z0-9][a-z0-9.& ]{4,80}?), (?:representante exclusiv|fabricante|en calidad de fabricante|in its capacity|manufacturer)",
            ),
        ],
    ),
    rules(
        &["FORM_SUBCON"],
        false,
        &[],
        &[
            phrase(
                "subcontratista",
                Text,
                r"\brepresentante(?: legal)? de (?:la |el )?([a-z][a-z0-9.& ]{5,90}?)(?:,| con ruc)",
            ),
            phrase(
                "valor",
                Money,
                concat!(r"\bpor (?:un |el )?(?:valor|monto|precio|la suma)(?: total)?(?: de)? ", amount!()),
            ),
        ],
    ),
    rules(
        &["FUO_1_1"],
        false,
        &[],
        &[
            phrase("lugar_fecha", Date, concat!(r"\bfecha: ?(?:[a-z~ ]{3,30}, )?(?:a )?", day!())),
            phrase(
                "objeto",
                Text,
                r"\bpara la (?:contratacion|ejecucion) de (?:la |el |los |las )?([a-z].{8,300}?), (?:una vez|despues|luego|previ[oa]|habiendo|tras|presento|declaro|manifiesto)",
            ),
            phrase(
                "calidad_firmante",
                Choice(REPRESENTATION),
                r"\ben (?:mi )?(?:calidad|condicion) de ([a-z ]{5,40}?)(?:,| de | del )",
            ),
            phrase(
                "firmante",
                Person,
                concat!(
                    r"\bfirma(?:n)?\b.{0,30}?\bnombre: ?",
                    titles!(),
                    r"([a-z~' ]{6,60}?) (?:c\.|ci|cedula|ruc|$)"
                ),
            ),
        ],
    ),
    rules(
        &["FUO_1_2"],
        false,
        &[
            label(
                "canton",
                Text,
                &["ciudad / canton", "ciudad/canton", "canton / ciudad", "ciudad o canton", "ciudad"],
            ),
            label(
                "telefono",
                super::super::FieldKind::Phone,
                &[
                    "telefono(s)",
                    "telefonos",
                    "tel",
                    "numero telefonico",
                    "telefono de contacto",
                    "telefono convencional",
                ],
            ),
        ],
        &[],
    ),
    rules(
        &["FUO_1_3"],
        false,
        &[],
        &[
            phrase("bolsa", YesNo, r"\bcotizad[ao]s? en (?:la )?bolsas?(?: de valores)?: (si|no)\b"),
            phrase(
                "beneficiario.nombre",
                Person,
                concat!(r"\bpersona natural que\b.{0,110}? es ", titles!(), r"([a-z~' ]{6,60}?),"),
            ),
            phrase(
                "beneficiario.nacionalidad",
                Text,
                r"\bpersona natural que\b.{0,220}? nacionalidad ([a-z]{5,20})",
            ),
            phrase(
                "beneficiario.id",
                Cedula,
                r"\bpersona natural que\b.{0,280}?\b(?:cedula|identidad|identificacion|documento)(?: (?:no|nro|numero)\.?)? (\d{9}-?\d)\b",
            ),
            phrase(
                "beneficiario.cuenta",
                Account,
                r"\bpersona natural que\b.{0,400}?\bcuenta(?: [a-z]{4,10})?(?: (?:no|nro|numero)\.?)? (\d{6,16})\b",
            ),
            phrase(
                "beneficiario.institucion",
                Text,
                r"\bpersona natural que\b.{0,400}?\bcuenta\b.{0,60}?\b(?:en|del) (?:el |la )?((?:banco|cooperativa|mutualista|bancod)[a-z ]{2,50}?)[.,;]",
            ),
        ],
    ),
    rules(
        &["FUO_1_6_COMP"],
        false,
        &[],
        &[
            phrase(
                "modelo",
                Text,
                r"\bmarca [a-z0-9][^,;.]{1,30}, modelo ([a-z0-9][a-z0-9 -]{1,30}?)(?:,|\.(?: |$)|;| de origen| fabricad)",
            ),
            phrase(
                "origen",
                Text,
                r"\b(?:fabricad[oa]|hech[oa]|producid[oa]|originari[oa]|procedente) (?:en|de) ([a-z~][a-z~ ]{3,30}?)(?:,|\.(?: |$)|;)",
            ),
            phrase(
                "plazo_entrega",
                Duration,
                r"\b(?:la |su )?entrega se (?:hara|realizara|efectuara) (?:en|dentro de|en un plazo de|hasta en) (\d{1,4} ?(?:\([a-z ]+\) ?)?(?:dias|meses|semanas)(?: (?:calendario|habiles|laborables|plazo|termino))?)",
            ),
        ],
    ),
    rules(
        &["FUO_1_6_APU"],
        false,
        &[
            label("rubro", Text, &["descripcion", "descripcion del rubro"]),
            label("unidad", Text, &["unid", "und", "u"]),
        ],
        &[
            phrase(
                "indirectos_pct",
                Percent,
                concat!(r"\b(?:costos? )?indirectos?\b[^0-9:]{0,20}\( ?", share!(), r" ?\)"),
            ),
            phrase("utilidad_pct", Percent, concat!(r"\butilidad\b[^0-9:]{0,20}\( ?", share!(), r" ?\)")),
            phrase(
                "valor_ofertado",
                Money,
                concat!(
                    r"\b(?:precio|valor|costo) (?:unitario )?(?:ofertado|propuesto)(?: usd| en dolares)?:? ",
                    amount!()
                ),
            ),
        ],
    ),
    rules(
        &["FUO_1_8_CRON"],
        false,
        &[],
        &[phrase(
            "plazo",
            Duration,
            r"\b(?:obra|trabajos?|proyecto|contrato)\b.{0,30}?\b(?:ejecutara|ejecutaran|durara|terminara|realizara)n?\b.{0,20}? (?:en|de) (\d{1,4} ?(?:\([a-z ]+\) ?)?(?:dias|meses|semanas)(?: (?:calendario|habiles))?)",
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
                r"\b(?:agregado|componente|participacion|contenido) (?:ecuatorian|nacional)[a-z]*\b.{0,80}?\b(?:alcanza|asciende|es|llega|representa|equivale)\b.{0,20}? ",
                share!()
            ),
        )],
    ),
    rules(
        &["CEDULA_DOC"],
        false,
        &[],
        &[
            phrase("nacimiento", Date, concat!(r"\b(?:f\.|fecha de|fec\.) ?nacimiento:? ", day!())),
            phrase(
                "estado_civil",
                Text,
                r"\b(?:e\.|estado) ?civil:? (solter[oa]|casad[oa]|divorciad[oa]|viud[oa]|union (?:de hecho|libre))\b",
            ),
            phrase(
                "vencimiento",
                Date,
                concat!(r"\b(?:caduca|vence|expira|valida hasta|vigente hasta)(?: el)?:? ", day!()),
            ),
        ],
    ),
    rules(
        &["F101_F102"],
        false,
        &[],
        &[phrase(
            "tipo",
            Choice(&[("sustitutiva", &["sustitutiva"]), ("original", &["original"])]),
            r"\bdeclaracion:? (original|sustitutiva)\b",
        )],
    ),
    rules(
        &["DECLARACION_JURAMENTADA", "COMPROMISO_PERS", "CV", "TITULO"],
        false,
        &[],
        &[phrase("cedula", Cedula, CEDULA)],
    ),
    rules(
        &["NOMBRAMIENTO"],
        false,
        &[label(
            "inscripcion",
            Text,
            &["numero y fecha de inscripcion", "numero de inscripcion y fecha", "datos de inscripcion"],
        )],
        &[phrase(
            "inscripcion",
            Text,
            r"\binscrito en el registro mercantil(?: [a-z ]{3,40})?,? (?:con|bajo) (?:el )?((?:no|nro|numero)\.? [0-9][^.;]{2,60}?)(?:\.(?: |$)|;|$)",
        )],
    ),
    rules(
        &["PODER"],
        false,
        &[],
        &[phrase("alcance", Text, r"\bpara que\b.{0,60}?\b(?:pueda|proceda a) ([a-z].{12,400}?)\.(?: |$)")],
    ),
    rules(
        &["MATRICULA"],
        false,
        &[],
        &[
            phrase(
                "vigencia",
                Date,
                concat!(r"\b(?:vigente|valid[oa]|vigencia)\b.{0,15}?\bhasta(?: el)? ", day!()),
            ),
            phrase(
                "propietario",
                Text,
                r"\b(?:registrad[oa]|matriculad[oa]|inscrit[oa]) a (?:nombre|favor) de (?:la |el )?([a-z][a-z0-9.& ]{5,80}?)(?:,| en el registro| con |\.(?: |$))",
            ),
        ],
    ),
    rules(
        &["FICHA_TECNICA", "DISTRIBUIDOR"],
        false,
        &[],
        &[phrase(
            "vigencia",
            Date,
            concat!(r"\b(?:valid|vigente|valid[oa]) (?:until|hasta)(?: el)? ", day!()),
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
                r"\b(?:presento|presentamos|formulo)\b.{0,40}?\b(?:propuesta|oferta)(?: economica)?\b.{0,20}?\bpor (?:el valor de |un valor de |la suma de )?",
                amount!()
            ),
        )],
    ),
];
