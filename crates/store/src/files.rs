//! Writing files so that a crash leaves the old one or the new one, never half of one.

use crate::StoreError;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

static TURN: AtomicU64 = AtomicU64::new(0);

/// Writes beside `path`, syncs, renames over it and syncs the folder; only the account may read the file.
pub(crate) fn write_privately(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let (mut file, temporary) = temporary_file(path).map_err(StoreError::file("writing", path))?;
    let mut write = || -> std::io::Result<()> {
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))
    };
    write().map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        StoreError::file("writing", path)(error)
    })
}

/// Makes a file beside `path` that only the account may read, under a name of its own that ends in `.tmp`.
pub(crate) fn temporary_file(path: &Path) -> std::io::Result<(File, PathBuf)> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_file_name(format!("{name}.{}-{turn}.tmp", std::process::id()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    Ok((options.open(&temporary)?, temporary))
}

/// Makes a rename in `folder` survive a power cut. Windows offers no such call for folders.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Makes a folder and those above it.
pub(crate) fn make_folder(path: &Path) -> Result<(), StoreError> {
    std::fs::create_dir_all(path).map_err(StoreError::file("making", path))
}

/// Holds a lock file for as long as it lives; the operating system releases it even after a crash.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a process that is being started at this moment still shares the open file for an instant.
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// Takes the lock or says that another program has it.
    pub(crate) fn take(path: &Path) -> Result<Self, StoreError> {
        let file = Self::open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(std::fs::TryLockError::WouldBlock) => {
                Err(StoreError::Locked { path: path.parent().unwrap_or(path).to_path_buf() })
            }
            Err(std::fs::TryLockError::Error(error)) => Err(StoreError::file("locking", path)(error)),
        }
    }

    /// Waits for the lock.
    pub(crate) fn wait_for(path: &Path) -> Result<Self, StoreError> {
        let file = Self::open(path)?;
        file.lock().map_err(StoreError::file("locking", path))?;
        Ok(Self { file })
    }

    fn open(path: &Path) -> Result<File, StoreError> {
        OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(StoreError::file("locking", path))
    }
}

/// Runs work that waits for disks, locks or keyrings on a thread of its own.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::Interrupted { detail: error.to_string() }),
    }
}
