//! Consents (单独同意): data of these kinds is used only when the person has agreed to that kind by itself.

use serde::{Deserialize, Serialize};

/// Kinds of data that the law protects in particular.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitive {
    /// Illness, disability, pregnancy, need of care.
    Health,
    /// Income, bank accounts, property.
    Finance,
    /// Children who are not fourteen yet.
    Minors,
    /// Photographs of faces.
    Biometrics,
}

/// A child below this age is one of [`Sensitive::Minors`].
pub const MINOR_BELOW: i64 = 14;
/// What the fields of consents are called begins so.
const PREFIX: &str = "consent_";

impl Sensitive {
    pub const ALL: [Self; 4] = [Self::Health, Self::Finance, Self::Minors, Self::Biometrics];

    /// As it is stored.
    pub fn key(self) -> &'static str {
        match self {
            Self::Health => "health",
            Self::Finance => "finance",
            Self::Minors => "minors",
            Self::Biometrics => "biometrics",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The field of a form in which the consent is given.
    pub fn field(self) -> String {
        format!("{PREFIX}{}", self.key())
    }

    /// The kind to which the field of this key consents.
    pub fn of_field(key: &str) -> Option<Self> {
        key.strip_prefix(PREFIX).and_then(Self::from_key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Health => "健康信息",
            Self::Finance => "收入和财产信息",
            Self::Minors => "不满14岁孩子的信息",
            Self::Biometrics => "人像照片",
        }
    }

    /// Beside the box to tick.
    pub fn label(self) -> String {
        format!("我同意使用{}", self.name())
    }

    /// What is consented to. Another text is another consent: it is kept with each that is given.
    pub fn text(self) -> &'static str {
        match self {
            Self::Health => {
                "病情、残疾、怀孕这些是很私密的信息。我同意办理单位为了办这件事查看和使用它们，不用于别的事情。"
            }
            Self::Finance => {
                "收入、存款、银行卡、房产这些是很私密的信息。我同意办理单位为了办这件事查看和使用它们，不用于别的事情。"
            }
            Self::Minors => {
                "我是孩子的监护人，或者受监护人委托。我同意办理单位为了办这件事查看和使用孩子的信息，不用于别的事情。"
            }
            Self::Biometrics => {
                "照片上能认出本人。我同意办理单位为了办这件事、做证件使用这张照片，不用来做人脸识别，也不用于别的事情。"
            }
        }
    }

    /// What follows when it is taken back.
    pub fn after_withdrawal(self) -> &'static str {
        match self {
            Self::Biometrics => "还没办完的，办理单位不能再用这张照片，可能办不下去。已经办好的证件不受影响。",
            _ => "还没办完的，办理单位不能再用这类信息，可能办不下去。已经作出的决定不受影响。",
        }
    }
}

/// A consent that was given, as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentView {
    pub id: String,
    pub kind: Sensitive,
    /// Of the case for which it was given.
    pub item: String,
    pub number: String,
    /// As it was shown.
    pub text: String,
    pub given: String,
    /// Empty while it holds.
    pub withdrawn: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentsView {
    pub consents: Vec<ConsentView>,
    /// Kinds whose answers the resident wants to be offered again.
    pub kept: Vec<Sensitive>,
    pub flash: crate::cases::Flash,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_found_by_its_key_and_its_field() {
        for kind in Sensitive::ALL {
            assert_eq!(Sensitive::from_key(kind.key()), Some(kind));
            assert_eq!(Sensitive::of_field(&kind.field()), Some(kind));
            assert!(kind.text().contains("不用于别的事情"), "each says what it is not used for");
        }
        assert_eq!(Sensitive::of_field("consent_verify"), None);
        assert_eq!(Sensitive::of_field("health"), None);
    }
}
