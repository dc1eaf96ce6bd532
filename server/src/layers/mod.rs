//! What happens to every request before and after its handler.

mod address;
mod body;
mod cookies;
mod crowd;
mod errors;
mod headers;
mod observe;
mod origin;
mod server_functions;
mod visitor;

pub use address::visible_query;
pub use body::whole;
pub use cookies::{clear_desk, clear_resident, known, set_desk, set_known, set_resident};
pub use crowd::{in_turn, to_the_end};
pub use errors::explain;
pub use headers::secure;
pub use observe::{Mark, StaticFile, observe};
pub use origin::from_our_page;
pub use server_functions::for_scripts;
pub use visitor::{Peer, client_address, network, resolve, with_visitor};
