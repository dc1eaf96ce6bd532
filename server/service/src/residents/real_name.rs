//! The proof of the name: by name and identity number with the register, or with the number once more by who proved it
//! before.

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Finding};
use domain::identity::{IdNumber, mask_id_number, mask_name};
use domain::residents::{Goal, NAME_TRIES, RealNameView};
use domain::text::clean;

use super::account::Account;
use super::{enter, found, sealing, store};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, flash, give_back, set_flash, spend};
use crate::ports::{Claim, Verdict};
use crate::service::Service;

const PAGE: &str = "/me/real-name?again=1";
const NAME_MAX: usize = 50;

/// # Errors
/// [`Error::SignIn`]
pub async fn real_name_page(service: &Service, visitor: &Visitor, again: bool) -> Result<RealNameView, Error> {
    let resident = visitor.resident()?;
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    Ok(RealNameView {
        flash: if again { flash(service, visitor).await? } else { Flash::default() },
        name: mask_name(&account.name),
        id_number: if account.id_number.is_empty() { String::new() } else { mask_id_number(&account.id_number) },
        city: service.city.is_some(),
        twin: account.twin.is_some(),
        found: found::found(service, &account).await?,
    })
}

/// Asks the register whether name and number belong together. A no is no error: the form says so.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] for an account whose name is proven already.
pub async fn prove_name(service: &Service, visitor: &Visitor, name: &str, number: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    if resident.real {
        return Err(Error::Refused("您的账号已经实名了。".to_owned()));
    }
    let kept = |text: &str| text.chars().take(60).collect::<String>();
    let entries: Entries = [("name", kept(name)), ("id_number", kept(number))].into_iter().collect();
    let name = clean(name);
    let parsed = IdNumber::parse(number, service.today());
    let mut findings = Vec::new();
    let mut wrong = |path: &str, message: &str| {
        findings.push(Finding { path: path.to_owned(), message: message.to_owned() });
    };
    if name.is_empty() || name.chars().count() > NAME_MAX {
        wrong("name", "请填身份证上的姓名");
    }
    if let Err(fault) = &parsed {
        wrong("id_number", fault.advice());
    }
    if let (Ok(number), true) = (&parsed, findings.is_empty()) {
        match try_once(service, visitor, &name, number).await {
            Ok(Verdict::Same) => return proven(service, visitor, &name, number, "register").await,
            Ok(Verdict::Differs) => {
                findings.push(Finding {
                    path: "name".to_owned(),
                    message: "姓名和身份证号码对不上，请对照身份证检查".to_owned(),
                });
            }
            Err(Error::Refused(message) | Error::Unavailable(message)) => {
                return say(service, visitor, Flash { entries, message, ..Flash::default() }).await;
            }
            Err(error) => return Err(error),
        }
    }
    say(service, visitor, Flash { entries, findings, ..Flash::default() }).await
}

async fn say(service: &Service, visitor: &Visitor, flash: Flash) -> Result<Moved, Error> {
    set_flash(service, visitor.session.as_deref().ok_or(Error::SignIn)?, &flash).await?;
    Ok(Moved::to(PAGE))
}

/// One try counts for the account, and for the number: nobody tries many names for one number, nor many numbers.
async fn try_once(service: &Service, visitor: &Visitor, name: &str, number: &IdNumber) -> Result<Verdict, Error> {
    let resident = visitor.resident()?;
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    let counted = [format!("name|{}", resident.id), format!("name|{}", number.as_str())];
    audited!(service, Entry::resident(resident.id, Plain::TriedName), |tx| {
        for what in &counted {
            spend(service, tx, what, &NAME_TRIES).await?;
        }
        Ok(())
    })?;
    let phone = account.phone.as_ref().map_or("", |phone| phone.as_str());
    let verdict = service.register.check(Claim { name, id_number: number.as_str(), phone }).await;
    let away = match verdict {
        Ok(Verdict::Same) => None,
        Ok(Verdict::Differs) => return Ok(Verdict::Differs),
        Err(fault) => Some(fault),
    };
    // Only what was wrong counts.
    audited!(service, Entry::resident(resident.id, Plain::TriedName), |tx| {
        for what in &counted {
            give_back(service, tx, what).await?;
        }
        Ok(())
    })?;
    match away {
        None => Ok(Verdict::Same),
        Some(fault) => {
            tracing::warn!(fault, "the register of identities does not answer");
            let message =
                "核对身份的系统现在没有回应，不是您填错了。请过一会儿再试；着急的，可以带身份证到社区窗口办。";
            Err(Error::Unavailable(message.to_owned()))
        }
    }
}

/// Name and number are proven. When another account has the same number, the two may become one; until then this one
/// stays without a name.
pub(super) async fn proven(
    service: &Service,
    visitor: &Visitor,
    name: &str,
    number: &IdNumber,
    by: &'static str,
) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let now = service.clock.now();
    let twin = audited!(service, Entry::resident(resident.id, Plain::ProvedName), |tx| {
        let row = store::locked(tx, resident.id).await?;
        let other = sealing::of_id_number(service, tx, number).await?.filter(|other| other.id != resident.id);
        let row = match &other {
            Some(other) => store::ResidentRow { twin: Some(other.id), ..row },
            None => {
                service.vault.alone(tx).await?;
                let row = enter::with_name(service, row, name, number.as_str())?;
                store::ResidentRow { real_at: Some(now), real_by: Some(by.to_owned()), twin: None, ..row }
            }
        };
        store::update(tx, row).await?;
        Ok(other.is_some())
    })?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let (message, page) = if twin {
        ("这个身份证号码已经在您的另一个账号里实名了。可以把两个账号合并成一个。", "/me/merge?again=1")
    } else {
        ("实名通过了。", PAGE)
    };
    set_flash(service, session, &Flash { message: message.to_owned(), good: true, ..Flash::default() }).await?;
    enter::rotate(service, visitor, page).await
}

/// Who proved the name on this account before, and has the browser in hand, proves by the number that it is still the
/// same person: for who has lost the phone.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] for an account without a proven name.
pub async fn prove_again(service: &Service, visitor: &Visitor, number: &str, goal: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let goal = Goal::from_key(goal).unwrap_or(Goal::Me);
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    if account.id_number.is_empty() {
        return Err(Error::Refused("您的账号还没有实名，请用手机验证码确认。".to_owned()));
    }
    let counted = format!("name|{}", resident.id);
    let right = IdNumber::parse(number, service.today()).is_ok_and(|typed| typed.as_str() == account.id_number);
    let tried = audited!(service, Entry::resident(resident.id, Plain::TriedName), |tx| {
        spend(service, tx, &counted, &NAME_TRIES).await?;
        if right { give_back(service, tx, &counted).await } else { Ok(()) }
    });
    let message = match tried {
        Ok(()) if right => return enter::renew(service, visitor, goal.path()).await,
        Ok(()) => "身份证号码不对，请对照身份证检查".to_owned(),
        Err(Error::Refused(message)) => message,
        Err(error) => return Err(error),
    };
    let findings = vec![Finding { path: "id_number".to_owned(), message }];
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    set_flash(service, session, &Flash { findings, ..Flash::default() }).await?;
    Ok(Moved::to(format!("{}?again=1", goal.path())))
}
