//! The people of a resident's household, entered once and offered in forms.

mod store;

use domain::audit::Plain;
use domain::cases::Flash;
use domain::forms::{Entries, Given, check};
use domain::household::{HouseholdView, Kinship, MEMBERS_MAX, MemberView, member_form};
use domain::identity::mask_id_number;
use uuid::Uuid;

use self::store::MemberRow;
use crate::audit::{Entry, audited, look};
use crate::error::Error;
use crate::identity::{Moved, Visitor};
use crate::said::{good, said, told};
use crate::service::Service;
use crate::vault::{HOUSEHOLD_MEMBER_ID_NUMBER, HOUSEHOLD_MEMBER_NAME};

const PAGE: &str = "/me/household";

/// One of them, opened.
pub(crate) struct Member {
    pub id: Uuid,
    pub relation: String,
    pub name: String,
    pub id_number: String,
}

impl Member {
    pub fn relation_name(&self) -> &'static str {
        Kinship::from_key(&self.relation).map_or("家人", Kinship::name)
    }
}

/// All of them, in the order in which they were entered.
pub(crate) async fn members(service: &Service, resident: Uuid) -> Result<Vec<Member>, Error> {
    let open = |row: MemberRow| -> Result<Member, Error> {
        Ok(Member {
            name: service.vault.open(HOUSEHOLD_MEMBER_NAME.of(row.id), &row.name)?,
            id_number: service.vault.open(HOUSEHOLD_MEMBER_ID_NUMBER.of(row.id), &row.id_number)?,
            id: row.id,
            relation: row.relation,
        })
    };
    store::of_resident(&service.db.read, resident).await?.into_iter().map(open).collect()
}

/// # Errors
/// [`Error::SignIn`] without a resident.
pub async fn list(service: &Service, visitor: &Visitor) -> Result<HouseholdView, Error> {
    let resident = visitor.resident()?.id;
    look(service, Entry::by(visitor, Plain::SawHousehold)).await?;
    let view = |member: Member| MemberView {
        id: member.id.to_string(),
        relation: member.relation_name().to_owned(),
        id_number: mask_id_number(&member.id_number),
        name: member.name,
    };
    let members = members(service, resident).await?.into_iter().map(view).collect();
    Ok(HouseholdView { members, today: service.today(), flash: told(service, visitor, PAGE).await? })
}

/// Enters one. What is wrong is said on the page, with all that was typed.
///
/// # Errors
/// [`Error::SignIn`] without a resident; [`Error::Refused`] with too many.
pub async fn add(service: &Service, visitor: &Visitor, entries: Entries) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let given = Given { today: service.today(), ..Given::default() };
    let flash = match check(&member_form(), &entries, &given) {
        Ok(answers) => {
            if store::of_resident(&service.db.read, resident).await?.len() >= MEMBERS_MAX {
                return Err(Error::Refused(format!("最多写{MEMBERS_MAX}位家人。")));
            }
            let id = Uuid::now_v7();
            let row = MemberRow {
                id,
                resident_id: resident,
                relation: answers.get("relation").to_owned(),
                name: service.vault.seal(HOUSEHOLD_MEMBER_NAME.of(id), answers.get("name"))?,
                id_number: service.vault.seal(HOUSEHOLD_MEMBER_ID_NUMBER.of(id), answers.get("id_number"))?,
                added_at: service.clock.now(),
            };
            audited!(service, Entry::by(visitor, Plain::AddedMember), |tx| { store::insert(tx, row.clone()).await })?;
            good("加好了。以后填表时可以直接选。")
        }
        Err(findings) => Flash { entries, findings, ..Flash::default() },
    };
    said(service, visitor, flash, PAGE).await
}

/// # Errors
/// [`Error::NotFound`] for one that is not the resident's.
pub async fn remove(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let resident = visitor.resident()?.id;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    audited!(service, Entry::by(visitor, Plain::RemovedMember), |tx| {
        if store::delete(tx, (id, resident)).await? { Ok(()) } else { Err(Error::NotFound) }
    })?;
    Ok(Moved::to(PAGE))
}
