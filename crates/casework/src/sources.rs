//! Files that a person points at: folders, packages, single files.

use crate::CaseworkError;
use std::path::{Path, PathBuf};

/// Most files taken from one folder: the limit of a package.
const MOST_FILES: usize = 10_000;
/// Deepest nesting of folders.
const DEEPEST: usize = 16;

/// Names one file on disk and its path within the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    pub(crate) path: PathBuf,
    /// Relative, with `/`.
    pub(crate) name: String,
}

/// Names one bid on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceBid {
    pub(crate) name: String,
    pub(crate) files: Vec<SourceFile>,
}

/// Lists the files under `path` in order of name. Links are not followed; hidden files and system droppings are left out.
pub(crate) fn files_under(path: &Path) -> Result<Vec<SourceFile>, CaseworkError> {
    let metadata = std::fs::metadata(path).map_err(CaseworkError::file(path))?;
    let mut files = Vec::new();
    if metadata.is_file() {
        files.push(SourceFile { path: path.to_owned(), name: name_of(path) });
    } else {
        collect(path, "", 0, &mut files)?;
    }
    Ok(files)
}

fn collect(
    folder: &Path,
    prefix: &str,
    depth: usize,
    files: &mut Vec<SourceFile>,
) -> Result<(), CaseworkError> {
    let too_much =
        |key| Err(CaseworkError::refused(cotejo_domain::Code::UnreadableInput, key, name_of(folder)));
    if depth > DEEPEST {
        return too_much("casework.folder_depth");
    }
    let mut entries = std::fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(CaseworkError::file(folder))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let file_name = entry.file_name().to_string_lossy().into_owned();
        if file_name.starts_with('.') || matches!(file_name.as_str(), "Thumbs.db" | "desktop.ini") {
            continue;
        }
        let name = if prefix.is_empty() { file_name } else { format!("{prefix}/{file_name}") };
        let kind = entry.file_type().map_err(CaseworkError::file(entry.path()))?;
        if kind.is_dir() {
            collect(&entry.path(), &name, depth + 1, files)?;
        } else if kind.is_file() {
            files.push(SourceFile { path: entry.path(), name });
        }
        if files.len() > MOST_FILES {
            return too_much("casework.folder_entries");
        }
    }
    Ok(())
}

/// Cuts what a person pointed at into bids: a folder that holds only folders and packages holds one bid in each; any other folder,
/// and any file, is one bid.
pub(crate) fn bids_at(path: &Path) -> Result<Vec<SourceBid>, CaseworkError> {
    let metadata = std::fs::metadata(path).map_err(CaseworkError::file(path))?;
    let one = || Ok(vec![SourceBid { name: stem_of(path), files: files_under(path)? }]);
    if metadata.is_file() {
        return one();
    }
    let mut children = std::fs::read_dir(path)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(CaseworkError::file(path))?;
    children.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    children.sort_by_key(std::fs::DirEntry::file_name);
    let holds_bids = !children.is_empty()
        && children.iter().all(|entry| entry.path().is_dir() || is_package(&entry.path()));
    if holds_bids { children.iter().map(|entry| bid_at(&entry.path())).collect() } else { one() }
}

/// Takes each child of `folder` as one bid: the layout of `cotejo evaluar --ofertas`.
pub(crate) fn bids_in(folder: &Path) -> Result<Vec<SourceBid>, CaseworkError> {
    let mut children = std::fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(CaseworkError::file(folder))?;
    children.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    children.sort_by_key(std::fs::DirEntry::file_name);
    children.iter().map(|entry| bid_at(&entry.path())).collect()
}

fn bid_at(path: &Path) -> Result<SourceBid, CaseworkError> {
    Ok(SourceBid { name: stem_of(path), files: files_under(path)? })
}

fn is_package(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    matches!(extension.as_deref(), Some("zip" | "ushay" | "rar" | "7z" | "tar" | "tgz"))
}

pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

fn stem_of(path: &Path) -> String {
    if path.is_dir() {
        return name_of(path);
    }
    path.file_stem().map_or_else(|| name_of(path), |name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, name: &str) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("makes");
        std::fs::write(path, name).expect("writes");
    }

    #[test]
    fn a_folder_of_folders_is_a_pile_of_bids_and_a_folder_with_papers_is_one() {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "01 Alfa/oferta.pdf");
        write(folder.path(), "01 Alfa/anexos/ruc.pdf");
        write(folder.path(), "02 Beta.zip");
        let bids = bids_at(folder.path()).expect("lists");
        assert_eq!(bids.iter().map(|bid| bid.name.as_str()).collect::<Vec<_>>(), ["01 Alfa", "02 Beta"]);
        assert_eq!(bids[0].files[0].name, "anexos/ruc.pdf", "paths are relative to the bid");
        write(folder.path(), "03 suelto.pdf");
        assert_eq!(bids_at(folder.path()).expect("lists").len(), 1, "a loose paper makes the folder one bid");
        assert_eq!(bids_in(folder.path()).expect("lists").len(), 3, "`evaluar` takes each child as a bid");
    }

    #[cfg(unix)]
    #[test]
    fn attack_a_link_out_of_the_folder_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let outside = tempfile::tempdir().expect("a folder");
        write(outside.path(), "secreto.pdf");
        std::os::unix::fs::symlink(outside.path(), folder.path().join("enlace")).expect("links");
        write(folder.path(), "oferta.pdf");
        let files = files_under(folder.path()).expect("lists");
        assert_eq!(files.len(), 1, "what lies behind a link was not handed in: {files:?}");
    }
}
