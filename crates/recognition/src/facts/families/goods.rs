//! Equipment and goods: registrations, leases, data sheets, makers' letters, warranties.

use super::super::FieldKind::{Date, Duration, Person, Plate, Text, Year};
use super::super::rules::{TypeRules, label, phrase};
use super::{day, rules};

/// Rules of these papers.
pub(super) const RULES: &[TypeRules] = &[
    rules(
        &["MATRICULA"],
        true,
        &[
            label("placa", Plate, &["placa", "placa no", "placa actual", "placas", "placa anterior/actual"]),
            label("anio", Year, &["ano modelo", "ano", "ano de fabricacion", "ano del modelo", "modelo ano"]),
            label(
                "propietario",
                Text,
                &["propietario", "propietario actual", "titular", "nombre del propietario"],
            ),
            label(
                "vigencia",
                Date,
                &[
                    "caduca",
                    "fecha de caducidad",
                    "vigencia",
                    "valido hasta",
                    "vigencia hasta",
                    "vence",
                    "fecha de vencimiento",
                    "valida hasta",
                ],
            ),
        ],
        &[
            phrase("placa", Plate, r"\bplaca(?: actual)?:? ([a-z]{3} ?-? ?\d{3,4})\b"),
            phrase("anio", Year, r"\bano(?: modelo| de fabricacion)?:? ((?:19|20)\d{2})\b"),
            phrase(
                "propietario",
                Text,
                r"\bpropietario:? ([a-z~&.' ]{6,80}?) (?:valido|ruc|c\.i|cedula|servicio|vin|vigencia|numero)",
            ),
            phrase(
                "vigencia",
                Date,
                concat!(
                    r"(?:vigencia|valid[oa]|vigente|caduca|caducidad)[a-z ]{0,12}?(?: hasta)?(?: el)?:? ",
                    day!()
                ),
            ),
        ],
    ),
    rules(
        &["COMPROMISO_EQUIPO"],
        false,
        &[
            label("propietario", Text, &["arrendador", "arrendadora", "propietario del equipo", "vendedor"]),
            label("equipo", Text, &["equipo", "equipo a arrendar", "descripcion del equipo", "maquinaria"]),
            label("placa", Plate, &["placa", "matricula", "placa o matricula", "matricula no"]),
            label("fecha", Date, &["fecha", "lugar y fecha"]),
        ],
        &[
            phrase(
                "propietario",
                Text,
                r"\byo,? (?:el |la )?(?:senora? |ing\.? )?([a-z~'. ]{6,60}?)(?:,| con cedula| con c\.| portador)",
            ),
            phrase("propietario", Person, r"\bpropietario:? ([a-z~' ]{6,60}?) (?:c\.c|c\.i|cedula|ruc)"),
            phrase(
                "propietario",
                Text,
                r"\b([a-z0-9~&. ]{5,90}?) se compromete a (?:vender|arrendar|alquilar) a",
            ),
            phrase(
                "equipo",
                Text,
                r"propietari[oa] de (?:la |el |los |las |un |una )(.{3,90}?),? (?:de |con )?(?:la )?(?:marca|ano|placas?|matricula|modelo)\b",
            ),
            phrase(
                "equipo",
                Text,
                r"\bel (?:siguiente )?equipo:? (?:minimo:? )?([^,.;:]{3,90}?)(?:, (?:marca|nuevo|ano|modelo)|\. )",
            ),
            phrase("equipo", Text, r"siguiente equipo(?: minimo)?: ([^.;:]{3,120}?)\."),
            phrase("placa", Plate, r"\b(?:placas?|matricula)(?: no\.?)?:? ([a-z]{3} ?-? ?\d{3,4})\b"),
        ],
    ),
    rules(
        &["FICHA_TECNICA"],
        false,
        &[
            label("marca", Text, &["marca", "marca ofertada"]),
            label("modelo", Text, &["modelo", "modelo ofertado", "numero de modelo"]),
            label(
                "registro",
                Text,
                &[
                    "registro sanitario no",
                    "registro sanitario",
                    "no. de registro sanitario",
                    "notificacion sanitaria",
                    "certificado no",
                    "codigo de registro",
                    "certificado de conformidad no",
                ],
            ),
            label(
                "vigencia",
                Date,
                &[
                    "vigencia",
                    "fecha de vencimiento",
                    "valido hasta",
                    "vigente hasta",
                    "vigencia hasta",
                    "fecha de vigencia",
                ],
            ),
        ],
        &[
            phrase(
                "registro",
                Text,
                r"registro sanitario (?:no|nro|numero|n)[.o:]{0,3} ?([a-z0-9][a-z0-9-]{3,28}[a-z0-9])\b",
            ),
            phrase(
                "modelo",
                Text,
                r"\bmodelo:? ([a-z0-9][a-z0-9~/. -]{1,32}?) (?:caracteristicas|procedencia|origen|especificaciones|pais)",
            ),
            phrase(
                "vigencia",
                Date,
                concat!(r"(?:vigencia|vigente|valid[oa])(?: hasta)?(?: el)?:? ", day!()),
            ),
        ],
    ),
    rules(
        &["DISTRIBUIDOR"],
        false,
        &[
            label("fabricante", Text, &["fabricante", "manufacturer", "nombre del fabricante"]),
            label(
                "oferente",
                Text,
                &["distribuidor", "distribuidor autorizado", "authorized distributor", "oferente"],
            ),
            label(
                "vigencia",
                Date,
                &[
                    "vigencia",
                    "valido hasta",
                    "valid until",
                    "vigencia hasta",
                    "vigente hasta",
                    "fecha de vencimiento",
                ],
            ),
        ],
        &[
            phrase("fabricante", Text, r"\b([a-z0-9~&. ]{2,70}?),? en (?:nuestra )?calidad de fabricante"),
            phrase(
                "fabricante",
                Text,
                r"\bwe,? ([a-z0-9~&. ]{2,60}?),? (?:as )?(?:the )?(?:official )?manufacturers? of",
            ),
            phrase("fabricante", Text, r"en calidad de fabricante de los productos ([a-z0-9~&. ]{2,50}?),"),
            phrase(
                "fabricante",
                Text,
                r"distribuidor (?:exclusivo|autorizado|mayorista) de (?:la marca )?([a-z0-9~& ]{2,40}?) en (?:el )?(?:territorio|ecuador)",
            ),
            phrase(
                "fabricante",
                Text,
                r"\d{4} ([a-z0-9~& ]{2,40}?) certifica que .{4,110}?,? (?:ruc|con ruc)",
            ),
            phrase(
                "fabricante",
                Text,
                r"(?:^|autorizado |distribucion |fabricante )([a-z0-9~&. ]{2,60}?),? (?:certifica|hace constar|declara) que",
            ),
            phrase("oferente", Text, r"hereby authorize (.{4,110}?) (?:to submit|as our|to offer)"),
            phrase(
                "oferente",
                Text,
                r"certific(?:a|amos|o) que (?:la empresa |la compania )?(.{4,110}?),? (?:con )?(?:ruc|r\.u\.c|es (?:nuestro |nuestra )?(?:distribuidor|representante))",
            ),
            phrase("oferente", Text, r"autorizamos a (?:la empresa |la compania )?(.{4,110}?) (?:como|para)"),
            phrase(
                "vigencia",
                Date,
                concat!(
                    r"(?:vigencia|vigente|valid[oa]|valid until|distribuidor autorizado de la marca en el ecuador,)[a-z ]{0,12}?(?: hasta)?(?: el)?:? ",
                    day!()
                ),
            ),
        ],
    ),
    rules(
        &["GARANTIA_TEC"],
        false,
        &[
            label(
                "plazo",
                Duration,
                &["plazo", "vigencia", "tiempo de garantia", "plazo de garantia", "duracion"],
            ),
            label("cobertura", Text, &["cobertura", "alcance de la garantia", "que cubre"]),
        ],
        &[
            phrase(
                "plazo",
                Duration,
                r"(?:garantia tecnica|por un plazo de|por un periodo de|con una vigencia de|vigencia de|rige por|plazo:?|, por|durante)(?: de| por| rige por)? ((?:\d{1,4}|[a-z]{3,12})(?: ?\([a-z0-9 ]{1,30}\))? ?(?:meses|anos|mes|ano|dias calendario|dias)\b)(?:,? (?:contad|para|desde|que|y|de garantia)|\.)",
            ),
            phrase("cobertura", Text, r"\bcobertura:? (.{8,300}?)\. "),
            phrase("cobertura", Text, r"(?:la garantia|que) cubre (.{8,300}?)\.(?: |$)"),
            phrase("cobertura", Text, r"que incluye (.{8,300}?)\.(?: |$)"),
            phrase("cobertura", Text, r"\bgarantiza (el mantenimiento .{8,240}?) durante"),
            phrase("cobertura", Text, r"\bcontra ((?:todo )?defectos? .{4,120}?)(?:\. | por un| por el)"),
        ],
    ),
];
