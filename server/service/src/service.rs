//! Everything that the use cases share, opened once by the process.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;

use crate::areas::{AreaRegister, Current};
use crate::audit::Algorithm;
use crate::catalogue::Catalogue;
use crate::db::Db;
use crate::error::Error;
use crate::identity::{Keys, Limits};
use crate::live::Bus;
use crate::ports::{
    BlobStore, CityIdentity, CitySettings, Clamd, Clock, DiskBlobStore, HttpRegister, HttpSms, IdentityRegister,
    OpenIdConnect, PaperMaker, Scanner, SimulatedRegister, SimulatedSms, SmsGateway, SystemClock, Typesetter,
    find_font,
};
use crate::turns::Turns;
use crate::vault::{SealedBlobs, Suite, Vault};

/// Papers that are set at the same time: each keeps a processor busy.
const PAPERS_AT_ONCE: usize = 2;
const PAPERS_WAITING: usize = 50;
const REPORTS_WAITING: usize = 20;
/// A person waits so long for one of these.
const PATIENCE: Duration = Duration::from_secs(15);

/// Where things are. All are settings of the process.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://PATH?mode=rwc` or `postgres://…`
    pub database_url: String,
    /// Holds uploaded files, and the database when it is SQLite.
    pub data_dir: PathBuf,
    /// What links in receipts and QR codes begin with: `https://tongban.example.cn`.
    pub public_url: String,
    /// Holds the secret from which private links are made; written on first use.
    pub key_file: PathBuf,
    /// Holds the keys that personal data is sealed with; written on first use.
    pub key_ring: PathBuf,
    /// Of the keys that are made on first use.
    pub suite: Suite,
    /// Address and key of the gateway for short messages. None: they are simulated.
    pub sms: Option<(String, String)>,
    /// Address and key of the register of identities. None: it is simulated.
    pub register: Option<(String, String)>,
    /// The city's identity platform. None: nobody signs in through it.
    pub city: Option<CitySettings>,
    /// The font of papers. None: one of the system, if there is one.
    pub font_file: Option<PathBuf>,
    /// The virus scanner. None: files are not scanned.
    pub clamd: Option<Clamd>,
    /// By which the audit hashes rows from now on.
    pub audit_hash: Algorithm,
    /// Simulated messages can be read by everybody: for a demo on this machine alone.
    pub inbox: bool,
}

impl Settings {
    /// The folder of uploaded files and papers.
    pub fn files(&self) -> PathBuf {
        self.data_dir.join("files")
    }
}

pub struct Service {
    pub db: Db,
    pub settings: Settings,
    pub clock: Arc<dyn Clock>,
    pub blobs: Arc<dyn BlobStore>,
    /// None: files are not scanned.
    pub scanner: Option<Arc<dyn Scanner>>,
    pub sms: Arc<dyn SmsGateway>,
    /// Told when a message should leave at once.
    pub sms_wake: Arc<Notify>,
    pub register: Arc<dyn IdentityRegister>,
    pub city: Option<Arc<dyn CityIdentity>>,
    /// None: there is no font, so papers are only pages.
    pub paper: Option<Arc<dyn PaperMaker>>,
    pub(crate) paper_turns: Turns,
    /// At what reads a whole day or a whole list.
    pub(crate) report_turns: Turns,
    pub keys: Keys,
    pub vault: Arc<Vault>,
    pub limits: Limits,
    pub bus: Bus,
    /// Read at the start: areas, offices and the calendar change rarely.
    pub areas: Current<AreaRegister>,
    pub catalogue: Catalogue,
}

impl Service {
    /// Opens the database, which must be migrated and seeded, and reads what is kept in memory.
    ///
    /// # Errors
    /// When the database, the key file or the data folder cannot be used.
    pub async fn open(settings: Settings) -> Result<Self, Error> {
        let db = Db::open(&settings.database_url).await?;
        Self::with(db, settings, Arc::new(SystemClock)).await
    }

    /// The same on an open database with another clock, for tests.
    ///
    /// # Errors
    /// See [`Self::open`].
    pub async fn with(db: Db, settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let vault = Vault::of(&db, &settings.key_ring, settings.suite, clock.now()).await?;
        Self::on(db, settings, clock, Arc::new(vault)).await
    }

    pub(crate) async fn on(
        db: Db,
        settings: Settings,
        clock: Arc<dyn Clock>,
        vault: Arc<Vault>,
    ) -> Result<Self, Error> {
        let keys = Keys::open(&settings.key_file)?;
        let blobs = Arc::new(SealedBlobs::new(DiskBlobStore::open(&settings.files())?, Arc::clone(&vault)));
        let sms: Arc<dyn SmsGateway> = match &settings.sms {
            Some((url, key)) => Arc::new(HttpSms::new(url.clone(), key.clone())),
            None => Arc::new(SimulatedSms),
        };
        let register: Arc<dyn IdentityRegister> = match &settings.register {
            Some((url, key)) => Arc::new(HttpRegister::new(url.clone(), key.clone())),
            None => Arc::new(SimulatedRegister),
        };
        let scanner = settings.clamd.clone().map(|clamd| -> Arc<dyn Scanner> { Arc::new(clamd) });
        let city = city(&settings)?;
        let paper = paper_maker(settings.font_file.as_deref())?;
        let areas = Current::new(AreaRegister::load_by(&db, Arc::clone(&clock)).await?);
        let catalogue = Catalogue::load(&db, Arc::clone(&clock)).await?;
        Ok(Self {
            db,
            settings,
            clock,
            blobs,
            scanner,
            sms,
            sms_wake: Arc::default(),
            register,
            city,
            paper,
            paper_turns: Turns::new(PAPERS_AT_ONCE, PAPERS_WAITING, PATIENCE),
            report_turns: Turns::new(1, REPORTS_WAITING, PATIENCE),
            keys,
            vault,
            limits: Limits::default(),
            bus: Bus::default(),
            areas,
            catalogue,
        })
    }

    /// The date in Shenyang.
    pub fn today(&self) -> chrono::NaiveDate {
        domain::cases::local_day(self.clock.now())
    }
}

/// The platform sends people back to an address of ours that it was told beforehand.
fn city(settings: &Settings) -> Result<Option<Arc<dyn CityIdentity>>, Error> {
    let Some(city) = settings.city.clone() else { return Ok(None) };
    let back = format!("{}/sign-in/city/back", settings.public_url);
    let platform = OpenIdConnect::new(city, back).map_err(|fault| Error::internal("the city's platform", fault))?;
    Ok(Some(Arc::new(platform)))
}

/// A font that is asked for must be there; without any, all else still works.
fn paper_maker(font_file: Option<&Path>) -> Result<Option<Arc<dyn PaperMaker>>, Error> {
    if let Some(file) = font_file {
        return Ok(Some(Arc::new(Typesetter::open(file)?)));
    }
    let Some(file) = find_font() else {
        tracing::warn!("no Chinese font, so no PDF: apt-get install fonts-wqy-microhei, or set --font-file");
        return Ok(None);
    };
    match Typesetter::open(&file) {
        Ok(typesetter) => Ok(Some(Arc::new(typesetter))),
        Err(error) => {
            tracing::warn!(%error, "no PDF: set --font-file");
            Ok(None)
        }
    }
}
