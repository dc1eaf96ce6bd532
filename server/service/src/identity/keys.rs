//! The secret of this installation and what is derived from it: private links, resume codes, blind look-ups.

use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::error::Error;

/// 32 random bytes from the key file.
pub struct Keys([u8; 32]);

/// Crockford's alphabet: no letter looks like another or like a digit.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl Keys {
    /// Reads the key file, or writes one for this installation.
    ///
    /// # Errors
    /// When the file cannot be used or does not hold 64 hexadecimal digits.
    pub fn open(file: &Path) -> Result<Self, Error> {
        secret(file).map(Self)
    }

    #[cfg(test)]
    pub(crate) fn of_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The token of a case's private link (160 bits).
    pub fn case_link(&self, case: Uuid) -> String {
        base32(&self.mac("case-link", case.as_bytes())[..20])
    }

    pub fn is_case_link(&self, case: Uuid, token: &str) -> bool {
        same(&self.case_link(case), token)
    }

    /// The code to type for carrying on with a draft (50 bits; its look-up is limited).
    pub fn resume_code(&self, draft: Uuid, until: chrono::NaiveDate) -> String {
        let text = format!("{draft}|{until}");
        base32(&self.mac("resume-code", text.as_bytes())[..7]).chars().take(10).collect()
    }

    /// The token of the address for carrying on: the draft, then 160 bits that prove it.
    pub fn resume_link(&self, draft: Uuid, until: chrono::NaiveDate) -> String {
        let proof = self.mac("resume-link", format!("{draft}|{until}").as_bytes());
        base32(&[draft.as_bytes().as_slice(), &proof[..20]].concat())
    }

    /// The draft that a resume token speaks of. Whether it proves it is for [`Self::resume_link`] to tell.
    pub fn draft_of_link(token: &str) -> Option<Uuid> {
        Uuid::from_slice(from_base32(token)?.get(..16)?).ok()
    }

    /// A code of so many letters and digits that follows from a text and can be guessed by nobody.
    pub fn code(&self, purpose: &str, text: &str, length: usize) -> String {
        base32(&self.mac(purpose, text.as_bytes())[..20]).chars().take(length).collect()
    }

    /// A keyed hash for finding a value without storing it.
    pub fn blind(&self, purpose: &str, value: &str) -> String {
        hex(&self.mac(purpose, value.as_bytes()))
    }

    fn mac(&self, purpose: &str, value: &[u8]) -> [u8; 32] {
        // A key shorter than the block of the hash is filled up with zeros (RFC 2104).
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

/// The 32 secret bytes of a file, which is written when there is none.
///
/// # Errors
/// When the file cannot be used or does not hold 64 hexadecimal digits.
pub(crate) fn secret(file: &Path) -> Result<[u8; 32], Error> {
    let fault = |fault: &dyn std::fmt::Display| Error::internal("the key file", fault);
    match std::fs::read_to_string(file) {
        Ok(text) => from_hex(text.trim()).ok_or_else(|| fault(&"does not hold 64 hexadecimal digits")),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = random()?;
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(|error| fault(&error))?;
            }
            write_private(file, &hex(&key)).map_err(|error| fault(&error))?;
            Ok(key)
        }
        Err(error) => Err(fault(&error)),
    }
}

/// A fresh token for a cookie (256 bits).
pub(crate) fn new_token() -> Result<String, Error> {
    Ok(base32(&random()?))
}

/// So many digits that nobody can guess: each number is as likely as any other.
pub(crate) fn new_digits(count: usize) -> Result<String, Error> {
    let mut digits = String::with_capacity(count);
    while digits.len() < count {
        // Of 256 values the last six would favour some digits.
        let more = random()?.into_iter().filter(|byte| *byte < 250).map(|byte| char::from(b'0' + byte % 10));
        digits.extend(more.take(count - digits.len()));
    }
    Ok(digits)
}

/// What of a token is stored: a stolen database opens no session.
pub(crate) fn token_hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Compares in constant time.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// 256 bits that nobody can guess.
pub(crate) fn random() -> Result<[u8; 32], Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Error::internal("random bytes", error))?;
    Ok(bytes)
}

#[cfg(unix)]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}

#[cfg(not(unix))]
fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    std::fs::write(file, text)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn from_hex<const BYTES: usize>(text: &str) -> Option<[u8; BYTES]> {
    let mut out = [0; BYTES];
    if text.len() != BYTES * 2 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
    }
    Some(out)
}

fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(ALPHABET[(buffer >> bits & 31) as usize] as char);
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        out.push(ALPHABET[(buffer << (5 - bits) & 31) as usize] as char);
    }
    out
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|letter| *letter == byte.to_ascii_uppercase())?;
        buffer = (buffer << 5) | u32::try_from(value).ok()?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(buffer >> bits & 255).ok()?);
        }
        buffer &= (1 << bits) - 1;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn base32_is_read_back(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let back = from_base32(&base32(&bytes)).expect("own writing");
            prop_assert_eq!(&back[..bytes.len()], &bytes[..]);
        }
    }

    #[test]
    fn a_resume_link_names_its_draft_and_another_day_makes_another() {
        let keys = Keys([7; 32]);
        let draft = Uuid::from_u128(42);
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        let link = keys.resume_link(draft, day);
        assert_eq!(Keys::draft_of_link(&link), Some(draft));
        assert_ne!(link, keys.resume_link(draft, day.succ_opt().expect("a date")));
        assert_eq!(keys.resume_code(draft, day).len(), 10);
        assert!(keys.is_case_link(draft, &keys.case_link(draft)));
        assert!(!keys.is_case_link(Uuid::from_u128(43), &keys.case_link(draft)));
    }

    #[test]
    fn a_key_file_is_written_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("deep/key");
        let first = Keys::open(&file).expect("written");
        assert_eq!(Keys::open(&file).expect("read").0, first.0);
        std::fs::write(&file, "short").expect("written");
        assert!(Keys::open(&file).is_err());
    }
}
