//! The key that signs checkpoints. Whoever has its public half can verify them, and needs no secret of the installation.

use std::path::Path;
use std::str::FromStr;

use ed25519_dalek::{Signature, Signer, VerifyingKey};

use crate::error::Error;
use crate::identity::{from_hex, hex, secret};

/// What is signed begins so: a signature of a checkpoint is one of nothing else.
const ABOUT: &str = "tongban audit checkpoint 1\n";

/// Ed25519, from a file of its own: it lies outside of the database, and needs not be where the server runs.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Reads the file, or writes one.
    ///
    /// # Errors
    /// When the file cannot be used or does not hold 64 hexadecimal digits.
    pub fn open(file: &Path) -> Result<Self, Error> {
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&secret(file)?)))
    }

    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    pub(super) fn sign(&self, said: &str) -> String {
        hex(&self.0.sign(format!("{ABOUT}{said}").as_bytes()).to_bytes())
    }
}

/// In 64 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    pub(super) fn has_signed(&self, said: &str, signature: &str) -> bool {
        let Some(bytes) = from_hex(signature) else { return false };
        // Strictly: there is one signature of a text, and none by a weak key.
        self.0.verify_strict(format!("{ABOUT}{said}").as_bytes(), &Signature::from_bytes(&bytes)).is_ok()
    }
}

impl std::fmt::Display for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&hex(self.0.as_bytes()))
    }
}

impl FromStr for PublicKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bytes = from_hex(text.trim()).ok_or("a public key has 64 hexadecimal digits")?;
        VerifyingKey::from_bytes(&bytes).map(Self).map_err(|_| "this is no public key".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, 7.1, test 1: the key, and that of the empty text is not ours, since ours begins with what it is about.
    #[test]
    fn keys_are_those_of_the_standard() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("audit-key");
        std::fs::write(&file, "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60").expect("written");
        let key = SigningKey::open(&file).expect("read");
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        assert_eq!(key.public().to_string(), public);
        let public: PublicKey = public.parse().expect("a key");
        let signature = key.sign("one");
        assert!(public.has_signed("one", &signature) && !public.has_signed("other", &signature));
        let of_nothing = "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b\
                          d25bf5f0595bbe24655141438e7a100b";
        assert!(!public.has_signed("", of_nothing));
        for wrong in ["", "00", &"0".repeat(63), &"zz".repeat(32)] {
            assert!(wrong.parse::<PublicKey>().is_err(), "{wrong}");
        }
    }
}
