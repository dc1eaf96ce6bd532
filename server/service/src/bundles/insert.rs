//! A life event is submitted: a case for each of its items, in one transaction.

use std::collections::HashMap;

use domain::areas::CITY;
use domain::cases::{CaseNumber, MessageKind};
use domain::catalogue::{Competence, Intake, intake};
use domain::identity::mask_name;
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::store::{self, BundleRow};
use crate::cases::store::next_serial;
use crate::cases::{NewCase, insert_case, is_by_helper};
use crate::catalogue::Whole;
use crate::error::Error;
use crate::forms::store::{DraftRow, FileRow, draft_insert, draft_set_case, file_insert};
use crate::forms::{Application, Draft};
use crate::identity::{Worker, pass_on};
use crate::mandates::make_claim;
use crate::service::Service;
use crate::sms;
use crate::vault::{BUNDLE_APPLICANT, DRAFT_ENTRIES, FILE_NAME};

/// Adds the bundle with its cases. What only the resident's own community takes stays a draft of its own, filled in,
/// from which the window refers. Returns the bundle's id.
///
/// # Errors
/// [`Error::Refused`] when this window may take none of it.
pub(crate) async fn insert_bundle(
    service: &Service,
    tx: &DatabaseTransaction,
    draft: &Draft,
    event: &Whole,
    routed: &[(Application, Competence)],
    (worker, resident): (Option<&Worker>, Option<Uuid>),
) -> Result<Uuid, Error> {
    let window = draft.row.office.as_deref();
    let refers = |(application, competence): &(Application, Competence)| {
        intake(&application.revision.item, &competence.office, window) == Intake::Refers
    };
    if routed.iter().all(refers) {
        return Err(Error::Refused(
            "这几件都只能由居民自己的社区（街道）办，这个窗口一件也收不了。请一件一件办，约好那边的时间。".to_owned(),
        ));
    }
    let row = bundle_row(service, tx, draft, event).await?;
    let (bundle, number) = (row.id, row.number.clone());
    store::insert(tx, row).await?;
    let (mut first, mut by_helper) = (None, false);
    for part in routed {
        let (application, competence) = part;
        let row = part_row(service, draft, application, bundle)?;
        draft_insert(tx, row.clone()).await?;
        hand_on(service, tx, draft, application, row.id).await?;
        if refers(part) {
            continue;
        }
        let (revision, answers) = (&application.revision, &application.answers);
        let new = NewCase { draft: &row, revision, answers, competence, worker, resident, bundle: Some(bundle) };
        let (case, _) = insert_case(service, tx, &new).await?;
        // Who gave a mandate has it already.
        by_helper |= draft.row.mandate_id.is_none() && (draft.at_window() || is_by_helper(answers));
        draft_set_case(tx, row.id, case).await?;
        pass_on(tx, draft.row.id, ("case", case), service.clock.now()).await?;
        first.get_or_insert((case, answers));
    }
    pass_on(tx, draft.row.id, ("bundle", bundle), service.clock.now()).await?;
    if by_helper {
        make_claim(service, tx, ("bundle", bundle)).await?;
    }
    if let (Some((case, answers)), true) = (first, draft.at_window()) {
        // The window has received all of it: one message.
        let phone = answers.get("applicant.phone");
        let about = sms::About { case, phone, name: &event.name, number: &number };
        sms::put(service, tx, &about, MessageKind::Received, service.clock.now()).await?;
    }
    Ok(bundle)
}

async fn bundle_row(
    service: &Service,
    tx: &DatabaseTransaction,
    draft: &Draft,
    event: &Whole,
) -> Result<BundleRow, Error> {
    let today = service.today();
    // It is nobody's district: the cases are.
    let serial = next_serial(tx, CITY, &event.code, today).await?;
    let id = Uuid::now_v7();
    let applicant = mask_name(draft.entries.get("applicant.name"));
    Ok(BundleRow {
        id,
        number: CaseNumber::new(CITY, &event.code, today, serial).to_string(),
        event: event.key.clone(),
        draft_id: draft.row.id,
        received_office: draft.row.office.clone(),
        applicant: service.vault.seal(BUNDLE_APPLICANT.of(id), &applicant)?,
        created_at: service.clock.now(),
    })
}

/// What an item's own draft would have been.
fn part_row(service: &Service, draft: &Draft, application: &Application, bundle: Uuid) -> Result<DraftRow, Error> {
    let revision = &application.revision;
    let now = service.clock.now();
    let id = Uuid::new_v4();
    Ok(DraftRow {
        id,
        item_code: revision.item.code.clone(),
        item_revision: revision.number,
        event: None,
        parts: None,
        bundle_id: Some(bundle),
        entries: service.vault.write(DRAFT_ENTRIES.of(id), &application.answers)?,
        attempted: "[]".to_owned(),
        page: revision.form.pages.first().map(|page| page.key.clone()).unwrap_or_default(),
        resume_hash: None,
        resume_until: None,
        case_id: None,
        news: None,
        version: 0,
        created_at: now,
        saved_at: now,
        ..draft.row.clone()
    })
}

/// The papers that the item asks for, each kept once however many items ask for it.
async fn hand_on(
    service: &Service,
    tx: &DatabaseTransaction,
    draft: &Draft,
    application: &Application,
    part: Uuid,
) -> Result<(), Error> {
    let mut own: HashMap<&str, Vec<&str>> = HashMap::new();
    for (path, from) in &application.files {
        own.entry(from).or_default().push(path);
    }
    for file in &draft.files {
        for path in own.get(file.path.as_str()).into_iter().flatten() {
            let id = Uuid::new_v4();
            let name = service.vault.open(FILE_NAME.of(file.id), &file.name)?;
            let name = service.vault.seal(FILE_NAME.of(id), &name)?;
            let row = FileRow { id, draft_id: part, path: (*path).to_owned(), name, ..file.clone() };
            file_insert(tx, row).await?;
        }
    }
    Ok(())
}
