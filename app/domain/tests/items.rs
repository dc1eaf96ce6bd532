//! Every item of the admission list can be filled in, all of it, and goes to the one right office.

#[path = "support/answers.rs"]
mod answers;
#[path = "support/items.rs"]
mod items;

use std::collections::BTreeSet;

use answers::{Form, all_of, answers, asked};
use chrono::{DateTime, NaiveDate, Utc};
use domain::areas::{self, AreaLevel};
use domain::cases::{Action, Actor, Channel, Event, EventKind, Outcome, Step, fold};
use domain::catalogue::{Intake, Item, Level, Mode, OfficeKind, competent, intake, office_of_code};
use domain::consents::Sensitive;
use domain::desk::{step_action, step_form};
use domain::forms::{Definition, Entries, Scope, lint};
use items::{communities, items};

/// Tuesday, 24 November 2026: in the season of most that have one.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date")
}

/// In spring, for what is open only then.
fn spring() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 15).expect("a date")
}

fn form<'a>(definition: &'a Definition, communities: &'a [String], today: NaiveDate) -> Form<'a> {
    Form { definition, today, communities, at_window: false }
}

/// Does something with every item, on all cores.
fn each<T: Send>(work: impl Fn(&Item) -> Vec<T> + Sync) -> Vec<T> {
    let items = items();
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let share = items.len().div_ceil(cores);
    std::thread::scope(|scope| {
        let work = &work;
        let begun = items.chunks(share).map(|part| scope.spawn(move || part.iter().flat_map(work).collect::<Vec<T>>()));
        let begun: Vec<_> = begun.collect();
        begun.into_iter().flat_map(|part| part.join().expect("done")).collect()
    })
}

#[test]
fn every_item_can_be_filled_in() {
    let communities = communities();
    let faults = each(|item| {
        let definition = item.definition();
        let fill = |seed: u64| {
            let form = Form { at_window: seed.is_multiple_of(4), ..form(&definition, &communities, today()) };
            let findings = answers(form, seed, None).err()?;
            Some(format!("{} with seed {seed}: {findings:?}", item.code))
        };
        (1..=6).filter_map(fill).collect()
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let communities = communities();
    let faults = each(|item| {
        let definition = item.definition();
        let fill = || answers(form(&definition, &communities, today()), 7, None).map(|filled| filled.entries).ok();
        if fill() == fill() { Vec::new() } else { vec![item.code.clone()] }
    });
    assert!(faults.is_empty(), "{faults:?}");
}

/// A decider can grant and refuse, and what was filled in is what is laid down.
#[test]
fn every_decision_can_be_laid_down() {
    let communities = communities();
    let submitted = EventKind::Submitted { channel: Channel::Phone };
    let case =
        fold(&[Event { at: DateTime::<Utc>::UNIX_EPOCH, by: Actor::Resident, kind: submitted }]).expect("a case");
    let faults = each(|item| {
        let definition = step_form(Step::Decide, &case, item, &[]);
        let mut faults = lint(&definition);
        let wanted: Vec<&str> = item.decision.iter().flat_map(|d| &d.fields).map(|field| field.key.as_str()).collect();
        let mut seen = BTreeSet::new();
        for seed in 1..=8 {
            let Ok(filled) = answers(form(&definition, &communities, today()), seed, None) else {
                faults.push(format!("cannot be filled in with seed {seed}"));
                continue;
            };
            let Some(Action::Decide(ruling)) = step_action(Step::Decide, &filled.answers, item, "") else { continue };
            seen.insert(ruling.outcome == Outcome::Approved);
            let laid_down = ruling.data.iter().all(|(path, texts)| filled.answers.all(path) == texts);
            let known = ruling.data.iter().all(|(path, _)| wanted.contains(&path.split('.').next().unwrap_or(path)));
            if !laid_down || !known || (ruling.outcome == Outcome::Denied && ruling.reason.is_empty()) {
                faults.push(format!("{:?} lays down {:?}", filled.answers, ruling));
            }
        }
        if seen.len() < 2 {
            faults.push("can only be decided in one way".to_owned());
        }
        faults.into_iter().map(|fault| format!("{}: {fault}", item.code)).collect()
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// What was never asked of anybody: a condition that cannot come true, or rules that nobody fulfils who is asked it.
/// The consent for a child stands in every form that asks for a person, also where the rules let in no child.
#[test]
fn every_question_is_asked_of_somebody() {
    let communities = communities();
    let never = each(|item| {
        let definition = item.definition();
        let mut missing: BTreeSet<String> = all_of(&definition).into_iter().collect();
        missing.retain(|one| *one != Sensitive::Minors.field() && !only_of_children(&definition, one));
        let see = |entries: &Entries, day: NaiveDate, missing: &mut BTreeSet<String>| {
            let seen = asked(&definition, entries, day);
            missing.retain(|one| !seen.contains(one));
        };
        for seed in 1..=3 {
            if let Ok(filled) = answers(form(&definition, &communities, today()), seed, None) {
                see(&filled.entries, today(), &mut missing);
            }
        }
        for (seed, wish) in (1_000..).zip(all_of(&definition)) {
            for day in [today(), spring()] {
                if missing.contains(&wish)
                    && let Ok(filled) = answers(form(&definition, &communities, day), seed, Some(&wish))
                {
                    see(&filled.entries, day, &mut missing);
                }
            }
        }
        missing.into_iter().map(|one| format!("{} never asks {one}", item.code)).collect()
    });
    assert!(never.is_empty(), "\n{}", never.join("\n"));
}

/// The page of consents, when that for a child is all that it can ask.
fn only_of_children(definition: &Definition, wish: &str) -> bool {
    let page = wish.strip_prefix('@').and_then(|key| definition.page(key));
    page.is_some_and(|page| page.fields.iter().all(|field| field.key == Sensitive::Minors.field()))
}

/// The tests above would find it: a question that is never asked, and a rule that nobody fulfils.
#[test]
fn what_cannot_be_is_noticed() {
    let read = |text: &str| -> Definition { serde_json::from_str(text).expect("a definition") };
    let communities = communities();
    let hidden = read(
        r#"{ "pages": [{ "key": "a", "title": "甲", "fields": [
            { "key": "who", "label": "谁", "kind": "person" },
            { "key": "never", "label": "从不", "kind": "yes_no", "when": { "all": [
                { "field": "who", "age_at_least": 60 }, { "field": "who", "age_below": 60 }] } }] }] }"#,
    );
    assert!(answers(form(&hidden, &communities, today()), 1, None).is_ok());
    assert!(answers(form(&hidden, &communities, today()), 1, Some("never")).is_err());
    let impossible = read(
        r#"{ "pages": [{ "key": "a", "title": "甲", "fields": [
            { "key": "sum", "label": "多少", "kind": "money", "max_yuan": 10, "rules": [
                { "must": { "value": { "field": "sum" }, "at_least": { "yuan": 11 } }, "message": "太少" }] }] }] }"#,
    );
    let findings = answers(form(&impossible, &communities, today()), 1, None).expect_err("too little");
    assert_eq!(findings.iter().map(|finding| finding.path.as_str()).collect::<Vec<_>>(), ["sum"]);
}

/// Every kind of window at which somebody may stand whose application concerns `area`.
fn windows(area: &str, other: &str, item: &Item) -> Vec<Option<String>> {
    let letters = item.department.letters();
    let foreign = if letters == "MZ" { "RS" } else { "MZ" };
    let at = |code: &str, level: AreaLevel| areas::at_level(code, level).unwrap_or(code).to_owned();
    let mut codes = Vec::new();
    for place in [area, other] {
        codes.extend([place.to_owned(), at(place, AreaLevel::Street)]);
        let district = at(place, AreaLevel::District);
        codes.extend([format!("{district}-{letters}"), format!("{district}-{foreign}")]);
    }
    codes.push(format!("{}-{letters}", areas::CITY));
    std::iter::once(None).chain(codes.into_iter().map(Some)).collect()
}

/// One office, of the level that the item or its rule says, in the area that was answered; whatever the window.
fn misrouted(item: &Item, answers: &Entries, window: Option<&str>, known: &BTreeSet<&str>) -> Option<String> {
    let Ok(found) = competent(item, answers, window, today()) else { return Some("nobody is competent".to_owned()) };
    let Some((kind, area)) = office_of_code(&found.office) else {
        return Some(format!("{} is no office", found.office));
    };
    if !known.contains(area) {
        return Some(format!("{} serves no area of the city", found.office));
    }
    if let (Mode::D, Some(window)) = (item.mode, window) {
        return (found.office != window).then(|| format!("done at once by {} and not at {window}", found.office));
    }
    let definition = item.definition();
    let scope = Scope::of_form(&definition, answers, today());
    let rule = item.routing.rules.iter().find(|rule| rule.when.holds(scope));
    let level = rule.and_then(|rule| rule.level).unwrap_or(item.routing.level);
    let field = rule.and_then(|rule| rule.area_field.as_deref()).unwrap_or(&item.routing.area_field);
    let answered = areas::deepest(answers.all(field).iter().map(String::as_str)).unwrap_or(areas::CITY);
    let (wanted, of) = match level {
        Level::City => (OfficeKind::Bureau, AreaLevel::City),
        Level::District => (OfficeKind::Bureau, AreaLevel::District),
        Level::Street => (OfficeKind::Street, AreaLevel::Street),
        Level::Community => (OfficeKind::Community, AreaLevel::Community),
    };
    let own = wanted != OfficeKind::Bureau || found.office.ends_with(&format!("-{}", item.department.letters()));
    if kind != wanted || areas::level(area) != Some(of) || found.level != level || !own {
        return Some(format!("{} is not of {level:?}", found.office));
    }
    if !areas::contains(area, answered) {
        return Some(format!("{} is not where {answered} lies", found.office));
    }
    found.reason.is_empty().then(|| "no reason is given".to_owned())
}

/// What the window does, from the description of the modes and not from the code.
fn expected(item: &Item, decides: &str, window: Option<&str>) -> Intake {
    let Some(window) = window else { return Intake::Online };
    let area = |office: &str| office.split('-').next().unwrap_or_default().to_owned();
    match item.mode {
        _ if window == decides => Intake::Own,
        Mode::D => Intake::Own,
        Mode::Z => Intake::Accepts,
        Mode::F => Intake::HandsOver,
        Mode::L if areas::contains(&area(decides), &area(window)) => Intake::HandsOver,
        Mode::L => Intake::Refers,
    }
}

#[test]
fn every_application_goes_to_the_one_right_office() {
    let communities = communities();
    let levels = [AreaLevel::City, AreaLevel::District, AreaLevel::Street, AreaLevel::Community];
    let known: BTreeSet<&str> =
        communities.iter().flat_map(|code| levels.iter().filter_map(|level| areas::at_level(code, *level))).collect();
    let faults = each(|item| {
        let definition = item.definition();
        let mut faults = Vec::new();
        for seed in 100..108 {
            let Ok(filled) = answers(form(&definition, &communities, today()), seed, None) else { continue };
            let deepest = |field: &str| areas::deepest(filled.answers.all(field).iter().map(String::as_str));
            let place = deepest(&item.routing.area_field).unwrap_or(areas::CITY);
            let lives = communities.iter().find(|code| areas::contains(place, code)).expect("a community");
            let other = &communities[usize::try_from(seed * 23).unwrap_or(0) % communities.len()];
            for window in windows(lives, other, item) {
                let window = window.as_deref();
                let fault = misrouted(item, &filled.answers, window, &known);
                faults.extend(fault.map(|fault| format!("{} at {window:?} with seed {seed}: {fault}", item.code)));
                let decides = competent(item, &filled.answers, window, today()).map(|found| found.office);
                let decides = decides.unwrap_or_default();
                let (takes, should) = (intake(item, &decides, window), expected(item, &decides, window));
                if takes != should {
                    faults.push(format!("{} at {window:?}: {takes:?} and not {should:?}", item.code));
                }
            }
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
