//! The rows of an account.

use chrono::{DateTime, Utc};
use entity::{audit_question, consent, holding, household_member, kept_kinds, mandate, merge_offer, resident, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, DatabaseTransaction, EntityTrait, ExprTrait, QueryFilter};
use uuid::Uuid;

use crate::error::Error;

/// Nothing of the account is left but what cases have, nor of those that were joined to it; mandates that were given are
/// taken back and nameless.
pub(super) async fn forget(tx: &DatabaseTransaction, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
    let offered = merge_offer::Column::ResidentId.eq(id).or(merge_offer::Column::OtherId.eq(id));
    merge_offer::Entity::delete_many().filter(offered).exec(tx).await?;
    resident::Entity::update_many()
        .col_expr(resident::Column::Twin, Expr::value(Option::<Uuid>::None))
        .filter(resident::Column::Twin.eq(id))
        .exec(tx)
        .await?;
    resident::Entity::delete_many().filter(resident::Column::MergedInto.eq(id)).exec(tx).await?;
    let nothing = || Expr::value(Option::<String>::None);
    household_member::Entity::delete_many().filter(household_member::Column::ResidentId.eq(id)).exec(tx).await?;
    kept_kinds::Entity::delete_by_id(id).exec(tx).await?;
    holding::Entity::delete_many().filter(holding::Column::ResidentId.eq(id)).exec(tx).await?;
    audit_question::Entity::delete_many().filter(audit_question::Column::ResidentId.eq(id)).exec(tx).await?;
    // Who acted under a mandate stays on record by its id.
    mandate::Entity::update_many()
        .col_expr(mandate::Column::RevokedAt, Expr::value(now))
        .col_expr(mandate::Column::HelperName, nothing())
        .col_expr(mandate::Column::HelperPhone, nothing())
        .col_expr(mandate::Column::HelperBlind, Expr::value(""))
        .col_expr(mandate::Column::WardName, nothing())
        .col_expr(mandate::Column::WardIdNumber, nothing())
        .filter(mandate::Column::ResidentId.eq(id))
        .exec(tx)
        .await?;
    consent::Entity::update_many()
        .col_expr(consent::Column::ResidentId, Expr::value(Option::<Uuid>::None))
        .filter(consent::Column::ResidentId.eq(id))
        .exec(tx)
        .await?;
    session::Entity::delete_many().filter(session::Column::ResidentId.eq(id)).exec(tx).await?;
    resident::Entity::delete_by_id(id).exec(tx).await?;
    Ok(())
}
