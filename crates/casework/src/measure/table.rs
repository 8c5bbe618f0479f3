//! Tables as an evaluator's spreadsheet writes them: fields between semicolons, commas or tabs, quotes around what holds one, UTF-8 or the
//! encoding of Windows.

/// Reads the rows of a table, each with the number of the line it begins on; rows without content are left out.
pub(super) fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    let text = decoded(bytes);
    let records = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(separator(&text))
        .from_reader(text.as_bytes())
        .into_records();
    let (mut read, mut line) = (0, 1);
    let mut rows = Vec::new();
    // Records of a text in memory whose rows may have any length do not fail.
    for record in records.flatten() {
        let begin =
            record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(read);
        // The reader's own line counts neither blank rows nor the second half of a line's end.
        let blank =
            text.get(begin..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(read..begin + blank).map_or(0, |passed| passed.matches('\n').count());
        read = begin + blank;
        if record.iter().any(|field| !field.is_empty()) {
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
    }
    rows
}

// What is no UTF-8 was written by a spreadsheet of Windows: the letters of Spanish are where Latin-1 has them.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    [b';', b'\t', b',']
        .into_iter()
        .max_by_key(|separator| (count(*separator), *separator == b';'))
        .unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(bytes: &[u8]) -> Vec<Vec<String>> {
        rows(bytes).into_iter().map(|(_, row)| row).collect()
    }

    #[test]
    fn tables_of_any_spreadsheet_are_read_alike() {
        let expected = vec![vec!["archivo", "campo", "valor"], vec!["a.pdf", "oferente", "Ñandú; \"S.A.\""]];
        for text in [
            "archivo;campo;valor\r\na.pdf;oferente;\"Ñandú; \"\"S.A.\"\"\"\r\n",
            "archivo,campo,valor\na.pdf,oferente,\"Ñandú; \"\"S.A.\"\"\"",
            "\u{feff}archivo\tcampo\tvalor\n\na.pdf\toferente\t\"Ñandú; \"\"S.A.\"\"\"\n",
        ] {
            assert_eq!(plain(text.as_bytes()), expected, "{text}");
        }
        let latin: Vec<u8> = "archivo;valor\na.pdf;Ñandú".chars().map(|letter| letter as u8).collect();
        assert_eq!(plain(&latin)[1], ["a.pdf", "Ñandú"]);
        assert_eq!(rows(b"a;b\n\"dos\nlineas\";x\ny;z").last().map(|(line, _)| *line), Some(4));
        assert!(rows(b"").is_empty());
    }
}
