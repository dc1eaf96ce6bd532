//! Everything that is held about a resident, in words.

use chrono::SecondsFormat;
use domain::cases::{CaseTrack, local_day};
use domain::data::{DataCopy, DataPart, Fact, KeptCase};
use domain::forms::{normalise, outline};
use domain::household::Kinship;
use domain::retention;

use crate::cases::{Record, track};
use crate::error::Error;
use crate::forms::Draft;
use crate::identity::Visitor;
use crate::residents::{Account, held_cases, held_drafts, is_own};
use crate::service::Service;
use crate::words;
use crate::{consents, documents, household, mandates};

/// So many of each; nobody has more.
const MOST: u64 = 1_000;

pub(super) async fn copy(service: &Service, visitor: &Visitor) -> Result<DataCopy, Error> {
    let resident = visitor.resident()?.id;
    let account = Account::fetch(service, &service.db.read, resident).await?;
    let phone = account.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default();
    let facts = [("手机号码", phone), ("姓名", account.name.clone()), ("身份证号码", account.id_number.clone())];
    let members = household::members(service, resident).await?;
    let member = |one: household::Member| {
        let relation = Kinship::from_key(&one.relation).map_or("家人", Kinship::name);
        (relation.to_owned(), format!("{}，{}", one.name, one.id_number))
    };
    Ok(DataCopy {
        made: service.clock.now().to_rfc3339_opts(SecondsFormat::Secs, true),
        household: members.into_iter().map(member).collect(),
        documents: of_documents(service, visitor).await?,
        mandates: of_mandates(service, visitor).await?,
        consents: of_consents(service, visitor).await?,
        drafts: drafts(service, &account).await?,
        cases: cases(service, visitor, &account).await?,
        account: facts
            .into_iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(term, text)| (term.into(), text))
            .collect(),
    })
}

async fn of_documents(service: &Service, visitor: &Visitor) -> Result<Vec<Fact>, Error> {
    let list = documents::list(service, visitor).await?.documents;
    Ok(list
        .into_iter()
        .map(|one| (one.label, format!("{}，{}，{}存的", one.file.name, one.validity, one.kept)))
        .collect())
}

async fn of_mandates(service: &Service, visitor: &Visitor) -> Result<Vec<Fact>, Error> {
    let view = mandates::list(service, visitor, "", "").await?;
    let fact = |word: &str, one: domain::mandates::MandateView| {
        let over = if one.over.is_empty() { String::new() } else { format!("（{}）", one.over) };
        (word.to_owned(), format!("{}，{}，{}，到{}{over}", one.name, one.relation, one.covers, one.until))
    };
    let given = view.given.into_iter().map(|one| fact("能替我办的人", one));
    Ok(given.chain(view.held.into_iter().map(|one| fact("我能替他（她）办", one))).collect())
}

async fn of_consents(service: &Service, visitor: &Visitor) -> Result<Vec<Fact>, Error> {
    let view = consents::list(service, visitor).await?;
    let fact = |one: domain::consents::ConsentView| {
        let state = if one.withdrawn.is_empty() { String::new() } else { format!("，{}撤回", one.withdrawn) };
        (one.kind.name().to_owned(), format!("{}（{}），{}同意{state}：{}", one.item, one.number, one.given, one.text))
    };
    Ok(view.consents.into_iter().map(fact).collect())
}

async fn drafts(service: &Service, account: &Account) -> Result<Vec<DataPart>, Error> {
    let mut parts = Vec::new();
    for (row, came) in held_drafts(&service.db.read, account.id, MOST).await? {
        let saved = words::time(row.saved_at);
        let Ok(draft) = Draft::of_row(service, row).await else { continue };
        if !is_own(account, &came, &draft.entries) {
            continue;
        }
        let answers = normalise(&draft.form, &draft.entries, draft.day);
        let area_name = |code: &str| service.areas.full_name(code);
        let files = draft.files_by_path(service)?.into_values().flatten().map(|file| file.name).collect();
        parts.push(DataPart {
            item: draft.event.as_ref().map_or(&draft.revision.item.everyday, |event| &event.name).clone(),
            state: format!("没交，{saved}保存"),
            answers: pairs(outline(&draft.form, &answers, draft.day, &area_name)),
            files,
            ..DataPart::default()
        });
    }
    Ok(parts)
}

fn pairs(pages: Vec<domain::forms::AnsweredPage>) -> Vec<Fact> {
    let rows = pages.into_iter().flat_map(|page| page.rows).filter(|row| !row.material && !row.text.is_empty());
    rows.map(|row| (if row.of.is_empty() { row.label } else { format!("{}：{}", row.of, row.label) }, row.text))
        .collect()
}

async fn cases(service: &Service, visitor: &Visitor, account: &Account) -> Result<Vec<DataPart>, Error> {
    let db = &service.db.read;
    let mut parts = Vec::new();
    for (row, came) in held_cases(db, account.id, MOST).await? {
        let record = Record::of_row(service, db, row).await?;
        if !is_own(account, &came, &record.answers) {
            continue;
        }
        let seen = match track(service, visitor, &record.row.number).await {
            // Under a guardian's right that has ended.
            Err(Error::NotFound) => continue,
            seen => seen?,
        };
        parts.push(case(service, &record, seen));
    }
    Ok(parts)
}

/// Cases of the account that say something of the resident, and until when each is kept.
pub(super) async fn kept(service: &Service, visitor: &Visitor) -> Result<Vec<KeptCase>, Error> {
    let db = &service.db.read;
    let account = Account::fetch(service, db, visitor.resident()?.id).await?;
    let mut list = Vec::new();
    for (row, came) in held_cases(db, account.id, MOST).await? {
        let record = Record::of_row(service, db, row).await?;
        if is_own(&account, &came, &record.answers) {
            let (number, item) = (record.row.number.clone(), record.revision.item.everyday.clone());
            list.push(KeptCase { number, item, kept: until(&record) });
        }
    }
    Ok(list)
}

fn until(record: &Record) -> String {
    let years = retention::years(&record.revision.item);
    if record.case.state.is_final() {
        let end = retention::ends(local_day(record.row.updated_at), years);
        format!("保存到{}，之后去掉个人信息", words::day(end))
    } else {
        format!("办完以后再保存{years}年")
    }
}

fn case(service: &Service, record: &Record, seen: CaseTrack) -> DataPart {
    let area_name = |code: &str| service.areas.full_name(code);
    let day = local_day(record.case.submitted_at);
    let said = |message: domain::messages::MessageView| {
        let who = if message.from_resident { "您的留言".to_owned() } else { format!("{}的回复", message.who) };
        (format!("{who}（{}）", message.time), message.text)
    };
    let event = |entry: domain::cases::TimelineEntry| {
        (format!("{} {}", entry.time, entry.title), format!("{}，{}", entry.who, entry.text))
    };
    DataPart {
        number: seen.number,
        item: seen.item.everyday,
        state: seen.state.name().to_owned(),
        kept: until(record),
        answers: pairs(outline(&record.revision.form, &record.answers, day, &area_name)),
        files: seen.receipt.materials,
        messages: seen.conversation.messages.into_iter().map(said).collect(),
        notices: seen
            .notices
            .into_iter()
            .map(|notice| format!("{}（{}）", notice.kind.title(), notice.number))
            .collect(),
        events: seen.timeline.into_iter().rev().map(event).collect(),
    }
}
