//! People of households as rows.

use entity::household_member;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use uuid::Uuid;

use crate::error::Error;

pub(super) use entity::household_member::Model as MemberRow;

pub(super) async fn of_resident(db: &impl ConnectionTrait, resident: Uuid) -> Result<Vec<MemberRow>, Error> {
    let find = household_member::Entity::find().filter(household_member::Column::ResidentId.eq(resident));
    Ok(find.order_by_asc(household_member::Column::Id).all(db).await?)
}

pub(super) async fn insert(tx: &DatabaseTransaction, row: MemberRow) -> Result<(), Error> {
    household_member::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Says no when there was none.
pub(super) async fn delete(tx: &DatabaseTransaction, (id, resident): (Uuid, Uuid)) -> Result<bool, Error> {
    let done = household_member::Entity::delete_many()
        .filter(household_member::Column::Id.eq(id))
        .filter(household_member::Column::ResidentId.eq(resident))
        .exec(tx)
        .await?;
    Ok(done.rows_affected == 1)
}
