//! What is printed of a case, as it will be on paper.

mod print_page;
mod slip;

pub use print_page::CasePrintPage;
pub use slip::slip;
