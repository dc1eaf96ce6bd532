//! Workers' accounts: how they sign in, with what, on which devices, and how they come to be.
//!
//! Signing in takes two steps. A right password makes a sign-in under way (`sign_in`), which opens nothing and lasts
//! five minutes; a code of the phone, a passkey or a recovery code makes a session of it. Each step has a new token.

mod account;
mod bootstrap;
mod code;
mod demo;
mod invitations;
mod passkey;
mod passphrase;
mod recovery;
mod sign_in;
mod store;
mod tidy;
mod tries;
mod workers;

pub use account::{account, change_password, end_device, myself, prove};
pub use bootstrap::{First, bootstrap};
pub use code::{begin_new_code, confirm_new_code, demo_code, demo_codes, new_code};
pub use demo::{demo_workers, end_demo};
pub use invitations::{Chosen, accept, invitation};
pub use passkey::{add_passkey, begin_passkey, new_passkey, remove_passkey};
pub use recovery::{make_codes, note_codes, recovery};
pub use sign_in::{code_page, enter_code, enter_passkey, enter_password, set_up, set_up_page, sign_out};
pub use tidy::tidy;
pub use workers::{Change, change, create, worker_page, workers};

use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;

/// What a worker's browser brings besides its session.
#[derive(Clone, Debug, Default)]
pub struct Browser {
    /// The token by which it is known from earlier sign-ins.
    pub known: Option<String>,
    /// Kind of device and browser, in words.
    pub words: String,
}

/// Where a step of signing in leads, with the tokens for the cookies.
#[derive(Debug)]
pub struct Entered {
    /// With the session of a resident when the form has something to say.
    pub moved: Moved,
    /// Of the sign-in under way, or of the worker's session; none after a miss.
    pub desk: Option<String>,
    /// By which the browser is known from now on.
    pub known: Option<String>,
}

impl Entered {
    fn missed(moved: Moved) -> Self {
        Self { moved, desk: None, known: None }
    }
}

/// For so long after it was proved who is there, grave changes need no new proof.
const PROOF_MINUTES: i64 = 5;

/// Whether it was proved just now who sits there.
pub(crate) async fn is_fresh(service: &Service, worker: &Worker) -> Result<bool, Error> {
    let device = store::device_fetch(&service.db.read, &worker.session).await?;
    let since = service.clock.now() - chrono::Duration::minutes(PROOF_MINUTES);
    Ok(device.is_some_and(|device| device.proved_at > since))
}

/// Before a grave change: the way to the page that asks for the password again, unless it was given just now.
/// `to`: where the worker then goes on, an address of the desk.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn prove_first(service: &Service, worker: &Worker, to: &str) -> Result<Option<Moved>, Error> {
    let fresh = is_fresh(service, worker).await?;
    Ok((!fresh).then(|| Moved::to(format!("/desk/prove?to={to}"))))
}

/// The worker whose password was right, and who has yet to prove the second factor.
fn under_way(visitor: &Visitor) -> Result<&crate::identity::Pending, Error> {
    visitor.pending.as_ref().ok_or(Error::Unauthenticated)
}
