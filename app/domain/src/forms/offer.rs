//! Which answers of an earlier form are offered again: facts about a person that stay, never a consent or a promise.

use std::collections::BTreeSet;

use super::definition::{Definition, Field, Kind};
use super::entries::Entries;
use super::value::parts;
use crate::consents::Sensitive;

/// Who fills in and what follows from it is another each time.
const NEVER: [&str; 3] = ["filled_by", "agent", "agent_relation"];

/// Whether the answer to a question may be offered again. `kept`: the protected kinds that the resident chose to keep.
pub fn may_offer(field: &Field, kept: &BTreeSet<Sensitive>) -> bool {
    let stays = matches!(
        field.kind,
        Kind::Person { .. }
            | Kind::IdentityNumber
            | Kind::Phone
            | Kind::Area { .. }
            | Kind::Address
            | Kind::BankAccount
            | Kind::ShortText { .. }
            | Kind::OneOf { .. }
            | Kind::YesNo
    );
    let chosen = match field.sensitive {
        // A person is asked for by name and number everywhere; the mark is about the consent alone.
        None | Some(Sensitive::Minors) => true,
        Some(kind) => kept.contains(&kind),
    };
    stays && chosen && !NEVER.contains(&field.key.as_str())
}

/// Two fields ask the same: the question of a shared group, or one that reads like it.
fn same_question(a: &Field, b: &Field) -> bool {
    a.key == b.key && a.label == b.label && a.kind == b.kind && a.sensitive == b.sensitive
}

/// The answers of an earlier form that this page can take over: what it asks in the same words, and nobody has
/// answered yet. `shared`: the key is asked by several items, so it means the same everywhere.
pub fn offers(
    page: &[Field],
    entries: &Entries,
    (earlier, answers): (&Definition, &Entries),
    kept: &BTreeSet<Sensitive>,
    shared: &dyn Fn(&str) -> bool,
) -> Entries {
    let mut found = Entries::default();
    for field in page.iter().filter(|field| may_offer(field, kept) && shared(&field.key)) {
        let Some(before) = earlier.field(&field.key).filter(|before| same_question(field, before)) else { continue };
        if may_offer(before, kept) && is_empty(field, entries) && !is_empty(field, answers) {
            for part in parts(&field.kind, &field.key) {
                found.take_from(answers, &part);
            }
        }
    }
    found
}

fn is_empty(field: &Field, entries: &Entries) -> bool {
    parts(&field.kind, &field.key).iter().all(|part| entries.get(part).is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::Choice;

    fn any_field() -> impl Strategy<Value = Field> {
        let kinds = vec![
            Kind::ShortText { max: 60 },
            Kind::LongText { max: 60 },
            Kind::Phone,
            Kind::YesNo,
            Kind::BankAccount,
            Kind::Person { phone_optional: false },
            Kind::Declaration { text: "我保证".to_owned() },
            Kind::OneOf { options: vec![Choice::new("a", "甲"), Choice::new("b", "乙")] },
            Kind::Money { max_yuan: 100 },
            Kind::Date { past: true, future: false },
            Kind::Material { material: "card".to_owned(), max_files: 1 },
        ];
        let sensitive = prop::option::of(prop::sample::select(Sensitive::ALL.to_vec()));
        let keys = prop::sample::select(vec!["applicant", "agent", "filled_by", "phone", "consent_health", "home"]);
        (keys, prop::sample::select(kinds), sensitive)
            .prop_map(|(key, kind, sensitive)| Field { sensitive, ..Field::new(key, "问", "", kind) })
    }

    fn kept() -> impl Strategy<Value = BTreeSet<Sensitive>> {
        prop::collection::btree_set(prop::sample::select(Sensitive::ALL.to_vec()), 0..4)
    }

    fn filled(fields: &[Field]) -> Entries {
        fields.iter().flat_map(|field| parts(&field.kind, &field.key)).map(|part| (part, "x")).collect()
    }

    proptest! {
        #[test]
        fn nothing_declared_and_nothing_protected_is_offered(
            fields in prop::collection::vec(any_field(), 1..6), kept in kept(),
        ) {
            let form = Definition::of_fields("page", fields.clone());
            let found = offers(&fields, &Entries::default(), (&form, &filled(&fields)), &kept, &|_| true);
            for (path, _) in found.iter() {
                let key = path.split('.').next().unwrap_or(path);
                let field = form.field(key).expect("a question of the form");
                let promised = matches!(field.kind, Kind::Declaration { .. } | Kind::Material { .. });
                prop_assert!(!promised);
                let is_free = matches!(field.sensitive, None | Some(Sensitive::Minors));
                let chosen = field.sensitive.is_some_and(|kind| kept.contains(&kind));
                prop_assert!(is_free || chosen);
                let never = NEVER.contains(&key);
                prop_assert!(!never);
            }
        }

        #[test]
        fn what_is_answered_is_left_alone(fields in prop::collection::vec(any_field(), 1..6), kept in kept()) {
            let form = Definition::of_fields("page", fields.clone());
            let answered = filled(&fields);
            let found = offers(&fields, &answered, (&form, &answered), &kept, &|_| true);
            prop_assert!(found.is_empty());
        }
    }
}
