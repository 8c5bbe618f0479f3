//! Tables as an evaluator's spreadsheet writes them: fields between semicolons, commas or tabs, quotes around what holds one, UTF-8 or the
//! encoding of Windows.

/// Reads the rows of a table, each with the number of the line it begins on; rows without content are left out.
pub(super) fn rows(bytes: &[u8]) -> Vec<(usize, Vec<String>)> {
    let text = decoded(bytes);
    let separator = separator(&text);
    let mut rows = Vec::new();
    let (mut row, mut field) = (Vec::new(), String::new());
    let (mut quoted, mut line, mut began) = (false, 1, 1);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                quoted = true;
            }
            '\n' => {
                line += 1;
                if quoted {
                    field.push('\n');
                } else {
                    row.push(std::mem::take(&mut field));
                    rows.push((began, std::mem::take(&mut row)));
                    began = line;
                }
            }
            letter if letter == separator && !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            letter => field.push(letter),
        }
    }
    row.push(field);
    rows.push((began, row));
    for (_, row) in &mut rows {
        for field in row {
            *field = field.trim().to_owned();
        }
    }
    rows.retain(|(_, row)| row.iter().any(|field| !field.is_empty()));
    rows
}

// What is no UTF-8 was written by a spreadsheet of Windows: the letters of Spanish are where Latin-1 has them.
fn decoded(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

fn separator(text: &str) -> char {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: char| head.matches(separator).count();
    [';', '\t', ','].into_iter().max_by_key(|separator| (count(*separator), *separator == ';')).unwrap_or(';')
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
