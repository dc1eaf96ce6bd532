//! Workers' accounts: signing in, the second factor, the own account.

mod account_page;
pub mod api;
mod code_page;
mod demo_codes;
mod new_code;
mod new_code_page;
mod prove_page;
mod recovery_page;
mod set_up_page;
mod sign_in_page;

pub use account_page::AccountPage;
pub use code_page::CodePage;
pub(crate) use demo_codes::demo_codes;
pub use new_code_page::NewCodePage;
pub use prove_page::ProvePage;
pub use recovery_page::RecoveryPage;
pub use set_up_page::SetUpPage;
pub use sign_in_page::SignInPage;
