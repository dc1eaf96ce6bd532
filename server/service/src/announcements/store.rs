//! Announcements and objections as rows.

use entity::objection;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, PaginatorTrait, QueryFilter};
use uuid::Uuid;

use crate::error::Error;

/// How many objections of a case are open, and how many are settled.
pub(crate) async fn open_objections(tx: &DatabaseTransaction, case: Uuid) -> Result<(u32, u32), Error> {
    let of_case = objection::Entity::find().filter(objection::Column::CaseId.eq(case));
    let all = of_case.clone().count(tx).await?;
    let open = of_case.filter(objection::Column::SettledAt.is_null()).count(tx).await?;
    let number = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok((number(open), number(all - open)))
}
