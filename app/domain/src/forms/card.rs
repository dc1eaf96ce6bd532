//! An identity card that was laid on a kiosk's reader, and what of a form follows from it.
//!
//! Who holds a card is not proven to be who it names: it saves typing what is printed on it, and opens nothing.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::definition::{Definition, Kind};
use super::entries::{Entries, path};
use crate::identity::IdNumber;
use crate::text::clean;

const NAME_MAX: usize = 60;
const ADDRESS_MAX: usize = 100;
/// Who applies, and where they live: keys of the shared groups of questions.
const APPLICANT: &str = "applicant";
const RESIDENCE: &str = "residence";

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    pub name: String,
    pub id_number: String,
    pub address: String,
}

impl Card {
    /// None for what cannot stand on a card.
    pub fn read(name: &str, id_number: &str, address: &str, today: NaiveDate) -> Option<Self> {
        let line = |text: &str| clean(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = line(name);
        let id_number = IdNumber::parse(id_number, today).ok()?.as_str().to_owned();
        let is_name = !name.is_empty() && name.chars().count() <= NAME_MAX;
        let address = line(address).chars().take(ADDRESS_MAX).collect();
        is_name.then_some(Self { name, id_number, address })
    }

    /// The answers of a new form: the applicant's name and number; the street and house, when it asks where they live.
    /// The community is chosen by hand, so nobody overlooks that a card has the address of the household book.
    pub fn answers(&self, form: &Definition) -> Entries {
        let kind = |key: &str| form.field(key).map(|field| &field.kind);
        let mut entries = Entries::default();
        if let Some(Kind::Person { .. }) = kind(APPLICANT) {
            entries.set(path(APPLICANT, "name"), &*self.name);
            entries.set(path(APPLICANT, "id_number"), &*self.id_number);
        }
        let street = below_district(&self.address);
        if let (Some(Kind::Address), false) = (kind(RESIDENCE), street.is_empty()) {
            entries.set(path(RESIDENCE, "detail"), street);
        }
        entries
    }
}

/// `辽宁省沈阳市沈河区某街1号` → `某街1号`: what stands before it is chosen from lists.
fn below_district(address: &str) -> &str {
    let Some((_, rest)) = address.split_once('市') else { return address };
    let end = rest.char_indices().take(6).find(|(_, c)| matches!(c, '区' | '县')).map(|(at, c)| at + c.len_utf8());
    end.map_or(rest, |end| &rest[end..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::forms::{Choice, Field};

    fn today() -> NaiveDate {
        "2026-11-23".parse().expect("a day")
    }

    fn card() -> Card {
        Card::read("王小明", "210103195001019018", "辽宁省沈阳市沈河区某街1号2-1-1", today()).expect("a card")
    }

    #[test]
    fn what_cannot_stand_on_a_card_is_none() {
        assert_eq!(card().id_number, "210103195001019018");
        for (name, number) in [("", "210103195001019018"), ("王小明", "210103195001019019"), ("王小明", "")] {
            assert!(Card::read(name, number, "", today()).is_none(), "{name} {number}");
        }
        let long = "王".repeat(61);
        assert!(Card::read(&long, "210103195001019018", "", today()).is_none());
        let lines = Card::read(" 王\n小明\u{200b} ", "210103195001019018", "一\u{0}街", today()).expect("a card");
        assert_eq!((lines.name.as_str(), lines.address.as_str()), ("王 小明", "一街"));
    }

    #[test]
    fn an_address_is_taken_below_the_district() {
        assert_eq!(below_district("辽宁省沈阳市沈河区某街1号"), "某街1号");
        assert_eq!(below_district("沈阳市康平县某镇某村"), "某镇某村");
        assert_eq!(below_district("沈阳市新民市某街1号"), "新民市某街1号");
        assert_eq!(below_district("某街小区1号"), "某街小区1号");
        assert_eq!(below_district(""), "");
    }

    fn any_form() -> impl Strategy<Value = Definition> {
        let kinds = vec![
            Kind::Person { phone_optional: false },
            Kind::Address,
            Kind::ShortText { max: 60 },
            Kind::IdentityNumber,
            Kind::Phone,
            Kind::Declaration { text: "我保证".to_owned() },
            Kind::OneOf { options: vec![Choice::new("a", "甲"), Choice::new("b", "乙")] },
        ];
        let keys =
            prop::sample::subsequence(vec!["applicant", "agent", "residence", "filled_by", "phone", "child"], 0..6);
        let fields = keys.prop_flat_map(move |keys| {
            let count = keys.len();
            prop::collection::vec(prop::sample::select(kinds.clone()), count).prop_map(move |kinds| {
                keys.iter().zip(kinds).map(|(key, kind)| Field::new(key, "问", "", kind)).collect::<Vec<_>>()
            })
        });
        fields.prop_map(|fields| Definition::of_fields("page", fields))
    }

    proptest! {
        /// Nobody else's number, no phone, no promise, no choice follows from a card.
        #[test]
        fn a_card_answers_who_applies_and_where_they_live_alone(form in any_form()) {
            for (path, texts) in card().answers(&form).iter() {
                let known = ["applicant.name", "applicant.id_number", "residence.detail"].contains(&path);
                prop_assert!(known);
                prop_assert!(texts.len() == 1 && !texts[0].is_empty());
            }
        }

        #[test]
        fn any_address_is_cut_between_letters(address in "\\PC{0,40}") {
            prop_assert!(address.ends_with(below_district(&address)));
        }
    }
}
