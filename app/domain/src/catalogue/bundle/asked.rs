//! Whether something is asked: always, never, or under a condition.

use crate::forms::Condition;

#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "made and thrown away at once; in a browser it is small enough")]
pub(super) enum Asked {
    Always,
    Never,
    When(Condition),
}

impl Asked {
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, other) => other,
            (this, Self::Always) => this,
            (Self::When(a), Self::When(b)) => Self::When(join(a, b, true)),
        }
    }

    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, other) => other,
            (this, Self::Never) => this,
            (Self::When(a), Self::When(b)) => Self::When(join(a, b, false)),
        }
    }

    pub fn negated(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::When(Condition::Not { not }) => Self::When(*not),
            Self::When(condition) => Self::When(Condition::Not { not: Box::new(condition) }),
        }
    }

    /// As a form has it; nothing for what is always asked. What is never asked has no place in a form.
    pub fn condition(self) -> Option<Condition> {
        match self {
            Self::Always => None,
            Self::Never => Some(Condition::Any { any: Vec::new() }),
            Self::When(condition) => Some(condition),
        }
    }
}

/// Both of two conditions, or one of them; the same one twice is one.
fn join(a: Condition, b: Condition, all: bool) -> Condition {
    let mut list = Vec::new();
    for condition in [a, b] {
        let inner = match condition {
            Condition::All { all: inner } if all => inner,
            Condition::Any { any: inner } if !all => inner,
            other => vec![other],
        };
        for one in inner {
            if !list.contains(&one) {
                list.push(one);
            }
        }
    }
    match (list.len(), all) {
        (1, _) => list.swap_remove(0),
        (_, true) => Condition::All { all: list },
        (_, false) => Condition::Any { any: list },
    }
}
