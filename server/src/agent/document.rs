//! What is printed: lines for the roll of 80 mm, or sheets of A4.

use base64ct::{Base64, Encoding};
use domain::printing::Line;
use serde::{Deserialize, Serialize};

use super::device::{Paper, Stock};

const LINES_MAX: usize = 400;
/// Bytes: a paragraph of a notice.
const LINE_MAX: usize = 6_000;
/// A sheet that is no longer a receipt, a notice or a record.
const BYTES_MAX: usize = 10 << 20;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Document {
    /// Of 80 mm, 24 characters wide.
    Roll { lines: Vec<Line> },
    /// Of A4; `content` is base64.
    Page { media: Media, content: String },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Media {
    #[serde(rename = "application/pdf")]
    Pdf,
    #[serde(rename = "text/html")]
    Html,
}

impl Document {
    /// A sheet of A4.
    pub fn page(media: Media, bytes: &[u8]) -> Self {
        Self::Page { media, content: Base64::encode_string(bytes) }
    }

    /// A page sends nothing else; whatever is longer does not come from one of ours.
    pub fn is_sound(&self) -> bool {
        match self {
            Self::Roll { lines } => {
                let fits = |line: &Line| match line {
                    Line::Text(text) | Line::Title(text) | Line::Qr(text) => {
                        text.len() <= LINE_MAX && !text.contains(|c: char| c.is_control())
                    }
                    Line::Rule => true,
                };
                !lines.is_empty() && lines.len() <= LINES_MAX && lines.iter().all(fits)
            }
            Self::Page { content, .. } => {
                self.bytes().is_some_and(|bytes| !bytes.is_empty()) && content.len() / 4 * 3 <= BYTES_MAX
            }
        }
    }

    /// The sheet, as it came.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Roll { .. } => None,
            Self::Page { content, .. } => Base64::decode_vec(content).ok(),
        }
    }

    /// What a tool is told to do.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Roll { .. } => "print-roll",
            Self::Page { media: Media::Pdf, .. } => "print-pdf",
            Self::Page { media: Media::Html, .. } => "print-html",
        }
    }

    /// How much there is of the paper that it needs.
    pub fn stock(&self, paper: Paper) -> Stock {
        match self {
            Self::Roll { .. } => paper.roll,
            Self::Page { .. } => paper.a4,
        }
    }
}
