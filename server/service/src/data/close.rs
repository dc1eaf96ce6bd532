//! An account is closed: what is the resident's alone goes at once; cases stay as long as the law wants them.

use domain::audit::Plain;
use domain::cases::Flash;
use uuid::Uuid;

use super::{PAGE, store};
use crate::audit::{Entry, audited};
use crate::documents::{delete as delete_document, documents_of};
use crate::error::Error;
use crate::forms::store::{draft_delete, draft_lock};
use crate::identity::{Moved, Visitor, held_of_kind};
use crate::said::said;
use crate::service::Service;

const MOST: u64 = 10_000;

/// Deletes drafts, kept papers, household, mandates and the account. `sure`: the resident ticked that this is final.
///
/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn close(service: &Service, visitor: &Visitor, sure: bool) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    if !sure {
        let message = "删掉就找不回来了。想好了，请先打勾。".to_owned();
        return said(service, visitor, Flash { message, ..Flash::default() }, PAGE).await;
    }
    let drafts = held_of_kind(&service.db.read, resident, "draft", MOST).await?;
    let unused: Vec<Uuid> = audited!(service, Entry::by(visitor, Plain::ClosedAccount), |tx| {
        let mut unused = Vec::new();
        for document in documents_of(tx, resident).await? {
            if delete_document(tx, &document).await? {
                unused.push(document.blob);
            }
        }
        for (id, _) in &drafts {
            // Submitted meanwhile: it belongs to the case. Filled in for somebody else: it is theirs.
            let own = draft_lock(tx, *id).await?.filter(|row| row.case_id.is_none() && row.mandate_id.is_none());
            let Some(row) = own else { continue };
            unused.extend(draft_delete(tx, row.id).await?);
        }
        store::forget(tx, resident, service.clock.now()).await?;
        Ok(unused)
    })?;
    for blob in unused {
        service.blobs.delete(blob).await?;
    }
    Ok(Moved::to("/"))
}
