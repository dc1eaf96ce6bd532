//! What is asked for an appointment, and for the hours of an office.

use super::hours::{Hours, Manner, PLACES_MAX, Slot};
use crate::forms::{Choice, Condition, Definition, Entries, Field, FieldTest, Finding, Kind};
use crate::text::{clean, half_width};

const NAME_MAX: usize = 50;
const ABOUT_MAX: usize = 60;
const ADDRESS_MAX: usize = 100;

fn slot_field(free: &[(Slot, u16)]) -> Field {
    let option = |(slot, left): &(Slot, u16)| Choice {
        value: slot.key(),
        label: slot.words(),
        hint: format!("{}，还能约{left}位", slot.hours.manner.name()),
    };
    Field::new("slot", "什么时候方便？", "", Kind::OneOf { options: free.iter().map(option).collect() })
}

/// Asks for one of the times that are free. `item`: it is known what it is about.
pub fn booking_form(free: &[(Slot, u16)], item: bool) -> Definition {
    let home: Vec<String> =
        free.iter().filter(|(slot, _)| slot.hours.manner == Manner::Home).map(|(slot, _)| slot.key()).collect();
    let at_home = FieldTest { field: "slot".to_owned(), one_of: Some(home.clone()), ..FieldTest::default() };
    let mut fields = vec![
        slot_field(free),
        Field::new("name", "您怎么称呼？", "写姓名，工作人员好找到您。", Kind::ShortText { max: NAME_MAX }),
    ];
    if !home.is_empty() {
        // Without script it cannot appear once a time is chosen: it is asked of all, and needed by some.
        fields.push(Field {
            optional: true,
            required_when: Some(Condition::Field(at_home)),
            ..Field::new(
                "address",
                "上门的地址",
                "约的是“上门”才要写：小区、楼号、单元、门牌。",
                Kind::ShortText { max: ADDRESS_MAX },
            )
        });
    }
    let about =
        Field::new("about", "要办什么事？", "几个字就行，比如：给老人办补贴。", Kind::ShortText { max: ABOUT_MAX });
    fields.push(if item {
        Field { label: "还有要说的吗？".to_owned(), hint: String::new(), optional: true, ..about }
    } else {
        about
    });
    Definition::of_fields("visit", fields)
}

/// Asks for another time.
pub fn move_form(free: &[(Slot, u16)]) -> Definition {
    Definition::of_fields("move", vec![slot_field(free)])
}

/// Asks for hours that an office is to keep.
pub fn hours_form() -> Definition {
    let days = ["一", "二", "三", "四", "五", "六", "日"].into_iter().zip(1..);
    let weekdays = days.map(|(name, day)| Choice::new(&day.to_string(), &format!("周{name}"))).collect();
    let manners = Manner::ALL.into_iter().map(|one| Choice::new(one.key(), one.name())).collect();
    let time = Kind::ShortText { max: 8 };
    Definition::of_fields(
        "hours",
        vec![
            Field::new("weekday", "星期几", "", Kind::OneOf { options: weekdays }),
            Field::new("from", "从几点", "24小时制，比如 8:30。", time.clone()),
            Field::new("until", "到几点", "比如 12:00。", time),
            Field::new("manner", "怎么办", "", Kind::OneOf { options: manners }),
            Field::new(
                "places",
                "能接待几位",
                "",
                Kind::WholeNumber { min: 1, max: PLACES_MAX, unit: "位".to_owned() },
            ),
            Field::new("holidays", "法定节假日也开？", "", Kind::YesNo),
        ],
    )
}

/// The hours that were typed into [`hours_form`] and are right by it.
///
/// # Errors
/// What is wrong with the times.
pub fn hours_of(answers: &Entries) -> Result<Hours, Vec<Finding>> {
    let finding = |path: &str, message: &str| Finding { path: path.to_owned(), message: message.to_owned() };
    let time = |path: &str| minutes(answers.get(path)).ok_or_else(|| finding(path, "请写成 8:30 这样"));
    let number = |path: &str| answers.get(path).parse::<u16>().unwrap_or_default();
    match (time("from"), time("until")) {
        (Ok(from), Ok(until)) if from >= until => Err(vec![finding("until", "要比开始的时间晚")]),
        (Ok(from), Ok(until)) => Ok(Hours {
            weekday: u8::try_from(number("weekday")).unwrap_or(1),
            from,
            until,
            manner: Manner::from_key(answers.get("manner")).unwrap_or(Manner::Window),
            places: number("places"),
            holidays: answers.get("holidays") == "yes",
        }),
        (from, until) => Err([from.err(), until.err()].into_iter().flatten().collect()),
    }
}

/// `8:30` in minutes since midnight, also in wide characters.
fn minutes(text: &str) -> Option<u16> {
    let text = clean(&half_width(text)).replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let fits = (1..=2).contains(&hour.len()) && minute.len() == 2;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (fits && hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, read) in [
            ("8:30", Some(510)),
            ("０８：３０", Some(510)),
            ("17:00", Some(1_020)),
            ("24:00", None),
            ("8", None),
            ("8:5", None),
        ] {
            assert_eq!(minutes(text), read, "{text}");
        }
    }

    #[test]
    fn hours_end_after_they_begin() {
        let typed = |from: &str, until: &str| -> Entries {
            let rest = [("weekday", "6"), ("manner", "after"), ("places", "3"), ("holidays", "no")];
            [("from", from), ("until", until)].into_iter().chain(rest).collect()
        };
        assert_eq!(hours_of(&typed("17:30", "17:00")).map_err(|found| found[0].path.clone()), Err("until".to_owned()));
        let read = hours_of(&typed("17:30", "19:00")).expect("hours");
        assert_eq!(
            (read.weekday, read.from, read.until, read.manner, read.places),
            (6, 1_050, 1_140, Manner::After, 3)
        );
    }
}
