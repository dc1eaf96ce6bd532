//! From the window to the acceptance: handed over, sent on, corrected, accepted.

use domain::cases::{State, Step};
use domain::catalogue::{Intake, Mode, Necessity};
use domain::desk::TICKED;
use domain::forms::{Kind, shown};
use domain::notices::NoticeKind as Paper;
use service::cases;

use crate::every_item::Plan;
use crate::every_item::review::{lay_down, ruling};
use crate::lives::{Life, Post, counted};

/// The window hands over what it only collects; what came in online is received by the office that decides.
pub async fn take_up(life: &mut Life<'_>) {
    let row = life.city.row(&life.number).await;
    assert_eq!(row.office, life.office, "{}", life.item.code);
    let Some(window) = life.window.clone() else {
        assert_eq!(life.state().await, State::Submitted);
        assert_eq!(row.due, life.calendar().due(life.city.today(), 2), "taken up within two working days");
        if life.item.mode == Mode::D && life.dice.once_in(2) {
            return;
        }
        life.act(&life.office, Post::Window, Step::Receive, &[]).await;
        life.papers.push(Paper::Receipt);
        return;
    };
    assert_eq!(life.state().await, State::Received);
    let (office, offered) = (life.office.clone(), life.offered(&window, Post::Window).await);
    match life.intake() {
        Intake::HandsOver => {
            assert!(!offered.contains(&Step::Accept), "a window that collects does not accept: {offered:?}");
            assert_eq!(row.due, life.calendar().due(life.city.today(), 1), "handed over within a working day");
            let early = life.try_act(&office, Post::Reviewer, Step::Accept, &[]).await;
            assert!(early.is_some(), "{} was accepted before it was handed over", life.number);
            life.act(&window, Post::Window, Step::HandOver, &[]).await;
            life.papers.push(Paper::Transfer);
        }
        Intake::Accepts => assert!(offered.contains(&Step::Accept) && !offered.contains(&Step::StartReview)),
        Intake::Own => assert_eq!(window, office),
        other => panic!("{other:?} at a window"),
    }
}

/// There and back; the third time it goes to the office above.
pub async fn send_on(life: &mut Life<'_>, round: u32) {
    let choices = life.choices(Step::Reroute, "to").await;
    assert!(!choices.contains(&life.office));
    let before = life.office.clone();
    let back = Some(life.competent()).filter(|office| round == 1 && choices.contains(office));
    let to = back.or_else(|| life.dice.pick(&choices).cloned()).expect("an office");
    life.act(&before, Post::Reviewer, Step::Reroute, &[("to", &to), ("reason", "应由那边办理")]).await;
    let row = life.city.row(&life.number).await;
    if round < 2 {
        assert_eq!(row.office, to);
    } else {
        assert!(row.office.ends_with(&format!("-{}", life.item.department.letters())) || row.office.len() == 9);
    }
    life.office = row.office;
    let seen = life.track().await;
    assert_eq!(seen.office, life.city.service.areas.office_name(&life.office));
    assert!(seen.office_reason.contains("应由那边办理"));
    if life.window.as_deref() != Some(&before) {
        let former = life.city.staff.at(&life.city.service, &before, Post::Reviewer).await;
        let looked = service::desk::case(&life.city.service, &former, &life.number).await;
        assert!(matches!(looked, Err(service::Error::NotFound)), "{before} has nothing to do with it any more");
    }
}

/// Who answers whether it is accepted.
pub fn acceptor(life: &Life<'_>) -> (String, Post) {
    match (life.intake(), &life.window) {
        (Intake::Accepts, Some(window)) => (window.clone(), Post::Window),
        _ => (life.office.clone(), Post::Reviewer),
    }
}

pub async fn correct(life: &mut Life<'_>, rounds: u32) {
    for round in 0..rounds {
        let (office, post) = acceptor(life);
        let asked = to_ask(life);
        let mut form = vec![("field", "applicant"), ("reason", "请再核对一下")];
        form.extend(asked.iter().filter(|path| *path != "applicant").map(|path| ("field", path.as_str())));
        life.act(&office, post, Step::AskCorrection, &form).await;
        if round > 0 {
            let head = life.office.clone();
            assert_ne!(life.state().await, State::Correction, "the head is asked first");
            life.act(&head, Post::Head, Step::RefuseApproval, &[("reason", "再想想")]).await;
            life.act(&office, post, Step::AskCorrection, &form).await;
            life.act(&head, Post::Head, Step::Approve, &[]).await;
        }
        life.papers.push(Paper::Correction);
        let due = life.calendar().due(life.city.today(), life.item.procedure.correction_days);
        assert_eq!((life.state().await, life.due().await), (State::Correction, due));
        life.city.pass_days(5);
        life.answer().await;
        let from = life.calendar().on_or_after(life.city.today());
        assert_eq!(life.due().await, life.calendar().due(from, 5), "the period for a notice runs anew");
    }
}

/// A question and a paper of this case.
fn to_ask(life: &mut Life<'_>) -> Vec<String> {
    let (list, _) = shown(&life.definition, &life.filled.answers, life.city.today());
    let paths = |of: fn(&Kind) -> bool| -> Vec<String> {
        list.iter().filter(|one| of(&one.field.kind) && !one.path.contains('.')).map(|one| one.path.clone()).collect()
    };
    let (typed, papers) = (paths(Kind::is_typed), paths(|kind| matches!(kind, Kind::Material { .. })));
    [typed, papers].iter().filter_map(|some| life.dice.pick(some).cloned()).collect()
}

/// Done while one waits.
pub async fn at_once(life: &mut Life<'_>, plan: Plan) {
    let before = life.state().await;
    let entries = ruling(life, plan.denied);
    lay_down(life, &entries);
    let refused = life.try_entries(&life.office, Post::Window, Step::Complete, entries).await;
    assert_eq!(refused, None, "{} {}", life.item.code, life.number);
    if before == State::Submitted {
        life.papers.push(Paper::Receipt);
    }
    life.papers.push(Paper::Acceptance);
    life.papers.push(if plan.denied { Paper::Denial } else { Paper::Grant });
    life.papers.push(Paper::Delivery);
}

pub async fn accept(life: &mut Life<'_>, plan: Plan) {
    let may = deferrable(life);
    let later = life.dice.pick(&may).cloned().filter(|_| plan.deferred && !plan.by_law);
    if plan.by_law {
        let from = life.calendar().on_or_after(life.city.today());
        life.city.set(&life.calendar().due(from, 5).to_string());
        cases::tick(&life.city.service).await.expect("looked");
        assert!(matches!(life.state().await, State::Received | State::HandedOver), "the last day is still a day");
        life.city.pass_days(1);
        cases::tick(&life.city.service).await.expect("looked");
        life.accepted = from;
    } else {
        let (office, post) = acceptor(life);
        assert_eq!(life.choices_of(&office, post, Step::Accept, TICKED).await, may, "{}", life.number);
        let form: Vec<(&str, &str)> = later.iter().map(|path| ("field", path.as_str())).collect();
        life.act(&office, post, Step::Accept, &form).await;
        life.papers.push(if later.is_some() { Paper::DeferredAcceptance } else { Paper::Acceptance });
        life.accepted = life.city.today();
    }
    let due = counted(life.calendar(), life.accepted, life.item.promised_days, life.item.promised_unit);
    assert_eq!((life.state().await, life.due().await), (State::Accepted, due), "{}", life.item.code);
    let (told, shown) = (life.track().await.until, life.desk(&life.office, Post::Reviewer).await.file.until);
    assert_eq!(told, shown, "resident and worker are told the same day");
    if later.is_some() {
        hand_in_later(life).await;
    }
}

/// What was to follow comes to the window, or over the net.
async fn hand_in_later(life: &mut Life<'_>) {
    let before = life.due().await;
    let open = life.track().await.correction.expect("what is to follow");
    assert!(open.deferred && open.due > life.city.today() && open.due <= before, "{open:?}");
    life.city.pass_days(1);
    if life.dice.once_in(2) {
        life.answer().await;
    } else {
        life.act(&life.office, Post::Reviewer, Step::AnswerDeferral, &[]).await;
    }
    assert!(life.track().await.correction.is_none(), "{}: nothing more is to follow", life.number);
    assert_eq!(life.due().await, before, "the clock of the decision did not stop");
}

/// The papers of this case that may follow: those that it was asked for.
fn deferrable(life: &Life<'_>) -> Vec<String> {
    let (list, _) = shown(&life.definition, &life.filled.answers, life.submitted);
    let may = |path: &str| {
        let named = |key: &str| path.strip_prefix("file_") == Some(key);
        life.item.materials.iter().any(|material| named(&material.key) && material.necessity == Necessity::Deferrable)
    };
    let paths = list.iter().map(|one| one.path.clone()).filter(|path| may(path));
    paths.filter(|_| life.item.promised_days > 0).collect()
}
