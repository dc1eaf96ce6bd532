//! What the agent asks of devices: a trait for each kind, so that a vendor's tool, the simulator and tests stand behind
//! the same words.

use std::future::Future;
use std::pin::Pin;

use serde::{Deserialize, Serialize};

use super::document::Document;

/// Why a device did not do what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Somebody uses it.
    Busy,
    /// Nobody laid a card down, held a code up, signed; or the device did not answer.
    Timeout,
    /// `POST /cancel` came.
    Cancelled,
    /// There is none, or it is unplugged.
    NoDevice,
    NoPaper,
    Failed,
}

impl Trouble {
    /// As it is written in answers and logs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::Timeout => "timeout",
            Self::Cancelled => "cancelled",
            Self::NoDevice => "no-device",
            Self::NoPaper => "no-paper",
            Self::Failed => "failed",
        }
    }
}

/// What a device does; dropped, it stops.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;

/// How much paper there is of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stock {
    Ok,
    Low,
    Out,
    #[default]
    Unknown,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    #[serde(default)]
    pub roll: Stock,
    #[serde(default)]
    pub a4: Stock,
}

/// How a device is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Of a printer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
}

/// An identity card. Whatever else a reader tells (portrait, fingerprint, nationality) is not asked for and goes no
/// further.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub name: String,
    pub id_number: String,
    #[serde(default)]
    pub address: String,
}

/// A photograph or a drawn signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    pub media: &'static str,
    pub bytes: Vec<u8>,
}

impl Picture {
    /// Only what it begins with says what it is.
    ///
    /// # Errors
    /// [`Trouble::Failed`] for neither JPEG nor PNG.
    pub fn of(bytes: Vec<u8>) -> Result<Self, Trouble> {
        let media = match bytes.as_slice() {
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            _ => return Err(Trouble::Failed),
        };
        Ok(Self { media, bytes })
    }
}

pub trait Device: Send + Sync {
    /// May be asked at any time, also while the device is used.
    fn condition(&self) -> Answer<'_, Condition>;

    /// Forgets everything: what is held, what waits to be printed.
    fn cancel(&self) -> Answer<'_, ()>;
}

pub trait CardReader: Device {
    /// Waits for a card.
    fn read(&self) -> Answer<'_, Card>;
}

pub trait CodeScanner: Device {
    /// Waits for a QR or bar code.
    fn scan(&self) -> Answer<'_, String>;
}

pub trait Camera: Device {
    fn capture(&self) -> Answer<'_, Picture>;
}

pub trait SignaturePad: Device {
    /// Waits for a signature.
    fn sign(&self) -> Answer<'_, Picture>;
}

pub trait Printer: Device {
    fn print<'a>(&'a self, document: &'a Document) -> Answer<'a, ()>;
}
