//! What the program does: serve, migrate, seed.

use std::sync::Arc;

use chrono::NaiveDate;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use service::Service;
use service::db::{self, Db};
use service::ports::{Clock, SystemClock};
use service::seed::{DemoWorker, seed_base, seed_demo};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

use crate::config::Config;
use crate::fault::Fault;
use crate::state::AppState;
use crate::{jobs, listen, logging, metering, router, site};

/// Answers requests until SIGTERM or SIGINT, then lets what is under way come to its end.
///
/// # Errors
/// When it cannot start.
pub async fn serve(config: Config) -> Result<(), Fault> {
    logging::start(config.log_format);
    metering::start(SystemClock.now().timestamp());
    site::check(&config)?;
    let (terminate, interrupt) = (on(SignalKind::terminate())?, on(SignalKind::interrupt())?);
    let service = Arc::new(open(&config).await?);
    let_nobody_in_by_known_passwords(&config, &service).await?;
    let listener = TcpListener::bind(config.addr)
        .await
        .map_err(|error| Fault::start(&format!("listen on {}", config.addr), error))?;
    let addr = listener.local_addr().map_err(|error| Fault::start("listen", error))?;
    match service.db.owns_audit().await {
        Ok(false) => {}
        Ok(true) => tracing::warn!("this database role can switch off the guards of the audit: migrate --serving-role"),
        Err(error) => return Err(Fault::start("read the rights of the database role", error)),
    }
    let (stop, stopping) = watch::channel(false);
    tracing::info!(%addr, public_url = config.service.public_url, "listening");
    let room = listen::Room::of(config.trust_proxy > 0);
    raise_open_files();
    let app = router::router(AppState::new(service.clone(), config, stopping));
    let background = [
        tokio::spawn(metering::tidy()),
        tokio::spawn(jobs::run(service.clone())),
        tokio::spawn(jobs::send(service.clone())),
        tokio::spawn(jobs::keys(service.clone())),
        tokio::spawn(jobs::scan(service.clone())),
    ];
    listen::serve(listener, app, room, stop, first(terminate, interrupt)).await;
    for task in background {
        task.abort();
    }
    // A use case that goes on after its connection ended still holds the service; the database survives either way.
    if let Ok(service) = Arc::try_unwrap(service)
        && let Err(error) = service.db.close().await
    {
        tracing::warn!(%error, "the database was not closed");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Each connection is an open file, and so is what a page reads: as many as this process may have.
fn raise_open_files() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(%error, "open files");
    }
}

fn on(kind: SignalKind) -> Result<Signal, Fault> {
    signal(kind).map_err(|error| Fault::start("signals", error))
}

async fn first(mut one: Signal, mut other: Signal) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}

/// Workers of the demo have passwords and codes that everybody knows: with them, nothing is served to others.
async fn let_nobody_in_by_known_passwords(config: &Config, service: &Service) -> Result<(), Fault> {
    if config.is_local() && config.addr.ip().is_loopback() {
        return Ok(());
    }
    let count = service::staff::demo_workers(service).await.map_err(|error| Fault::start("read the workers", error))?;
    if count == 0 {
        return Ok(());
    }
    Err(Fault::Start(format!(
        "the database holds {count} workers of the demo, whose passwords everybody knows: it is served on a loopback \
         address alone. Use another database, or end them with `tongban admin end-demo`"
    )))
}

/// Opens the service on a database that is ready for it.
pub(crate) async fn open(config: &Config) -> Result<Service, Fault> {
    let db = open_migrated(config).await?;
    let service = Service::with(db, config.service.clone(), Arc::new(SystemClock)).await;
    let service = service.map_err(|error| Fault::start("open", error))?;
    if service.catalogue.is_empty() {
        return Err(Fault::Start("the database is empty: run `tongban seed`".to_owned()));
    }
    Ok(service)
}

pub(crate) async fn open_migrated(config: &Config) -> Result<Db, Fault> {
    let db = Db::open(&config.service.database_url).await.map_err(|error| Fault::start("open the database", error))?;
    let pending = db::pending(&db).await.map_err(|error| Fault::start("read the database", error))?;
    if pending.is_empty() {
        Ok(db)
    } else {
        Err(Fault::Start("the database is not up to date: run `tongban migrate`".to_owned()))
    }
}

/// Brings the schema up to date, and then sets what the role of the server may do with it.
///
/// # Errors
/// When the database cannot be reached or a migration fails; when the role is not there or owns the tables.
pub async fn migrate(config: &Config, serving_role: Option<&str>) -> Result<(), Fault> {
    logging::start(config.log_format);
    let url = &config.service.database_url;
    db::migrate(url).await.map_err(|error| Fault::start("migrate", error))?;
    println!("The database is up to date.");
    if let Some(role) = serving_role {
        db::grant(url, role).await.map_err(|error| Fault::start("--serving-role", error))?;
        println!("{role} may serve, and can neither change what the audit says nor any table.");
    }
    Ok(())
}

/// Fills the database; with `demo` also with workers and cases to try.
///
/// # Errors
/// When the database is not migrated, or a demo is asked for where others could reach it.
pub async fn seed(config: &Config, demo: bool) -> Result<(), Fault> {
    logging::start(config.log_format);
    if demo && !config.is_local() {
        let url = &config.service.public_url;
        return Err(Fault::usage(format!("--demo makes workers with known passwords, and {url} is open to others")));
    }
    let db = open_migrated(config).await?;
    seed_base(&db).await.map_err(|error| Fault::start("seed", error))?;
    println!("Areas, offices, the calendar and the catalogue are up to date.");
    if demo {
        let workers = seed_demo(&db).await.map_err(|error| Fault::start("seed", error))?;
        print!("{}", table(&workers));
    }
    db.close().await.map_err(|error| Fault::start("close the database", error))
}

/// Makes a day worked or free, and moves every period that runs over it.
///
/// # Errors
/// When the database is not ready, or the day has passed.
pub async fn set_workday(config: &Config, day: NaiveDate, worked: bool) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    let moved = match service::areas::set_workday(&service, day, worked).await {
        Ok(moved) => moved,
        Err(service::Error::Refused(why)) => return Err(Fault::usage(why)),
        Err(error) => return Err(Fault::start("change the calendar", error)),
    };
    let word = if worked { "worked" } else { "free" };
    println!("{day} is {word}. Cases whose promised day moved: {moved}.");
    service.db.close().await.map_err(|error| Fault::start("close the database", error))
}

/// Prints where the first administrators choose their passwords.
///
/// # Errors
/// When the database is not ready, or there is no such office.
pub async fn bootstrap(config: &Config, office: &str) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    let first = match service::staff::bootstrap(&service, office).await {
        Ok(first) => first,
        Err(service::Error::Refused(why)) => return Err(Fault::usage(why)),
        Err(error) => return Err(Fault::start("invite administrators", error)),
    };
    if first.is_empty() {
        println!("There is an administrator of each kind already.");
    } else {
        println!("For three persons, each address once, within 30 minutes:");
    }
    for one in first {
        println!("{:<15} {}", one.role.key(), one.address);
    }
    service.db.close().await.map_err(|error| Fault::start("close the database", error))
}

/// Ends the workers of the demo.
///
/// # Errors
/// When the database is not ready.
pub async fn end_demo(config: &Config) -> Result<(), Fault> {
    logging::start(config.log_format);
    let service = open(config).await?;
    let count = service::staff::end_demo(&service).await.map_err(|error| Fault::start("end the demo", error))?;
    println!("Workers of the demo who were ended: {count}.");
    service.db.close().await.map_err(|error| Fault::start("close the database", error))
}

/// Sign-ins of the demo, in columns; Chinese comes last, as it has another width.
fn table(workers: &[DemoWorker]) -> String {
    let mut text =
        String::from("\nAfter the password a code is asked: the page /inbox shows the demo workers' codes.\n");
    text += &format!("{:<12} {:<20} name, office and roles\n", "login", "password");
    for worker in workers {
        let roles: Vec<&str> = worker.roles.iter().map(|role| role.key()).collect();
        let DemoWorker { login, password, name, office_name, .. } = worker;
        text += &format!("{login:<12} {password:<20} {name} · {office_name} · {}\n", roles.join(", "));
    }
    text
}
