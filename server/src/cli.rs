//! The commands and what each may be told.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Parser, Subcommand, ValueEnum};
use service::audit::PublicKey;
use service::vault::Suite;

use crate::config::Settings;

/// 通办: one window for every service of the city.
#[derive(Debug, Parser)]
#[command(name = "tongban", version, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one in a process, read once")]
pub enum Command {
    /// Answer requests until SIGTERM or SIGINT
    Serve(Settings),
    /// Bring the database's schema up to date
    Migrate {
        #[command(flatten)]
        settings: Settings,
        /// PostgreSQL: give the role that `serve` signs in with exactly what it needs. It may add to the audit and read
        /// it, and can change neither a row of it nor any table; run this as another role, to which the tables belong
        #[arg(long, value_name = "ROLE")]
        serving_role: Option<String>,
    },
    /// Load areas, offices, the calendar and the catalogue; repeating it is safe
    Seed {
        #[command(flatten)]
        settings: Settings,
        /// Add workers with known passwords, and cases, to try the product on this machine
        #[arg(long)]
        demo: bool,
    },
    /// For authors of items: judge item files, compare them
    #[command(subcommand)]
    Items(Items),
    /// For administrators: the days that are worked and free
    #[command(subcommand)]
    Calendar(Calendar),
    /// For administrators: the keys that personal data is sealed with
    #[command(subcommand)]
    Keys(Keys),
    /// For auditors: whether what was recorded still stands as it was
    #[command(subcommand)]
    Audit(Audit),
    /// For whoever sets the service up: workers' accounts that no administrator can make
    #[command(subcommand)]
    Admin(Admin),
}

#[derive(Debug, Subcommand)]
pub enum Items {
    /// Print every fault of item files (with the groups in `../groups` beside each), or `good`
    Check {
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Print what changed from one item file to another, in words
    Diff { old: PathBuf, new: PathBuf },
}

#[derive(Debug, Subcommand)]
pub enum Calendar {
    /// Make a day worked or free and recompute all open cases; repeating it is safe
    Set {
        /// 2027-01-04
        day: NaiveDate,
        kind: DayKind,
        #[command(flatten)]
        settings: Settings,
    },
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one in a process, read once")]
pub enum Audit {
    /// Read the whole audit and name every row that was changed, added or removed
    Verify {
        /// Lines that `checkpoint` printed earlier and that were kept elsewhere: they also show a whole database that
        /// was put back to an earlier state
        #[arg(long, value_name = "FILE")]
        checkpoints: Option<PathBuf>,
        /// Of the key that signed them, as `key` prints it: no secret of this installation is read then
        #[arg(long, value_name = "DIGITS")]
        public_key: Option<PublicKey>,
        /// Read rows that `export` printed: no database, no data folder and no secret is needed then
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
    },
    /// Print where each chain of the audit ends, signed; to be kept where this machine cannot write
    Checkpoint(Settings),
    /// Print every row with its hash as a line of JSON, for `verify --file` or another program on another machine
    Export(Settings),
    /// Print the public key of those who verify checkpoints elsewhere
    Key(Settings),
}

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Print the keys of personal data, without their secrets
    List(Settings),
    /// Make new keys active; what is stored keeps its own until `rewrap`
    Add {
        /// Of other algorithms than before
        #[arg(long = "to", value_enum, value_name = "SUITE")]
        to: Option<SuiteName>,
        #[command(flatten)]
        settings: Settings,
    },
    /// Seal everything anew with the active keys, while requests are served; repeating it is safe
    Rewrap(Settings),
    /// Destroy a key with which nothing is sealed any more
    Retire {
        /// As `list` prints it
        id: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Seal a database that was filled by a version without keys; the server must be stopped
    Seal(Settings),
}

#[derive(Debug, Subcommand)]
pub enum Admin {
    /// Print one-time addresses for the first system, security and audit administrators; each is good for 30 minutes,
    /// as long as there is none of its kind
    Bootstrap {
        /// The office of the administrators: that of the city which runs the service
        #[arg(long, default_value = "210100-MZ", value_name = "CODE")]
        office: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// End the demo's workers, so that the database can be served to others
    EndDemo(Settings),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DayKind {
    Worked,
    Free,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SuiteName {
    International,
    National,
}

impl From<SuiteName> for Suite {
    fn from(name: SuiteName) -> Self {
        match name {
            SuiteName::International => Self::International,
            SuiteName::National => Self::National,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Hash {
    Sha256,
    Sm3,
}
