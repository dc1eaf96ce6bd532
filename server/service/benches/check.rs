//! How long the one check of a form takes, on the forms that are really asked.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::catalogue::Item;
use domain::forms::{Definition, Entries, Given, check, check_page, outline};
use service::seed::read_items;

/// What a household of four types into the longest form. The people are made up.
const MZ01: &[(&str, &str)] = &[
    ("applicant.name", "李四平"),
    ("applicant.id_number", "210112198806159026"),
    ("applicant.phone", "138 0013 8000"),
    ("filled_by", "self"),
    ("apply_as", "family"),
    ("household_area", "210103005024"),
    ("residence.area", "210103005024"),
    ("residence.detail", "多福路3号"),
    ("residence_since", "long"),
    ("self_marital", "divorced"),
    ("self_work", "unemployed"),
    ("self_health", "good"),
    ("self_disabled", "no"),
    ("self_wage", "1,000"),
    ("self_trade", "0"),
    ("self_interest", "0"),
    ("self_transfer", "200.50"),
    ("members", "3"),
    ("supporters", "0"),
    ("living_kind", "own"),
    ("houses", "0"),
    ("vehicles", "0"),
    ("savings_cash", "100"),
    ("savings_bank", "2,000"),
    ("savings_securities", "0"),
    ("savings_insurance", "0"),
    ("savings_lent", "0"),
    ("savings_other", "0"),
    ("debts", "0"),
    ("cost_medical", "3000"),
    ("cost_education", "500"),
    ("cost_care", "0"),
    ("cost_accident", "0"),
    ("reason", "illness"),
    ("reason", "jobless"),
    ("reason_text", "失业在家，老人看病花钱多。"),
    ("aid_received", "no"),
    ("staff_relative", "no"),
    ("consent_means", "yes"),
    ("consent_family", "yes"),
    ("visit_time", "morning"),
    ("account_kind", "bank"),
    ("account_bank", "盛京银行"),
    ("account_number", "4111 1111 1111 1111"),
    ("account_own", "yes"),
    ("promise_true", "yes"),
    ("consent_verify", "yes"),
    ("promise_report", "yes"),
    ("consent_notice", "yes"),
    ("consent_health", "yes"),
    ("consent_finance", "yes"),
    ("consent_minors", "yes"),
    ("delivery", "hand"),
];

/// Name, identity number, relation and wage; the rest is the same for all.
const MEMBERS: [[&str; 4]; 3] = [
    ["李小花", "210105201009099033", "child", "0"],
    ["李国强", "210181196312249041", "parent", "500"],
    ["王桂兰", "210103195001019018", "parent", "99.50"],
];
const EVERY_MEMBER: [(&str, &str); 8] = [
    ("same_register", "yes"),
    ("marital", "single"),
    ("work", "unemployed"),
    ("health", "good"),
    ("disabled", "no"),
    ("trade", "0"),
    ("interest", "0"),
    ("transfer", "0"),
];

fn item(code: &str) -> Item {
    let found = read_items().into_iter().filter_map(|(_, item)| item.ok()).find(|item| item.code == code);
    found.unwrap_or_else(|| panic!("no item {code}"))
}

fn entries() -> Entries {
    let mut entries: Entries = MZ01.iter().copied().collect();
    for (index, [name, id_number, relation, wage]) in MEMBERS.iter().enumerate() {
        let own = [("member.name", name), ("member.id_number", id_number), ("relation", relation), ("wage", wage)];
        for (key, text) in own.into_iter().chain(EVERY_MEMBER.iter().map(|(key, text)| (*key, text))) {
            entries.set(format!("members.{index}.{key}"), *text);
        }
    }
    entries
}

fn given() -> Given {
    let files = ["file_id_cards", "file_household_book"].map(|path| (path.to_owned(), 1));
    Given { today: "2026-11-23".parse().expect("a date"), files: files.into(), ..Given::default() }
}

fn checking(criterion: &mut Criterion) {
    let (form, entries, given): (Definition, Entries, Given) = (item("MZ01").definition(), entries(), given());
    let answers = check(&form, &entries, &given).unwrap_or_else(|findings| panic!("has findings: {findings:#?}"));
    let mut group = criterion.benchmark_group("MZ01, a household of four");
    group.bench_function("check the whole form", |bencher| {
        bencher.iter(|| check(black_box(&form), black_box(&entries), &given));
    });
    group.bench_function("check a form with nothing filled in", |bencher| {
        let nothing = Entries::default();
        bencher.iter(|| check(black_box(&form), black_box(&nothing), &given));
    });
    group.bench_function("check the page of the members", |bencher| {
        bencher.iter(|| check_page(black_box(&form), "members", black_box(&entries), &given));
    });
    group.bench_function("outline, the answers in words", |bencher| {
        let name = |code: &str| code.to_owned();
        bencher.iter(|| outline(black_box(&form), black_box(&answers), given.today, &name));
    });
    group.finish();
}

criterion_group!(benches, checking);
criterion_main!(benches);
