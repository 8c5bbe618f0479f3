//! Heads from an installed file in place of the compiled-in ones. Who signed the file was checked before; here it is checked that it fits.

use crate::Recogniser;
use crate::encoder::Encoder;
use crate::page_type::{Heads, PageTyper};
use crate::spans::{SpanHead, SpanManifest};
use cotejo_domain::FileHash;
use cotejo_domain::heads_file::{HeadsFile, PAGE_TYPES_HEAD, SPANS_HEAD};

/// Holds the heads of a file, unpacked; a head that the file has not is the compiled-in one.
#[derive(Debug)]
pub struct InstalledHeads {
    page_types: Option<Heads>,
    spans: Option<SpanHead>,
}

impl InstalledHeads {
    /// Unpacks the heads of a file.
    ///
    /// # Errors
    /// Candle's error when a head does not fit its manifest or this program.
    pub fn parse(file: &HeadsFile) -> candle_core::Result<Self> {
        let message = |error: serde_json::Error| candle_core::Error::Msg(error.to_string());
        let page_types = match file.head(PAGE_TYPES_HEAD) {
            Some((manifest, weights)) => {
                let heads = Heads::parse(weights, manifest)?;
                let sound = |decision: &crate::page_type::Decision| {
                    decision.temperature > 0.0
                        && [decision.threshold, decision.threshold_alone]
                            .iter()
                            .all(|least| (0.0..=1.0).contains(least))
                };
                if heads.manifest.weights_sha256 != FileHash::of(weights).to_string() {
                    candle_core::bail!("the manifest names other weights");
                }
                if !sound(&heads.manifest.ngrams)
                    || !sound(&heads.manifest.encoder)
                    || !(0.0..=1.0).contains(&heads.manifest.ceiling)
                    || heads.manifest.encoder_tokens == 0
                {
                    candle_core::bail!("the manifest of the head is not sound");
                }
                Some(heads)
            }
            None => None,
        };
        let spans = match file.head(SPANS_HEAD) {
            Some((manifest, weights)) => {
                let manifest: SpanManifest = serde_json::from_str(manifest).map_err(message)?;
                Some(SpanHead::from_bytes(weights, &manifest)?)
            }
            None => None,
        };
        Ok(Self { page_types, spans })
    }
}

impl Recogniser {
    /// Makes a recogniser with installed heads and, where it is set up, the encoder.
    #[must_use]
    pub fn with_heads(encoder: Option<Encoder>, heads: InstalledHeads) -> Self {
        let typer = match heads.page_types {
            Some(page_types) => PageTyper::with_heads(page_types, encoder),
            None => PageTyper::new(encoder),
        };
        let recogniser = Self::with_typer(typer);
        if heads.spans.is_some() { recogniser.with_names(heads.spans) } else { recogniser }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::heads_file::{HeadsContents, HeadsSeal};

    const MANIFEST: &str = include_str!("../../../models/manifest.json");
    const WEIGHTS: &[u8] = include_bytes!("../../../models/page-types.safetensors");

    fn file(manifest: &str, weights: &[u8]) -> HeadsFile {
        let contents =
            HeadsContents::new(2, jiff::civil::date(2026, 11, 22), &[(PAGE_TYPES_HEAD, manifest, weights)]);
        let (line, _) = contents.to_sign().expect("writes");
        let seal = HeadsSeal { public_key: String::new(), signature: String::new() };
        let bytes = HeadsFile::written(&line, &seal, &[weights]).expect("writes");
        HeadsFile::parse(&bytes).expect("of the right form")
    }

    #[test]
    fn heads_of_a_file_answer_under_their_own_name() {
        let manifest = MANIFEST.replacen("tipos@1", "tipos@prueba", 1);
        let heads = InstalledHeads::parse(&file(&manifest, WEIGHTS)).expect("they fit");
        let recogniser = Recogniser::with_heads(None, heads);
        assert!(recogniser.model().starts_with("tipos@prueba"), "{}", recogniser.model());
        assert_eq!(recogniser.weights(), FileHash::of(WEIGHTS).to_string());
    }

    #[test]
    fn heads_that_do_not_fit_are_refused() {
        let refused = |manifest: &str, weights: &[u8]| {
            InstalledHeads::parse(&file(manifest, weights)).expect_err("refused").to_string()
        };
        assert!(refused(MANIFEST, b"no son pesos").len() > 3);
        let hash = FileHash::of(WEIGHTS).to_string();
        let other = MANIFEST.replacen(&hash, &FileHash::of(b"other").to_string(), 1);
        assert!(refused(&other, WEIGHTS).contains("other weights"));
        let fewer = MANIFEST.replacen("\"OTRO\",", "", 1);
        assert!(refused(&fewer, WEIGHTS).contains("numbers"), "the columns do not fit");
        let sure = MANIFEST.replacen("\"ceiling\": 0.95", "\"ceiling\": 7.0", 1);
        assert!(refused(&sure, WEIGHTS).contains("not sound"));
    }
}
