//! The desk of a worker: the queue of the office, the case, the steps.

mod act;
mod case;
mod offices;
mod queue;
mod show;
mod start;
mod store;

pub use act::act;
pub use case::case;
pub use queue::queue;
pub use show::show;
pub use start::{event, start};

pub(crate) use act::STEP;
pub(crate) use case::{ABOUT, desk_flash, open};
pub(crate) use show::written_reasons;
pub(crate) use start::require_start;

use domain::cases::WorkerView;

use crate::identity::Worker;
use crate::service::Service;

pub(crate) fn worker_view(service: &Service, worker: &Worker) -> WorkerView {
    WorkerView {
        name: worker.name.clone(),
        office: service.areas.office_name(&worker.office),
        office_code: worker.office.clone(),
        roles: worker.roles(),
        may_start: worker.may_start(None),
    }
}
