//! What is said against an announcement, and what is answered, as short forms.

use crate::forms::{Choice, Definition, Field, Kind};
use crate::identity::Phone;
use crate::text::compact;

const WORDS_MAX: usize = 1_000;
const CONTACT_MAX: usize = 30;

/// What anybody may say.
pub fn objection_form() -> Definition {
    let phone = "想听答复的，留个电话。不留也可以。只有办这件事的工作人员看得到。";
    let contact = Field::new("contact", "您的电话", phone, Kind::ShortText { max: CONTACT_MAX });
    let words = "写清楚哪里不对、您是怎么知道的。";
    Definition::of_fields(
        "objection",
        vec![
            Field::new("words", "您有什么不同意见？", words, Kind::LongText { max: WORDS_MAX }),
            Field { optional: true, ..contact },
        ],
    )
}

/// How the office settles an objection.
pub fn settlement_form() -> Definition {
    let options = vec![Choice::new("no", "不成立"), Choice::new("yes", "成立（核查后要重新公示）")];
    let answer = "怎么查的、查到什么。留了电话的，请打电话告诉对方。";
    Definition::of_fields(
        "settlement",
        vec![
            Field::new("upheld", "异议成立吗？", "", Kind::OneOf { options }),
            Field::new("answer", "处理情况", answer, Kind::LongText { max: WORDS_MAX }),
        ],
    )
}

/// What is wrong with a phone number that may be a mobile's or a landline's. None when it is empty.
pub fn contact_fault(contact: &str) -> Option<&'static str> {
    let digits = compact(contact);
    let landline = (7..=12).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit());
    let right = contact.trim().is_empty() || landline || Phone::parse(contact).is_some();
    (!right).then_some("电话号码不对，请检查。不想留的，可以空着")
}

#[cfg(test)]
mod tests {
    use super::contact_fault;

    #[test]
    fn a_phone_is_a_phone_or_nothing() {
        for contact in ["", " ", "138 0013 8000", "+86 13800138000", "024-23468801", "２３４６８８０１"] {
            assert_eq!(contact_fault(contact), None, "{contact}");
        }
        for contact in ["我是张三", "12345", "138001380001380", "a@b.cn"] {
            assert!(contact_fault(contact).is_some(), "{contact}");
        }
    }
}
