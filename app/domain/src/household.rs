//! The people of a household, entered once and offered in forms.

use serde::{Deserialize, Serialize};

use crate::cases::Flash;
use crate::forms::{Choice, Definition, Field, Kind};

/// So many can be entered.
pub const MEMBERS_MAX: usize = 20;

/// What somebody is to the resident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    Spouse,
    Child,
    Parent,
    ParentInLaw,
    Sibling,
    Grandparent,
    Grandchild,
    Other,
}

impl Kinship {
    pub const ALL: [Self; 8] = [
        Self::Spouse,
        Self::Child,
        Self::Parent,
        Self::ParentInLaw,
        Self::Sibling,
        Self::Grandparent,
        Self::Grandchild,
        Self::Other,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::ParentInLaw => "parent_in_law",
            Self::Sibling => "sibling",
            Self::Grandparent => "grandparent",
            Self::Grandchild => "grandchild",
            Self::Other => "other",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kinship| kinship.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Spouse => "丈夫或妻子",
            Self::Child => "子女",
            Self::Parent => "父母",
            Self::ParentInLaw => "公婆、岳父母",
            Self::Sibling => "兄弟姐妹",
            Self::Grandparent => "祖父母、外祖父母",
            Self::Grandchild => "孙子女、外孙子女",
            Self::Other => "其他人",
        }
    }
}

/// Asks for one of them.
pub fn member_form() -> Definition {
    let kinships = Kinship::ALL.into_iter().map(|one| Choice::new(one.key(), one.name())).collect();
    Definition::of_fields(
        "member",
        vec![
            Field::new("relation", "他（她）是您的什么人？", "", Kind::OneOf { options: kinships }),
            Field::new("name", "姓名", "照身份证写。", Kind::ShortText { max: 50 }),
            Field::new("id_number", "身份证号码", "", Kind::IdentityNumber),
        ],
    )
}

/// One of them, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberView {
    pub id: String,
    pub relation: String,
    pub name: String,
    /// Masked.
    pub id_number: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseholdView {
    pub members: Vec<MemberView>,
    pub today: chrono::NaiveDate,
    pub flash: Flash,
}
