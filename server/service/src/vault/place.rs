//! Where a sealed value stands. It opens there and nowhere else.

use std::fmt::Display;

use super::blind::Purpose;
use crate::error::Error;
use crate::forms::read_json;

/// A column of sealed values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub table: &'static str,
    pub name: &'static str,
}

/// The value of a column in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    column: Column,
    row: String,
}

impl Column {
    /// In the row of this primary key.
    pub fn of(self, row: impl Display) -> Place {
        Place { column: self, row: row.to_string() }
    }

    /// In the row whose primary key has two parts.
    pub fn of_two(self, first: impl Display, second: impl Display) -> Place {
        self.of(format_args!("{first}/{second}"))
    }
}

impl Place {
    /// What a record is bound to: its own beginning, and where it stands.
    pub(super) fn bind(&self, head: &str) -> Vec<u8> {
        [head, self.column.table, self.column.name, &self.row].join("\0").into_bytes()
    }
}

macro_rules! columns {
    ($($name:ident $table:literal $column:literal;)*) => {
        $(pub const $name: Column = Column { table: $table, name: $column };)*

        /// Every column of sealed values.
        pub const COLUMNS: &[Column] = &[$($name),*];
    };
}

columns! {
    APPOINTMENT_APPLICANT "appointment" "applicant";
    APPOINTMENT_PHONE "appointment" "phone";
    AUDIT_QUESTION_ANSWER "audit_question" "answer";
    AUDIT_QUESTION_WORDS "audit_question" "words";
    BUNDLE_APPLICANT "bundle" "applicant";
    CASE_EVENT_CONTENT "case_event" "content";
    CASES_ANSWERS "cases" "answers";
    CASES_APPLICANT "cases" "applicant";
    CASES_OFFICE_REASON "cases" "office_reason";
    CUSTODY_GIVEN_TO "custody" "given_to";
    CUSTODY_PAPERS "custody" "papers";
    DISCLOSURE_WORDS "disclosure" "words";
    DOCUMENT_NAME "document" "name";
    DRAFT_ENTRIES "draft" "entries";
    FILE_NAME "file" "name";
    HOUSEHOLD_MEMBER_ID_NUMBER "household_member" "id_number";
    HOUSEHOLD_MEMBER_NAME "household_member" "name";
    MANDATE_HELPER_NAME "mandate" "helper_name";
    MANDATE_HELPER_PHONE "mandate" "helper_phone";
    MANDATE_WARD_ID_NUMBER "mandate" "ward_id_number";
    MANDATE_WARD_NAME "mandate" "ward_name";
    MESSAGE_TEXT "message" "text";
    MESSAGE_FILE_NAME "message_file" "name";
    NOTE_TEXT "note" "text";
    NOTE_WORKER "note" "worker";
    NOTICE_CONTENT "notice" "content";
    OBJECTION_ANSWER "objection" "answer";
    OBJECTION_CONTACT "objection" "contact";
    OBJECTION_WORDS "objection" "words";
    ONE_TIME_CODE_PHONE "one_time_code" "phone";
    OUTBOX_PHONE "outbox" "phone";
    OUTBOX_TEXT "outbox" "text";
    PROPOSAL_REASON "proposal" "reason";
    RATING_BEFORE_WORDS "rating" "before_words";
    RATING_FINDINGS "rating" "findings";
    RATING_REPLY "rating" "reply";
    RATING_WORDS "rating" "words";
    RESIDENT_ID_NUMBER "resident" "id_number";
    RESIDENT_NAME "resident" "name";
    RESIDENT_PHONE "resident" "phone";
    SESSION_FLASH "session" "flash";
    SUPERVISION_EXPLANATION "supervision" "explanation";
    SUPERVISION_INSTRUCTION "supervision" "instruction";
    WORKER_FACTOR_NEXT_SECRET "worker_factor" "next_secret";
    WORKER_FACTOR_SECRET "worker_factor" "secret";
    WORKER_PASSKEY_NAME "worker_passkey" "name";
    WORKER_TIE_SHOWN "worker_tie" "shown";
}

/// The bytes of a file in the blob store: no column, but sealed alike.
pub(super) const BLOB_BYTES: Column = Column { table: "blob", name: "bytes" };

/// How the rows of a table are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKeyKind {
    /// By the UUID in `id`.
    Id,
    /// By the UUID in this column.
    Uuid(&'static str),
    /// By the text in this column.
    Text(&'static str),
    /// By a UUID and a number.
    Two(&'static str, &'static str),
}

/// Tables whose rows are named otherwise than by a UUID in `id`.
pub(super) const KEYS: &[(&str, RowKeyKind)] = &[
    ("case_event", RowKeyKind::Two("case_id", "seq")),
    ("session", RowKeyKind::Text("token_hash")),
    ("worker_factor", RowKeyKind::Uuid("worker_id")),
];

/// A column of values by which rows are found, and how they follow from a sealed column of the same row: so they can be
/// made anew when keys change.
pub(super) struct BlindColumn {
    pub table: &'static str,
    pub name: &'static str,
    pub purpose: Purpose,
    /// The sealed column that it follows from.
    pub from: &'static str,
    /// A plain column that goes into it.
    pub beside: Option<&'static str>,
    /// The value, of what is in the two.
    pub value: fn(&str, &str) -> Result<String, Error>,
}

/// Every blind column that the ring's keys make.
pub(super) const BLINDS: &[BlindColumn] = &[
    BlindColumn {
        table: "cases",
        name: "applicant_blind",
        purpose: Purpose::Applicant,
        from: "answers",
        beside: Some("number"),
        value: |answers, number| Ok(crate::cases::applicant_value(number, &read_json(answers)?)),
    },
    BlindColumn {
        table: "cases",
        name: "phone_tail",
        purpose: Purpose::PhoneTail,
        from: "answers",
        beside: Some("number"),
        value: |answers, number| Ok(crate::cases::tail_value(number, &read_json(answers)?)),
    },
    BlindColumn {
        table: "mandate",
        name: "helper_blind",
        purpose: Purpose::Phone,
        from: "helper_phone",
        beside: None,
        value: as_it_is,
    },
    BlindColumn {
        table: "resident",
        name: "phone_blind",
        purpose: Purpose::AccountPhone,
        from: "phone",
        beside: None,
        value: as_it_is,
    },
    BlindColumn {
        table: "resident",
        name: "id_blind",
        purpose: Purpose::IdNumber,
        from: "id_number",
        beside: None,
        value: as_it_is,
    },
    BlindColumn {
        table: "worker_tie",
        name: "blind",
        purpose: Purpose::Declared,
        from: "shown",
        beside: None,
        value: |shown, _| crate::recusal::declared_value(shown),
    },
];

fn as_it_is(plain: &str, _beside: &str) -> Result<String, Error> {
    Ok(plain.to_owned())
}
