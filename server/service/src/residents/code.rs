//! Codes by short message: asked for, checked once, and what follows.

use chrono::{DateTime, Duration, Utc};
use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding};
use domain::identity::{Phone, mask_phone};
use domain::residents::{
    ADDRESS_CODES, CODE_DIGITS, CODE_MINUTES, CODE_MISSES, CodeView, Goal, PHONE_CODES, PHONE_MISSES, Purpose,
    code_text,
};
use uuid::Uuid;

use super::account::{self, Account};
use super::store::{self, CodeRow};
use super::{enter, merge, phone};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, flash_of, give_back, new_digits, same, session_of, set_flash, spend};
use crate::service::Service;
use crate::vault::ONE_TIME_CODE_PHONE;
use crate::{sms, words};

const PAGE: &str = "/sign-in/code";

/// Asks for a code to sign in with. The answer is the same whether the phone has an account or not.
///
/// # Errors
/// When the database does not answer. What is wrong with the number, or that a limit is reached, the form says.
pub async fn ask_sign_in(
    service: &Service,
    visitor: &Visitor,
    typed: &str,
    shared: bool,
    goal: &str,
) -> Result<Moved, Error> {
    let goal = Goal::from_key(goal).unwrap_or(Goal::Me);
    let purpose = if shared { Purpose::SignInShared } else { Purpose::SignIn };
    ask(service, visitor, typed, purpose, goal, &format!("/sign-in?again=1&for={}", goal.key())).await
}

/// Asks for a code to the account's own phone, before a grave change.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] for an account without a phone.
pub async fn ask_again(service: &Service, visitor: &Visitor, goal: &str) -> Result<Moved, Error> {
    let goal = Goal::from_key(goal).unwrap_or(Goal::Me);
    let account = Account::fetch(service, &service.db.read, visitor.resident()?.id).await?;
    let phone = account.phone.ok_or_else(|| Error::Refused("您的账号还没有手机号。".to_owned()))?;
    ask(service, visitor, phone.as_str(), Purpose::Again, goal, &format!("{}?again=1", goal.path())).await
}

/// Sends a code and leads to the page that asks for it; or back, where it is said why not.
pub(super) async fn ask(
    service: &Service,
    visitor: &Visitor,
    typed: &str,
    purpose: Purpose,
    goal: Goal,
    back: &str,
) -> Result<Moved, Error> {
    let (session, new_session) = session_of(service, visitor).await?;
    let sent = match Phone::parse(typed) {
        Some(phone) => send(service, visitor, &session, &phone, purpose, goal).await,
        None => Err(Error::Refused("手机号是11位数字，1开头，请检查".to_owned())),
    };
    match sent {
        Ok(()) => {
            set_flash(service, &session, &Flash::default()).await?;
            service.sms_wake.notify_one();
            Ok(Moved::with(PAGE, new_session))
        }
        Err(Error::Refused(message)) => {
            let entries: Entries = [("phone", typed.chars().take(40).collect::<String>())].into_iter().collect();
            let findings = vec![Finding { path: "phone".to_owned(), message }];
            set_flash(service, &session, &Flash { entries, findings, ..Flash::default() }).await?;
            Ok(Moved::with(back, new_session))
        }
        Err(error) => Err(error),
    }
}

async fn send(
    service: &Service,
    visitor: &Visitor,
    session: &str,
    phone: &Phone,
    purpose: Purpose,
    goal: Goal,
) -> Result<(), Error> {
    let now = service.clock.now();
    let code = new_digits(CODE_DIGITS)?;
    let id = Uuid::now_v7();
    let row = CodeRow {
        id,
        session_hash: session.to_owned(),
        purpose: purpose.key().to_owned(),
        goal: goal.key().to_owned(),
        phone: Some(service.vault.seal(ONE_TIME_CODE_PHONE.of(id), phone.as_str())?),
        code_hash: code_hash(service, id, &code),
        misses: 0,
        made_at: now,
        expires_at: now + Duration::minutes(CODE_MINUTES),
        used_at: None,
    };
    let counted = counted_by(service, session, phone).await?;
    let text = code_text(purpose, &code);
    let entry = Entry::by_session(visitor, session, Plain::AskedCode);
    audited!(service, entry, |tx| {
        spend(service, tx, &format!("codes|{counted}"), &PHONE_CODES).await?;
        spend(service, tx, &format!("codes|{}", visitor.address), &ADDRESS_CODES).await?;
        // Only the last one counts.
        if let Some(before) = store::code_of(tx, session).await? {
            store::code_update(tx, over(before, now)).await?;
        }
        store::code_insert(tx, row.clone()).await?;
        sms::put_code(service, tx, phone, &text, now).await
    })
}

/// By what tries are counted: by the phone; in a browser where its owner signed in before, by that browser, so that
/// nobody else can use the owner's tries up.
async fn counted_by(service: &Service, session: &str, phone: &Phone) -> Result<String, Error> {
    let known = match store::session_fetch(&service.db.read, session).await?.and_then(|row| row.resident_id) {
        Some(resident) => {
            let of_phone = account::by_phone(service, &service.db.read, phone).await?;
            of_phone.is_some_and(|row| row.id == resident)
        }
        None => false,
    };
    Ok(if known { format!("{session}|{}", phone.as_str()) } else { phone.as_str().to_owned() })
}

fn code_hash(service: &Service, id: Uuid, code: &str) -> String {
    service.keys.blind("one-time-code", &format!("{id}|{code}"))
}

/// To which it was sent; none once it is used.
fn phone_of(service: &Service, row: &CodeRow) -> Result<Option<Phone>, Error> {
    let Some(sealed) = &row.phone else { return Ok(None) };
    Ok(Phone::parse(&service.vault.open(ONE_TIME_CODE_PHONE.of(row.id), sealed)?))
}

fn over(row: CodeRow, now: DateTime<Utc>) -> CodeRow {
    CodeRow { used_at: Some(now), phone: None, ..row }
}

/// The page that asks for the code.
///
/// # Errors
/// [`Error::SignIn`] when none was asked for, or it is over.
pub async fn code_page(service: &Service, visitor: &Visitor) -> Result<CodeView, Error> {
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let row = store::code_of(&service.db.read, session).await?.ok_or(Error::SignIn)?;
    let phone = phone_of(service, &row)?.ok_or(Error::SignIn)?;
    Ok(CodeView {
        flash: flash_of(service, session).await?,
        phone: mask_phone(phone.as_str()),
        purpose: row.purpose,
        until: words::hour(row.expires_at),
        inbox: service.settings.inbox && service.sms.simulated(),
    })
}

enum Checked {
    Right(Phone),
    /// So many tries are left.
    Wrong(i32),
    Over,
}

/// Checks a code and does what it was asked for. A code that is wrong or over is no error: the form says so.
///
/// # Errors
/// When the database does not answer.
pub async fn check_code(service: &Service, visitor: &Visitor, typed: &str, user_agent: &str) -> Result<Moved, Error> {
    let Some(session) = visitor.session.as_deref() else { return Ok(Moved::to("/sign-in")) };
    let Some(row) = store::code_of(&service.db.read, session).await? else { return again(service, session).await };
    let (purpose, goal) = (Purpose::from_key(&row.purpose), Goal::from_key(&row.goal));
    let (purpose, goal) = purpose.zip(goal).ok_or_else(|| Error::internal("a code", "of no purpose"))?;
    match check(service, visitor, session, row.id, typed).await? {
        Checked::Right(phone) => {
            set_flash(service, session, &Flash::default()).await?;
            match purpose {
                Purpose::SignIn | Purpose::SignInShared => {
                    let shared = purpose == Purpose::SignInShared;
                    enter::by_phone(service, visitor, &phone, shared, user_agent, goal).await
                }
                Purpose::Again => enter::renew(service, visitor, goal.path()).await,
                Purpose::NewPhone => phone::change(service, visitor, &phone).await,
                Purpose::OtherPhone => merge::other_proven(service, visitor, &phone).await,
            }
        }
        Checked::Wrong(left) => {
            let message = format!("验证码不对，请看最新一条短信。还可以试{left}次");
            let findings = vec![Finding { path: "code".to_owned(), message }];
            set_flash(service, session, &Flash { findings, ..Flash::default() }).await?;
            Ok(Moved::to(PAGE))
        }
        Checked::Over => again(service, session).await,
    }
}

async fn check(service: &Service, visitor: &Visitor, session: &str, id: Uuid, typed: &str) -> Result<Checked, Error> {
    let now = service.clock.now();
    let digits: String = domain::text::compact(typed).chars().take(20).collect();
    let right = code_hash(service, id, &digits);
    let seen = store::code_of(&service.db.read, session).await?.ok_or(Error::NotFound)?;
    let Some(phone) = phone_of(service, &seen)? else { return Ok(Checked::Over) };
    let counted = counted_by(service, session, &phone).await?;
    let tried = audited!(service, Entry::by_session(visitor, session, Plain::TriedCode), |tx| {
        let row = store::code_locked(tx, id).await?;
        if row.used_at.is_some() || row.expires_at <= now || row.misses >= CODE_MISSES {
            return Ok(Checked::Over);
        }
        // Taken before it is compared: when nothing is left, the right code is not looked at either.
        let misses = format!("misses|{counted}");
        spend(service, tx, &misses, &PHONE_MISSES).await?;
        if same(&right, &row.code_hash) {
            give_back(service, tx, &misses).await?;
            store::code_update(tx, over(row, now)).await?;
            return Ok(Checked::Right(phone.clone()));
        }
        let misses = row.misses + 1;
        store::code_update(tx, CodeRow { misses, ..row }).await?;
        Ok(if misses < CODE_MISSES { Checked::Wrong(CODE_MISSES - misses) } else { Checked::Over })
    });
    match tried {
        Err(Error::Refused(_)) => Ok(Checked::Over),
        tried => tried,
    }
}

/// The code is over: a new one has to be asked for.
async fn again(service: &Service, session: &str) -> Result<Moved, Error> {
    let message = "验证码过期了，或者试的次数太多，请重新要一个。".to_owned();
    set_flash(service, session, &Flash { message, ..Flash::default() }).await?;
    Ok(Moved::to("/sign-in?again=1"))
}
