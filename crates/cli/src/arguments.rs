//! The words of the command line: Spanish verbs, `--ayuda` beside `--help`.

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
    /// Evalúa las ofertas de una carpeta contra un pliego
    Evaluar(Evaluate),
    /// Verifica las firmas de archivos
    Verificar(Verify),
    /// Firma un PDF
    Firmar(Sign),
    /// La vida de un caso
    #[command(subcommand)]
    Caso(Case),
    /// La bitácora de un caso
    #[command(subcommand)]
    Bitacora(Log),
    /// Versiones, modelos, reglas y estado de este equipo
    Diagnostico,
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
    #[arg(long, default_value = "sie", value_parser = ["sie", "lico"])]
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
}

#[derive(Debug, Args)]
pub(crate) struct Pliego {
    /// El pliego
    pub(crate) file: PathBuf,
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
    /// Lista los casos
    Listar,
    /// Muestra la matriz de un caso
    Matriz {
        /// Identificador del caso
        caso: String,
    },
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
