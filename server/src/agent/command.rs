//! Devices behind a program of their vendor: it is started with a verb, hears on standard input what to do, and answers on
//! standard output. What it says on standard error may be personal and is heard by nobody.

use std::process::Stdio;

use rustix::process::{Pid, Signal, kill_process_group};
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;

use super::device::{
    Answer, Camera, Card, CardReader, CodeScanner, Condition, Device, Picture, Printer, SignaturePad, Trouble,
};
use super::document::Document;

/// A photograph of a sheet.
const OUT_MAX: u64 = 12 << 20;
/// Exit codes that say why.
const NO_DEVICE: i32 = 3;
const NO_PAPER: i32 = 4;

/// A program and its first arguments, split at spaces; no shell reads them.
#[derive(Clone, Debug)]
pub struct Program {
    name: String,
    arguments: Vec<String>,
}

impl Program {
    /// None, when there is no word.
    pub fn of(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some(Self { name: words.next()?, arguments: words.collect() })
    }

    async fn run(&self, verb: &str, input: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mut command = Command::new(&self.name);
        command.args(&self.arguments).arg(verb);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true).process_group(0);
        let mut child = command.spawn().map_err(|error| {
            tracing::warn!(verb, kind = %error.kind(), "a device's program does not start");
            Trouble::NoDevice
        })?;
        let _group = Group::of(child.id());
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let write = async {
            if let Some(mut stdin) = stdin {
                // A program that needs no input may close it.
                let _ = stdin.write_all(input).await;
            }
        };
        let read = async {
            let mut out = Vec::new();
            match stdout {
                Some(stdout) => stdout.take(OUT_MAX + 1).read_to_end(&mut out).await.map(|_| out),
                None => Ok(out),
            }
        };
        let ((), out) = tokio::join!(write, read);
        let out = out.map_err(|_| Trouble::Failed)?;
        if out.len() as u64 > OUT_MAX {
            return Err(Trouble::Failed);
        }
        let status = child.wait().await.map_err(|_| Trouble::Failed)?;
        match status.code() {
            Some(0) => Ok(out),
            Some(NO_DEVICE) => Err(Trouble::NoDevice),
            Some(NO_PAPER) => Err(Trouble::NoPaper),
            _ => Err(Trouble::Failed),
        }
    }

    async fn told<T: DeserializeOwned>(&self, verb: &str) -> Result<T, Trouble> {
        serde_json::from_slice(&self.run(verb, b"").await?).map_err(|_| Trouble::Failed)
    }
}

/// A program and all that it started; ended when nobody waits for them any more.
struct Group(Option<Pid>);

impl Group {
    fn of(id: Option<u32>) -> Self {
        Self(id.and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw))
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // It has ended already when all went well.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Device for Program {
    fn condition(&self) -> Answer<'_, Condition> {
        Box::pin(self.told("status"))
    }

    fn cancel(&self) -> Answer<'_, ()> {
        Box::pin(async { self.run("cancel", b"").await.map(drop) })
    }
}

impl CardReader for Program {
    fn read(&self) -> Answer<'_, Card> {
        Box::pin(self.told("read"))
    }
}

impl CodeScanner for Program {
    fn scan(&self) -> Answer<'_, String> {
        Box::pin(async {
            let text = String::from_utf8(self.run("scan", b"").await?).map_err(|_| Trouble::Failed)?;
            Ok(text.trim().to_owned())
        })
    }
}

impl Camera for Program {
    fn capture(&self) -> Answer<'_, Picture> {
        Box::pin(async { Picture::of(self.run("capture", b"").await?) })
    }
}

impl SignaturePad for Program {
    fn sign(&self) -> Answer<'_, Picture> {
        Box::pin(async { Picture::of(self.run("sign", b"").await?) })
    }
}

impl Printer for Program {
    fn print<'a>(&'a self, document: &'a Document) -> Answer<'a, ()> {
        Box::pin(async move {
            let input = match document.bytes() {
                Some(sheet) => sheet,
                None => serde_json::to_vec(document).map_err(|_| Trouble::Failed)?,
            };
            self.run(document.verb(), &input).await.map(drop)
        })
    }
}
