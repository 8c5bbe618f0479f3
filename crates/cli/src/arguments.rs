//! The words of the command line: Spanish verbs, `--ayuda` beside `--help`.

use crate::commands::pages::{NoteSource, PageOrder, ReadAgain, WatchOrder};
use clap::{ArgAction, Args, Parser, Subcommand};
use std::path::PathBuf;

/// Evalúa ofertas de contratación pública del Ecuador, en este equipo y sin red.
#[derive(Debug, Parser)]
#[command(name = "cotejo", version, disable_help_flag = true, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    /// Muestra esta ayuda
    #[arg(long = "ayuda", visible_alias = "help", short = 'h', action = ArgAction::Help, global = true)]
    ayuda: Option<bool>,
    /// Escribe solo JSON en la salida
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Carpeta de datos
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) datos: Option<PathBuf>,
    /// No consulta ningún servicio
    #[arg(long = "sin-red", global = true)]
    pub(crate) sin_red: bool,
    /// Idioma; solo es-EC por ahora
    #[arg(long, global = true, default_value = "es-EC", value_parser = ["es-EC", "es"])]
    pub(crate) idioma: String,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Hace el trabajo principal con el proceso de ejemplo y firma el acta con un certificado de demostración
    Demo(Demo),
    /// Lee archivos o carpetas sin crear un caso: tipos, datos y hallazgos
    Leer(Read),
    /// Decodifica un pliego: .ushay, proceso.xml, PDF o DOCX
    Pliego(Pliego),
    /// Los requisitos de un caso: confirmarlos, corregirlos, aclararlos; diferencias con la norma
    Requisitos {
        #[command(subcommand)]
        acto: crate::commands::asked::Asked,
    },
    /// Evalúa las ofertas de una carpeta contra un pliego
    Evaluar(Evaluate),
    /// Verifica las firmas de archivos
    Verificar(Verify),
    /// Firma un PDF
    Firmar(Sign),
    /// La vida de un caso
    #[command(subcommand)]
    Caso(Case),
    /// Valida un proveedor por su RUC: estructura, SRI y lo que debe consultar una persona
    Proveedor(Supplier),
    /// Procesos públicos guardados en este equipo
    #[command(subcommand)]
    Procesos(Tenders),
    /// La bitácora de un caso
    #[command(subcommand)]
    Bitacora(Log),
    /// Lo que enseñaron a Cotejo las correcciones hechas en este equipo
    #[command(subcommand)]
    Aprendizaje(crate::commands::learning::Learning),
    /// Lo que se recuerda de los papeles de un expediente a otro de la misma entidad, y cómo olvidarlo
    #[command(subcommand)]
    Memoria(crate::commands::memory::Memory),
    /// Los modelos que reconocen: los incluidos y los que se instalan con un archivo firmado
    Modelos {
        #[command(subcommand)]
        acto: Option<crate::commands::heads::HeadsAct>,
    },
    /// Los paquetes de reglas: qué dicen, qué cambió, verificar, firmar, instalar; y el cálculo de términos
    Reglas {
        #[command(subcommand)]
        acto: Option<crate::commands::reglas::RulesAct>,
    },
    /// Las plantillas de actas e informes, y la adaptación que hace la entidad
    #[command(subcommand)]
    Plantillas(crate::commands::papers::TemplateAct),
    /// Comprueba la carpeta de un expediente electrónico
    VerificarExpediente(crate::commands::papers::DossierProof),
    /// Mide los modelos con documentos que usted etiquetó, y dice qué puede mostrarse como seguro
    #[command(after_help = crate::commands::measure::FORM)]
    EvaluarModelo(crate::commands::measure::MeasureOrder),
    /// Versiones, modelos, reglas y estado de este equipo
    Diagnostico,
    /// Muestra o fija los límites de la lectura, dentro de lo que la entidad permite
    Limites {
        /// Límites que se fijan, como archivo_mb=80 o archivo_mb=usual
        limites: Vec<String>,
    },
    /// Muestra o fija cuánto del equipo usa la lectura
    Ritmo {
        /// El ritmo que se fija
        ritmo: Option<Pace>,
    },
}

/// Cuánto del equipo usa la lectura
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Pace {
    /// La mitad de los núcleos, detrás de lo que usted haga
    MientrasTrabajo,
    /// Todos los núcleos
    ATodaMaquina,
}

impl From<Pace> for cotejo_casework::view::PaceView {
    fn from(pace: Pace) -> Self {
        match pace {
            Pace::MientrasTrabajo => Self::WhileWorking,
            Pace::ATodaMaquina => Self::FullSpeed,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Carpeta de los resultados
    #[arg(long, value_name = "DIR")]
    pub(crate) salida: Option<PathBuf>,
    /// Semilla del ejemplo
    #[arg(long, default_value_t = 1)]
    pub(crate) semilla: u64,
    /// Procedimiento del ejemplo
    #[arg(long, default_value = "sie", value_parser = ["sie", "lico", "consultoria", "lotes"])]
    pub(crate) proceso: String,
}

#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Archivos o carpetas
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Incluye el texto de cada página
    #[arg(long)]
    pub(crate) texto: bool,
    /// Variable de entorno con la clave de lo que esté protegido
    #[arg(long = "clave-env")]
    pub(crate) clave_env: Option<String>,
    /// Cuánto del equipo usa
    #[arg(long, default_value = "a-toda-maquina")]
    pub(crate) ritmo: Pace,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Pliego {
    #[command(subcommand)]
    pub(crate) acto: Option<PliegoAct>,
    /// El pliego
    #[arg(required = true)]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PliegoAct {
    /// Revisa el borrador de un pliego contra la norma antes de publicarlo
    Revisar {
        /// El borrador
        file: PathBuf,
        /// Día en que se publicará: 2026-11-30
        #[arg(long)]
        inicio: Option<jiff::civil::Date>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Evaluate {
    /// El pliego
    #[arg(long)]
    pub(crate) pliego: PathBuf,
    /// Carpeta con una carpeta o un archivo por oferente
    #[arg(long)]
    pub(crate) ofertas: PathBuf,
    /// Carpeta de los resultados
    #[arg(long)]
    pub(crate) salida: PathBuf,
    /// Fecha de inicio del proceso (AAAA-MM-DD), que elige el régimen
    #[arg(long)]
    pub(crate) inicio: Option<jiff::civil::Date>,
    /// Certificados de confianza
    #[arg(long)]
    pub(crate) anclas: Option<PathBuf>,
    /// Certificado .p12 con el que se firma el acta
    #[arg(long, requires = "clave_env")]
    pub(crate) certificado: Option<PathBuf>,
    /// Variable de entorno con la clave del certificado
    #[arg(long = "clave-env")]
    pub(crate) clave_env: Option<String>,
    #[command(flatten)]
    pub(crate) sellado: Sealing,
}

/// What an import seals beside what the procedure seals.
#[derive(Debug, Default, Args)]
pub(crate) struct Sealing {
    /// Guarda sellados los archivos cuya ruta contiene esto; «*» vale por cualquier cosa
    #[arg(long, value_name = "PATRON")]
    sellar: Vec<String>,
    /// No sella los archivos cuya ruta contiene esto
    #[arg(long = "sin-sellar", value_name = "PATRON")]
    sin_sellar: Vec<String>,
}

impl From<Sealing> for cotejo_casework::view::SealingOrder {
    fn from(sealing: Sealing) -> Self {
        Self { seal: sealing.sellar, leave_open: sealing.sin_sellar }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Archivos
    #[arg(required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Certificados de confianza
    #[arg(long)]
    pub(crate) anclas: Option<PathBuf>,
    /// Fecha a la que se juzga (AAAA-MM-DD); sin ella, la de cada firma
    #[arg(long)]
    pub(crate) fecha: Option<jiff::civil::Date>,
}

#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// El PDF
    pub(crate) file: PathBuf,
    /// Certificado .p12
    #[arg(long)]
    pub(crate) certificado: PathBuf,
    /// Variable de entorno con la clave
    #[arg(long = "clave-env")]
    pub(crate) clave_env: String,
    /// Nivel de la firma; por ahora solo b
    #[arg(long, default_value = "b", value_parser = ["b", "t", "lt", "lta"])]
    pub(crate) nivel: String,
    /// Archivo firmado
    #[arg(long)]
    pub(crate) salida: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Crea un caso con un pliego
    Nuevo {
        /// El pliego
        #[arg(long)]
        pliego: PathBuf,
    },
    /// Importa ofertas: un paquete, una carpeta o una carpeta de carpetas
    Importar {
        /// Identificador del caso
        caso: String,
        /// Ofertas
        #[arg(required = true)]
        ofertas: Vec<PathBuf>,
        #[command(flatten)]
        sellado: Sealing,
        /// Cuánto del equipo usa esta vez
        #[arg(long)]
        ritmo: Option<Pace>,
    },
    /// Abre un documento sellado cuando llega su momento
    Abrir {
        /// Identificador del caso
        caso: String,
        /// SHA-256 del documento
        #[arg(long)]
        archivo: String,
        /// Por qué llegó su momento
        #[arg(long)]
        causa: String,
    },
    /// Registra el presupuesto referencial, sin IVA, cuando el pliego lo trae cifrado
    Presupuesto {
        /// Identificador del caso
        caso: String,
        /// Monto sin IVA, como 15250.40
        monto: String,
        /// Dónde consta: la convocatoria, el Portal
        #[arg(long)]
        fuente: String,
    },
    /// Las proformas de una ínfima cuantía, una al lado de otra
    Proformas {
        /// Identificador del caso
        caso: String,
    },
    /// Muestra o registra la sesión del acta; lo que no se da queda como estaba
    Sesion(Box<SessionOrder>),
    /// Muestra o registra la comisión o a quien se designó
    Comision(Box<CommissionOrder>),
    /// Escribe una nota en una celda, cambia una propia o la retira
    Nota {
        /// Identificador del caso
        caso: String,
        /// Requisito
        #[arg(long)]
        requisito: String,
        /// Número de la oferta, desde 1
        #[arg(long)]
        oferta: u32,
        /// Texto; vacío retira la nota
        #[arg(long)]
        texto: String,
        /// La nota consta en el acta
        #[arg(long = "en-acta")]
        en_acta: bool,
        /// Nota que se cambia
        #[arg(long)]
        nota: Option<String>,
    },
    /// Consulta en los registros a los oferentes de un caso y a los socios de sus consorcios
    Validar {
        /// Identificador del caso
        caso: String,
        #[command(flatten)]
        simulado: Simulated,
    },
    /// Añade un requisito a mano
    Requisito {
        /// Identificador del caso
        caso: String,
        /// Qué significa incumplirlo
        #[arg(long, value_parser = ["integridad", "minimo", "puntaje", "informativo"])]
        tipo: String,
        /// Las palabras del pliego
        #[arg(long)]
        texto: String,
        /// Tipo de documento que debe constar, como CERT_EXP
        #[arg(long)]
        documento: Option<String>,
        /// El documento debe llevar firma electrónica
        #[arg(long)]
        firmado: bool,
    },
    /// Muestra los archivos de un caso, con sus fojas y lo que no se pudo leer
    Documentos {
        /// Identificador del caso
        caso: String,
    },
    /// Muestra una foja; la gira o pone el texto que escribió una persona
    Foja(Box<PageOrder>),
    /// Muestra los documentos de un archivo; los divide, une, nombra u ordena
    Documento(Box<crate::commands::documents::DocumentOrder>),
    /// Muestra los datos de un documento, o dice cuál es uno de ellos y dónde consta
    Dato(Box<crate::commands::fields::FieldArguments>),
    /// Vuelve a reconocer los archivos de las ofertas, con los ejemplos que haya ahora
    Reconocer {
        /// Identificador del caso
        caso: String,
        /// Solo este archivo, por su SHA-256
        #[arg(long)]
        archivo: Option<String>,
        /// Con los modelos que se usan ahora, aunque el caso se haya reconocido con otros
        #[arg(long = "con-otros-modelos")]
        con_otros_modelos: bool,
    },
    /// Vuelve a leer un archivo o una de sus fojas, con su clave si la tiene
    Releer(ReadAgain),
    /// Lista las fojas de una oferta que se parecen a las de otra
    Copias {
        /// Identificador del caso
        caso: String,
    },
    /// Vigila una carpeta y ofrece los paquetes nuevos
    Vigilar(Box<WatchOrder>),
    /// Anota lo que respondió una fuente que solo una persona puede consultar
    Anotar(Box<NoteSource>),
    /// Lista los casos
    Listar,
    /// Muestra la matriz de un caso
    Matriz {
        /// Identificador del caso
        caso: String,
    },
    /// Lista los indicios con lo que se dijo de cada uno; descarta uno con su motivo o lo retoma
    Indicios(Box<crate::commands::commission::IndiciosOrder>),
    /// Dice qué evidencia de una celda abrió usted, o hace constar que la vio
    Evidencia(Box<crate::commands::commission::EvidenceOrder>),
    /// Declaraciones de la comisión sobre la lista de oferentes, y coincidencias de apellidos
    Declaraciones(Box<crate::commands::commission::DeclarationsOrder>),
    /// Excusas y recusaciones, y cómo se resolvieron
    Impedimentos(Box<crate::commands::commission::ImpedimentsOrder>),
    /// Dónde difieren los miembros, qué se acordó, votos salvados y quién no suscribe
    Acuerdos(Box<crate::commands::commission::AgreementsOrder>),
    /// Muestra al azar de propuestas aceptadas que revisa un segundo miembro
    Muestra(Box<crate::commands::commission::SampleOrder>),
    /// Hallazgos sobre el trato igual, y su respuesta
    Trato(Box<crate::commands::commission::TreatmentOrder>),
    /// Ensaya un reclamo contra cada «no cumple»: qué se objetaría y qué responde el expediente
    Ensayo {
        /// Identificador del caso
        caso: String,
    },
    /// Escribe el caso en un archivo cifrado y firmado para un colega, o solo lo nuevo
    Enviar(crate::commands::exchange::SendOrder),
    /// Recibe un caso que envió un colega
    Recibir(crate::commands::exchange::ReceiveOrder),
    /// Muestra los puestos de la comisión y quién los ocupa en su equipo; dice cuál es el suyo
    Puesto(crate::commands::exchange::SeatOrder),
    /// Une al caso lo que registró un colega en su equipo
    Unir(crate::commands::exchange::JoinOrder),
    /// Lo que se envió, recibió y unió, y lo que difiere
    Envios {
        /// Identificador del caso
        caso: String,
    },
    /// Informes de subcomisión, acogidos o corregidos punto por punto
    Subcomision(Box<crate::commands::commission::ReportOrder>),
    /// Convalidación: lo que se propone pedir, pedidos, notificación, respuestas y resultados
    Convalidar(Box<crate::commands::curing::CuringOrder>),
    /// Constataciones de firma en FirmaEC: las hechas y las pendientes; registra una con su archivo
    Constatar(Box<crate::commands::signatures::ConstatationArguments>),
    /// Dice qué es un defecto: de forma, mencionado, sin mención en la oferta, o de fondo
    Defecto(Box<crate::commands::signatures::DefectArguments>),
    /// Muestra o dice los lotes del proceso, y para cuáles es cada oferta. En lo que es de un lote, el caso se nombra CASO/2
    Lotes(Box<crate::commands::lots::LotsArguments>),
    /// Cómo termina cada oferta: lo que procede, lo que no y lo que falta; lo registra sólo si procede
    Resultado(Box<crate::commands::curing::OutcomeArguments>),
    /// Negociación: muestra o registra una sesión y lo acordado
    Negociar(Box<crate::commands::curing::NegotiationArguments>),
    /// Recomendación: lo que resulta, y lo que se recomienda
    Recomendar(Box<crate::commands::curing::RecommendationArguments>),
    /// Calcula los puntajes: los del Portal y los motivados, con su cálculo
    Puntaje(Box<crate::commands::points::PointsOrder>),
    /// Muestra las etapas de cada lote; las abre, termina, omite o vuelve a una
    Etapas(Box<crate::commands::course::StagesOrder>),
    /// Muestra los plazos con su cuenta y lo que está por vencer; los escribe como calendario
    Plazos(Box<crate::commands::course::DeadlinesOrder>),
    /// Muestra los reclamos; registra uno, o cómo terminó
    Reclamo(Box<crate::commands::course::ClaimOrder>),
    /// Muestra las constancias; registra una publicación, una notificación, una consulta al RUP o una firma
    Constancia(Box<crate::commands::course::ConstanciaOrder>),
    /// Informa si el proceso cumplió términos, notificaciones, publicaciones, consultas y firmas
    Cumplimiento(crate::commands::course::ComplianceOrder),
    /// Decide una celda
    Decidir {
        /// Identificador del caso
        caso: String,
        /// Requisito
        #[arg(long)]
        requisito: String,
        /// Número de la oferta, desde 1
        #[arg(long)]
        oferta: u32,
        /// Resultado
        #[arg(long, value_parser = ["cumple", "no_cumple", "a_convalidar", "no_aplica"])]
        resultado: String,
        /// Hecho
        #[arg(long, default_value = "")]
        hecho: String,
        /// Evidencia
        #[arg(long, default_value = "")]
        evidencia: String,
        /// Norma
        #[arg(long, default_value = "")]
        norma: String,
        /// Conclusión
        #[arg(long, default_value = "")]
        conclusion: String,
        /// Hace constar que usted vio la evidencia de la celda
        #[arg(long = "evidencia-vista")]
        evidencia_vista: bool,
    },
    /// Deshace el último acto
    Deshacer {
        /// Identificador del caso
        caso: String,
    },
    /// Genera el acta y dice dónde está
    Actas {
        /// Identificador del caso
        caso: String,
        /// Certificado .p12 con el que se firma
        #[arg(long, requires = "clave_env")]
        certificado: Option<PathBuf>,
        /// Variable de entorno con la clave
        #[arg(long = "clave-env")]
        clave_env: Option<String>,
    },
    /// Actas e informes del caso: los lista, o escribe, muestra, genera y firma uno
    Papel(Box<crate::commands::papers::PaperOrder>),
    /// Escribe el anexo de evidencias y el visor que se abre en cualquier navegador
    Evidencias(crate::commands::papers::EvidenceOrder),
    /// Forma el expediente electrónico: carpeta, manifiesto e índice firmado
    Expediente(crate::commands::papers::DossierOrder),
    /// Abre una rectificación del acta firmada
    Rectificar {
        /// Identificador del caso
        caso: String,
        /// Causa
        #[arg(long)]
        causa: String,
    },
    /// Escribe la evaluación de un caso
    Exportar {
        /// Identificador del caso
        caso: String,
        /// Archivo de salida
        #[arg(long)]
        salida: PathBuf,
    },
    /// Recalcula lo que se deduce de la bitácora y compara
    Reconstruir {
        /// Identificador del caso
        caso: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct SessionOrder {
    /// Identificador del caso
    pub(crate) caso: String,
    /// Archivo JSON con la sesión entera, en lugar de las opciones
    #[arg(long, value_name = "F.json")]
    pub(crate) archivo: Option<PathBuf>,
    /// Ciudad
    #[arg(long)]
    pub(crate) ciudad: Option<String>,
    /// Sala, o plataforma de una sesión virtual
    #[arg(long)]
    pub(crate) lugar: Option<String>,
    /// Modalidad
    #[arg(long, value_parser = ["presencial", "virtual"])]
    pub(crate) modalidad: Option<String>,
    /// Fecha y hora de instalación, como 2026-11-20T09:00, hora del Ecuador
    #[arg(long)]
    pub(crate) apertura: Option<String>,
    /// Fecha y hora de cierre
    #[arg(long)]
    pub(crate) cierre: Option<String>,
    /// Convocatoria, como «Convocatoria|001|2026-11-18|autor»; el autor puede faltar
    #[arg(long)]
    pub(crate) convocatoria: Option<String>,
    /// Punto del orden del día, sin número; se repite
    #[arg(long = "punto")]
    pub(crate) puntos: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct CommissionOrder {
    /// Identificador del caso
    pub(crate) caso: String,
    /// Archivo JSON con la comisión entera, en lugar de las opciones
    #[arg(long, value_name = "F.json")]
    pub(crate) archivo: Option<PathBuf>,
    /// Órgano que califica
    #[arg(long, value_parser = ["comision_tecnica", "servidor_designado"])]
    pub(crate) organo: Option<String>,
    /// Instrumento de designación, como «Resolución|012|2026-11-18|autor»; el autor puede faltar
    #[arg(long)]
    pub(crate) designacion: Option<String>,
    /// Persona, como «presidente|Nombre|cédula|cargo|f,yo»; marcas: f, m, yo, ausente, suplente=N (de la persona n.º N); se repite
    #[arg(long = "miembro")]
    pub(crate) miembros: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Log {
    /// Verifica la cadena, las firmas y los compromisos
    Verificar {
        /// Identificador del caso
        caso: String,
        /// Cabeza impresa en un acta: equipo:actos:sha256
        #[arg(long)]
        cabeza: Vec<String>,
    },
    /// Escribe todos los actos, uno por línea
    Exportar {
        /// Identificador del caso
        caso: String,
    },
}

/// A simulator in place of the services.
#[derive(Debug, Args)]
pub(crate) struct Simulated {
    /// Simulador que responde en lugar de los servicios, como https://localhost:8443; lo que responde es ficticio
    #[arg(long, value_name = "URL")]
    simulador: Option<String>,
    /// Certificado PEM de la autoridad del simulador
    #[arg(long, value_name = "ARCHIVO", env = "COTEJO_AUTORIDAD")]
    autoridad: Option<PathBuf>,
}

impl Simulated {
    /// Returns the simulator, if one is named.
    pub(crate) fn at(&self) -> Result<Option<cotejo_casework::SimulatorAt>, cotejo_casework::CaseworkError> {
        let named = self.simulador.as_deref();
        named.map(|url| cotejo_casework::SimulatorAt::new(url, self.autoridad.as_deref())).transpose()
    }
}

#[derive(Debug, Args)]
pub(crate) struct Supplier {
    /// El RUC, trece dígitos
    pub(crate) ruc: String,
    /// Carpeta donde se escribe la respuesta tal como llegó
    #[arg(long, value_name = "DIR")]
    pub(crate) salida: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) simulado: Simulated,
}

/// Which processes are meant.
#[derive(Debug, Args)]
pub(crate) struct Filter {
    /// Solo de este año
    #[arg(long)]
    pub(crate) anio: Option<u16>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Tenders {
    /// Importa archivos descargados de los datos abiertos: OCDS en JSON, una búsqueda, o una tabla CSV
    Importar {
        /// Archivos
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Pregunta a los datos abiertos del SERCOP y guarda lo que responde
    Sincronizar {
        /// Año
        #[arg(long)]
        anio: u16,
        /// Palabras, tres letras o más
        #[arg(long, value_name = "TEXTO")]
        buscar: String,
        /// Primera página
        #[arg(long = "desde-pagina", default_value_t = 1)]
        desde_pagina: u32,
        /// Páginas de diez procesos, como máximo
        #[arg(long, default_value_t = 20)]
        paginas: u32,
        /// Pide además el registro de cada proceso: oferentes, adjudicatarios e ítems
        #[arg(long)]
        detalle: bool,
        #[command(flatten)]
        simulado: Simulated,
    },
    /// Busca en lo guardado
    Buscar {
        /// Palabras; la última puede estar incompleta
        texto: String,
        #[command(flatten)]
        filtro: Filter,
        /// Cuántos se muestran
        #[arg(long, default_value_t = 50)]
        limite: u32,
    },
    /// Escribe lo guardado: CSV o JSON, según el nombre del archivo
    Exportar {
        /// Archivo de salida
        #[arg(long)]
        salida: PathBuf,
        /// Solo lo que tenga estas palabras
        #[arg(long, value_name = "TEXTO")]
        buscar: Option<String>,
        #[command(flatten)]
        filtro: Filter,
    },
    /// Todavía no está: avisará de procesos nuevos
    Vigilar {
        /// Palabras
        texto: Vec<String>,
    },
}
