//! What is fuzzed: any bytes, and what must hold of what they are read as.

#![allow(dead_code, reason = "each program uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use chrono::NaiveDate;
use domain::catalogue::{Item, diff};
use domain::forms::{Definition, ENTRY_LENGTH_MAX, Entries, Given, Kind};
use domain::forms::{accepts, check, check_page, display, lint, normalise, outline, shown};
use domain::identity::{BankCard, IdNumber, Phone, mask_card, mask_id_number, mask_name, mask_phone};
use domain::text::{clean, compact, half_width, parse_yuan, yuan};

#[path = "../service/src/seed/lists.rs"]
mod lists_of_areas;
#[path = "../service/src/catalogue/read.rs"]
mod read;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
/// Items whose forms are filled in: groups, sums, dates, files, several people.
const ITEMS: [&str; 6] = ["MZ01", "MZ07", "MZ24", "RS01", "CL01", "YB01"];

fn seed() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let places = [here.join("../service/seed"), here.join("service/seed")];
    places.into_iter().find(|place| place.is_dir()).expect("the seed data")
}

fn group(name: &str) -> Option<String> {
    // A name of a group is a word; anything else would be a path.
    let is_word = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    fs::read_to_string(seed().join(format!("groups/{name}.toml"))).ok().filter(|_| is_word)
}

fn items() -> &'static [Item] {
    static ITEM_LIST: OnceLock<Vec<Item>> = OnceLock::new();
    ITEM_LIST.get_or_init(|| {
        let text = |code: &str| fs::read_to_string(seed().join(format!("items/{code}.toml"))).expect("an item");
        ITEMS.iter().map(|code| read::read_item(&text(code), &group).expect("a good item")).collect()
    })
}

/// An item file, or a form as it is stored. What is taken for good can be filled in, compared and written again.
pub fn definitions(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(item) = read::read_item(text, &group) {
        let again: Item = serde_json::from_str(&serde_json::to_string(&item).expect("written")).expect("read again");
        assert!(diff(&item, &again).is_empty(), "it is another after it was stored");
        fill(&item.definition(), &Entries::default());
    }
    if let Ok(form) = serde_json::from_str::<Definition>(text)
        && lint(&form).is_empty()
    {
        fill(&form, &Entries::default());
    }
}

/// The first byte says which form; the rest is the body of a post.
pub fn submissions(data: &[u8]) {
    let Some((first, body)) = data.split_first() else { return };
    let item = &items()[usize::from(*first) % ITEMS.len()];
    let form = item.definition();
    let (mut typed, mut raw) = (Entries::default(), Entries::default());
    for (name, value) in form_urlencoded::parse(body).take(300) {
        let text: String = value.chars().take(ENTRY_LENGTH_MAX).collect();
        let fields = form.pages.iter().flat_map(|page| &page.fields);
        if fields.clone().any(|field| accepts(field, &name)) {
            typed.push(name.to_string(), clean(&text));
        }
        raw.push(name.into_owned(), text);
    }
    fill(&form, &typed);
    // Rows of an older program may hold anything.
    fill(&form, &raw);
}

/// Judges a form page by page and whole, and shows it.
fn fill(form: &Definition, entries: &Entries) {
    let mut given = Given { today: TODAY, at_window: true, ..Given::default() };
    for field in form.pages.iter().flat_map(|page| &page.fields) {
        if matches!(field.kind, Kind::Material { .. }) {
            given.files.insert(field.key.clone(), 1);
        }
    }
    let of_pages: usize = form.pages.iter().map(|page| check_page(form, &page.key, entries, &given).len()).sum();
    match check(form, entries, &given) {
        Ok(answers) => {
            assert_eq!(of_pages, 0, "a page finds what the whole does not");
            assert_eq!(normalise(form, &answers, TODAY), answers, "stored twice it is another");
            assert_eq!(check(form, &answers, &given).as_ref(), Ok(&answers), "what was right is wrong");
        }
        Err(findings) => assert!(!findings.is_empty() && findings.iter().all(|finding| !finding.message.is_empty())),
    }
    let (list, kept) = shown(form, entries, TODAY);
    for one in &list {
        let _ = display(form, one.field, &one.path, &kept, TODAY, &|code: &str| code.to_owned());
    }
    let _ = outline(form, &kept, TODAY, &|code: &str| code.to_owned());
}

/// What people type to find their case, and who they are.
pub fn codes(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let cleaned = clean(&text);
    assert_eq!(clean(&cleaned), cleaned);
    assert!(
        !cleaned
            .chars()
            .any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
    );
    assert_eq!(half_width(&half_width(&text)), half_width(&text));
    assert_eq!(compact(&compact(&text)), compact(&text));
    if let Some(number) = domain::cases::CaseNumber::parse(&text) {
        assert_eq!(domain::cases::CaseNumber::parse(number.as_str()), Some(number));
    }
    if let Some(phone) = Phone::parse(&text) {
        assert_eq!((phone.as_str().len(), phone.tail().len()), (11, 4));
        assert!(Phone::parse(phone.as_str()) == Some(phone.clone()) && mask_phone(phone.as_str()) != phone.as_str());
    }
    if let Ok(id) = IdNumber::parse(&text, TODAY) {
        let (again, age) = (IdNumber::parse(id.as_str(), TODAY), id.age(TODAY));
        assert!(again == Ok(id.clone()) && (0..=180).contains(&age) && mask_id_number(id.as_str()) != id.as_str());
    }
    if let Some(card) = BankCard::parse(&text) {
        assert!(mask_card(card.as_str()).starts_with("********"));
    }
    if let Some(fen) = parse_yuan(&text) {
        assert_eq!(parse_yuan(&yuan(fen)), Some(fen));
    }
    let masked = mask_name(&cleaned);
    assert!(cleaned.chars().count() < 2 || masked.contains('*'), "{masked}");
}

/// Districts, streets, communities and changes, parted by a line `---`; or a calendar.
pub fn lists(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = lists_of_areas::workdays(text);
    let parts: Vec<&str> = text.split("---\n").collect();
    let [districts, streets, communities, changes] = parts.as_slice() else { return };
    let named =
        [("districts", *districts), ("streets", *streets), ("communities", *communities), ("changes", *changes)];
    if let Ok(areas) = lists_of_areas::areas(named) {
        for entry in areas.iter().filter(|entry| entry.validity.to.is_some()) {
            let successor = entry.validity.successor.as_ref().expect("what ends has a successor");
            assert!(areas.iter().any(|other| other.area.code == *successor), "{successor} is not there");
        }
    }
}
