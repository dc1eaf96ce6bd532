//! Notices as PDF.

mod font;
mod notice;
mod pdf;
mod sheet;
mod text;

use std::fmt::Display;
use std::path::Path;

use domain::notices::Notice;

use crate::error::Error;
use font::Typeface;

pub use font::find_font;

/// Makes papers. It is work for the processor, not to be done where requests are answered.
pub trait PaperMaker: Send + Sync {
    /// The PDF of a notice: the same bytes for the same notice. `check` is the address that checks it.
    ///
    /// # Errors
    /// A fault of ours: whatever a notice says can be written.
    fn make(&self, notice: &Notice, check: &str) -> Result<Vec<u8>, Error>;
}

/// Sets papers in one font, of which each keeps the characters that it uses.
pub struct Typesetter {
    typeface: Typeface,
}

impl Typesetter {
    /// # Errors
    /// When the file cannot be read, is no font, or is one without Chinese characters.
    pub fn open(font: &Path) -> Result<Self, Error> {
        let bad = |fault: &dyn Display| Error::internal(&format!("--font-file {}", font.display()), fault);
        let bytes = std::fs::read(font).map_err(|fault| bad(&fault))?;
        let typeface = Typeface::new(bytes).ok_or_else(|| bad(&"it has no Chinese characters"))?;
        Ok(Self { typeface })
    }
}

impl PaperMaker for Typesetter {
    fn make(&self, notice: &Notice, check: &str) -> Result<Vec<u8>, Error> {
        let sheet = notice::set(&self.typeface, notice, check)?;
        pdf::write(&self.typeface, &sheet, notice)
    }
}

#[cfg(test)]
mod tests;
