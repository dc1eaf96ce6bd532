//! What the agent is told: where it listens, whose pages it serves, and what its devices are.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::command::Program;
use super::hub::Devices;
use super::simulator;
use crate::cli::LogFormat;
use crate::config::check_public_url;
use crate::fault::Fault;

#[derive(Debug, Args)]
pub struct AgentSettings {
    /// Where the kiosk's browser finds it; of this machine alone
    #[arg(long, env = "TONGBAN_AGENT_ADDR", default_value = "127.0.0.1:7077", value_name = "IP:PORT")]
    addr: SocketAddr,
    /// The server's public URL: its pages may use the devices, and no others
    #[arg(long, env = "TONGBAN_PUBLIC_URL", value_name = "URL")]
    public_url: String,
    /// The program that reads identity cards; what it is told and answers: .readme/kiosk-agent.md
    #[arg(long, env = "TONGBAN_CARD_READER", value_name = "COMMAND")]
    card_reader: Option<String>,
    /// The program that reads QR and bar codes
    #[arg(long, env = "TONGBAN_CODE_SCANNER", value_name = "COMMAND")]
    code_scanner: Option<String>,
    /// The program that takes photographs of papers
    #[arg(long, env = "TONGBAN_CAMERA", value_name = "COMMAND")]
    camera: Option<String>,
    /// The program that prints on the roll of 80 mm and on A4
    #[arg(long, env = "TONGBAN_PRINTER", value_name = "COMMAND")]
    printer: Option<String>,
    /// The program that takes signatures
    #[arg(long, env = "TONGBAN_SIGNATURE_PAD", value_name = "COMMAND")]
    signature_pad: Option<String>,
    /// All devices are folders in this one: for tests and for trying a kiosk on a desk
    #[arg(
        long,
        env = "TONGBAN_SIMULATE",
        value_name = "FOLDER",
        conflicts_with_all = ["card_reader", "code_scanner", "camera", "printer", "signature_pad"]
    )]
    simulate: Option<PathBuf>,
    #[arg(long, env = "TONGBAN_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,
}

pub(super) struct Resolved {
    pub addr: SocketAddr,
    pub origin: String,
    pub devices: Devices,
    pub log_format: LogFormat,
}

impl AgentSettings {
    pub(super) fn resolve(self) -> Result<Resolved, Fault> {
        if !self.addr.ip().is_loopback() {
            return Err(Fault::usage(format!(
                "--addr {}: the agent gives out identity cards, and listens on a loopback address alone",
                self.addr
            )));
        }
        let origin = check_public_url(&self.public_url)?;
        let devices = match &self.simulate {
            Some(folder) => simulator::open(folder)
                .map_err(|error| Fault::usage(format!("--simulate {}: {error}", folder.display())))?,
            None => Devices {
                card: program("--card-reader", self.card_reader)?.map(|program| program as _),
                scan: program("--code-scanner", self.code_scanner)?.map(|program| program as _),
                camera: program("--camera", self.camera)?.map(|program| program as _),
                printer: program("--printer", self.printer)?.map(|program| program as _),
                sign: program("--signature-pad", self.signature_pad)?.map(|program| program as _),
            },
        };
        Ok(Resolved { addr: self.addr, origin, devices, log_format: self.log_format })
    }
}

fn program(flag: &str, line: Option<String>) -> Result<Option<Arc<Program>>, Fault> {
    let Some(line) = line else { return Ok(None) };
    let program = Program::of(&line).ok_or_else(|| Fault::usage(format!("{flag}: names no program")))?;
    Ok(Some(Arc::new(program)))
}
