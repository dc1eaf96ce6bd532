//! Workers' accounts: signing in, the second factor, the own account.

mod account_page;
pub mod api;
mod code_page;
mod contracts_page;
mod demo_codes;
mod invitation_page;
mod new_code;
mod new_code_page;
mod new_passkey_page;
mod passkey;
mod proposals_page;
mod prove_page;
mod recovery_page;
mod set_up_page;
mod sign_in_page;
mod worker_page;
mod workers_page;

pub use account_page::AccountPage;
pub use code_page::CodePage;
pub use contracts_page::ContractsPage;
pub(crate) use demo_codes::demo_codes;
pub use invitation_page::InvitationPage;
pub use new_code_page::NewCodePage;
pub use new_passkey_page::NewPasskeyPage;
pub use proposals_page::ProposalsPage;
pub use prove_page::ProvePage;
pub use recovery_page::RecoveryPage;
pub use set_up_page::SetUpPage;
pub use sign_in_page::SignInPage;
pub use worker_page::WorkerPage;
pub use workers_page::WorkersPage;
