//! Ratings by residents, what offices answer to bad ones, and the results that everybody may see.

mod rectify;
mod results;
mod store;

use domain::audit::Plain;
use domain::cases::Actor;
use domain::forms::ENTRY_LENGTH_MAX;
use domain::ratings::{GRADES, RatingGiven, RatingOffer, Rectification, Stage, TAGS};
use uuid::Uuid;

use crate::audit::{Entry, audited};
use crate::cases::Record;
use crate::error::Error;
use crate::forms::write_json;
use crate::identity::{Moved, Visitor, may_open};
use crate::service::Service;
use crate::vault::{RATING_BEFORE_WORDS, RATING_FINDINGS, RATING_REPLY, RATING_WORDS};

pub use rectify::{desk, rectify};
pub use results::results;

/// Longest words of a rating, in characters.
const WORDS_MAX: usize = 500;
const _: () = assert!(WORDS_MAX <= ENTRY_LENGTH_MAX);

/// What a rating says, as it was sent.
#[derive(Clone, Debug, Default)]
pub struct RatingForm {
    pub stage: String,
    pub grade: String,
    pub tags: Vec<String>,
    pub words: String,
    /// It takes the place of the first.
    pub again: bool,
}

/// Rates a stage of a case. A second tap changes nothing; who rates again on purpose (追评), once, changes the grade, and
/// a bad one is answered anew.
///
/// # Errors
/// [`Error::NotFound`] for another's case, and for every worker: nobody rates in a resident's stead.
/// [`Error::Refused`] without a grade, or for a stage that the case has not reached.
pub async fn rate(service: &Service, visitor: &Visitor, number: &str, form: RatingForm) -> Result<Moved, Error> {
    let record = Record::open(service, visitor, number).await?;
    if !is_resident(service, visitor, record.row.id).await? {
        return Err(Error::NotFound);
    }
    let stage = Stage::from_key(&form.stage).ok_or(Error::NotFound)?;
    let again = form.again;
    let reached =
        stage.reached(&record.events).ok_or_else(|| Error::Refused("还没办到这一步，等一等再评价。".to_owned()))?;
    let grade = form.grade.parse().ok().filter(|grade| GRADES.iter().any(|(known, _)| known == grade));
    let grade: u8 = grade.ok_or_else(|| Error::Refused("请先选满意还是不满意。".to_owned()))?;
    let office = match &reached.by {
        Actor::Worker { office, .. } => office.clone(),
        _ => record.row.office.clone(),
    };
    let tags: Vec<&String> = form.tags.iter().filter(|tag| TAGS.iter().any(|(known, _)| known == tag)).collect();
    let state = Rectification::of(grade);
    let (id, vault) = (Uuid::now_v7(), &service.vault);
    let words: String = domain::text::clean(&form.words).chars().take(WORDS_MAX).collect();
    let row = store::RatingRow {
        id,
        case_id: record.row.id,
        stage: stage.key().to_owned(),
        office,
        item_code: record.row.item_code.clone(),
        grade: i32::from(grade),
        tags: write_json(&tags)?,
        words: vault.seal(RATING_WORDS.of(id), &words)?,
        channel: "phone".to_owned(),
        at: service.clock.now(),
        state: state.key().to_owned(),
        due: state.due(service.today(), &service.areas.calendar),
        findings: vault.seal(RATING_FINDINGS.of(id), "")?,
        reply: vault.seal(RATING_REPLY.of(id), "")?,
        settled_at: None,
        before_grade: None,
        before_words: vault.seal(RATING_BEFORE_WORDS.of(id), "")?,
    };
    audited!(service, Entry::by(visitor, Plain::Rated).case(record.row.id), |tx| {
        match store::of_case(tx, record.row.id).await?.into_iter().find(|given| given.stage == row.stage) {
            Some(given) if again => store::again(vault, tx, &given, row.clone()).await,
            _ => store::insert_once(tx, row.clone()).await,
        }
    })?;
    Ok(Moved::to(format!("/cases/{}", record.row.number)))
}

async fn is_resident(service: &Service, visitor: &Visitor, case: Uuid) -> Result<bool, Error> {
    Ok(visitor.worker.is_none() && may_open(service, visitor, "case", case).await?)
}

/// What the visitor may rate of a case, or has rated.
pub(crate) async fn offers(service: &Service, visitor: &Visitor, record: &Record) -> Result<Vec<RatingOffer>, Error> {
    if !is_resident(service, visitor, record.row.id).await? {
        return Ok(Vec::new());
    }
    let rows = store::of_case(&service.db.read, record.row.id).await?;
    let vault = &service.vault;
    let offer = |stage: Stage| -> Result<RatingOffer, Error> {
        let Some(row) = rows.iter().find(|row| row.stage == stage.key()) else {
            return Ok(RatingOffer { stage, given: None });
        };
        let before = vault.open(RATING_BEFORE_WORDS.of(row.id), &row.before_words)?;
        let given = RatingGiven {
            grade: u8::try_from(row.grade).unwrap_or(3),
            words: vault.open(RATING_WORDS.of(row.id), &row.words)?,
            state: Rectification::from_key(&row.state).unwrap_or(Rectification::None),
            reply: vault.open(RATING_REPLY.of(row.id), &row.reply)?,
            before: row.before_grade.map(|grade| (u8::try_from(grade).unwrap_or(3), before)),
        };
        Ok(RatingOffer { stage, given: Some(given) })
    };
    let reached = Stage::ALL.into_iter().filter(|stage| stage.reached(&record.events).is_some());
    reached.map(offer).collect()
}
