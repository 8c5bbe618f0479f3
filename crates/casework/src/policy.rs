//! The limits of reading: what a person sets, within what the entity allows.
//!
//! The entity's policy is a JSON file that is read when the program starts (docs/policy.md): the one named by `COTEJO_POLITICA`, else that
//! of the machine. What it does not name keeps the ceiling of the program. A policy that cannot be read loosens nothing: the usual values
//! are then the ceilings, and the window says so.

use cotejo_lector_client::Settings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Names the environment variable that points to the policy.
const POLICY_VARIABLE: &str = "COTEJO_POLITICA";

/// Names one limit: as the policy, the profile and the command line write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Limit {
    ArchivoMb,
    PaqueteMb,
    Entradas,
    Profundidad,
    Razon,
    LetrasDeRuta,
    Paginas,
    Megapixeles,
    Celdas,
}

impl Limit {
    /// All of them, in the order they are shown.
    pub(crate) const ALL: [Self; 9] = [
        Self::ArchivoMb,
        Self::PaqueteMb,
        Self::Entradas,
        Self::Profundidad,
        Self::Razon,
        Self::LetrasDeRuta,
        Self::Paginas,
        Self::Megapixeles,
        Self::Celdas,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ArchivoMb => "archivo_mb",
            Self::PaqueteMb => "paquete_mb",
            Self::Entradas => "entradas",
            Self::Profundidad => "profundidad",
            Self::Razon => "razon",
            Self::LetrasDeRuta => "letras_de_ruta",
            Self::Paginas => "paginas",
            Self::Megapixeles => "megapixeles",
            Self::Celdas => "celdas",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.name() == name)
    }

    /// Least that makes sense, what is usual, and what the program bears at most: workers hold a file in memory.
    pub(crate) fn bounds(self) -> (u32, u32, u32) {
        match self {
            Self::ArchivoMb => (1, 50, 500),
            Self::PaqueteMb => (1, 1_024, 20_480),
            Self::Entradas => (1, 10_000, 100_000),
            Self::Profundidad => (1, 5, 20),
            Self::Razon => (10, 200, 2_000),
            Self::LetrasDeRuta => (100, 1_024, 4_096),
            Self::Paginas => (1, 20_000, 100_000),
            Self::Megapixeles => (10, 120, 250),
            Self::Celdas => (1_000, 200_000, 2_000_000),
        }
    }

    fn put(self, value: u32, settings: &mut Settings) {
        const MEGABYTE: u64 = 1024 * 1024;
        match self {
            Self::ArchivoMb => {
                settings.limits.file_bytes = u64::from(value) * MEGABYTE;
                settings.reading.part_bytes = u64::from(value) * MEGABYTE;
            }
            Self::PaqueteMb => settings.limits.package_bytes = u64::from(value) * MEGABYTE,
            Self::Entradas => settings.limits.entries = value,
            Self::Profundidad => settings.limits.depth = value,
            Self::Razon => settings.limits.ratio = value,
            Self::LetrasDeRuta => settings.limits.path_letters = value,
            Self::Paginas => settings.reading.pages = value,
            Self::Megapixeles => settings.reading.megapixels = value,
            Self::Celdas => settings.reading.cells = value,
        }
    }
}

/// Holds what the entity allows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    /// Name of the entity, as the file gives it.
    pub(crate) entity: Option<String>,
    /// Where the file is; `None` without a policy.
    pub(crate) path: Option<PathBuf>,
    /// True when the entity forbids asking services.
    pub(crate) offline: bool,
    /// Why the file could not be used.
    pub(crate) problem: Option<String>,
    ceilings: BTreeMap<Limit, u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyFile {
    #[serde(default)]
    entidad: Option<String>,
    #[serde(default)]
    limites: BTreeMap<String, u32>,
    #[serde(default)]
    sin_red: bool,
}

impl Policy {
    /// Reads the policy of this machine.
    pub(crate) fn discover() -> Self {
        let told = std::env::var_os(POLICY_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        match told {
            // A policy that somebody named and that is not there is a problem, not the absence of a policy.
            Some(path) => Self::at(path),
            None => machine_path().filter(|path| path.exists()).map_or_else(Self::default, Self::at),
        }
    }

    pub(crate) fn at(path: PathBuf) -> Self {
        let read = std::fs::read_to_string(&path).map_err(|error| error.to_string());
        match read.and_then(|text| Self::parse(&text)) {
            Ok(policy) => Self { path: Some(path), ..policy },
            Err(problem) => Self { path: Some(path), problem: Some(problem), ..Self::default() },
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: PolicyFile =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| error.to_string())?;
        let mut ceilings = BTreeMap::new();
        for (name, value) in file.limites {
            let limit = Limit::named(&name).ok_or_else(|| format!("limites.{name}"))?;
            let (least, _, most) = limit.bounds();
            ceilings.insert(limit, value.clamp(least, most));
        }
        Ok(Self {
            entity: file.entidad.filter(|name| !name.trim().is_empty()),
            offline: file.sin_red,
            ceilings,
            ..Self::default()
        })
    }

    /// The most a limit may be set to, and whether the entity says so.
    pub(crate) fn ceiling(&self, limit: Limit) -> (u32, bool) {
        let (_, usual, most) = limit.bounds();
        match self.ceilings.get(&limit) {
            Some(ceiling) => (*ceiling, true),
            None if self.problem.is_some() => (usual, true),
            None => (most, false),
        }
    }

    /// The value in force: what the person set, else the usual one, never more than the entity allows.
    pub(crate) fn in_force(&self, limit: Limit, set: &SetLimits) -> u32 {
        let (least, usual, _) = limit.bounds();
        let wanted = set.get(limit.name()).copied().unwrap_or(usual).max(least);
        wanted.min(self.ceiling(limit).0)
    }

    /// Puts the limits in force into the settings of the reading.
    pub(crate) fn limited(&self, mut settings: Settings, set: &SetLimits) -> Settings {
        for limit in Limit::ALL {
            limit.put(self.in_force(limit, set), &mut settings);
        }
        settings
    }
}

/// What a person set, by name; what is not there is as usual.
pub(crate) type SetLimits = BTreeMap<String, u32>;

fn machine_path() -> Option<PathBuf> {
    let folder = if cfg!(target_os = "windows") {
        PathBuf::from(std::env::var_os("ProgramData")?).join("Cotejo")
    } else if cfg!(target_os = "macos") {
        PathBuf::from("/Library/Application Support/Cotejo")
    } else {
        PathBuf::from("/etc/cotejo")
    };
    Some(folder.join("politica.json"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_lector_client::{Machine, Pace};

    fn settings() -> Settings {
        Settings::on(Pace::FullSpeed, Machine { cores: 2, megabytes: Some(8_000) })
    }

    #[test]
    fn without_anything_the_usual_limits_are_those_of_the_program() {
        let limited = Policy::default().limited(settings(), &SetLimits::new());
        assert_eq!(limited, settings(), "nothing set, nothing forbidden, nothing changed");
    }

    #[test]
    fn a_person_moves_within_what_the_entity_allows() {
        let policy = Policy::parse(
            r#"{"entidad":"Entidad de Ejemplo","limites":{"archivo_mb":80,"paginas":500},"sin_red":true}"#,
        )
        .expect("a policy");
        assert!(policy.offline);
        let set = SetLimits::from([("archivo_mb".into(), 200), ("entradas".into(), 12_000)]);
        let limited = policy.limited(settings(), &set);
        assert_eq!(limited.limits.file_bytes, 80 * 1024 * 1024, "no more than the entity allows");
        assert_eq!(limited.limits.entries, 12_000, "what the entity leaves open is the person's");
        assert_eq!(limited.reading.pages, 500, "a ceiling below the usual value lowers it");
        assert_eq!(policy.ceiling(Limit::Entradas), (100_000, false));
    }

    #[test]
    fn attack_a_broken_policy_loosens_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("politica.json");
        for broken in
            ["{", r#"{"limites":{"archivo":900}}"#, r#"{"limites":{"archivo_mb":-1}}"#, r#"{"limit":{}}"#]
        {
            std::fs::write(&path, broken).expect("writes");
            let policy = Policy::at(path.clone());
            assert!(policy.problem.is_some(), "{broken}");
            let set = SetLimits::from([("archivo_mb".into(), 400), ("profundidad".into(), 3)]);
            assert_eq!(policy.in_force(Limit::ArchivoMb, &set), 50, "{broken}");
            assert_eq!(policy.in_force(Limit::Profundidad, &set), 3, "to be stricter is always allowed");
        }
        assert!(Policy::at(folder.path().join("no-esta.json")).problem.is_some(), "named and not there");
    }

    #[test]
    fn attack_a_policy_raises_nothing_beyond_what_the_program_bears() {
        let policy = Policy::parse(r#"{"limites":{"megapixeles":4000000000}}"#).expect("a policy");
        assert_eq!(policy.ceiling(Limit::Megapixeles).0, 250);
    }
}
