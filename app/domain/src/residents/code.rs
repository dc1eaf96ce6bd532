//! Codes by short message: what they are for, how long they are good, how often they may be asked for.

use super::Allowance;

pub const CODE_DIGITS: usize = 6;
pub const CODE_MINUTES: i64 = 5;
/// Wrong tries with one code.
pub const CODE_MISSES: i32 = 5;
/// Codes to one phone.
pub const PHONE_CODES: Allowance = Allowance { pause: 60, hour: 5, day: 10 };
/// Codes asked for from one network address: a hall has one for all its visitors.
pub const ADDRESS_CODES: Allowance = Allowance { pause: 0, hour: 60, day: 300 };
/// Wrong codes for one phone: with six digits, nobody guesses one in a lifetime.
pub const PHONE_MISSES: Allowance = Allowance { pause: 0, hour: 15, day: 30 };
/// Names proven with the register, for one account and for one identity number.
pub const NAME_TRIES: Allowance = Allowance { pause: 0, hour: 3, day: 5 };

macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As it is stored and stands in forms.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),+ }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.key() == key)
            }
        }
    };
}

keyed! {
    /// What a code is asked for.
    Purpose {
        SignIn = "sign-in",
        /// On a device that others use too.
        SignInShared = "sign-in-shared",
        /// The same resident once more, before a grave change.
        Again = "again",
        /// The phone that an account is to have from now on.
        NewPhone = "new-phone",
        /// The phone of another account of the same person.
        OtherPhone = "other-phone",
    }
}

keyed! {
    /// Where a person goes on after a code: pages by name, since no address is taken from outside.
    Goal {
        Me = "me",
        Devices = "devices",
        RealName = "real-name",
        Phone = "phone",
        Merge = "merge",
    }
}

impl Goal {
    pub fn path(self) -> &'static str {
        match self {
            Self::Me => "/me",
            Self::Devices => "/me/devices",
            Self::RealName => "/me/real-name",
            Self::Phone => "/me/phone",
            Self::Merge => "/me/merge",
        }
    }
}

/// The message that carries a code.
pub fn code_text(purpose: Purpose, code: &str) -> String {
    let what = match purpose {
        Purpose::SignIn | Purpose::SignInShared => "登录",
        Purpose::Again => "确认是您本人",
        Purpose::NewPhone => "换成这个手机号",
        Purpose::OtherPhone => "合并账号",
    };
    format!(
        "【通办】验证码{code}，用来{what}，{CODE_MINUTES}分钟内有效。谁来要都别给，工作人员也不会问您要。不是您本人操作，不用理会。"
    )
}

/// To the phone that an account had before.
pub fn phone_changed_text(new_masked: &str) -> String {
    format!("【通办】您的账号刚换成了手机号{new_masked}。不是您本人换的，请马上到就近的社区窗口，或拨打12345。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_for_and_that_nobody_else_needs_the_code() {
        for purpose in Purpose::ALL {
            let text = code_text(*purpose, "012345");
            assert!(text.contains("012345") && text.contains("别给") && text.chars().count() <= 134, "{text}");
            assert_eq!(Purpose::from_key(purpose.key()), Some(*purpose));
        }
    }

    #[test]
    fn a_goal_is_a_page_of_ours_and_nothing_else() {
        for goal in Goal::ALL {
            assert!(goal.path().starts_with("/me"));
            assert_eq!(Goal::from_key(goal.key()), Some(*goal));
        }
        assert_eq!(Goal::from_key("https://evil.example"), None);
        assert_eq!(Goal::from_key("//evil.example"), None);
    }
}
