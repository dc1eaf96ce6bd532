//! Cases and their events as rows.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::areas;
use domain::cases::{Event, Schedule, State, Warning};
use domain::desk::{Grant, Items, Scope};
use entity::{case_event, case_office, case_sequence, cases, message};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    ExprTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;

use super::record::NEVER;
use crate::error::Error;
use crate::forms::store as forms_store;
use crate::vault::{CASE_EVENT_CONTENT, Sealed, Vault};

pub(crate) use entity::cases::Model as CaseRow;

/// Ids in one query: both engines take so many.
const IDS: usize = 500;

pub(crate) async fn case_fetch(db: &impl ConnectionTrait, id: Uuid) -> Result<Option<CaseRow>, Error> {
    Ok(cases::Entity::find_by_id(id).one(db).await?)
}

/// The cases of a submission of a life event, in the order in which they were made.
pub(crate) async fn cases_of_bundle(db: &impl ConnectionTrait, bundle: Uuid) -> Result<Vec<CaseRow>, Error> {
    cases_of_bundles(db, vec![bundle]).await
}

pub(crate) async fn cases_of_bundles(db: &impl ConnectionTrait, bundles: Vec<Uuid>) -> Result<Vec<CaseRow>, Error> {
    if bundles.is_empty() {
        return Ok(Vec::new());
    }
    let find = cases::Entity::find().filter(cases::Column::BundleId.is_in(bundles));
    Ok(find.order_by_asc(cases::Column::Id).all(db).await?)
}

/// Cases by their ids, the last first.
pub(crate) async fn cases_of_ids(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<CaseRow>, Error> {
    let mut rows = cases_by_ids(db, ids).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.id));
    Ok(rows)
}

pub(crate) async fn case_lock(tx: &DatabaseTransaction, id: Uuid) -> Result<Option<CaseRow>, Error> {
    Ok(cases::Entity::find_by_id(id).lock_exclusive().one(tx).await?)
}

pub(crate) async fn case_by_number(db: &impl ConnectionTrait, number: &str) -> Result<Option<CaseRow>, Error> {
    Ok(cases::Entity::find().filter(cases::Column::Number.eq(number)).one(db).await?)
}

pub(super) async fn case_insert(tx: &DatabaseTransaction, row: CaseRow) -> Result<(), Error> {
    cases::Entity::insert(row.into_active_model().reset_all()).exec_without_returning(tx).await?;
    Ok(())
}

/// Writes to a case's row without changing what it says: others who do the same wait, or are told to look again.
pub(crate) async fn case_touch(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    cases::Entity::update_many()
        .col_expr(cases::Column::UpdatedAt, Expr::value(now))
        .filter(cases::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// What of a case changes with an event.
pub(super) struct CaseChange {
    pub state: &'static str,
    pub office: String,
    pub office_reason: Sealed,
    pub schedule: Schedule,
    /// As many as there are events.
    pub version: i32,
    pub answers: Option<StoredAnswers>,
    pub now: DateTime<Utc>,
}

/// Answers with what of them stands in columns of its own.
pub(super) struct StoredAnswers {
    /// JSON of the entries.
    pub content: Sealed,
    /// Masked name.
    pub applicant: Sealed,
    /// Keyed hash of the phone's last four digits.
    pub phone_tail: String,
    pub applicant_blind: String,
}

/// Changes a case that still has this version. `false`: somebody else was quicker.
pub(super) async fn case_change(
    tx: &DatabaseTransaction,
    id: Uuid,
    version: i32,
    change: CaseChange,
) -> Result<bool, Error> {
    let mut update = cases::Entity::update_many()
        .col_expr(cases::Column::State, Expr::value(change.state))
        .col_expr(cases::Column::Office, Expr::value(change.office))
        .col_expr(cases::Column::OfficeReason, Expr::value(change.office_reason))
        .col_expr(cases::Column::Due, Expr::value(change.schedule.due.day().unwrap_or(NEVER)))
        .col_expr(cases::Column::Wake, Expr::value(change.schedule.wake))
        .col_expr(cases::Column::Colour, Expr::value(change.schedule.warning.key()))
        .col_expr(cases::Column::Warns, Expr::value(change.schedule.warns))
        .col_expr(cases::Column::UpdatedAt, Expr::value(change.now))
        .col_expr(cases::Column::Version, Expr::value(change.version));
    if let Some(answers) = change.answers {
        update = update
            .col_expr(cases::Column::Answers, Expr::value(answers.content))
            .col_expr(cases::Column::Applicant, Expr::value(answers.applicant))
            .col_expr(cases::Column::PhoneTail, Expr::value(answers.phone_tail))
            .col_expr(cases::Column::ApplicantBlind, Expr::value(answers.applicant_blind));
    }
    let changed = update.filter(cases::Column::Id.eq(id)).filter(cases::Column::Version.eq(version)).exec(tx).await?;
    Ok(changed.rows_affected == 1)
}

pub(super) async fn event_insert(
    vault: &Vault,
    tx: &DatabaseTransaction,
    (case, seq): (Uuid, i32),
    event: &Event,
) -> Result<(), Error> {
    let content = serde_json::to_value(event).map_err(|error| Error::internal("an event", error))?;
    let kind = content.get("what").and_then(|what| what.as_str()).unwrap_or_default().to_owned();
    let row = case_event::ActiveModel {
        case_id: Set(case),
        seq: Set(seq),
        at: Set(event.at),
        kind: Set(kind),
        content: Set(vault.write(CASE_EVENT_CONTENT.of_two(case, seq), &content)?),
    };
    case_event::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

pub(super) async fn events_of(vault: &Vault, db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<Event>, Error> {
    let rows = case_event::Entity::find()
        .filter(case_event::Column::CaseId.eq(case))
        .order_by_asc(case_event::Column::Seq)
        .all(db)
        .await?;
    rows.iter().map(|row| event_of(vault, row)).collect()
}

fn event_of(vault: &Vault, row: &case_event::Model) -> Result<Event, Error> {
    vault.read(CASE_EVENT_CONTENT.of_two(row.case_id, row.seq), &row.content)
}

/// The events of several cases, each case's in order.
pub(super) async fn events_of_all(
    vault: &Vault,
    db: &impl ConnectionTrait,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, Vec<Event>>, Error> {
    let rows = case_event::Entity::find()
        .filter(case_event::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(case_event::Column::Seq)
        .all(db)
        .await?;
    let mut events: HashMap<Uuid, Vec<Event>> = HashMap::new();
    for row in rows {
        events.entry(row.case_id).or_default().push(event_of(vault, &row)?);
    }
    Ok(events)
}

/// Cases that are not over, by id, after the last of the page before; of one office or of all.
pub(super) async fn open_cases(
    db: &impl ConnectionTrait,
    office: Option<&str>,
    after: Option<Uuid>,
    limit: u64,
) -> Result<Vec<CaseRow>, Error> {
    let open = State::ALL.into_iter().filter(|state| !state.is_final()).map(State::key);
    let mut find = cases::Entity::find().filter(cases::Column::State.is_in(open));
    if let Some(office) = office {
        let of = [cases::Column::Office.eq(office), cases::Column::ReceivedOffice.eq(office)];
        find = find.filter(of.into_iter().fold(Condition::any(), Condition::add));
    }
    if let Some(after) = after {
        find = find.filter(cases::Column::Id.gt(after));
    }
    Ok(find.order_by_asc(cases::Column::Id).limit(limit).all(db).await?)
}

/// A case's times, where no event changes them.
pub(super) async fn case_reschedule(tx: &DatabaseTransaction, id: Uuid, schedule: &Schedule) -> Result<(), Error> {
    cases::Entity::update_many()
        .col_expr(cases::Column::Due, Expr::value(schedule.due.day().unwrap_or(NEVER)))
        .col_expr(cases::Column::Wake, Expr::value(schedule.wake))
        .col_expr(cases::Column::Colour, Expr::value(schedule.warning.key()))
        .col_expr(cases::Column::Warns, Expr::value(schedule.warns))
        .filter(cases::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The window that received a case is another now.
pub(super) async fn case_set_received(tx: &DatabaseTransaction, id: Uuid, office: &str) -> Result<(), Error> {
    cases::Entity::update_many()
        .col_expr(cases::Column::ReceivedOffice, Expr::value(office))
        .filter(cases::Column::Id.eq(id))
        .exec(tx)
        .await?;
    Ok(())
}

/// The next serial of the day for an item in a district, from 1.
pub(crate) async fn next_serial(
    tx: &DatabaseTransaction,
    area: &str,
    item: &str,
    day: NaiveDate,
) -> Result<u32, Error> {
    let row = case_sequence::ActiveModel {
        area: Set(area.to_owned()),
        item_code: Set(item.to_owned()),
        day: Set(day),
        last: Set(1),
    };
    let key = [case_sequence::Column::Area, case_sequence::Column::ItemCode, case_sequence::Column::Day];
    let last = (case_sequence::Entity, case_sequence::Column::Last);
    let count_on = OnConflict::columns(key).value(case_sequence::Column::Last, Expr::col(last).add(1)).to_owned();
    let row = case_sequence::Entity::insert(row).on_conflict(count_on).exec_with_returning(tx).await?;
    u32::try_from(row.last).map_err(|error| Error::internal("a serial", error))
}

/// The last of these cases; not those of life events that are shown as a whole.
pub(super) async fn cases_listed(
    db: &impl ConnectionTrait,
    ids: Vec<Uuid>,
    bundles: Vec<Uuid>,
    limit: u64,
) -> Result<Vec<CaseRow>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let whole = cases::Column::BundleId.is_in(bundles);
    Ok(cases::Entity::find()
        .filter(cases::Column::Id.is_in(ids))
        .filter(Condition::any().add(cases::Column::BundleId.is_null()).add(whole.not()))
        .order_by_desc(cases::Column::SubmittedAt)
        .limit(limit)
        .all(db)
        .await?)
}

/// The last cases of an applicant.
pub(super) async fn of_applicant(db: &impl ConnectionTrait, blinds: Vec<String>) -> Result<Vec<CaseRow>, Error> {
    Ok(cases::Entity::find()
        .filter(cases::Column::ApplicantBlind.is_in(blinds))
        .order_by_desc(cases::Column::SubmittedAt)
        .limit(100)
        .all(db)
        .await?)
}

/// Cases with which the clock itself has something to do.
pub(super) async fn awake(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Vec<CaseRow>, Error> {
    Ok(cases::Entity::find()
        .filter(cases::Column::Wake.lte(today))
        .order_by_asc(cases::Column::Wake)
        .limit(500)
        .all(db)
        .await?)
}

/// Cases with which the clock will have something to do until then.
pub(crate) async fn waking_until(db: &impl ConnectionTrait, day: NaiveDate) -> Result<Vec<CaseRow>, Error> {
    Ok(cases::Entity::find()
        .filter(cases::Column::Wake.lte(day))
        .order_by_asc(cases::Column::Wake)
        .limit(2_000)
        .all(db)
        .await?)
}

/// An office's opinion is asked: it may read the case from now on.
pub(super) async fn ask_office(
    tx: &DatabaseTransaction,
    case: Uuid,
    office: &str,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = case_office::ActiveModel { case_id: Set(case), office: Set(office.to_owned()), asked_at: Set(now) };
    let again = OnConflict::columns([case_office::Column::CaseId, case_office::Column::Office]).do_nothing().to_owned();
    case_office::Entity::insert(row).try_insert().on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// The offices whose opinion a case asks.
pub(crate) async fn asked_offices(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<String>, Error> {
    let rows = case_office::Entity::find().filter(case_office::Column::CaseId.eq(case)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.office).collect())
}

/// The same of several cases.
pub(crate) async fn offices_asked(
    db: &impl ConnectionTrait,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<String>>, Error> {
    let mut out: HashMap<Uuid, Vec<String>> = HashMap::new();
    for ids in cases.chunks(IDS) {
        let find = case_office::Entity::find().filter(case_office::Column::CaseId.is_in(ids.iter().copied()));
        for row in find.all(db).await? {
            out.entry(row.case_id).or_default().push(row.office);
        }
    }
    Ok(out)
}

/// Cases by their ids, in no order.
pub(crate) async fn cases_by_ids(db: &impl ConnectionTrait, ids: Vec<Uuid>) -> Result<Vec<CaseRow>, Error> {
    let mut out = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS) {
        let find = cases::Entity::find().filter(cases::Column::Id.is_in(ids.iter().copied()));
        out.extend(find.all(db).await?);
    }
    Ok(out)
}

/// What a queue is asked for. All texts are keys.
pub(crate) struct QueueFilter {
    pub states: Vec<&'static str>,
    pub item: Option<String>,
    pub due_until: Option<NaiveDate>,
    /// Only those whose resident has waited for an answer since then.
    pub asked: Option<DateTime<Utc>>,
    /// Only those that are late: red and black.
    pub late: bool,
    /// The last case of the page before.
    pub after: Option<(NaiveDate, Uuid)>,
    pub limit: u64,
}

/// By which of the offices that a case knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Deciding,
    Received,
    /// Whose opinion is asked.
    Asking,
}

/// The cases that a grant finds.
#[derive(Clone, Copy)]
pub(crate) struct QueueOf<'a> {
    pub of: Found,
    pub grant: &'a Grant,
}

impl QueueOf<'_> {
    pub fn finds_the_same(&self, other: &Self) -> bool {
        let key = |one: &Self| (one.of, one.grant.scope.clone(), one.grant.items.clone(), one.grant.areas.clone());
        key(self) == key(other)
    }
}

/// Cases by the day on which they are due, each page found by an index.
pub(crate) async fn queue(
    db: &impl ConnectionTrait,
    of: &QueueOf<'_>,
    filter: &QueueFilter,
) -> Result<Vec<CaseRow>, Error> {
    let find = cases::Entity::find().filter(cases_of(of)).filter(matching(filter));
    let mut cursor = find.cursor_by((cases::Column::Due, cases::Column::Id));
    if let Some(after) = filter.after {
        cursor.after(after);
    }
    Ok(cursor.first(filter.limit).all(db).await?)
}

/// How many cases there are, up to the limit of the filter, wherever a page would begin. No case is read for it.
pub(crate) async fn queue_count(
    db: &impl ConnectionTrait,
    of: &[QueueOf<'_>],
    filter: &QueueFilter,
) -> Result<usize, Error> {
    let sources = of.iter().map(cases_of).fold(Condition::any(), Condition::add);
    let find = cases::Entity::find().select_only().column(cases::Column::Id).filter(sources).filter(matching(filter));
    let ids: Vec<Uuid> = find.limit(filter.limit).into_tuple().all(db).await?;
    Ok(ids.len())
}

fn cases_of(QueueOf { of, grant }: &QueueOf<'_>) -> Condition {
    let found = match of {
        Found::Deciding => covered(&grant.scope, cases::Column::Office),
        Found::Received => covered(&grant.scope, cases::Column::ReceivedOffice),
        Found::Asking => {
            let asked = case_office::Entity::find()
                .select_only()
                .column(case_office::Column::CaseId)
                .filter(covered(&grant.scope, case_office::Column::Office))
                .into_query();
            Condition::all().add(cases::Column::Id.in_subquery(asked))
        }
    };
    let mut all = Condition::all().add(found);
    if let Items::Listed(codes) = &grant.items {
        all = all.add(cases::Column::ItemCode.is_in(codes.iter().cloned()));
    }
    if let Some(within) = &grant.areas {
        let of = |area: &String| cases::Column::Office.starts_with(areas::prefix(area));
        all = all.add(within.iter().map(of).fold(Condition::any(), Condition::add));
    }
    all
}

/// The offices that [`Scope::covers`], as the database finds them; what an organisation took in is its own workers'.
fn covered(scope: &Scope, office: impl ColumnTrait) -> Condition {
    if !scope.below {
        return Condition::all().add(office.eq(scope.at.as_str()));
    }
    let (area, letters) = scope.at.split_once('-').unwrap_or((&scope.at, ""));
    let below = Condition::all().add(office.starts_with(areas::prefix(area)));
    if letters.is_empty() {
        return below.add(office.not_like("%-ZZ%"));
    }
    let (own, local) = (office.like(format!("%-{letters}")), office.not_like("%-%"));
    below.add(Condition::any().add(own).add(local))
}

fn matching(filter: &QueueFilter) -> Condition {
    let mut all = Condition::all().add(cases::Column::State.is_in(filter.states.iter().copied()));
    if let Some(item) = &filter.item {
        all = all.add(cases::Column::ItemCode.eq(item));
    }
    if let Some(day) = filter.due_until {
        all = all.add(cases::Column::Due.lte(day));
    }
    if filter.late {
        all = all.add(cases::Column::Colour.is_in([Warning::Red.key(), Warning::Black.key()]));
    }
    if let Some(since) = filter.asked {
        let waiting = message::Entity::find()
            .select_only()
            .column(message::Column::CaseId)
            .filter(message::Column::FromResident.eq(true))
            .filter(message::Column::Answered.eq(false))
            .filter(message::Column::At.lte(since))
            .into_query();
        all = all.add(cases::Column::Id.in_subquery(waiting));
    }
    all
}

/// Files of a case, of all the drafts that it is made of.
pub(crate) async fn files_of_case(db: &impl ConnectionTrait, case: Uuid) -> Result<Vec<forms_store::FileRow>, Error> {
    let drafts = forms_store::drafts_of_case(db, case).await?;
    forms_store::files_of_drafts(db, drafts).await
}
