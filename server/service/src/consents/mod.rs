//! Consents to the use of protected data: what was agreed to when a case was submitted, with the text that was shown.

mod store;

use domain::consents::Sensitive;
use domain::forms::{Definition, Entries, Kind};
use sea_orm::DatabaseTransaction;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::error::Error;
use crate::identity::hex;
use crate::service::Service;

/// So many characters of the hash tell one text from another.
const VERSION_LENGTH: usize = 16;

/// Records what the answers of a case agree to. `before`: what they were before a correction.
pub(crate) async fn record(
    service: &Service,
    tx: &DatabaseTransaction,
    case: Uuid,
    form: &Definition,
    (answers, before): (&Entries, Option<&Entries>),
) -> Result<(), Error> {
    let given = |answers: &Entries, kind: Sensitive| answers.get(&kind.field()) == "yes";
    for kind in Sensitive::ALL {
        if !given(answers, kind) || before.is_some_and(|before| given(before, kind)) {
            continue;
        }
        let Some(Kind::Declaration { text }) = form.field(&kind.field()).map(|field| &field.kind) else { continue };
        let row = store::ConsentRow {
            id: Uuid::now_v7(),
            case_id: case,
            resident_id: None,
            kind: kind.key().to_owned(),
            version: hex(&Sha256::digest(text.as_bytes())).chars().take(VERSION_LENGTH).collect(),
            shown: text.clone(),
            given_at: service.clock.now(),
            withdrawn_at: None,
        };
        store::insert(tx, row).await?;
    }
    Ok(())
}
