//! The one model of every document: a head and typed blocks. The typesetter and the DOCX writer render the same blocks.

use serde::{Deserialize, Serialize};

/// Holds a whole document, in words, ready to be rendered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Kind: `apertura`.
    pub kind: String,
    /// Title as printed, without the number.
    pub title: String,
    /// Number, as the entity numbers its documents.
    pub number: String,
    /// Process code, for head and metadata.
    pub process_code: String,
    /// Further words of the metadata.
    pub keywords: Vec<String>,
    /// The buying body.
    pub entity: String,
    /// Further lines of the head that the entity wants.
    pub head_lines: Vec<String>,
    /// Lines of the foot that the entity wants.
    pub foot_lines: Vec<String>,
    /// Index of the logo in [`Paper::images`].
    pub logo: Option<usize>,
    /// What every page has to say: that it is an example, that nobody decided it yet.
    pub marks: Vec<String>,
    /// Words across every page of what is not final; empty for a final document.
    pub watermark: String,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// The images that blocks and head name.
    #[serde(skip)]
    pub images: Vec<Image>,
}

/// Holds an image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// PNG or JPEG.
    pub bytes: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Image {
    /// Returns the ending of its file name: `png` or `jpg`.
    #[must_use]
    pub fn ending(&self) -> &'static str {
        if self.bytes.starts_with(&[0x89, b'P', b'N', b'G']) { "png" } else { "jpg" }
    }
}

/// Tells how a stretch of text looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Small and grey.
    pub small: bool,
}

/// Holds a stretch of text in one style. A line feed is a break of the line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The words.
    pub text: String,
    /// Their style.
    #[serde(flatten)]
    pub style: Style,
}

/// Holds a text of stretches.
pub type Text = Vec<Span>;

/// Returns the words of a text without style.
#[must_use]
pub fn plain(text: &[Span]) -> String {
    text.iter().map(|span| span.text.as_str()).collect()
}

/// Describes a column of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Head.
    pub head: Text,
    /// Share of the width; 0 for as wide as its content.
    pub share: f64,
    /// True for figures, which stand at the right.
    pub right: bool,
}

/// Names one who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signer {
    /// Full name.
    pub name: String,
    /// Further lines under the name: capacity, position, number of the cédula.
    pub lines: Vec<String>,
}

/// Holds one block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// The head of a section.
    Section {
        /// Number with its dot; empty for a section without one.
        number: String,
        /// Words.
        title: String,
        /// True while something in it is not decided.
        pending: bool,
        /// True where the head names a place of the document but is not printed.
        hidden: bool,
    },
    /// A head within a section.
    Subsection {
        /// Words.
        title: String,
        /// True while something in it is not decided.
        pending: bool,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        text: Text,
        /// True where it must stay with what follows.
        keep: bool,
    },
    /// A list.
    List {
        /// True for 1, 2, 3.
        ordered: bool,
        /// Its points.
        items: Vec<Text>,
    },
    /// Labels with their values.
    Pairs {
        /// Label and value.
        pairs: Vec<(String, Text)>,
    },
    /// A result, between rules.
    Result {
        /// Its text.
        text: Text,
    },
    /// A table whose head is repeated on every page.
    Table {
        /// Columns.
        columns: Vec<Column>,
        /// Rows; each has as many cells as there are columns.
        rows: Vec<Vec<Text>>,
    },
    /// An image with a frame and its caption.
    Picture {
        /// Index in [`Paper::images`].
        image: usize,
        /// What it shows, for those who cannot see it.
        alt: String,
        /// Words under it.
        caption: Text,
    },
    /// Places for signatures.
    Signatures {
        /// Those who sign, in order.
        signers: Vec<Signer>,
    },
    /// A new page.
    PageBreak,
}

impl Paper {
    /// Calls `change` on every text of the document, head included.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut Text)) {
        let mut of_string = |words: &mut String| {
            let mut text = vec![Span { text: std::mem::take(words), style: Style::default() }];
            change(&mut text);
            *words = plain(&text);
        };
        for words in [&mut self.title, &mut self.number, &mut self.process_code, &mut self.entity] {
            of_string(words);
        }
        self.head_lines
            .iter_mut()
            .chain(&mut self.foot_lines)
            .chain(&mut self.marks)
            .for_each(&mut of_string);
        for block in &mut self.blocks {
            match block {
                Block::Section { title, .. } | Block::Subsection { title, .. } => of_string(title),
                Block::Signatures { signers } => {
                    for signer in signers {
                        of_string(&mut signer.name);
                        signer.lines.iter_mut().for_each(&mut of_string);
                    }
                }
                Block::Picture { alt, .. } => of_string(alt),
                Block::Pairs { pairs } => pairs.iter_mut().for_each(|(label, _)| of_string(label)),
                _ => {}
            }
        }
        for block in &mut self.blocks {
            match block {
                Block::Paragraph { text, .. } | Block::Result { text } => change(text),
                Block::List { items, .. } => items.iter_mut().for_each(&mut *change),
                Block::Pairs { pairs } => pairs.iter_mut().for_each(|(_, text)| change(text)),
                Block::Table { columns, rows } => {
                    columns.iter_mut().for_each(|column| change(&mut column.head));
                    rows.iter_mut().flatten().for_each(&mut *change);
                }
                Block::Picture { caption, .. } => change(caption),
                _ => {}
            }
        }
    }

    /// Returns the words of the blocks in reading order, a line each: what PDF and DOCX must both hold.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        for block in &self.blocks {
            match block {
                Block::Section { hidden: true, .. } | Block::PageBreak => {}
                Block::Section { number, title, .. } => {
                    words.push(format!("{number} {title}").trim().to_owned())
                }
                Block::Subsection { title, .. } => words.push(title.clone()),
                Block::Paragraph { text, .. } | Block::Result { text } => words.push(plain(text)),
                Block::List { items, .. } => words.extend(items.iter().map(|item| plain(item))),
                Block::Pairs { pairs } => {
                    words.extend(pairs.iter().flat_map(|(label, text)| [label.clone(), plain(text)]));
                }
                Block::Table { columns, rows } => {
                    words.extend(columns.iter().map(|column| plain(&column.head)));
                    words.extend(rows.iter().flatten().map(|cell| plain(cell)));
                }
                Block::Picture { caption, .. } => words.push(plain(caption)),
                Block::Signatures { signers } => {
                    for signer in signers {
                        words.push(signer.name.clone());
                        words.extend(signer.lines.iter().cloned());
                    }
                }
            }
        }
        words
    }
}
