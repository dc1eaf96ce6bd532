//! Plain routes: every write of the product is a form that works without script; and what is no page.

mod announcements;
mod areas;
mod asked;
mod audit;
mod cases;
mod desk;
mod drafts;
mod files;
mod live;
mod messages;
mod mine;
mod notices;
mod ratings;
mod residents;
mod spool;
mod staff;
mod supervision;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{get, post};

use crate::health;
use crate::state::AppState;

/// Routes together with their list, so that no route can be without a rule in the tests.
#[derive(Default)]
pub struct Table {
    pub router: Router<AppState>,
    pub list: Vec<(&'static str, &'static str)>,
}

impl Table {
    fn and(mut self, other: Self) -> Self {
        self.list.extend(other.list);
        self.router = self.router.merge(other.router);
        self
    }

    fn get<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.list.push(("GET", path));
        self.router = self.router.route(path, get(handler));
        self
    }

    fn post<H, T>(mut self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, AppState>,
        T: 'static,
    {
        self.list.push(("POST", path));
        self.router = self.router.route(path, post(handler));
        self
    }
}

/// What a form sends.
pub fn forms() -> Table {
    let parts = [applications(), residents_own(), desk(), accounts()];
    parts.into_iter().fold(Table::default(), Table::and)
}

fn applications() -> Table {
    Table::default()
        .post("/items/{code}/apply", drafts::begin)
        .post("/events/{key}/start", drafts::begin_event)
        .post("/drafts/{id}/pages/{page}", drafts::save_page)
        .post("/drafts/{id}/files/{file}/remove", files::remove)
        .post("/drafts/{id}/submit", drafts::submit)
        .post("/drafts/{id}/resume-code", drafts::make_resume_code)
        .post("/drafts/{id}/discard", drafts::discard)
        .post("/resume", drafts::resume)
        .post("/drafts/{id}/pages/{page}/take", mine::take)
        .post("/drafts/{id}/files/{file}/keep", mine::keep_document)
        .post("/track", cases::look_up)
        .post("/cases/{number}/withdraw", cases::withdraw)
        .post("/cases/{number}/correct", cases::correct)
        .post("/cases/{number}/rate", ratings::rate)
        .post("/announcements/{id}/object", announcements::object)
}

fn residents_own() -> Table {
    Table::default()
        .post("/claim", mine::claim)
        .post("/me/looks/{chain}/{seq}/ask", mine::ask)
        .post("/me/consents/{id}/withdraw", mine::withdraw_consent)
        .post("/me/consents/keep", mine::keep_kinds)
        .post("/me/mandates", mine::give_mandate)
        .post("/me/mandates/guardian", mine::declare_guardian)
        .post("/me/mandates/{id}/revoke", mine::revoke_mandate)
        .post("/me/documents/{id}/validity", mine::set_validity)
        .post("/me/documents/{id}/drop", mine::drop_document)
        .post("/me/household", mine::add_member)
        .post("/me/household/{id}/remove", mine::remove_member)
        .post("/me/data/correct", mine::ask_correction)
        .post("/me/data/close", mine::close_account)
        .post("/sign-in", residents::sign_in)
        .post("/sign-in/code", residents::code)
        .post("/sign-in/join", residents::join)
        .post("/sign-in/city", residents::to_city)
        .post("/me/sign-out", residents::sign_out)
        .post("/me/sign-out-everywhere", residents::sign_out_everywhere)
        .post("/me/devices/{id}/sign-out", residents::sign_out_device)
        .post("/me/code", residents::ask_again)
        .post("/me/prove", residents::prove_again)
        .post("/me/phone", residents::new_phone)
        .post("/me/phones/{id}/drop", residents::drop_phone)
        .post("/me/real-name", residents::real_name)
        .post("/me/real-name/found", residents::claim)
        .post("/me/merge/code", residents::prove_other)
        .post("/me/merge", residents::merge)
}

fn desk() -> Table {
    Table::default()
        .post("/desk/cases/{number}/notes", messages::note)
        .post("/desk/cases/{number}/show", desk::show)
        .post("/desk/cases/{number}/instruct", supervision::instruct)
        .post("/desk/cases/{number}/explain", supervision::explain)
        .post("/desk/ratings/{id}", ratings::rectify)
        .post("/desk/cases/{number}/{step}", desk::act)
        .post("/desk/start", desk::start)
        .post("/drafts/{id}/refer", desk::refer)
        .post("/desk/recusal", desk::declare)
        .post("/desk/custody/{id}", desk::give_out)
        .post("/desk/appointments/{code}/come", desk::come)
        .post("/desk/appointments/{code}/cancel", desk::cancel)
        .post("/desk/cases/{number}/objections/{id}", announcements::settle)
        .post("/desk/audit/search", audit::search)
        .post("/desk/audit/questions/{id}", audit::answer)
}

/// Of workers and those who keep them.
fn accounts() -> Table {
    Table::default()
        .post("/desk/sign-in", staff::enter_password)
        .post("/desk/sign-in/code", staff::enter_code)
        .post("/desk/sign-in/passkey", staff::enter_passkey)
        .post("/desk/sign-in/set-up", staff::set_up)
        .post("/desk/invitation/{token}", staff::accept)
        .post("/desk/admin/workers", staff::create)
        .post("/desk/admin/workers/{id}/end", staff::end)
        .post("/desk/admin/workers/{id}/restore", staff::restore)
        .post("/desk/admin/workers/{id}/reset", staff::reset)
        .post("/desk/admin/workers/{id}/forget-codes", staff::forget_codes)
        .post("/desk/admin/workers/{id}/grants", staff::give)
        .post("/desk/admin/workers/{id}/grants/{grant}/end", staff::revoke)
        .post("/desk/admin/contracts", staff::make_contract)
        .post("/desk/admin/contracts/{id}/end", staff::end_contract)
        .post("/desk/admin/contracts/{id}/name", staff::rename_organisation)
        .post("/desk/admin/proposals/{id}/approve", staff::approve)
        .post("/desk/admin/proposals/{id}/drop", staff::drop_proposal)
        .post("/desk/sign-out", staff::sign_out)
        .post("/desk/prove", staff::prove)
        .post("/desk/account/password", staff::change_password)
        .post("/desk/account/devices/{id}/end", staff::end_device)
        .post("/desk/account/code", staff::begin_new_code)
        .post("/desk/account/code/confirm", staff::confirm_new_code)
        .post("/desk/account/passkeys", staff::begin_passkey)
        .post("/desk/account/passkeys/confirm", staff::add_passkey)
        .post("/desk/account/passkeys/{id}/remove", staff::remove_passkey)
        .post("/desk/account/recovery", staff::make_codes)
        .post("/desk/account/recovery/noted", staff::note_codes)
}

pub fn uploads() -> Table {
    Table::default()
        .post("/drafts/{id}/files", files::add)
        .post("/cases/{number}/messages", messages::write)
        .post("/desk/cases/{number}/messages", messages::reply)
}

/// What a visitor may read that is no page.
pub fn reads() -> Table {
    Table::default()
        .get("/cases/{number}/open/{token}", cases::open_link)
        .get("/bundles/{number}/open/{token}", cases::open_bundle_link)
        .get("/cases/{number}/live", live::follow)
        .get("/me/data/copy.json", mine::copy)
        .get("/files/{id}", files::give_out)
        .get("/sign-in/city/back", residents::from_city)
        .get("/notices/{id}/paper.pdf", notices::paper)
}

/// About the process.
pub fn process() -> Table {
    Table::default().get("/healthz", health::alive).get("/readyz", health::ready).get("/metrics", health::numbers)
}

/// What everybody may read.
pub fn public() -> Table {
    Table::default().get("/areas/{code}", areas::children)
}
