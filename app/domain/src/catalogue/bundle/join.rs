//! One question in place of several of the same meaning.

use crate::forms::{AreaDepth, Choice, Kind};

/// A kind that both accept: what it lets through, both let through. None: they ask for different things.
pub(super) fn join(a: &Kind, b: &Kind) -> Option<Kind> {
    Some(match (a, b) {
        (Kind::ShortText { max: a }, Kind::ShortText { max: b }) => Kind::ShortText { max: *a.min(b) },
        (Kind::LongText { max: a }, Kind::LongText { max: b }) => Kind::LongText { max: *a.min(b) },
        (Kind::Money { max_yuan: a }, Kind::Money { max_yuan: b }) => Kind::Money { max_yuan: *a.min(b) },
        (Kind::Date { past: a, future: c }, Kind::Date { past: b, future: d }) => {
            Kind::Date { past: *a || *b, future: *c || *d }
        }
        (Kind::Area { depth: a }, Kind::Area { depth: b }) => Kind::Area { depth: deeper(*a, *b) },
        (Kind::Person { phone_optional: a }, Kind::Person { phone_optional: b }) => {
            Kind::Person { phone_optional: *a && *b }
        }
        (Kind::OneOf { options: a }, Kind::OneOf { options: b }) => Kind::OneOf { options: in_both(a, b)? },
        (Kind::SeveralOf { options: a }, Kind::SeveralOf { options: b }) => Kind::SeveralOf { options: in_both(a, b)? },
        (Kind::Material { material, max_files: a }, Kind::Material { max_files: b, .. }) => {
            Kind::Material { material: material.clone(), max_files: *a.min(b) }
        }
        (a, b) if a == b => a.clone(),
        _ => return None,
    })
}

fn deeper(a: AreaDepth, b: AreaDepth) -> AreaDepth {
    match (a, b) {
        (AreaDepth::Community, _) | (_, AreaDepth::Community) => AreaDepth::Community,
        (AreaDepth::Street, _) | (_, AreaDepth::Street) => AreaDepth::Street,
        _ => AreaDepth::District,
    }
}

/// The choices must be the same; their words are those of the first.
fn in_both(a: &[Choice], b: &[Choice]) -> Option<Vec<Choice>> {
    let has = |list: &[Choice], value: &str| list.iter().any(|choice| choice.value == value);
    let same = a.len() == b.len() && a.iter().all(|choice| has(b, &choice.value));
    same.then(|| a.to_vec())
}
