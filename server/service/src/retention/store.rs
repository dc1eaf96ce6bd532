//! The rows of a case, emptied of what is personal.

use chrono::{DateTime, Utc};
use domain::cases::Event;
use domain::forms::Entries;
use entity::{
    access, announcement, appointment, audit_question, bundle, case_event, case_person, cases, claim, consent, custody,
    disclosure, draft, file, holding, message, message_file, note, notice, objection, outbox, rating, supervision,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;

use crate::cases::{applicant_value, tail_value};
use crate::error::Error;
use crate::vault::{
    BUNDLE_APPLICANT, CASE_EVENT_CONTENT, CASES_ANSWERS, CASES_APPLICANT, CASES_OFFICE_REASON, DRAFT_ENTRIES, Purpose,
    RATING_BEFORE_WORDS, RATING_FINDINGS, RATING_REPLY, RATING_WORDS, SUPERVISION_EXPLANATION, SUPERVISION_INSTRUCTION,
    Vault,
};

type CaseRow = cases::Model;

/// A case that is over.
#[derive(FromQueryResult)]
pub(super) struct Over {
    pub id: Uuid,
    pub item_code: String,
    pub item_revision: i32,
    pub updated_at: DateTime<Utc>,
}

/// Cases that have been over since before a time and still have their data, the oldest first. `after`: the last of the
/// page before.
pub(super) async fn over_before(
    db: &impl ConnectionTrait,
    (states, before): (&[&str], DateTime<Utc>),
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u64,
) -> Result<Vec<Over>, Error> {
    use cases::Column::{AnonymisedAt, Id, ItemCode, ItemRevision, State, UpdatedAt};
    let mut find = cases::Entity::find().select_only().columns([Id, ItemCode, ItemRevision, UpdatedAt]);
    if let Some((at, id)) = after {
        find = find.filter(UpdatedAt.gt(at).or(UpdatedAt.eq(at).and(Id.gt(id))));
    }
    Ok(find
        .filter(AnonymisedAt.is_null())
        .filter(State.is_in(states.iter().copied()))
        .filter(UpdatedAt.lt(before))
        .order_by_asc(UpdatedAt)
        .order_by_asc(Id)
        .limit(limit)
        .into_model()
        .all(db)
        .await?)
}

/// Drafts that nobody has touched for long, and that no case waits for.
pub(super) async fn drafts_before(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Uuid>, Error> {
    let rows = draft::Entity::find()
        .filter(draft::Column::CaseId.is_null())
        .filter(draft::Column::CorrectionOf.is_null())
        .filter(draft::Column::SavedAt.lt(before))
        .order_by_asc(draft::Column::SavedAt)
        .limit(limit)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The case itself. Its number, item, office, state and days stay.
pub(super) async fn empty_case(
    vault: &Vault,
    tx: &DatabaseTransaction,
    row: &CaseRow,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // As for an applicant without a phone and without a number.
    let (tail, applicant) =
        (tail_value(&row.number, &Entries::default()), applicant_value(&row.number, &Entries::default()));
    cases::Entity::update_many()
        .col_expr(cases::Column::Answers, Expr::value(vault.write(CASES_ANSWERS.of(row.id), &Entries::default())?))
        .col_expr(cases::Column::Applicant, Expr::value(vault.seal(CASES_APPLICANT.of(row.id), "")?))
        .col_expr(cases::Column::OfficeReason, Expr::value(vault.seal(CASES_OFFICE_REASON.of(row.id), "")?))
        .col_expr(cases::Column::PhoneTail, Expr::value(vault.blind(Purpose::PhoneTail, &tail)?))
        .col_expr(cases::Column::ApplicantBlind, Expr::value(vault.blind(Purpose::Applicant, &applicant)?))
        .col_expr(cases::Column::AnonymisedAt, Expr::value(now))
        .filter(cases::Column::Id.eq(row.id))
        .exec(tx)
        .await?;
    if let Some(id) = row.bundle_id {
        bundle::Entity::update_many()
            .col_expr(bundle::Column::Applicant, Expr::value(vault.seal(BUNDLE_APPLICANT.of(id), "")?))
            .filter(bundle::Column::Id.eq(id))
            .exec(tx)
            .await?;
    }
    Ok(())
}

pub(super) async fn empty_event(
    vault: &Vault,
    tx: &DatabaseTransaction,
    (case, seq): (Uuid, i32),
    event: &Event,
) -> Result<(), Error> {
    let content = vault.write(CASE_EVENT_CONTENT.of_two(case, seq), event)?;
    case_event::Entity::update_many()
        .col_expr(case_event::Column::Content, Expr::value(content))
        .filter(case_event::Column::CaseId.eq(case))
        .filter(case_event::Column::Seq.eq(seq))
        .exec(tx)
        .await?;
    Ok(())
}

/// What stands around a case: what was written, issued, sent and kept goes; grades stay without their words. Returns
/// the bytes that go with it.
pub(super) async fn empty_around(
    vault: &Vault,
    tx: &DatabaseTransaction,
    case: Uuid,
    drafts: &[Uuid],
) -> Result<Vec<Uuid>, Error> {
    let mut blobs = written(tx, case).await?;
    let notices = notice::Entity::find().filter(notice::Column::CaseId.eq(case)).all(tx).await?;
    blobs.extend(notices.into_iter().map(|row| row.id));
    notice::Entity::delete_many().filter(notice::Column::CaseId.eq(case)).exec(tx).await?;
    outbox::Entity::delete_many().filter(outbox::Column::CaseId.eq(case)).exec(tx).await?;
    objection::Entity::delete_many().filter(objection::Column::CaseId.eq(case)).exec(tx).await?;
    announcement::Entity::delete_many().filter(announcement::Column::CaseId.eq(case)).exec(tx).await?;
    case_person::Entity::delete_many().filter(case_person::Column::CaseId.eq(case)).exec(tx).await?;
    disclosure::Entity::delete_many().filter(disclosure::Column::CaseId.eq(case)).exec(tx).await?;
    custody::Entity::delete_many().filter(custody::Column::CaseId.eq(case)).exec(tx).await?;
    audit_question::Entity::delete_many().filter(audit_question::Column::CaseId.eq(case)).exec(tx).await?;
    consent::Entity::update_many()
        .col_expr(consent::Column::ResidentId, Expr::value(Option::<Uuid>::None))
        .filter(consent::Column::CaseId.eq(case))
        .exec(tx)
        .await?;
    for row in rating::Entity::find().filter(rating::Column::CaseId.eq(case)).all(tx).await? {
        rating::Entity::update_many()
            .col_expr(rating::Column::Words, Expr::value(vault.seal(RATING_WORDS.of(row.id), "")?))
            .col_expr(rating::Column::Findings, Expr::value(vault.seal(RATING_FINDINGS.of(row.id), "")?))
            .col_expr(rating::Column::Reply, Expr::value(vault.seal(RATING_REPLY.of(row.id), "")?))
            .col_expr(rating::Column::BeforeWords, Expr::value(vault.seal(RATING_BEFORE_WORDS.of(row.id), "")?))
            .filter(rating::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    for row in supervision::Entity::find().filter(supervision::Column::CaseId.eq(case)).all(tx).await? {
        let instruction = vault.seal(SUPERVISION_INSTRUCTION.of(row.id), "")?;
        let explanation = vault.seal(SUPERVISION_EXPLANATION.of(row.id), "")?;
        supervision::Entity::update_many()
            .col_expr(supervision::Column::Instruction, Expr::value(instruction))
            .col_expr(supervision::Column::Explanation, Expr::value(explanation))
            .filter(supervision::Column::Id.eq(row.id))
            .exec(tx)
            .await?;
    }
    empty_drafts(vault, tx, drafts).await?;
    shut(tx, drafts.iter().copied().chain([case]).collect()).await?;
    Ok(blobs)
}

/// Messages and notes, with their files.
async fn written(tx: &DatabaseTransaction, case: Uuid) -> Result<Vec<Uuid>, Error> {
    let rows = message::Entity::find().filter(message::Column::CaseId.eq(case)).all(tx).await?;
    let ids: Vec<Uuid> = rows.into_iter().map(|row| row.id).collect();
    let of_messages = message_file::Column::MessageId.is_in(ids);
    let files = message_file::Entity::find().filter(of_messages.clone()).all(tx).await?;
    message_file::Entity::delete_many().filter(of_messages).exec(tx).await?;
    message::Entity::delete_many().filter(message::Column::CaseId.eq(case)).exec(tx).await?;
    note::Entity::delete_many().filter(note::Column::CaseId.eq(case)).exec(tx).await?;
    Ok(files.into_iter().map(|row| row.id).collect())
}

async fn empty_drafts(vault: &Vault, tx: &DatabaseTransaction, drafts: &[Uuid]) -> Result<(), Error> {
    for id in drafts {
        draft::Entity::update_many()
            .col_expr(draft::Column::Entries, Expr::value(vault.write(DRAFT_ENTRIES.of(id), &Entries::default())?))
            .filter(draft::Column::Id.eq(*id))
            .exec(tx)
            .await?;
    }
    file::Entity::delete_many().filter(file::Column::DraftId.is_in(drafts.iter().copied())).exec(tx).await?;
    let booked = appointment::Column::DraftId.is_in(drafts.iter().copied());
    appointment::Entity::delete_many().filter(booked).exec(tx).await?;
    Ok(())
}

/// Whether every case of a life event has lost its personal data.
pub(super) async fn is_whole_empty(tx: &DatabaseTransaction, bundle: Uuid) -> Result<bool, Error> {
    let left = cases::Entity::find().filter(cases::Column::BundleId.eq(bundle));
    Ok(left.filter(cases::Column::AnonymisedAt.is_null()).one(tx).await?.is_none())
}

/// Nobody opens these any more by a browser, an account or a code.
pub(super) async fn shut(tx: &DatabaseTransaction, all: Vec<Uuid>) -> Result<(), Error> {
    access::Entity::delete_many().filter(access::Column::Subject.is_in(all.clone())).exec(tx).await?;
    holding::Entity::delete_many().filter(holding::Column::Subject.is_in(all.clone())).exec(tx).await?;
    claim::Entity::delete_many().filter(claim::Column::Subject.is_in(all)).exec(tx).await?;
    Ok(())
}
