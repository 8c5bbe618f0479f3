//! Where things are: the repository, the cache, the resources.

use std::path::{Path, PathBuf};

/// Returns the root of the repository: where cargo says that it is now, or else where this program was built.
pub(crate) fn repository() -> PathBuf {
    std::env::var_os("COTEJO_REPOSITORIO")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), PathBuf::from)
}

fn folder(variable: &str, base: &str, otherwise: &str) -> PathBuf {
    std::env::var_os(variable)
        .map(PathBuf::from)
        .or_else(|| std::env::var_os(base).map(|base| PathBuf::from(base).join("cotejo")))
        .unwrap_or_else(|| {
            let home =
                std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).unwrap_or_default();
            PathBuf::from(home).join(otherwise)
        })
}

/// Returns the folder for what was fetched and can be fetched again.
pub(crate) fn cache() -> PathBuf {
    folder("COTEJO_CACHE", "XDG_CACHE_HOME", ".cache/cotejo")
}

/// Returns the folder of pdfium and the encoder, where the product looks for them.
pub(crate) fn resources() -> PathBuf {
    std::env::var_os("COTEJO_RECURSOS").map_or_else(
        || folder("COTEJO_DATOS_PLATAFORMA", "XDG_DATA_HOME", ".local/share/cotejo").join("recursos"),
        PathBuf::from,
    )
}

/// Returns cargo's target folder: a persistent one outside the clone unless the environment says otherwise.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| cache().join("target"), PathBuf::from)
}

/// Returns the Python of the test environment.
pub(crate) fn python() -> PathBuf {
    let folder = cache().join("python");
    if cfg!(windows) { folder.join("Scripts").join("python.exe") } else { folder.join("bin").join("python") }
}
