//! MZ07, filled in: what is typed on each page.

pub const PAGES: &[(&str, &[(&str, &str)])] = &[
    (
        "applicant",
        &[
            ("applicant.name", "张小三"),
            ("applicant.id_number", "210103194001019013"),
            ("applicant.phone", "13800138000"),
            ("filled_by", "self"),
        ],
    ),
    ("household_area", &[("household_area", "210103005024")]),
    ("received", &[("received_elsewhere", "no")]),
    ("residence", &[("residence.area", "210103005024"), ("residence.detail", "多福路1号2单元301")]),
    (
        "account",
        &[
            ("account_kind", "bank"),
            ("account_bank", "盛京银行"),
            ("account_number", "4111111111111111"),
            ("account_own", "yes"),
        ],
    ),
    ("promise", &[("promise_true", "yes"), ("consent_verify", "yes")]),
    ("consents", &[("consent_finance", "yes")]),
    ("delivery", &[("delivery", "electronic")]),
];
