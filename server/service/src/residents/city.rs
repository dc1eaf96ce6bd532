//! Signing in through the city's identity platform: out with proofs that only this browser's session has, back once.

use chrono::Duration;
use domain::audit::Plain;
use domain::cases::Flash;
use domain::identity::{IdNumber, Phone};
use domain::residents::{Goal, device};
use domain::text::clean;
use uuid::Uuid;

use super::account::{self, lead_on};
use super::enter::{moved, new_resident, with_name};
use super::store::{self, ResidentRow, VisitRow};
use super::{merge, real_name, sealing};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, NewDevice, Visitor, begin_session, new_token, session_of, set_flash, token_hash};
use crate::ports::{CityIdentity, CityPerson, Proofs};
use crate::service::Service;

/// Whoever set out is back by then.
const BACK_MINUTES: i64 = 15;

/// The address at the platform, and the cookie of a session that was made for going there.
pub struct WayOut {
    pub url: String,
    pub new_session: Option<String>,
}

/// What the platform sends a browser back with.
#[derive(Clone, Copy)]
pub struct CameBack<'a> {
    /// Empty: the person turned back.
    pub code: &'a str,
    pub state: &'a str,
    pub issuer: &'a str,
}

fn platform(service: &Service) -> Result<&dyn CityIdentity, Error> {
    service.city.as_deref().ok_or(Error::NotFound)
}

fn away() -> Error {
    Error::Unavailable("城市统一身份认证现在没有回应，请过一会儿再试，或者用手机号登录。".to_owned())
}

/// Derived from the state by our key: nobody else knows them, and nothing secret is stored.
fn proofs(service: &Service, state: &str) -> Proofs {
    Proofs {
        state: state.to_owned(),
        nonce: service.keys.blind("city-nonce", state),
        verifier: service.keys.blind("city-verifier", state),
    }
}

/// Sets out.
///
/// # Errors
/// [`Error::NotFound`] where no platform is set up; [`Error::Unavailable`] when it does not answer.
pub async fn set_out(service: &Service, visitor: &Visitor, shared: bool, goal: &str) -> Result<WayOut, Error> {
    let platform = platform(service)?;
    let (session, new_session) = session_of(service, visitor).await?;
    let state = new_token()?;
    let url = platform.way_out(&proofs(service, &state)).await.map_err(|fault| {
        tracing::warn!(fault, "the city's identity platform does not answer");
        away()
    })?;
    let row = VisitRow {
        state_hash: token_hash(&state),
        session_hash: session.clone(),
        shared,
        goal: Goal::from_key(goal).unwrap_or(Goal::Me).key().to_owned(),
        made_at: service.clock.now(),
    };
    let entry = Entry::by_session(visitor, &session, Plain::WentToCity);
    audited!(service, entry, |tx| { store::visit_insert(tx, row.clone()).await })?;
    Ok(WayOut { url, new_session })
}

/// Comes back. Only the session that set out can, once. What did not work is no error: the page to sign in at says so.
///
/// # Errors
/// When the database does not answer.
pub async fn come_back(
    service: &Service,
    visitor: &Visitor,
    back: &CameBack<'_>,
    user_agent: &str,
) -> Result<Moved, Error> {
    let platform = platform(service)?;
    let CameBack { code, state, issuer } = *back;
    let Some(session) = visitor.session.as_deref() else { return Ok(Moved::to("/sign-in")) };
    let now = service.clock.now();
    let visit = audited!(service, Entry::by_session(visitor, session, Plain::CameFromCity), |tx| {
        store::visit_take(tx, &token_hash(state), session).await
    })?;
    let visit = visit.filter(|visit| now - visit.made_at <= Duration::minutes(BACK_MINUTES));
    let Some(visit) = visit else { return say(service, session, "没有接上，请再试一次。").await };
    // Of an answer that names another platform, the code is not shown to ours.
    let ours = service.settings.city.as_ref().is_some_and(|city| issuer.is_empty() || issuer == city.issuer);
    if !ours {
        return say(service, session, "没有接上，请再试一次。").await;
    }
    if code.is_empty() {
        return say(service, session, "没有登录成，您在城市统一身份认证那边取消了。").await;
    }
    let person = match platform.person(code, &proofs(service, state)).await {
        Ok(person) => person,
        Err(fault) => {
            tracing::warn!(fault, "the city's identity platform vouches for nobody");
            return say(service, session, "城市统一身份认证没有认出您，请再试一次，或者用手机号登录。").await;
        }
    };
    let goal = Goal::from_key(&visit.goal).unwrap_or(Goal::Me);
    match &visitor.resident {
        Some(_) => prove(service, visitor, session, &person).await,
        None => enter(service, visitor, session, &person, visit.shared, user_agent, goal).await,
    }
}

async fn say(service: &Service, session: &str, message: &str) -> Result<Moved, Error> {
    set_flash(service, session, &Flash { message: message.to_owned(), ..Flash::default() }).await?;
    Ok(Moved::to("/sign-in?again=1"))
}

/// The person as we keep one: hashed subject, and the number when it is one.
struct Known {
    city_blind: String,
    number: Option<IdNumber>,
    name: String,
    phone: Option<Phone>,
}

fn known(service: &Service, person: &CityPerson) -> Known {
    let issuer = service.settings.city.as_ref().map_or("", |city| city.issuer.as_str());
    let name = clean(&person.name);
    let number = IdNumber::parse(&person.id_number, service.today()).ok().filter(|_| !name.is_empty());
    Known {
        city_blind: service.keys.blind("city-subject", &format!("{issuer}|{}", person.subject)),
        number,
        name,
        phone: Phone::parse(&person.phone),
    }
}

/// Who is signed in proves the name with the platform; when that leads to another account, both are proven.
async fn prove(service: &Service, visitor: &Visitor, session: &str, person: &CityPerson) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let known = known(service, person);
    let db = &service.db.read;
    let of_subject = lead_on(db, store::by_city(db, &known.city_blind).await?).await?;
    let of_number = match &known.number {
        Some(number) => sealing::of_id_number(service, db, number).await?,
        None => None,
    };
    if let Some(other) = of_subject.or(of_number).filter(|row| row.id != resident.id) {
        return merge::offer(service, visitor, other.id).await;
    }
    let row = store::fetch(db, resident.id).await?.ok_or(Error::NotFound)?;
    if let Some(number) = &known.number
        && sealing::is_other_number(service, &row, number)
    {
        return say_at(service, session, "城市统一身份认证里的身份证号码和这个账号实名的不一样。").await;
    }
    audited!(service, Entry::resident(resident.id, Plain::ProvedAgain), |tx| {
        let row = store::locked(tx, resident.id).await?;
        store::update(tx, ResidentRow { city_blind: Some(known.city_blind.clone()), ..row }).await
    })?;
    match &known.number {
        Some(number) if !resident.real => real_name::proven(service, visitor, &known.name, number, "city").await,
        Some(_) => super::enter::renew(service, visitor, "/me/real-name").await,
        None => say_at(service, session, "城市统一身份认证没有提供姓名和身份证号码，请在这里填。").await,
    }
}

async fn say_at(service: &Service, session: &str, message: &str) -> Result<Moved, Error> {
    set_flash(service, session, &Flash { message: message.to_owned(), ..Flash::default() }).await?;
    Ok(Moved::to("/me/real-name?again=1"))
}

/// Signs in to the account of the subject, of the identity number, or of the phone that the platform verified; or to a
/// new one.
async fn enter(
    service: &Service,
    visitor: &Visitor,
    session: &str,
    person: &CityPerson,
    shared: bool,
    user_agent: &str,
    goal: Goal,
) -> Result<Moved, Error> {
    let known = known(service, person);
    let now = service.clock.now();
    let (token, words) = (new_token()?, device(user_agent));
    let hash = token_hash(&token);
    // A phone that leads to somebody else's account already does not come along.
    let free = match &known.phone {
        Some(phone) => account::by_phone(service, &service.db.read, phone).await?.is_none(),
        None => false,
    };
    let fresh = new_resident(service, known.phone.as_ref().filter(|_| free))?;
    let entered: Result<Uuid, Error> =
        audited!(service, Entry::session(session, Plain::ResidentSignedIn).because("city"), |tx| {
            let (row, twin) = whose(service, tx, &known, &fresh).await?;
            let id = row.id;
            let row = match twin {
                // The number stays with the account that proved it first, until the two become one.
                Some(twin) => ResidentRow { twin: Some(twin), city_blind: Some(known.city_blind.clone()), ..row },
                None => with_city(service, tx, row, &known, now).await?,
            };
            store::update(tx, row).await?;
            let device = NewDevice { resident: id, shared, words: words.clone(), proven_at: now, signed_in_at: now };
            begin_session(service, tx, visitor, &hash, &device, now).await?;
            Ok(id)
        });
    match entered {
        Ok(id) => moved(service, token, id, shared, goal).await,
        Err(Error::Refused(message)) => say(service, session, &message).await,
        Err(error) => Err(error),
    }
}

/// The account, inserted when there is none; and another one of the same number, if the subject led elsewhere.
async fn whose(
    service: &Service,
    tx: &sea_orm::DatabaseTransaction,
    known: &Known,
    fresh: &ResidentRow,
) -> Result<(ResidentRow, Option<Uuid>), Error> {
    let of_subject = lead_on(tx, store::by_city(tx, &known.city_blind).await?).await?;
    let of_number = match &known.number {
        Some(number) => sealing::of_id_number(service, tx, number).await?,
        None => None,
    };
    if let Some(row) = of_subject {
        let twin = of_number.filter(|other| other.id != row.id).map(|other| other.id);
        return Ok((row, twin));
    }
    if let Some(row) = of_number {
        return Ok((row, None));
    }
    // A phone goes from hand to hand: of an account with a proven name it says nothing.
    let of_phone = match &known.phone {
        Some(phone) => account::by_phone(service, tx, phone).await?,
        None => None,
    };
    // Nor does it come along when somebody else has taken it since.
    let taken = of_phone.is_some();
    if let Some(row) = of_phone.filter(|row| row.id_blind.is_none() && row.city_blind.is_none()) {
        return Ok((row, None));
    }
    let mut row = fresh.clone();
    if taken {
        (row.phone, row.phone_blind) = (None, None);
    }
    service.vault.alone(tx).await?;
    store::insert(tx, row.clone()).await?;
    Ok((row, None))
}

/// With what the platform says of the person, when no other account has the number.
async fn with_city(
    service: &Service,
    tx: &sea_orm::DatabaseTransaction,
    row: ResidentRow,
    known: &Known,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<ResidentRow, Error> {
    let row = ResidentRow { city_blind: Some(known.city_blind.clone()), ..row };
    let Some(number) = &known.number else { return Ok(row) };
    if row.id_blind.is_some() {
        return match sealing::is_other_number(service, &row, number) {
            false => Ok(row),
            true => Err(Error::Refused(
                "城市统一身份认证里的身份证号码和您账号里的不一样，请带身份证到就近的社区窗口。".to_owned(),
            )),
        };
    }
    service.vault.alone(tx).await?;
    let row = with_name(service, row, &known.name, number.as_str())?;
    Ok(ResidentRow { real_at: Some(now), real_by: Some("city".to_owned()), ..row })
}
