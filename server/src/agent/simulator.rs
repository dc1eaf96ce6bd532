//! Devices that are folders: a card is a file that is moved in, a print is a file that appears. For tests, and for trying
//! a kiosk on a desk; what is in the folder is kept by whoever put it there.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use domain::printing::Line;
use tokio::fs;

use super::device::{
    Answer, Camera, Card, CardReader, CodeScanner, Condition, Device, Paper, Picture, Printer, SignaturePad, Stock,
    Trouble,
};
use super::document::{Document, Media};
use super::hub::Devices;

const PAUSE: Duration = Duration::from_millis(50);
/// In `faults/<device>`: the device does not answer until it is cancelled or the time is over.
const STUCK: &str = "stuck";

/// Makes the folders, empty.
///
/// # Errors
/// When that cannot be.
pub fn open(folder: &Path) -> io::Result<Devices> {
    let part = |name: &'static str| -> io::Result<Arc<Simulated>> {
        std::fs::create_dir_all(folder.join(name))?;
        Ok(Arc::new(Simulated { folder: folder.to_owned(), name, count: AtomicU32::new(0) }))
    };
    std::fs::create_dir_all(folder.join("faults"))?;
    Ok(Devices {
        card: Some(part("card")?),
        scan: Some(part("scan")?),
        camera: Some(part("camera")?),
        printer: Some(part("prints")?),
        sign: Some(part("sign")?),
    })
}

struct Simulated {
    folder: PathBuf,
    name: &'static str,
    count: AtomicU32,
}

impl Simulated {
    fn own(&self) -> PathBuf {
        self.folder.join(self.name)
    }

    /// What `faults/<device>` says that happens.
    async fn fault(&self) -> Result<(), Trouble> {
        loop {
            let Ok(said) = fs::read_to_string(self.folder.join("faults").join(self.name)).await else { return Ok(()) };
            match said.trim() {
                "" => return Ok(()),
                STUCK => tokio::time::sleep(PAUSE).await,
                code => return Err(serde_json::from_value(code.into()).unwrap_or(Trouble::Failed)),
            }
        }
    }

    /// Takes the first file away that lies there, once there is one.
    async fn take(&self) -> Result<Vec<u8>, Trouble> {
        loop {
            self.fault().await?;
            if let Some(file) = files(&self.own()).await?.first() {
                let bytes = fs::read(file).await.map_err(|_| Trouble::Failed)?;
                fs::remove_file(file).await.map_err(|_| Trouble::Failed)?;
                return Ok(bytes);
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    async fn paper(&self) -> Paper {
        let said = fs::read(self.folder.join("paper.json")).await.unwrap_or_default();
        serde_json::from_slice(&said).unwrap_or(Paper { roll: Stock::Ok, a4: Stock::Ok })
    }
}

/// In the order of their names. What begins with a point is still being written.
async fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let mut entries = fs::read_dir(folder).await.map_err(|_| Trouble::Failed)?;
    while let Some(entry) = entries.next_entry().await.map_err(|_| Trouble::Failed)? {
        if !entry.file_name().to_string_lossy().starts_with('.') {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

impl Device for Simulated {
    fn condition(&self) -> Answer<'_, Condition> {
        Box::pin(async {
            self.fault().await?;
            let paper = if self.name == "prints" { Some(self.paper().await) } else { None };
            Ok(Condition { paper })
        })
    }

    /// What is printed is gone, too: a test must not find anything of whoever was here before.
    fn cancel(&self) -> Answer<'_, ()> {
        Box::pin(async {
            for file in files(&self.own()).await? {
                fs::remove_file(file).await.map_err(|_| Trouble::Failed)?;
            }
            Ok(())
        })
    }
}

impl CardReader for Simulated {
    fn read(&self) -> Answer<'_, Card> {
        Box::pin(async { serde_json::from_slice(&self.take().await?).map_err(|_| Trouble::Failed) })
    }
}

impl CodeScanner for Simulated {
    fn scan(&self) -> Answer<'_, String> {
        Box::pin(async {
            let text = String::from_utf8(self.take().await?).map_err(|_| Trouble::Failed)?;
            Ok(text.trim().to_owned())
        })
    }
}

impl Camera for Simulated {
    fn capture(&self) -> Answer<'_, Picture> {
        Box::pin(async { Picture::of(self.take().await?) })
    }
}

impl SignaturePad for Simulated {
    fn sign(&self) -> Answer<'_, Picture> {
        Box::pin(async { Picture::of(self.take().await?) })
    }
}

impl Printer for Simulated {
    fn print<'a>(&'a self, document: &'a Document) -> Answer<'a, ()> {
        Box::pin(async move {
            self.fault().await?;
            if document.stock(self.paper().await) == Stock::Out {
                return Err(Trouble::NoPaper);
            }
            let (ending, bytes) = match document {
                Document::Roll { lines } => ("txt", roll(lines).into_bytes()),
                Document::Page { media: Media::Pdf, .. } => ("pdf", document.bytes().unwrap_or_default()),
                Document::Page { media: Media::Html, .. } => ("html", document.bytes().unwrap_or_default()),
            };
            let name = format!("{:04}.{ending}", self.count.fetch_add(1, Ordering::Relaxed) + 1);
            let (begun, done) = (self.own().join(format!(".{name}")), self.own().join(&name));
            fs::write(&begun, bytes).await.map_err(|_| Trouble::Failed)?;
            fs::rename(&begun, &done).await.map_err(|_| Trouble::Failed)
        })
    }
}

/// The roll as text.
fn roll(lines: &[Line]) -> String {
    let line = |line: &Line| match line {
        Line::Text(text) => format!("{text}\n"),
        Line::Title(text) => format!("【{text}】\n"),
        Line::Qr(text) => format!("[QR {text}]\n"),
        Line::Rule => "------------------------\n".to_owned(),
    };
    lines.iter().map(line).collect()
}
