//! The virus scanner.

use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;
use std::str::FromStr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpStream, UnixStream};

/// For connecting, sending a file and hearing what was found.
const TIME: Duration = Duration::from_secs(30);
/// A chunk of a file; clamd takes any.
const CHUNK: usize = 64 << 10;
/// An answer is one line.
const ANSWER_MAX: u64 = 4 << 10;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanVerdict {
    Clean,
    /// The name of what was found, for the log.
    Infected(String),
}

/// Why there is no verdict, for the log.
pub type ScanOutcome<'a> = Pin<Box<dyn Future<Output = Result<ScanVerdict, String>> + Send + 'a>>;

pub trait Scanner: Send + Sync {
    fn scan<'a>(&'a self, bytes: &'a [u8]) -> ScanOutcome<'a>;
}

/// ClamAV's daemon: its `INSTREAM` command, over a socket of this machine or of the city's network. Its
/// `StreamMaxLength` must not be less than 10 MB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamd {
    Unix(PathBuf),
    Tcp(SocketAddr),
}

impl FromStr for Clamd {
    type Err = String;

    /// `/run/clamav/clamd.ctl` or `127.0.0.1:3310`
    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with('/') {
            return Ok(Self::Unix(PathBuf::from(text)));
        }
        text.parse().map(Self::Tcp).map_err(|_| "is neither the path of a socket nor IP:PORT".to_owned())
    }
}

impl Clamd {
    async fn ask(&self, bytes: &[u8]) -> Result<ScanVerdict, String> {
        let answer = match self {
            Self::Unix(path) => instream(UnixStream::connect(path).await, bytes).await,
            Self::Tcp(address) => instream(TcpStream::connect(address).await, bytes).await,
        };
        verdict(&answer.map_err(|error| error.to_string())?)
    }
}

impl Scanner for Clamd {
    fn scan<'a>(&'a self, bytes: &'a [u8]) -> ScanOutcome<'a> {
        Box::pin(async move {
            tokio::time::timeout(TIME, self.ask(bytes)).await.map_err(|_| "no answer in time".to_owned())?
        })
    }
}

/// The bytes in chunks, each behind its length, and an empty one at the end.
async fn instream<S: AsyncRead + AsyncWrite + Unpin>(
    stream: std::io::Result<S>,
    bytes: &[u8],
) -> std::io::Result<String> {
    let mut stream = stream?;
    stream.write_all(b"zINSTREAM\0").await?;
    for chunk in bytes.chunks(CHUNK) {
        let length = u32::try_from(chunk.len()).map_err(std::io::Error::other)?;
        stream.write_all(&length.to_be_bytes()).await?;
        stream.write_all(chunk).await?;
    }
    stream.write_all(&0_u32.to_be_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(ANSWER_MAX).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// `stream: OK` and `stream: Eicar-Test-Signature FOUND`. All else is no verdict.
fn verdict(answer: &str) -> Result<ScanVerdict, String> {
    let answer = answer.trim_end_matches(['\0', '\n']);
    let said = answer.strip_prefix("stream: ").unwrap_or_default();
    match said.strip_suffix(" FOUND") {
        Some(name) => Ok(ScanVerdict::Infected(name.to_owned())),
        None if said == "OK" => Ok(ScanVerdict::Clean),
        None => Err(format!("said {answer:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_ok_is_clean() {
        assert_eq!(verdict("stream: OK\0"), Ok(ScanVerdict::Clean));
        assert_eq!(verdict("stream: Eicar FOUND\0"), Ok(ScanVerdict::Infected("Eicar".to_owned())));
        for bad in ["", "OK", "stream: ", "stream: OK x", "INSTREAM size limit exceeded. ERROR\0", "stream: x ERROR\0"]
        {
            assert!(verdict(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_is_a_socket_or_a_port() {
        assert_eq!("/run/clamd.ctl".parse(), Ok(Clamd::Unix("/run/clamd.ctl".into())));
        assert_eq!("127.0.0.1:3310".parse(), Ok(Clamd::Tcp(SocketAddr::from(([127, 0, 0, 1], 3310)))));
        assert!("clamd".parse::<Clamd>().is_err() && "".parse::<Clamd>().is_err());
    }
}
