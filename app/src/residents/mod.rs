//! The first page, what this service is, and a resident's account.

mod about_page;
pub mod api;
mod cases_page;
mod code_page;
mod devices_page;
mod home_page;
mod join_page;
mod me_page;
mod merge_page;
mod phone_form;
mod phone_page;
mod prove;
mod real_name_page;
mod sign_in_page;

pub use about_page::AboutPage;
pub use cases_page::MyCasesPage;
pub use code_page::CodePage;
pub use devices_page::DevicesPage;
pub use home_page::HomePage;
pub use join_page::JoinPage;
pub use me_page::MePage;
pub use merge_page::MergePage;
pub use phone_page::PhonePage;
pub use real_name_page::RealNamePage;
pub use sign_in_page::SignInPage as ResidentSignInPage;
