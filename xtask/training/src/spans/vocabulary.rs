//! Names of persons, companies, entities, posts and objects for the tagger, of our own making; nobody of that name is meant.
//!
//! They share no list with the vocabulary that fills the papers of the evaluation, and one entry in five fills only templates that are
//! held out: what is measured on those is not remembered.

use crate::random::Random;
use cotejo_recognition::spans::Class;

/// Fills places; `held_out` says from which part of the lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Vocabulary {
    pub(crate) held_out: bool,
}

const NAMES: &str = "María José Ana Carlos Luis Rosa Jorge Carmen Manuel Martha Segundo Blanca Ángel Gladys Víctor Elena Edison Verónica \
Milton Patricia Wilson Fanny Freddy Norma Galo Silvia Hernán Diana Iván Gabriela Fausto Lorena Byron Paulina Rodrigo Tatiana Darwin Mayra \
Stalin Jenny Washington Maribel Klever Narcisa Oswaldo Rocío Rómulo Susana Efraín Teresa Guido Vanessa Nelson Katherine Santiago Alexandra \
Cristian Johanna Esteban Viviana Mauricio Consuelo Bolívar Isabel Gonzalo Esperanza Ernesto Magdalena Rubén Julia Hugo Elsa Ramón Adriana \
Leonardo Andrea Sebastián Daniela Mateo Camila Joaquín Valeria Emilio Nathaly Jefferson Karina Bryan Estefanía Alfredo Marcia Julio Olga \
Pedro Luz Guillermo Inés Eduardo Ruth Francisco Miriam Enrique Gina Alberto Nancy Pablo Cecilia Diego Janeth Felipe Liliana Xavier";
const SURNAMES: &str = "Andrade Benalcázar Carrión Chiriboga Espinosa Erazo Freire Garcés Hidalgo Intriago Játiva Larrea Macas Mejía \
Noboa Ochoa Palacios Proaño Quezada Reinoso Sarmiento Tapia Uquillas Vallejo Wuilca Yánez Zurita Almeida Burbano Cabezas Duque Egas \
Flores Granda Hurtado Izurieta Jácome Kuri Landázuri Maldonado Narváez Obando Paredes Quinga Robalino Salazar Tamayo Ulloa Vaca Yaguana \
Zapata Aguilar Bastidas Calderón Delgado Estrella Figueroa Guevara Herrera Iturralde Jarrín Loor Mendoza Mero Navarrete Ortega Pazmiño \
Quimí Rivadeneira Suárez Torres Unda Vélez Villamar Yagual Zamora Alcívar Bravo Chávez Defaz Encalada Franco Guaranda Hinojosa Játiva \
Lara Merino Nieto Oleas Peralta Quilumba Rueda Sisalema Tixicuro Valverde Viteri Yumbla Zhagui Acosta Bonilla Cueva Díaz Endara Feijoó \
Gavilanes Guerrero Jumbo Lozada Moreta Núñez Orellana Padilla Quintana Ramos Sánchez Troya Vera Vinueza Caiza Chuquimarca Guachamín \
Morocho Pilataxi Toaquiza Tituaña Usiña Cando Simbaña Masaquiza Guallichico";
const HONOURS: &str = "Ing.|Arq.|Sr.|Sra.|Dr.|Dra.|Lcdo.|Lcda.|Econ.|Abg.|Ab.|Mgs.|MSc.|Tnlgo.|Srta.|Eco.|CPA.|Ing|Arq|Phd.|Dr|Psic.|Blgo.|Lic.";
const TOWNS: &str = "Otavalo|Cayambe|Salcedo|Pujilí|Pelileo|Baños|Gualaceo|Paute|Cañar|Catamayo|Cariamanga|Zaruma|Piñas|Santa Rosa|Pasaje|\
Naranjal|Milagro|Daule|Durán|Playas|Vinces|Quevedo|Ventanas|Chone|Jipijapa|Manta|Montecristi|Bahía de Caráquez|Pedernales|Atacames|Quinindé|\
San Lorenzo|La Concordia|Santo Domingo|Nueva Loja|Shushufindi|Francisco de Orellana|Archidona|Gualaquiza|Yantzaza|Sucúa|Mejía|Rumiñahui|\
San Miguel de Bolívar|Chillanes|Alausí|Guano|Colta|Antonio Ante|Cotacachi|Pimampiro|Espejo|Montúfar|Mira|Saraguro|Calvas|Macará|Puyango|\
Balsas|Marcabelí|Sígsig|Nabón|Girón|Biblián|La Troncal|El Triunfo|Naranjito|Samborondón|Salinas|La Libertad|Puerto López|Tosagua|El Carmen";
const PLACES: &str = "San Francisco|La Merced|El Rosario|Santa Marianita|San Vicente de Paúl|La Florida|Los Álamos|Nueva Esperanza|\
Buenos Aires|El Dorado|Chaupiloma|Huayrapungo|La Dolorosa|San José de Minas|Pucará Alto|El Guabo|Jesús del Gran Poder|Tres Esquinas|\
Cochapamba|Quilloac|Rumipamba|Yanayacu|La Primavera|24 de Mayo|10 de Agosto|Simón Bolívar|Abdón Calderón|Las Orquídeas|Miraflores Bajo|\
Santa Rosa de Cusubamba|La Victoria|El Porvenir|Los Laureles|Divino Niño|Virgen del Cisne|Puerto Rico|Las Palmas|Monte Sinaí|La Península";
const CORES: &str = "Andina|Pacífico|Sierra Norte|Austral|Amazónica|Ecuatorial|Nacional|Continental|Integral|Universal|del Valle|La Costa|\
Los Andes|Pichincha Norte|Tres Ríos|El Progreso|Mitad del Mundo|Nuevo Horizonte|Vértice|Zenit|Cima|Raíces|Altura|Horizonte|Génesis|Alfa|\
Omega|Delta|Prisma|Nexo|Aurora|Puente Nuevo|Roca Firme|Agua Viva|Tierra Fértil|El Roble|San Rafael|Santa Elena|San Gregorio|Cotopaxi|Sangay";
const TRADES: &str = "Constructora|Comercializadora|Distribuidora|Grupo|Corporación|Importadora|Servicios|Consultora|Compañía|Transportes|\
Industrias|Inmobiliaria|Multiservicios|Laboratorios|Laboratorio Clínico|Ingeniería|Ingenieros|Seguridad|Farmacéutica|Proveedora|Textiles|\
Confecciones|Agroindustrias|Imprenta|Editorial|Ferretería|Mecánica|Tecnologías|Soluciones|Electrónica|Metalmecánica|Hormigones|Asfaltos|\
Perforaciones|Alimentos|Catering|Limpieza|Publicidad|Muebles|Maquinarias|Equipos Médicos|Suministros de Oficina|Productos Químicos|Vialidad";
const SUFFIXES: &str = "S.A.|S.A.|S.A.S.|Cía. Ltda.|Cía. Ltda.|CIA. LTDA.|C.A.|S.A. B.I.C.|C. Ltda.|S.A.S. B.I.C.|S.C.C.|Compañía Limitada|SA|CIA LTDA";
const ABROAD: &str = "GmbH|Inc.|Co., Ltd.|Corporation|S.p.A.|LLC|AG|S.L.|B.V.|Pty Ltd|Technologies Co., Ltd.|Corp.|International Ltd.|S.A. de C.V.|KG|Ltda.";
const SYLLABLES: &str = "ve ra no tec bio me di quim lux tor pla sol du ral fer mat ser pro vi al con ec dra zul tra lim pa mon ri sa ga ten dor fi nal hi bra lo ke ma xi";
const MINISTRIES: &str = "Transporte y Obras Públicas|Salud Pública|Educación|Agricultura y Ganadería|Energía y Minas|Inclusión Económica y Social|\
Desarrollo Urbano y Vivienda|Ambiente, Agua y Transición Ecológica|Telecomunicaciones|Turismo|Trabajo|Defensa Nacional|Cultura y Patrimonio";
const POSTS: &str = "Gerente de Proyectos|Gerente Técnico|Gerente Administrativa|Gerente Regional|Gerenta General|Presidente|Presidenta Ejecutiva|\
Vicepresidente|Subgerente|Apoderado General|Director Ejecutivo|Directora Financiera|Director de Talento Humano|Directora de Talento Humano|\
Director de Gestión de Riesgos|Directora de Planificación|Director de Compras Públicas|Directora Distrital|Director Médico|Director Zonal|\
Jefe de Compras Públicas|Jefa de Talento Humano|Jefe de Bodega|Jefe de Operaciones|Jefe de Mantenimiento|Jefa Financiera|Jefe de Fiscalización|\
Analista de Compras Públicas|Analista de Talento Humano|Analista Financiera|Coordinador General|Coordinadora Zonal|Coordinador de Proyectos|\
Alcaldesa|Alcalde del cantón|Prefecta|Prefecto Provincial|Rector|Rectora|Vicerrector Administrativo|Procurador Síndico|Secretaria General|\
Secretario General|Comandante|Jefe del Cuerpo de Bomberos|Administradora del Contrato|Fiscalizador|Fiscalizadora de obra|Supervisor de obra|\
Contador General|Contadora|Tesorera Municipal|Guardalmacén General|Presidente del GAD Parroquial|Subdirector Técnico|Delegado de la máxima autoridad";
const SITE_POSTS: &str = "Residente de Fiscalización|Superintendente|Residente de Obras Civiles|Ingeniero Residente|Ingeniero de Costos|\
Ingeniero Sanitario|Especialista en Estructuras|Especialista Hidrosanitario|Especialista Eléctrica|Especialista en Suelos|Especialista Vial|\
Laboratorista|Dibujante|Técnico de Campo|Técnica Ambiental|Técnico de Soporte|Técnico en Redes|Técnico Biomédico|Técnica en Seguridad y Salud|\
Supervisor de Seguridad|Supervisora de Limpieza|Coordinador de Obra|Jefe de Proyecto|Jefe de Cuadrilla|Maestro de Obra|Auxiliar de Enfermería|\
Consultor Principal|Consultora Social|Asistente de Ingeniería|Operador de Excavadora|Inspector de Obra|Gerente de Obra|Director de Fiscalización|\
Especialista en Sistemas de Información|Arquitecto de Software|Desarrolladora|Administrador de Redes|Capacitador|Diseñador Gráfico|Instructor";
const WORK_VERBS: &str = "construcción de|rehabilitación de|mejoramiento de|ampliación de|readecuación de|repotenciación de|reconstrucción de|\
terminación de|mantenimiento de|regeneración de|remodelación de|construcción y equipamiento de|adecuación de|culminación de";
const WORKS: &str = "el sistema de agua potable|la red de alcantarillado pluvial|un puente peatonal|el mercado municipal|la planta de tratamiento de \
aguas residuales|el bloque de aulas|la casa comunal|la cubierta de la cancha|los bordillos y aceras|la captación y línea de conducción|el parque \
central|el camal|el puente carrozable sobre el río|los muros de contención|la vía de ingreso|el estadio|la subestación eléctrica|el centro de \
desarrollo infantil|la bodega de insumos|el cerramiento perimetral|las baterías sanitarias|el tanque de reserva de 200 m3|el canal de riego|la \
capa de rodadura|el coliseo de deportes|el edificio administrativo|el laboratorio de suelos|las redes eléctricas de media tensión|el subcentro de \
salud|la cancha sintética|el relleno sanitario|la morgue|el terminal terrestre";
const GOODS_VERBS: &str = "adquisición de|adquisición de|compra de|suministro de|provisión de|suministro e instalación de|adquisición, instalación y \
puesta en marcha de|provisión e instalación de|adquisición e implementación de|arrendamiento de|dotación de";
const GOODS: &str = "equipos informáticos|un vehículo tipo camioneta|tres ambulancias|mobiliario de oficina|dispositivos médicos|medicamentos de uso \
general|reactivos para laboratorio clínico|material de curación|prendas de protección|uniformes institucionales|kits escolares|raciones alimenticias|\
repuestos para maquinaria pesada|lubricantes y filtros|neumáticos|materiales de ferretería|tuberías y accesorios|medidores de agua|luminarias de \
alumbrado público|cable de aluminio|un equipo de rayos X digital|un tomógrafo|camas hospitalarias|licencias de software|servidores y \
almacenamiento|equipos de videovigilancia|radios de comunicación|suministros de oficina|material de aseo|semillas y fertilizantes|bombas de agua|\
un generador eléctrico|instrumentos musicales|libros y textos|herramientas menores|señalética vial|juegos infantiles|toldos y carpas|impresoras";
const SERVICE_VERBS: &str = "servicio de|servicio de|prestación del servicio de|contratación del servicio de|provisión del servicio de";
const SERVICES: &str = "seguridad y vigilancia|limpieza de instalaciones|internet y enlaces de datos|transporte de personal|alimentación para pacientes|\
mantenimiento preventivo y correctivo de vehículos|mantenimiento de ascensores|impresión de especies valoradas|recolección de desechos hospitalarios|\
lavandería|capacitación al personal|organización de eventos|publicidad en medios|mantenimiento de áreas verdes|soporte técnico informático|\
alquiler de maquinaria|fumigación y control de plagas|mensajería y courier|pólizas de seguros|calibración de equipos|auditoría externa";
const CONSULTING: &str = "consultoría para la actualización catastral|estudios definitivos del sistema de alcantarillado|fiscalización de la \
construcción del hospital|consultoría para el plan maestro de agua potable|estudios de factibilidad de la vía|evaluación de impacto ambiental del \
camal|fiscalización del asfaltado de la vía|consultoría para el diseño arquitectónico del mercado|estudio de suelos y diseño estructural del edificio|\
levantamiento topográfico y diseño de la red|consultoría para la implementación del sistema documental|estudios y diseños de la planta de tratamiento";
const INSTITUTES: &str = "Vicente Rocafuerte|Manuela Sáenz|Eugenio Espejo|Juan Montalvo|José Mejía|Dolores Cacuango|Tránsito Amaguaña|Luis Vargas|\
Isidro Ayora|Pío Jaramillo|Alfonso Herrera|Nicolás Lapentti|Gustavo Domínguez|Homero Castanier|Marco Vinicio Iza|Teófilo Dávila|Sagrado Corazón";

/// Tells whether a word is a title that stands before a name.
pub(crate) fn is_honour(word: &str) -> bool {
    HONOURS.split('|').any(|honour| honour.to_uppercase() == word.to_uppercase())
}

impl Vocabulary {
    fn pick<'t>(self, list: &'t str, random: &mut Random) -> &'t str {
        self.pick_by(list, '|', random)
    }

    fn pick_by<'t>(self, list: &'t str, mark: char, random: &mut Random) -> &'t str {
        let entries: Vec<&str> = list
            .split(mark)
            .filter(|entry| !entry.is_empty())
            .enumerate()
            .filter(|(index, _)| (index % 5 == 4) == self.held_out)
            .map(|(_, entry)| entry)
            .collect();
        entries.get(random.index(entries.len())).copied().unwrap_or_default()
    }

    /// Fills a place that names something; `None` for one that does not.
    pub(crate) fn fill(self, name: &str, random: &mut Random) -> Option<(String, Class)> {
        let filled = match name {
            "persona" => (self.person(random), Class::Persona),
            "empresa" => (self.firm(random), Class::Empresa),
            "consorcio" => (self.consortium(random), Class::Empresa),
            "asociacion" => {
                let what = random.pick(&[
                    "de Producción Textil",
                    "de Servicios de Alimentación",
                    "de Limpieza",
                    "de Trabajadores Autónomos",
                ]);
                (format!("Asociación {what} {}", self.pick(PLACES, random)), Class::Empresa)
            }
            "parte" => match random.between(0, 9) {
                0..=1 => (self.person(random), Class::Persona),
                2 => (self.consortium(random), Class::Empresa),
                _ => (self.firm(random), Class::Empresa),
            },
            "comprador" => match random.between(0, 9) {
                0..=2 => (self.firm(random), Class::Empresa),
                _ => (self.entity(random), Class::Entidad),
            },
            "banco" => (self.bank(random), Class::Empresa),
            "aseguradora" => (self.insurer(random), Class::Empresa),
            "fabricante" => (self.maker(random), Class::Empresa),
            "entidad" => (self.entity(random), Class::Entidad),
            "universidad" => (self.university(random), Class::Entidad),
            "cargo" => (cased(self.pick(POSTS, random), random), Class::Cargo),
            "cargo_obra" => (cased(self.pick(SITE_POSTS, random), random), Class::Cargo),
            "objeto_obra" => (self.object(0, random), Class::Objeto),
            "objeto_bien" => (self.object(1, random), Class::Objeto),
            "objeto_servicio" => (self.object(2, random), Class::Objeto),
            "objeto_consultoria" => (self.object(3, random), Class::Objeto),
            "objeto" => (self.object(random.between(0, 3), random), Class::Objeto),
            _ => return None,
        };
        Some(filled)
    }

    fn person(self, random: &mut Random) -> String {
        let name = |random: &mut Random| self.pick_by(NAMES, ' ', random);
        let surname = |random: &mut Random| self.pick_by(SURNAMES, ' ', random);
        let (first, second) = (name(random), name(random));
        let (father, mother) = (surname(random), surname(random));
        let mother = match random.between(0, 14) {
            0 => format!("de {mother}"),
            1 => format!("de la {}", random.pick(&["Torre", "Cruz", "Cadena", "Vega", "A"])),
            _ => mother.to_owned(),
        };
        let plain = match random.between(0, 9) {
            0..=1 => format!("{first} {father}"),
            2..=3 => format!("{first} {father} {mother}"),
            4..=5 => format!("{father} {mother} {first} {second}"),
            6 => format!("{first} {}. {father}", second.chars().next().unwrap_or('A')),
            _ => format!("{first} {second} {father} {mother}"),
        };
        let plain = if random.chance(0.35) { plain.to_uppercase() } else { plain };
        if random.chance(0.4) {
            let honour = self.pick(HONOURS, random);
            let honour = if random.chance(0.2) { honour.to_uppercase() } else { honour.to_owned() };
            return format!("{honour} {plain}");
        }
        plain
    }

    fn coined(self, random: &mut Random) -> String {
        let syllables: Vec<&str> = SYLLABLES.split(' ').collect();
        let mut word = String::new();
        for _ in 0..random.between(2, 4) {
            word.push_str(random.pick(&syllables));
        }
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        first + letters.as_str()
    }

    fn firm(self, random: &mut Random) -> String {
        let surname = |random: &mut Random| self.pick_by(SURNAMES, ' ', random);
        let letters = |random: &mut Random| -> String {
            (0..random.between(2, 4))
                .map(|_| char::from(b'A' + u8::try_from(random.between(0, 25)).unwrap_or(0)))
                .collect()
        };
        let trade = self.pick(TRADES, random);
        let core = match random.between(0, 6) {
            0 => surname(random).to_owned(),
            1 => format!("{} & {}", surname(random), surname(random)),
            2 => letters(random),
            3 => self.pick(CORES, random).to_owned(),
            4 => format!("{} {}", self.coined(random), self.pick(CORES, random)),
            _ => self.coined(random),
        };
        let name = match random.between(0, 6) {
            0 => core,
            1 => format!("{core} {trade}"),
            2 => format!(
                "{trade} {} {core}",
                random.pick(&["y Servicios", "e Hijos", "& Asociados", "y Construcciones", "y Comercio"])
            ),
            3 => format!("{} {trade} {core}", letters(random)),
            _ => format!("{trade} {core}"),
        };
        let name = if random.chance(0.88) { format!("{name} {}", self.pick(SUFFIXES, random)) } else { name };
        if random.chance(0.5) { name.to_uppercase() } else { name }
    }

    fn consortium(self, random: &mut Random) -> String {
        let name = match random.between(0, 3) {
            0 => format!("Consorcio {}", self.pick(CORES, random)),
            1 => format!(
                "Consorcio {} - {}",
                self.pick_by(SURNAMES, ' ', random),
                self.pick_by(SURNAMES, ' ', random)
            ),
            2 => format!("Consorcio Vial {}", self.pick(TOWNS, random)),
            _ => format!("Consorcio {} {}", self.coined(random), random.between(2023, 2026)),
        };
        if random.chance(0.5) { name.to_uppercase() } else { name }
    }

    fn bank(self, random: &mut Random) -> String {
        let place = if random.chance(0.5) { self.pick(TOWNS, random) } else { self.pick(CORES, random) };
        let name = match random.between(0, 6) {
            0 => format!("Cooperativa de Ahorro y Crédito {place} Ltda."),
            1 => format!("Cooperativa {}", self.pick(PLACES, random)),
            2 => format!("Mutualista {place}"),
            3 => format!("Banco {place} S.A."),
            4 => format!("Banco {} C.A.", self.coined(random)),
            5 => format!("Banco de {place}"),
            _ => format!("Banco {}", self.coined(random)),
        };
        if random.chance(0.4) { name.to_uppercase() } else { name }
    }

    fn insurer(self, random: &mut Random) -> String {
        let core = if random.chance(0.5) { self.pick(CORES, random).to_owned() } else { self.coined(random) };
        let name = match random.between(0, 5) {
            0 => format!("{core} Compañía de Seguros S.A."),
            1 => format!("Compañía de Seguros {core} C.A."),
            2 => format!("Seguros {core}"),
            3 => format!("Aseguradora {core} S.A."),
            4 => format!("{core} Seguros y Reaseguros S.A."),
            _ => format!("Seguros {core} S.A."),
        };
        if random.chance(0.4) { name.to_uppercase() } else { name }
    }

    fn maker(self, random: &mut Random) -> String {
        let core = self.coined(random);
        match random.between(0, 5) {
            0 | 1 => core,
            2 => format!(
                "{core} {}",
                random.pick(&["Medical", "Industries", "Healthcare", "Motors", "Electric", "Instruments"])
            ),
            3 => format!(
                "{core} {} {}",
                random.pick(&["Medical", "Systems", "Electronics", "Pumps", "Group"]),
                self.pick(ABROAD, random)
            ),
            4 => self.firm(random),
            _ => format!("{core} {}", self.pick(ABROAD, random)),
        }
    }

    fn university(self, random: &mut Random) -> String {
        let town = self.pick(TOWNS, random);
        match random.between(0, 4) {
            0 => format!("Universidad Técnica de {town}"),
            1 => format!("Universidad {}", self.pick(INSTITUTES, random)),
            2 => format!("Instituto Superior Tecnológico {}", self.pick(INSTITUTES, random)),
            3 => format!("Universidad Católica de {town}"),
            _ => format!("Escuela Superior Politécnica de {town}"),
        }
    }

    fn entity(self, random: &mut Random) -> String {
        let town = self.pick(TOWNS, random);
        let place = self.pick(PLACES, random);
        let code = format!("{:02}D{:02}", random.between(1, 24), random.between(1, 12));
        let name = match random.between(0, 24) {
            0 => format!("Gobierno Autónomo Descentralizado Municipal del cantón {town}"),
            1 => format!("Gobierno Autónomo Descentralizado Municipal de {town}"),
            2 => format!("GAD Municipal de {town}"),
            3 => format!("GADM {town}"),
            4 => format!("Gobierno Autónomo Descentralizado Parroquial Rural {place}"),
            5 => format!("GAD Parroquial de {place}"),
            6 => format!("Gobierno Provincial de {town}"),
            7 => format!("Ministerio de {}", self.pick(MINISTRIES, random)),
            8 => format!("Dirección Distrital {code} {town} - Salud"),
            9 => format!("Hospital Básico {}", self.pick(INSTITUTES, random)),
            10 => format!("Hospital de Especialidades {}", self.pick(INSTITUTES, random)),
            11 => format!("Empresa Pública de Agua Potable y Alcantarillado de {town} EP"),
            12 => format!("EP-EMAPA-{}", town.chars().next().unwrap_or('A')),
            13 => format!("Empresa Pública Municipal de Tránsito de {town}"),
            14 => format!("Unidad Educativa {}", self.pick(INSTITUTES, random)),
            15 => format!("Cuerpo de Bomberos del cantón {town}"),
            16 => format!("Registro de la Propiedad de {town}"),
            17 => format!(
                "Instituto Nacional de {}",
                random.pick(&["Investigación Geológica", "Meteorología", "Patrimonio", "Pesca", "Donación"])
            ),
            18 => format!("Patronato Municipal de {town}"),
            19 => format!(
                "Mancomunidad del {}",
                random.pick(&["Frente Sur", "Pueblo Cañari", "Río Jubones", "Corredor Central"])
            ),
            20 => format!("Coordinación Zonal {} - {}", random.between(1, 9), self.pick(MINISTRIES, random)),
            21 => format!("Municipio de {town}"),
            22 => self.university(random),
            23 => format!("Centro de Salud {place}"),
            _ => format!("Ilustre Municipalidad de {town}"),
        };
        if random.chance(0.35) { name.to_uppercase() } else { name }
    }

    fn object(self, kind: u64, random: &mut Random) -> String {
        let joined = |verb: &str, what: &str| format!("{verb} {what}").replace(" de el ", " del ");
        let mut text = match kind {
            0 => joined(self.pick(WORK_VERBS, random), self.pick(WORKS, random)),
            1 => joined(self.pick(GOODS_VERBS, random), self.pick(GOODS, random)),
            2 => joined(self.pick(SERVICE_VERBS, random), self.pick(SERVICES, random)),
            _ => self.pick(CONSULTING, random).to_owned(),
        };
        let place = match random.between(0, 9) {
            0 => format!(" del barrio {}", self.pick(PLACES, random)),
            1 => format!(
                " de la comunidad {}, parroquia {}",
                self.pick(PLACES, random),
                self.pick(PLACES, random)
            ),
            2 => format!(" en el cantón {}", self.pick(TOWNS, random)),
            3 => format!(", parroquia {}, cantón {}", self.pick(PLACES, random), self.pick(TOWNS, random)),
            4 => format!(" para el {}", self.entity(random)),
            5 => format!(" de {}", self.pick(TOWNS, random)),
            6 if kind == 0 => format!(" {} - {}", self.pick(TOWNS, random), self.pick(PLACES, random)),
            _ => String::new(),
        };
        text.push_str(&place);
        match random.between(0, 11) {
            0 => text.push_str(random.pick(&[
                ", etapa II",
                ", primera fase",
                ", segunda etapa",
                " y obras complementarias",
            ])),
            1 => text.push_str(&format!(" para el año {}", random.between(2018, 2026))),
            _ => {}
        }
        match random.between(0, 5) {
            0 | 1 => text.to_uppercase(),
            2 => {
                let mut letters = text.chars();
                letters
                    .next()
                    .map(|first| first.to_uppercase().to_string() + letters.as_str())
                    .unwrap_or_default()
            }
            _ => text,
        }
    }
}

fn cased(text: &str, random: &mut Random) -> String {
    match random.between(0, 4) {
        0 => text.to_uppercase(),
        1 | 2 => text.to_lowercase(),
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_held_out_is_drawn_nowhere_else() {
        let mut random = Random::new(3);
        let mut drawn = |held_out: bool| -> BTreeSet<&'static str> {
            (0..4000).map(|_| Vocabulary { held_out }.pick(TOWNS, &mut random)).collect()
        };
        let (known, held_out) = (drawn(false), drawn(true));
        assert!(known.is_disjoint(&held_out) && held_out.len() > 10 && known.len() > 40);
    }

    #[test]
    fn every_class_is_drawn_in_many_ways() {
        let mut random = Random::new(5);
        for name in ["persona", "empresa", "entidad", "objeto", "banco", "aseguradora", "fabricante"] {
            let drawn: BTreeSet<String> = (0..300)
                .filter_map(|_| Vocabulary { held_out: false }.fill(name, &mut random))
                .map(|(text, _)| text)
                .collect();
            assert!(drawn.len() > 60, "{name}: {}", drawn.len());
            assert!(drawn.iter().all(|text| !text.contains("  ") && text.trim() == text), "{name}");
        }
    }
}
