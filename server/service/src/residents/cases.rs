//! All drafts and cases of a resident, with the papers that were issued.

use domain::residents::{MyCase, MyCases};

use crate::cases::{Record, helper};
use crate::error::Error;
use crate::identity::Visitor;
use crate::residents::open_cases;
use crate::service::Service;
use crate::words;

/// So many of each, the last first.
const MOST: u64 = 100;

/// # Errors
/// [`Error::SignIn`]
pub async fn cases(service: &Service, visitor: &Visitor) -> Result<MyCases, Error> {
    visitor.resident()?;
    let db = &service.db.read;
    let rows = open_cases(service, visitor, MOST).await?;
    let mut cases = Vec::new();
    for row in rows {
        let record = Record::of_row(service, db, row).await?;
        cases.push(MyCase {
            number: record.row.number.clone(),
            name: record.revision.item.everyday.clone(),
            state: record.case.state,
            submitted: words::time(record.case.submitted_at),
            helper: helper(service, db, &record).await?,
            notices: crate::notices::briefs(service, record.row.id).await?,
        });
    }
    Ok(MyCases { drafts: crate::forms::drafts_of(service, visitor, MOST).await?, cases })
}
