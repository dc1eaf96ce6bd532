//! The two suites: how bytes are sealed and values made findable. Nothing in here knows of rows or files.
//!
//! Nonces are random. AES-256-GCM-SIV forgives a nonce that comes twice: it would show that the same text was sealed
//! twice in the same place, no more. GCM forgives nothing, so the national suite never uses a data key itself: each
//! record has a key of its own, derived from the data key and sixteen random bytes. There is no number of records
//! after which a key of either suite must be changed.

use aes_gcm::AesGcm;
use aes_gcm_siv::Aes256GcmSiv;
use aes_gcm_siv::aead::consts::U12;
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use sm3::Sm3;
use sm4::Sm4;

/// As the standards GB/T 32907 and RFC 8998 have it.
pub type Sm4Gcm = AesGcm<Sm4, U12>;

pub const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;
const SALT_BYTES: usize = 16;
const RECORD_KEY: &[u8] = b"tongban record key";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// AES-256-GCM-SIV (RFC 8452) and HMAC-SHA256.
    International,
    /// SM4-GCM (RFC 8998) and HMAC-SM3 (GB/T 32905).
    National,
}

impl Suite {
    pub const ALL: [Self; 2] = [Self::International, Self::National];

    /// As it is written in settings and in the file of keys.
    pub fn key(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::National => "national",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.key() == key)
    }

    /// As it stands in a record.
    pub(super) fn letter(self) -> char {
        match self {
            Self::International => 'a',
            Self::National => 's',
        }
    }

    /// Nonce and ciphertext with its tag. None: there were no random bytes.
    pub(super) fn seal(self, key: &[u8; KEY_BYTES], aad: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let mut out = vec![0; self.random_bytes()];
        getrandom::fill(&mut out).ok()?;
        let payload = Payload { msg: plain, aad };
        let sealed = match self {
            Self::International => {
                let nonce: [u8; NONCE_BYTES] = out.as_slice().try_into().ok()?;
                Aes256GcmSiv::new(key.into()).encrypt(&nonce.into(), payload)
            }
            Self::National => {
                let (salt, nonce) = out.split_at(SALT_BYTES);
                let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
                Sm4Gcm::new(&record_key(key, salt).into()).encrypt(&nonce.into(), payload)
            }
        };
        out.extend(sealed.ok()?);
        Some(out)
    }

    /// None: it was not sealed with this key and for this place, or it was changed since.
    pub(super) fn open(self, key: &[u8; KEY_BYTES], aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (random, msg) = sealed.split_at_checked(self.random_bytes())?;
        let payload = Payload { msg, aad };
        match self {
            Self::International => {
                let nonce: [u8; NONCE_BYTES] = random.try_into().ok()?;
                Aes256GcmSiv::new(key.into()).decrypt(&nonce.into(), payload).ok()
            }
            Self::National => {
                let (salt, nonce) = random.split_at(SALT_BYTES);
                let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
                Sm4Gcm::new(&record_key(key, salt).into()).decrypt(&nonce.into(), payload).ok()
            }
        }
    }

    pub(super) fn mac(self, key: &[u8; KEY_BYTES], parts: &[&[u8]]) -> [u8; 32] {
        match self {
            Self::International => {
                let mut mac = <Hmac<Sha256> as KeyInit>::new(&block(key).into());
                parts.iter().for_each(|part| mac.update(part));
                mac.finalize().into_bytes().into()
            }
            Self::National => hmac_sm3(key, parts),
        }
    }

    fn random_bytes(self) -> usize {
        match self {
            Self::International => NONCE_BYTES,
            Self::National => SALT_BYTES + NONCE_BYTES,
        }
    }
}

fn record_key(key: &[u8; KEY_BYTES], salt: &[u8]) -> [u8; 16] {
    let mac = hmac_sm3(key, &[RECORD_KEY, salt]);
    std::array::from_fn(|index| mac[index])
}

fn hmac_sm3(key: &[u8; KEY_BYTES], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sm3> as KeyInit>::new(&block(key).into());
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

/// A key shorter than the block of the hash is filled up with zeros (RFC 2104); the block of both hashes is 64 bytes.
fn block(key: &[u8; KEY_BYTES]) -> [u8; 64] {
    let mut block = [0; 64];
    block[..KEY_BYTES].copy_from_slice(key);
    block
}
