//! Packages that came in several files: `.z01`, `.z02`, …, `.zip`, or cut at any byte (`.001`, `.002`, …).

use crate::sources::SourceFile;

/// Returns the files that make up the package that `file` is the main one of, in order; `None` when it came whole.
pub(crate) fn parts_of<'f>(files: &'f [SourceFile], file: &SourceFile) -> Option<Vec<&'f SourceFile>> {
    let (stem, extension) = stem_and_extension(&file.name);
    let named = |extension: String| {
        let wanted = format!("{stem}.{extension}");
        files.iter().find(|other| other.name.eq_ignore_ascii_case(&wanted))
    };
    let mut parts = Vec::new();
    match extension.as_str() {
        "zip" => {
            parts.extend((1..).map_while(|number| named(format!("z{number:02}"))));
            parts.extend(files.iter().find(|other| other.name == file.name));
        }
        "001" => parts.extend((1..).map_while(|number| named(format!("{number:03}")))),
        _ => return None,
    }
    (parts.len() > 1).then_some(parts)
}

/// Tells whether `file` is a part of a package whose main file is there: it is kept, and read with that one.
pub(crate) fn is_follower(files: &[SourceFile], file: &SourceFile) -> bool {
    let (stem, extension) = stem_and_extension(&file.name);
    let main = match extension.strip_prefix('z') {
        Some(number) if number.parse::<u32>().is_ok() => format!("{stem}.zip"),
        _ if extension.len() == 3 && extension != "001" && extension.parse::<u32>().is_ok() => {
            format!("{stem}.001")
        }
        _ => return false,
    };
    let main = files.iter().find(|other| other.name.eq_ignore_ascii_case(&main));
    let parts = main.and_then(|main| parts_of(files, main));
    parts.is_some_and(|parts| parts.iter().any(|part| part.name == file.name))
}

fn stem_and_extension(name: &str) -> (&str, String) {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    (stem, extension.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_gathered_around_their_main_file() {
        let names = [
            "a/of.z01",
            "a/of.Z02",
            "a/of.zip",
            "a/otro.zip",
            "b.001",
            "b.002",
            "c.z01",
            "d.002",
            "a/of.z04",
        ];
        let files: Vec<SourceFile> =
            names.iter().map(|name| SourceFile { path: name.into(), name: (*name).to_string() }).collect();
        let parts = |index: usize| {
            parts_of(&files, &files[index])
                .map(|parts| parts.iter().map(|part| part.name.as_str()).collect::<Vec<_>>())
        };
        assert_eq!(parts(2), Some(vec!["a/of.z01", "a/of.Z02", "a/of.zip"]));
        assert_eq!(parts(3), None, "it came whole");
        assert_eq!(parts(4), Some(vec!["b.001", "b.002"]));
        let followers: Vec<bool> = files.iter().map(|file| is_follower(&files, file)).collect();
        assert_eq!(followers, [true, true, false, false, false, true, false, false, false]);
    }
}
