//! Corrections and deferred materials: only what was named is open, and the answer puts it into the case.

use chrono::NaiveDate;
use domain::cases::{Action, Actor, CorrectionView, local_day};
use domain::forms::Entries;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::record::{Record, append};
use super::store;
use crate::consents;
use crate::error::Error;
use crate::forms::begin_correction;
use crate::identity::{Moved, Visitor, may_open};
use crate::service::Service;

/// Opens the form of the correction that is asked for.
///
/// # Errors
/// [`Error::NotFound`] for another's case, [`Error::Refused`] when nothing is asked for.
pub async fn correct(service: &Service, visitor: &Visitor, number: &str) -> Result<Moved, Error> {
    let record = Record::open(service, visitor, number).await?;
    // The window prints receipts; it answers nothing in the resident's stead.
    if !may_open(service, visitor, "case", record.row.id).await? {
        return Err(Error::NotFound);
    }
    let open = open_part(&record).ok_or_else(|| Error::Refused("现在没有要补正的内容。".to_owned()))?;
    let item = (record.row.item_code.as_str(), record.row.item_revision);
    begin_correction(service, visitor, record.row.id, item, &record.answers, &open.fields).await
}

/// What was asked for, for the pages of the correction's form, and the day of application. `open`: the paths, with
/// those that came up since.
pub(crate) async fn open_correction(
    service: &Service,
    case: Uuid,
    open: Vec<String>,
) -> Result<(CorrectionView, NaiveDate), Error> {
    let record = Record::fetch(service, case).await?;
    let asked =
        open_part(&record).ok_or_else(|| Error::Refused("这次补正已经提交，或者办件已经不需要补正。".to_owned()))?;
    Ok((CorrectionView { fields: open, ..asked }, local_day(record.case.submitted_at)))
}

/// What the resident may add to now: what a correction names, else materials that were to follow (容缺).
pub(crate) fn open_part(record: &Record) -> Option<CorrectionView> {
    let number = record.row.number.clone();
    if let Some(open) = &record.case.correction {
        let (reason, due, fields) = (open.reason.clone(), open.due, open.fields.clone());
        return Some(CorrectionView { number, reason, due, fields, deferred: false });
    }
    let open = record.case.deferral.as_ref()?;
    let reason = "这些材料您承诺后补，请按时交齐。".to_owned();
    Some(CorrectionView { number, reason, due: open.due, fields: open.fields.clone(), deferred: true })
}

/// Whether a correction is still asked for.
pub(crate) async fn waits_for_correction(service: &Service, case: Uuid) -> Result<bool, Error> {
    Ok(open_part(&Record::fetch(service, case).await?).is_some())
}

/// Whether a worker took the case in and saw the originals.
pub(crate) async fn was_taken_at_window(service: &Service, case: Uuid) -> Result<bool, Error> {
    let row = store::case_fetch(&service.db.read, case).await?;
    Ok(row.is_some_and(|row| row.channel == "window"))
}

/// Puts the corrected answers into the case.
pub(crate) async fn answer_correction(
    service: &Service,
    tx: &DatabaseTransaction,
    case: Uuid,
    answers: &Entries,
) -> Result<u32, Error> {
    let record = Record::locked(service, tx, case).await?;
    consents::record(service, tx, (case, None), &record.revision.form, (answers, Some(&record.answers))).await?;
    let action = if record.case.correction.is_some() { Action::AnswerCorrection } else { Action::AnswerDeferral };
    append(service, tx, record, action, Actor::Resident, Some(answers)).await
}
