//! What happens to every request before and after its handler.

mod cookies;
mod errors;
mod headers;
mod observe;
mod origin;
mod server_functions;
mod visitor;

pub use cookies::{clear_desk, set_desk, set_resident};
pub use errors::explain;
pub use headers::secure;
pub use observe::{Mark, StaticFile, observe};
pub use origin::from_our_page;
pub use server_functions::for_scripts;
pub use visitor::{Peer, client_address, resolve, with_visitor};
