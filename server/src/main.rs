//! The program: settings, the runtime, the command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use server::auditing::{self, Given};
use server::cli::{Admin, Audit, Calendar, Command, DayKind, Items, Keys};
use server::config;
use server::{authoring, commands, fault::Fault, keys};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("tongban: {fault}");
            ExitCode::from(fault.exit_code())
        }
    }
}

fn run() -> Result<(), Fault> {
    let Some(cli) = config::read()? else { return Ok(()) };
    // Rendering a page can block a worker while it waits for another: never fewer than four (leptos#4647).
    let workers = std::thread::available_parallelism().map_or(4, usize::from).max(4);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(workers)
        .enable_all()
        .build()
        .map_err(|error| Fault::start("start", error))?;
    runtime.block_on(async {
        match cli.command {
            Command::Serve(settings) => commands::serve(settings.resolve()?).await,
            Command::Migrate { settings, serving_role } => {
                commands::migrate(&settings.resolve()?, serving_role.as_deref()).await
            }
            Command::Seed { settings, demo } => commands::seed(&settings.resolve()?, demo).await,
            Command::Items(Items::Check { files }) => authoring::check(&files),
            Command::Items(Items::Diff { old, new }) => authoring::diff(&old, &new),
            Command::Keys(Keys::List(settings)) => keys::list(&settings.resolve()?).await,
            Command::Keys(Keys::Add { to, settings }) => keys::add(&settings.resolve()?, to.map(Into::into)).await,
            Command::Keys(Keys::Rewrap(settings)) => keys::rewrap(&settings.resolve()?).await,
            Command::Keys(Keys::Retire { id, settings }) => keys::retire(&settings.resolve()?, &id).await,
            Command::Keys(Keys::Seal(settings)) => keys::seal(&settings.resolve()?).await,
            Command::Audit(command) => audit(command).await,
            Command::Admin(Admin::Bootstrap { office, settings }) => {
                commands::bootstrap(&settings.resolve()?, &office).await
            }
            Command::Admin(Admin::EndDemo(settings)) => commands::end_demo(&settings.resolve()?).await,
            Command::Calendar(Calendar::Set { day, kind, settings }) => {
                commands::set_workday(&settings.resolve()?, day, kind == DayKind::Worked).await
            }
        }
    })
}

async fn audit(command: Audit) -> Result<(), Fault> {
    match command {
        Audit::Verify { checkpoints, public_key, file, settings } => {
            let given = Given { checkpoints: checkpoints.as_deref(), public_key: public_key.as_ref() };
            match file {
                Some(file) => auditing::verify_file(&file, given),
                None => auditing::verify(&settings.resolve()?, given).await,
            }
        }
        Audit::Checkpoint(settings) => auditing::checkpoint(&settings.resolve()?).await,
        Audit::Export(settings) => auditing::export(&settings.resolve()?).await,
        Audit::Key(settings) => auditing::key(&settings.resolve()?),
    }
}
