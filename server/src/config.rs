//! The settings: each is a flag and an environment variable. The only file of the process that reads the environment.

use std::env;
use std::fmt::Display;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::http::Uri;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser};
use service::audit::Algorithm;
use service::ports::{CitySettings, Clamd};

use crate::cli::{Cli, Hash, LogFormat, SuiteName};
use crate::fault::Fault;

/// Variables with our prefix that other programs of the project read.
const FOREIGN: [&str; 4] = ["TONGBAN_BIN", "TONGBAN_CHROMIUM", "TONGBAN_DEMO_NOTES", "TONGBAN_URL"];
const FOREIGN_PREFIX: &str = "TONGBAN_TEST_";

#[derive(Clone, Debug, Args)]
pub struct Settings {
    /// sqlite://PATH?mode=rwc or postgres://USER:PASSWORD@HOST/NAME [default: tongban.db in the data folder]
    #[arg(long, env = "TONGBAN_DATABASE_URL", hide_env_values = true, value_name = "URL")]
    database_url: Option<String>,
    /// Where to listen
    #[arg(long, env = "TONGBAN_ADDR", default_value = "127.0.0.1:3000", value_name = "IP:PORT")]
    addr: SocketAddr,
    /// Holds uploaded files, the key, and the database when it is SQLite
    #[arg(long, env = "TONGBAN_DATA_DIR", default_value = "./data", value_name = "FOLDER")]
    data_dir: PathBuf,
    /// What people type to come here; https makes cookies secure [default: http://ADDR]
    #[arg(long, env = "TONGBAN_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// The secret that private links are made from; written on first use [default: `key` in the data folder]
    #[arg(long, env = "TONGBAN_KEY_FILE", value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// The keys that personal data is sealed with; written on first use [default: `keys` in the data folder]
    #[arg(long, env = "TONGBAN_KEY_RING", value_name = "FILE")]
    key_ring: Option<PathBuf>,
    /// The algorithms of keys that are made on first use: AES-256-GCM-SIV and SHA-256, or SM4-GCM and SM3
    #[arg(long, env = "TONGBAN_SUITE", value_enum, default_value = "international", value_name = "SUITE")]
    suite: SuiteName,
    /// The key that signs checkpoints of the audit; written on first use [default: `audit-key` in the data folder]
    #[arg(long, env = "TONGBAN_AUDIT_KEY_FILE", value_name = "FILE")]
    audit_key_file: Option<PathBuf>,
    /// By which the audit hashes rows from now on: earlier ones still verify
    #[arg(long, env = "TONGBAN_AUDIT_HASH", value_enum, default_value = "sha256", value_name = "ALGORITHM")]
    audit_hash: Hash,
    /// The built client [default: `site` beside this program if it is there, else target/site]
    #[arg(long, env = "TONGBAN_SITE_DIR", value_name = "FOLDER")]
    site_dir: Option<PathBuf>,
    #[arg(long, env = "TONGBAN_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,
    /// Number of proxies in front whose X-Forwarded-For is believed
    #[arg(long, env = "TONGBAN_TRUST_PROXY", default_value_t = 0, value_name = "COUNT")]
    trust_proxy: usize,
    /// The font of notices as PDF, with Chinese characters [default: Noto Sans CJK or WenQuanYi of the system]
    #[arg(long, env = "TONGBAN_FONT_FILE", value_name = "FILE")]
    font_file: Option<PathBuf>,
    /// The gateway for short messages: http://… inside the city's network; without it they are simulated
    #[arg(long, env = "TONGBAN_SMS_URL", value_name = "URL")]
    sms_url: Option<String>,
    /// What the gateway knows us by
    #[arg(long, env = "TONGBAN_SMS_KEY", hide_env_values = true, value_name = "KEY", requires = "sms_url")]
    sms_key: Option<String>,
    /// The register that says whether a name and an identity number belong together: http://… inside the city's network;
    /// without it, it is simulated
    #[arg(long, env = "TONGBAN_REGISTER_URL", value_name = "URL")]
    register_url: Option<String>,
    /// What the register knows us by
    #[arg(long, env = "TONGBAN_REGISTER_KEY", hide_env_values = true, value_name = "KEY", requires = "register_url")]
    register_key: Option<String>,
    /// The virus scanner, ClamAV's clamd: /run/clamav/clamd.ctl or IP:PORT. Without it files are not scanned
    #[arg(long, env = "TONGBAN_CLAMD", value_name = "ADDRESS")]
    clamd: Option<Clamd>,
    /// The city's identity platform, by OpenID Connect: its issuer, as it names itself
    #[arg(long, env = "TONGBAN_OIDC_ISSUER", value_name = "URL", requires = "oidc_client_id")]
    oidc_issuer: Option<String>,
    #[arg(long, env = "TONGBAN_OIDC_CLIENT_ID", value_name = "ID", requires = "oidc_issuer")]
    oidc_client_id: Option<String>,
    #[arg(
        long,
        env = "TONGBAN_OIDC_CLIENT_SECRET",
        hide_env_values = true,
        value_name = "SECRET",
        requires = "oidc_issuer"
    )]
    oidc_client_secret: Option<String>,
    /// A proxy that adds TLS, when the platform's own addresses are https: http://HOST:PORT
    #[arg(long, env = "TONGBAN_OIDC_VIA", value_name = "URL", requires = "oidc_issuer")]
    oidc_via: Option<String>,
    /// Serve /metrics to every address, not to this machine alone
    #[arg(long, env = "TONGBAN_METRICS_OPEN")]
    metrics_open: bool,
}

/// The settings with every default filled in.
#[derive(Clone, Debug)]
pub struct Config {
    pub service: service::Settings,
    pub addr: SocketAddr,
    pub audit_key_file: PathBuf,
    pub site_dir: PathBuf,
    /// Names of the client's files carry a hash of their content.
    pub hash_file: Option<PathBuf>,
    pub log_format: LogFormat,
    pub trust_proxy: usize,
    pub metrics_open: bool,
}

impl Config {
    /// People come by https: cookies are secure, and browsers are told never to come otherwise.
    pub fn secure(&self) -> bool {
        self.service.public_url.starts_with("https://")
    }

    /// The public address is one that only this machine can reach.
    pub fn is_local(&self) -> bool {
        is_local(&self.service.public_url)
    }
}

fn is_local(public_url: &str) -> bool {
    let uri: Option<Uri> = public_url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    let ip = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

/// Reads flags and environment. `Ok(None)`: help or the version was asked for and has been printed.
///
/// # Errors
/// One sentence that names the setting.
pub fn read() -> Result<Option<Cli>, Fault> {
    check_names(env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
    match Cli::try_parse() {
        Ok(cli) => Ok(Some(cli)),
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            error.print().map_err(|error| Fault::start("print", error))?;
            Ok(None)
        }
        Err(error) if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let what = "say what to do: serve, migrate, seed, items, calendar, keys, audit or admin (tongban --help)";
            Err(Fault::usage(what))
        }
        Err(error) => Err(Fault::usage(one_line(&error.to_string()))),
    }
}

/// A misspelt variable would else be ignored in silence.
fn check_names(names: impl Iterator<Item = String>) -> Result<(), Fault> {
    let cli = Cli::command();
    let known: Vec<String> = cli
        .get_subcommands()
        .flat_map(clap::Command::get_arguments)
        .filter_map(|argument| argument.get_env()?.to_str().map(str::to_owned))
        .collect();
    let unknown = |name: &String| {
        name.starts_with("TONGBAN_")
            && !name.starts_with(FOREIGN_PREFIX)
            && !FOREIGN.contains(&name.as_str())
            && !known.contains(name)
    };
    match names.into_iter().find(unknown) {
        Some(name) => Err(Fault::usage(format!("no such setting: the environment variable {name}"))),
        None => Ok(()),
    }
}

/// The first paragraph of what clap says, on one line.
fn one_line(text: &str) -> String {
    let text = text.strip_prefix("error: ").unwrap_or(text);
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Settings {
    /// Fills in the defaults that follow from other settings.
    ///
    /// # Errors
    /// When the public URL is none, or the data folder cannot be used.
    pub fn resolve(self) -> Result<Config, Fault> {
        let public_url = match &self.public_url {
            Some(url) => check_public_url(url)?,
            None => format!("http://{}", self.addr),
        };
        check_data_dir(&self.data_dir)?;
        let database_url = match self.database_url {
            Some(url) => url,
            None => sqlite_url(&self.data_dir.join("tongban.db"))?,
        };
        let key_ring = self.key_ring.unwrap_or_else(|| self.data_dir.join("keys"));
        let key_file = self.key_file.unwrap_or_else(|| self.data_dir.join("key"));
        let audit_key_file = self.audit_key_file.unwrap_or_else(|| self.data_dir.join("audit-key"));
        Ok(Config {
            service: service::Settings {
                database_url,
                data_dir: self.data_dir,
                inbox: is_local(&public_url),
                public_url,
                key_file,
                key_ring,
                suite: self.suite.into(),
                font_file: self.font_file,
                sms: plain_http("--sms-url", self.sms_url, self.sms_key)?,
                city: city(self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret, self.oidc_via)?,
                register: plain_http("--register-url", self.register_url, self.register_key)?,
                clamd: self.clamd,
                audit_hash: match self.audit_hash {
                    Hash::Sha256 => Algorithm::Sha256,
                    Hash::Sm3 => Algorithm::Sm3,
                },
            },
            addr: self.addr,
            audit_key_file,
            site_dir: self.site_dir.unwrap_or_else(default_site_dir),
            hash_file: beside_binary("hash.txt").filter(|path| path.is_file()),
            log_format: self.log_format,
            trust_proxy: self.trust_proxy,
            metrics_open: self.metrics_open,
        })
    }
}

/// Another system of the city's network: its address and what it knows us by.
fn plain_http(name: &str, url: Option<String>, key: Option<String>) -> Result<Option<(String, String)>, Fault> {
    let Some(url) = url else { return Ok(None) };
    let plain = url.parse::<Uri>().is_ok_and(|uri| uri.scheme_str() == Some("http") && uri.host().is_some());
    if plain {
        Ok(Some((url, key.unwrap_or_default())))
    } else {
        Err(Fault::usage(format!("{name} is http://HOST/PATH, not {url}")))
    }
}

/// Without TLS of our own: a platform that is reached by https needs a proxy that adds it.
fn city(
    issuer: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    via: Option<String>,
) -> Result<Option<CitySettings>, Fault> {
    let (Some(issuer), Some(client_id)) = (issuer, client_id) else { return Ok(None) };
    let scheme = |url: &str| url.parse::<Uri>().ok().and_then(|uri| uri.scheme_str().map(str::to_owned));
    if via.as_deref().is_some_and(|via| scheme(via).as_deref() != Some("http")) {
        return Err(Fault::usage("--oidc-via is http://HOST:PORT"));
    }
    match scheme(&issuer).as_deref() {
        Some("http") => {}
        Some("https") if via.is_some() => {}
        Some("https") => {
            return Err(Fault::usage(
                "--oidc-issuer is https: name a proxy that adds TLS by --oidc-via http://HOST:PORT",
            ));
        }
        _ => return Err(Fault::usage(format!("--oidc-issuer is an address, not {issuer}"))),
    }
    Ok(Some(CitySettings { issuer, client_id, client_secret: client_secret.unwrap_or_default(), via }))
}

fn beside_binary(name: &str) -> Option<PathBuf> {
    Some(env::current_exe().ok()?.parent()?.join(name))
}

fn default_site_dir() -> PathBuf {
    beside_binary("site").filter(|path| path.is_dir()).unwrap_or_else(|| PathBuf::from("target/site"))
}

/// The address as browsers write it in `Origin`: scheme, host and port.
fn check_public_url(url: &str) -> Result<String, Fault> {
    let bad = || Fault::usage(format!("--public-url: `{url}` is not an address such as https://tongban.example.cn"));
    let trimmed = url.trim_end_matches('/').to_ascii_lowercase();
    let uri: Uri = trimmed.parse().map_err(|_| bad())?;
    let plain = uri.path() == "/" && uri.query().is_none() && !trimmed.contains(['@', '#']);
    match uri.scheme_str() {
        Some("http" | "https") if plain && uri.host().is_some_and(|host| !host.is_empty()) => Ok(trimmed),
        _ => Err(bad()),
    }
}

/// The folder is there, or can be made, and files can be made in it.
fn check_data_dir(folder: &Path) -> Result<(), Fault> {
    let bad = |error: &dyn Display| Fault::usage(format!("--data-dir {}: {error}", folder.display()));
    service::ports::private_folder(folder).map_err(|error| bad(&error))?;
    tempfile::tempfile_in(folder).map(drop).map_err(|error| bad(&error))
}

fn sqlite_url(file: &Path) -> Result<String, Fault> {
    let path = file.to_str().ok_or_else(|| Fault::usage("--data-dir: the path is not UTF-8; give --database-url"))?;
    let path = path.replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    Ok(format!("sqlite://{path}?mode=rwc"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Command;

    fn names(list: &[&str]) -> Result<(), Fault> {
        check_names(list.iter().map(|name| (*name).to_owned()))
    }

    fn settings(arguments: &[&str]) -> Settings {
        let cli = Cli::try_parse_from(["tongban", "serve"].iter().chain(arguments)).expect("arguments");
        match cli.command {
            Command::Serve(settings) => settings,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_misspelt_variable_is_named() {
        names(&["HOME", "TONGBAN_ADDR", "TONGBAN_TEST_POSTGRES", "TONGBAN_BIN"]).expect("known");
        let fault = names(&["TONGBAN_ADDRESS"]).expect_err("unknown");
        assert!(fault.to_string().contains("TONGBAN_ADDRESS"));
    }

    #[test]
    fn a_public_address_is_scheme_host_and_port() {
        assert_eq!(check_public_url("HTTPS://Tongban.Example.CN/").expect("url"), "https://tongban.example.cn");
        for bad in ["", "tongban.example.cn", "ftp://x", "https://x/path", "https://u@x", "https://x?q", "https://x#f"]
        {
            assert!(check_public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn defaults_follow_from_other_settings() {
        let folder = tempfile::tempdir().expect("folder");
        let dir = folder.path().join("a b?c");
        let dir = dir.to_str().expect("UTF-8");
        let config = settings(&["--data-dir", dir, "--addr", "127.0.0.1:4000"]).resolve().expect("settings");
        assert_eq!(config.service.public_url, "http://127.0.0.1:4000");
        assert!(config.is_local() && !config.secure());
        assert!(config.service.database_url.ends_with("/a b%3Fc/tongban.db?mode=rwc"));
        assert_eq!(config.service.key_file, Path::new(dir).join("key"));
        let config =
            settings(&["--data-dir", dir, "--public-url", "https://tongban.example.cn"]).resolve().expect("it");
        assert!(config.secure() && !config.is_local());
        let config = settings(&["--data-dir", dir, "--public-url", "http://[::1]:3000"]).resolve().expect("it");
        assert!(config.is_local());
    }

    #[test]
    fn a_bad_value_is_one_line() {
        let error = Cli::try_parse_from(["tongban", "serve", "--addr", "nowhere"]).expect_err("bad");
        let line = one_line(&error.to_string());
        assert!(line.contains("nowhere") && line.contains("--addr") && !line.contains('\n'), "{line}");
    }
}
