//! The program: settings, the runtime, the command.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use server::config::{self, Audit, Calendar, Command, DayKind, Items};
use server::{authoring, commands, fault::Fault};

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
            Command::Migrate(settings) => commands::migrate(&settings.resolve()?).await,
            Command::Seed { settings, demo } => commands::seed(&settings.resolve()?, demo).await,
            Command::Items(Items::Check { files }) => authoring::check(&files),
            Command::Items(Items::Diff { old, new }) => authoring::diff(&old, &new),
            Command::Audit(Audit::Verify { checkpoints, settings }) => {
                commands::verify_audit(&settings.resolve()?, checkpoints.as_deref()).await
            }
            Command::Audit(Audit::Checkpoint(settings)) => commands::checkpoint(&settings.resolve()?).await,
            Command::Calendar(Calendar::Set { day, kind, settings }) => {
                commands::set_workday(&settings.resolve()?, day, kind == DayKind::Worked).await
            }
        }
    })
}
