//! A row as a line of an export: JSON with everything that its hash is made of.

use std::io::Write;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::store::AuditRow;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Line {
    chain: i32,
    seq: i64,
    at: String,
    actor_kind: String,
    actor: String,
    office: String,
    deed: String,
    case: Option<Uuid>,
    draft: Option<Uuid>,
    why: Option<String>,
    hash: String,
}

pub fn write(row: &AuditRow, out: &mut (dyn Write + Send)) -> std::io::Result<()> {
    let row = row.clone();
    let line = Line {
        chain: row.chain,
        seq: row.seq,
        at: row.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        actor_kind: row.actor_kind,
        actor: row.actor,
        office: row.office,
        deed: row.deed,
        case: row.case_id,
        draft: row.draft_id,
        why: row.why,
        hash: row.hash,
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

pub fn read(line: &str) -> Result<AuditRow, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let at: DateTime<Utc> = line.at.parse().map_err(|error: chrono::ParseError| error.to_string())?;
    Ok(AuditRow {
        chain: line.chain,
        seq: line.seq,
        at,
        actor_kind: line.actor_kind,
        actor: line.actor,
        office: line.office,
        deed: line.deed,
        case_id: line.case,
        draft_id: line.draft,
        why: line.why,
        hash: line.hash,
    })
}
