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
mod table;

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_areas::Migration),
            Box::new(m0002_catalogue::Migration),
            Box::new(m0003_identity::Migration),
            Box::new(m0004_cases::Migration),
            Box::new(m0005_life::Migration),
            Box::new(m0006_validity::Migration),
            Box::new(m0007_audit::Migration),
            Box::new(m0008_vault::Migration),
            Box::new(m0009_rights::Migration),
            Box::new(m0010_desk_sign_in::Migration),
            Box::new(m0011_residents::Migration),
            Box::new(m0012_my_page::Migration),
            Box::new(m0013_audit_page::Migration),
            Box::new(m0014_scan::Migration),
            Box::new(m0015_passkey::Migration),
        ]
    }
}
