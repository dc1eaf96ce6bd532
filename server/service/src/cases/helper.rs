//! Who filed a case in the applicant's stead: said on the case's page, at the desk, on receipt and notices.

use domain::forms::{Entries, Kind, display};
use domain::identity::mask_name;
use sea_orm::ConnectionTrait;

use super::record::Record;
use crate::error::Error;
use crate::service::Service;

/// `由王*五（子女）代办`, `由三好街社区代办，申请人在场`; empty when the applicant filed it.
pub(crate) async fn helper(service: &Service, db: &impl ConnectionTrait, record: &Record) -> Result<String, Error> {
    let answers = &record.answers;
    let name = answers.get("agent.name");
    if is_by_helper(answers) {
        let relation = relation(record);
        let basis = crate::mandates::basis(db, record.row.id).await?;
        return Ok(format!("由{}{relation}代办{basis}", mask_name(name)));
    }
    Ok(match &record.row.received_office {
        Some(office) if record.row.channel == "window" => {
            format!("由{}代办，申请人在场", service.areas.office_name(office))
        }
        _ => String::new(),
    })
}

/// Somebody else filled it in, and said so.
pub(crate) fn is_by_helper(answers: &Entries) -> bool {
    answers.get("filled_by") == "agent" && !answers.get("agent.name").is_empty()
}

/// `（子女）`
fn relation(record: &Record) -> String {
    let form = &record.revision.form;
    let Some(field) = form.field("agent_relation").filter(|field| matches!(field.kind, Kind::OneOf { .. })) else {
        return String::new();
    };
    let day = domain::cases::local_day(record.case.submitted_at);
    let text = display(form, field, "agent_relation", &record.answers, day, &|_: &str| String::new());
    if text.is_empty() { text } else { format!("（{text}）") }
}
