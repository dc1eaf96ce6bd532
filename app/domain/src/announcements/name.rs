//! Names as neighbours see them (`domain.md` 6.2): enough to tell people of the same name apart by the rest, no more.

use chrono::NaiveDate;

use crate::forms::Entries;
use crate::identity::IdNumber;

/// From this age on a person's own name is shown.
const ADULT: i64 = 18;
/// Dots between the parts of a name, as keyboards have them.
const DOTS: [char; 6] = ['·', '•', '・', '･', '‧', '．'];

/// `张*`, `张*三`, `欧阳*文`, `买买提·*`.
pub fn public_name(name: &str) -> String {
    if let Some((first, _)) = name.split_once(DOTS) {
        return format!("{first}·*");
    }
    let letters: Vec<char> = name.chars().collect();
    match letters.as_slice() {
        [] | [_] => "*".to_owned(),
        [first, _] => format!("{first}*"),
        [first, _, last] => format!("{first}*{last}"),
        [first, second, _, last] => format!("{first}{second}*{last}"),
        // Names of peoples that write theirs as one word: what follows is not a family name's rest.
        [first, second, rest @ ..] => format!("{first}{second}{}", "*".repeat(rest.len())),
    }
}

/// The applicant. Of a child only the guardian is named.
pub(super) fn applicant(answers: &Entries, day: NaiveDate) -> String {
    let number = IdNumber::parse(answers.get("applicant.id_number"), day);
    let minor = number.is_ok_and(|number| number.age(day) < ADULT);
    if !minor {
        return public_name(answers.get("applicant.name"));
    }
    match guardian(answers) {
        "" => "某某（未成年人）".to_owned(),
        guardian => format!("某某（监护人 {}）", public_name(guardian)),
    }
}

/// The guardian that the form names, else the agent who says to be one or a parent.
fn guardian(answers: &Entries) -> &str {
    match answers.get("guardian.name") {
        "" if matches!(answers.get("guardian_who"), "agent") => answers.get("agent.name"),
        "" if matches!(answers.get("agent_relation"), "parent" | "guardian") => answers.get("agent.name"),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_rule_of_the_field() {
        let rule = [
            ("张三", "张*"),
            ("张小三", "张*三"),
            ("欧阳小文", "欧阳*文"),
            ("乌日娜其木格", "乌日****"),
            ("买买提·吐尔逊", "买买提·*"),
            ("阿依古丽•买买提・明", "阿依古丽·*"),
            ("张", "*"),
            ("", "*"),
        ];
        for (name, shown) in rule {
            assert_eq!(public_name(name), shown);
        }
    }

    #[test]
    fn of_a_child_the_guardian_alone_is_named() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a date");
        let of = |pairs: &[(&str, &str)]| applicant(&pairs.iter().copied().collect(), day);
        let child = [("applicant.name", "李小童"), ("applicant.id_number", "210103201501010018")];
        assert!(IdNumber::parse(child[1].1, day).is_ok());
        let with = |more: &[(&'static str, &'static str)]| of(&[&child[..], more].concat());
        assert_eq!(with(&[]), "某某（未成年人）");
        assert_eq!(with(&[("guardian.name", "张三")]), "某某（监护人 张*）");
        assert_eq!(with(&[("guardian_who", "agent"), ("agent.name", "李大明")]), "某某（监护人 李*明）");
        assert_eq!(with(&[("agent_relation", "parent"), ("agent.name", "李大明")]), "某某（监护人 李*明）");
        assert_eq!(with(&[("agent_relation", "other"), ("agent.name", "李大明")]), "某某（未成年人）");
        assert_eq!(of(&[("applicant.name", "李小童"), ("applicant.id_number", "210103194001019013")]), "李*童");
    }

    proptest! {
        #[test]
        fn a_whole_name_never_comes_through(name in "[\u{4e00}-\u{9fa5}]{1,12}", other in "[\u{4e00}-\u{9fa5}]{1,8}") {
            let shown = public_name(&name);
            prop_assert!(shown.contains('*') && !shown.contains(&name));
            let letters = shown.chars().filter(|letter| *letter != '*').count();
            prop_assert!(letters <= 3 && letters < name.chars().count().max(2));
            prop_assert_eq!(public_name(&format!("{name}·{other}")), format!("{name}·*"));
        }
    }
}
