//! The database schema, step by step: a migration per feature, the same on SQLite and PostgreSQL.
//!
//! A migration that has been released is never edited. Foreign keys and unique columns are made with their table,
//! since SQLite cannot add them later.

#![forbid(unsafe_code)]

mod m0001_areas;
mod m0002_catalogue;
mod m0003_identity;
mod m0004_cases;
mod m0005_life;
mod m0006_validity;
mod m0007_audit;
mod m0008_vault;
mod m0009_rights;
mod m0010_desk_sign_in;
mod m0011_residents;
mod m0012_my_page;
mod m0013_audit_page;
mod m0014_scan;
mod m0015_passkey;
mod m0016_lookups;
mod table;

use std::pin::Pin;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

pub struct Migrator;

type Done<'a> = Pin<Box<dyn Future<Output = Result<(), DbErr>> + Send + 'a>>;

/// The name is that of its file.
struct Step {
    name: &'static str,
    up: for<'a> fn(&'a SchemaManager<'a>) -> Done<'a>,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    /// As a whole or not at all, on SQLite, too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        (self.up)(manager).await
    }
}

macro_rules! steps {
    ($($file:ident),+ $(,)?) => {
        vec![$(Box::new(Step { name: stringify!($file), up: |manager| Box::pin($file::up(manager)) })),+]
    };
}

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        steps![
            m0001_areas,
            m0002_catalogue,
            m0003_identity,
            m0004_cases,
            m0005_life,
            m0006_validity,
            m0007_audit,
            m0008_vault,
            m0009_rights,
            m0010_desk_sign_in,
            m0011_residents,
            m0012_my_page,
            m0013_audit_page,
            m0014_scan,
            m0015_passkey,
            m0016_lookups,
        ]
    }
}
