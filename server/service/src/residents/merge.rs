//! Two accounts of one person become one: only when one browser proved both, only after it was said what joins.

use chrono::Duration;
use domain::audit::Plain;
use domain::cases::Flash;
use domain::identity::{Phone, mask_phone};
use domain::residents::{Goal, MergeOffer, MergeView, Purpose};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::account::{self, Account};
use super::code::ask;
use super::enter;
use super::phone::fresh;
use super::store::{self, OfferRow, ResidentRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, flash, holdings, move_holdings, set_flash};
use crate::service::Service;

/// What was proven counts for so long.
const OFFER_MINUTES: i64 = 30;
const PAGE: &str = "/me/merge?again=1";

/// Keeps that this browser proved another account too, and asks.
pub(super) async fn offer(service: &Service, visitor: &Visitor, other: Uuid) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let row = OfferRow {
        session_hash: session.to_owned(),
        resident_id: resident.id,
        other_id: other,
        made_at: service.clock.now(),
    };
    audited!(service, Entry::resident(resident.id, Plain::ProvedOther), |tx| {
        store::offer_delete(tx, session).await?;
        store::offer_insert(tx, row.clone()).await
    })?;
    Ok(Moved::to("/me/merge"))
}

/// The other account, while the proofs of both are new.
async fn proven(service: &Service, db: &impl ConnectionTrait, visitor: &Visitor) -> Result<Option<Uuid>, Error> {
    let resident = visitor.resident()?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let now = service.clock.now();
    let offer = store::offer_of(db, session)
        .await?
        .filter(|offer| offer.resident_id == resident.id && now - offer.made_at <= Duration::minutes(OFFER_MINUTES));
    Ok(offer.filter(|_| resident.is_fresh(now)).map(|offer| offer.other_id))
}

/// What may become one, and what is needed for it.
///
/// # Errors
/// [`Error::SignIn`]
pub async fn merge_page(service: &Service, visitor: &Visitor, again: bool) -> Result<MergeView, Error> {
    let resident = visitor.resident()?;
    let db = &service.db.read;
    let account = Account::fetch(service, db, resident.id).await?;
    let mut view = MergeView {
        flash: if again { flash(service, visitor).await? } else { Flash::default() },
        own_phone: account.phone_masked(),
        stale: !resident.is_fresh(service.clock.now()),
        real: resident.real,
        ..MergeView::default()
    };
    if let Some(twin) = account.twin
        && let Ok(twin) = Account::fetch(service, db, twin).await
    {
        view.twin = true;
        view.twin_phone = twin.phone.map(|phone| phone.as_str()[9..].to_owned()).unwrap_or_default();
    }
    if let Some(other) = proven(service, db, visitor).await?
        && let Ok(other) = Account::fetch(service, db, other).await
    {
        let held = holdings(db, other.id).await?;
        let count = |kind: &str| held.iter().filter(|(held, _)| held == kind).count();
        view.offer = Some(MergeOffer {
            other_phone: other.phone_masked(),
            cases: count("case"),
            drafts: count("draft"),
            devices: store::sessions_of(db, other.id, service.clock.now()).await?.len(),
            names_differ: !other.id_number.is_empty()
                && !account.id_number.is_empty()
                && other.id_number != account.id_number,
        });
    }
    Ok(view)
}

/// Sends a code to the other account's phone: the one that is typed, or that of the account with the same number.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] when the proof of who it is is too old.
pub async fn prove_other(service: &Service, visitor: &Visitor, typed: &str) -> Result<Moved, Error> {
    let resident = fresh(service, visitor)?;
    let account = Account::fetch(service, &service.db.read, resident.id).await?;
    let twin = match account.twin {
        Some(twin) if typed.is_empty() => Account::fetch(service, &service.db.read, twin).await?.phone,
        _ => None,
    };
    let phone = twin.as_ref().map_or(typed, Phone::as_str);
    ask(service, visitor, phone, Purpose::OtherPhone, Goal::Merge, PAGE).await
}

/// The other phone was proven. Only now, and only to who holds it, it is said whether it has an account.
pub(super) async fn other_proven(service: &Service, visitor: &Visitor, phone: &Phone) -> Result<Moved, Error> {
    let resident = visitor.resident()?;
    let other = account::by_phone(service, &service.db.read, phone).await?;
    let message = match other {
        Some(other) if other.id != resident.id => return offer(service, visitor, other.id).await,
        Some(_) => "这个手机号本来就是这个账号的，不用合并。".to_owned(),
        None => format!("手机号{}还没有账号，不用合并。", mask_phone(phone.as_str())),
    };
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    set_flash(service, session, &Flash { message, ..Flash::default() }).await?;
    Ok(Moved::to(PAGE))
}

/// Makes the two one: all that the other account holds, gave and keeps, its devices and phones come to the one at hand,
/// and it points to it from now on.
///
/// # Errors
/// [`Error::SignIn`]; [`Error::Refused`] when the proofs are too old, or the two are proven to be two people.
pub async fn merge(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let resident = fresh(service, visitor)?;
    let session = visitor.session.as_deref().ok_or(Error::SignIn)?;
    let other = proven(service, &service.db.read, visitor).await?;
    let other = other.ok_or_else(|| Error::Refused("离上次确认超过半小时了，请重新确认两个账号。".to_owned()))?;
    let entries = vec![
        Entry::resident(resident.id, Plain::Merged).because(format!("account {other} joins")),
        Entry::resident(other, Plain::Merged).because(format!("joins account {}", resident.id)),
    ];
    audited!(service, entries, |tx| {
        let (mine, theirs) = both(tx, resident.id, other).await?;
        if theirs.merged_into.is_some() || mine.merged_into.is_some() {
            return Err(Error::Conflict("这个账号刚刚合并过了，请刷新后再看。".to_owned()));
        }
        join_rows(service, tx, mine, theirs).await?;
        move_holdings(tx, other, resident.id).await?;
        store::rows_move(tx, other, resident.id).await?;
        store::sessions_move(tx, other, resident.id).await?;
        store::merged_move(tx, other, resident.id).await?;
        store::offer_delete(tx, session).await
    })?;
    let message = "两个账号合并好了。两个手机号都能登录这个账号。".to_owned();
    set_flash(service, session, &Flash { message, good: true, ..Flash::default() }).await?;
    enter::renew(service, visitor, "/me?said=1").await
}

/// Always locked in one order, so that two who do it crosswise do not wait for each other.
async fn both(tx: &sea_orm::DatabaseTransaction, one: Uuid, other: Uuid) -> Result<(ResidentRow, ResidentRow), Error> {
    if one < other {
        let first = store::locked(tx, one).await?;
        Ok((first, store::locked(tx, other).await?))
    } else {
        let first = store::locked(tx, other).await?;
        Ok((store::locked(tx, one).await?, first))
    }
}

/// The proven name goes to the account that stays; the other keeps its phone, which leads on.
async fn join_rows(
    service: &Service,
    tx: &sea_orm::DatabaseTransaction,
    mine: ResidentRow,
    theirs: ResidentRow,
) -> Result<(), Error> {
    let (own, other) = (Account::of_row(service, mine.clone())?, Account::of_row(service, theirs.clone())?);
    if !own.id_number.is_empty() && !other.id_number.is_empty() && own.id_number != other.id_number {
        return Err(Error::Refused("两个账号实名的不是同一个人，不能合并。".to_owned()));
    }
    let mut kept = ResidentRow { twin: None, ..mine.clone() };
    let left = ResidentRow {
        merged_into: Some(mine.id),
        twin: None,
        name: None,
        id_number: None,
        id_blind: None,
        city_blind: None,
        real_at: None,
        real_by: None,
        ..theirs.clone()
    };
    store::update(tx, left).await?;
    kept.city_blind = mine.city_blind.or(theirs.city_blind);
    if own.id_number.is_empty() && !other.id_number.is_empty() {
        kept = enter::with_name(service, kept, &other.name, &other.id_number)?;
        (kept.real_at, kept.real_by) = (theirs.real_at, theirs.real_by);
    }
    store::update(tx, kept).await
}
