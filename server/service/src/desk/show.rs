//! "显示完整内容": what is masked in a case is shown on purpose, with a reason, to this worker, for some minutes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::cases::{Flash, Hidden, local_day};
use domain::desk::{SHOWN_MINUTES, ShowReason, Sight, mask_pages, sight};
use domain::forms::{AnsweredPage, Entries, Finding, outline};
use uuid::Uuid;

use super::case::{ABOUT, open};
use super::store;
use crate::audit::{Entry, audited};
use crate::cases::{Record, subject};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker, set_flash};
use crate::service::Service;
use crate::vault::{DISCLOSURE_WORDS, Sealed};
use crate::words;

/// Longest reason in words, in characters.
const WORDS_MAX: usize = 200;

/// Shows the masked answers of a page of the form.
///
/// `reason`: see [`ShowReason::key`]; `words` are needed for [`ShowReason::Other`].
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for a case that is not there for this worker, or a page on which
/// nothing may be shown.
pub async fn show(
    service: &Service,
    visitor: &Visitor,
    number: &str,
    page: &str,
    reason: &str,
    words: &str,
) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    let here = format!("/desk/cases/{}#page-{page}", record.row.number);
    let (mut pages, sight) = (answered(service, &record), sight_of(&record, worker));
    let asked = mask_pages(&record.revision.form, &record.answers, &mut pages, &sight, &BTreeSet::new());
    if !asked.contains(page) {
        return Err(Error::NotFound);
    }
    let words: String = domain::text::clean(words).chars().take(WORDS_MAX).collect();
    let reason = match given(page, reason, &words) {
        Ok(reason) => reason,
        Err(finding) => {
            let mut entries: Entries = [(ABOUT, record.row.number.as_str()), (SHOW, page)].into_iter().collect();
            entries.set(SHOW_WORDS, words);
            let flash = Flash { entries, findings: vec![finding], ..Flash::default() };
            set_flash(service, &worker.session, &flash).await?;
            return Ok(Moved::to(here));
        }
    };
    let fields = pages.iter().filter(|one| one.key == page).flat_map(|one| &one.rows).filter(|row| row.masked);
    // Keys of questions and of the reason, and the id of what was written beside it; neither values nor words.
    let keys = fields.map(|row| row.path.as_str()).collect::<Vec<_>>().join(" ");
    let id = Uuid::now_v7();
    let why = format!("{}: {keys} {id}", reason.key());
    let now = service.clock.now();
    let new = store::NewDisclosure {
        id,
        worker,
        case: record.row.id,
        page,
        reason: reason.key(),
        words: &words,
        until: now + Duration::minutes(SHOWN_MINUTES),
    };
    let entry = Entry::worker(worker, Plain::SawAnswers).case(record.row.id).because(why);
    audited!(service, entry, |tx| { store::insert(&service.vault, tx, &new, now).await })?;
    Ok(Moved::to(here))
}

/// What workers wrote when they wanted answers to be shown, by the id that the audit names.
pub(crate) async fn written_reasons(service: &Service, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>, Error> {
    let rows = store::written(&service.db.read, ids).await?;
    let open = |(id, sealed): (Uuid, Sealed)| Ok((id, service.vault.open(DISCLOSURE_WORDS.of(id), &sealed)?));
    rows.into_iter().map(open).collect()
}

/// Under this key a flash names the page whose answers were to be shown.
const SHOW: &str = "_show";
/// And under this what was written beside the reason.
const SHOW_WORDS: &str = "_show_words";

/// The reason, or what is wrong with it.
fn given(page: &str, reason: &str, words: &str) -> Result<ShowReason, Finding> {
    let finding =
        |part: &str, message: &str| Finding { path: format!("show-{page}-{part}"), message: message.to_owned() };
    match ShowReason::from_key(reason) {
        None => Err(finding("reason", "请选一个理由")),
        Some(ShowReason::Other) if words.is_empty() => Err(finding("words", "请写明为什么要看")),
        Some(reason) => Ok(reason),
    }
}

/// All answers in words.
pub(super) fn answered(service: &Service, record: &Record) -> Vec<AnsweredPage> {
    // Ages are those of the day of application.
    let day = local_day(record.case.submitted_at);
    outline(&record.revision.form, &record.answers, day, &|code| service.areas.full_name(code))
}

fn sight_of(record: &Record, worker: &Worker) -> Sight {
    let asked = record.asked();
    let subject = subject(&record.revision, &record.row, &asked, record.tie(worker));
    sight(&worker.grants, &subject, record.case.state, record.case.pending.is_some())
}

/// The answers as this worker sees them now, and what is hidden of them, by the key of the page.
pub(super) async fn seen(
    service: &Service,
    record: &Record,
    worker: &Worker,
    flash: &Flash,
) -> Result<(Vec<AnsweredPage>, BTreeMap<String, Hidden>), Error> {
    let open = store::shown(&service.db.read, worker, record.row.id, service.clock.now()).await?;
    let mut pages = answered(service, record);
    let shown: BTreeSet<String> = open.iter().map(|(page, _)| page.clone()).collect();
    let sight = sight_of(record, worker);
    let asked = mask_pages(&record.revision.form, &record.answers, &mut pages, &sight, &shown);
    let until = |page: &str| open.iter().find(|(key, _)| key == page).map(|(_, until)| clock(*until));
    let hidden = |page: String| {
        let asks = flash.entries.get(SHOW) == page;
        let hidden = Hidden {
            until: until(&page).unwrap_or_default(),
            finding: flash.findings.first().filter(|_| asks).cloned(),
            words: if asks { flash.entries.get(SHOW_WORDS).to_owned() } else { String::new() },
        };
        (page, hidden)
    };
    Ok((pages, asked.into_iter().map(hidden).collect()))
}

/// `15:04`
fn clock(at: DateTime<Utc>) -> String {
    words::time(at).split(' ').next_back().unwrap_or_default().to_owned()
}
