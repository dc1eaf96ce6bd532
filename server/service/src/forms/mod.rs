//! Drafts: begun, filled in page by page, carried on elsewhere, checked and submitted.

mod carry;
mod draft;
mod files;
mod image;
mod known;
mod pages;
mod pdf;
mod resume;
mod review;
mod routing;
mod save;
mod scan;
mod start;
pub(crate) mod store;
mod submit;
mod sweep;

pub(crate) use draft::{Application, Draft, file_view, files_by_path, parts_of, read_json, write_json};
pub use files::{FILE_BYTES_MAX, FileBytes, Sent, add_file, file, remove_file};
pub(crate) use files::{Kept, keep};
pub(crate) use known::shared_keys;
pub use known::take;
pub use pages::page;
pub use resume::{make_resume_code, resume, resume_code};
pub use review::review;
pub(crate) use routing::route;
pub use save::{discard, save_page};
pub use scan::scan_pending;
pub(crate) use scan::{Of, Waiting, readable};
pub(crate) use start::{
    Chosen, begin_correction, drafts_of, event_row, first_page, is_open_draft, new_row, said_of, with_form,
};
pub use start::{begin, begin_at_window, begin_event, begin_event_at_window, home};
pub use submit::submit;
pub use sweep::{sweep, sweep_part};
