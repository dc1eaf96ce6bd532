//! The use cases, on SQLite and PostgreSQL. One program: what they share is compiled and linked once.

mod acting;
mod common;
#[path = "acting/filled.rs"]
mod filled;
mod lives;

mod accounts;
mod announcements;
mod audit;
mod auditor;
mod bundles;
mod canary;
mod changes;
mod city;
mod consents;
mod corrections;
mod data;
mod db;
mod drafts;
mod every_item;
mod journey;
mod known;
mod looks;
mod mandates;
mod masking;
mod messages;
mod pairs;
mod papers;
mod privacy;
mod ratings;
mod residents;
mod revisions;
mod rights;
mod roles;
mod rotation;
mod scans;
mod search;
mod seed;
mod sms;
mod staff;
mod staff_admin;
mod supervision;
mod uploads;
mod vault;
mod windows;
mod year;
