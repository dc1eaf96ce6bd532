//! From the acceptance to the resident's hand: what stops or lengthens the time, what must come before a decision,
//! the decision, delivery.

use chrono::{Days, NaiveDate};
use domain::calendar::DayUnit;
use domain::cases::{State, Step};
use domain::catalogue::{DecisionForm, Delivery, Item};
use domain::forms::Entries;
use domain::notices::NoticeKind as Paper;
use service::cases;

use crate::every_item::Plan;
use crate::every_item::announced::announce;
use crate::lives::answers::{Form, answers};
use crate::lives::{Life, NEVER, Post, counted};

/// What the item demands before a decision, and what may stop or lengthen its time.
pub async fn review(life: &mut Life<'_>, plan: Plan) {
    let office = life.office.clone();
    let item = life.item.clone();
    life.act(&office, Post::Reviewer, Step::StartReview, &[]).await;
    let stopped = if plan.suspended { Some(suspend(life).await) } else { None };
    if plan.extended {
        extend(life, stopped).await;
    }
    if must_wait(&item) && !plan.denied {
        let early = life.try_entries(&office, Post::Reviewer, Step::Decide, ruling(life, false)).await;
        assert!(early.is_some_and(|why| why.contains("还不能决定")), "{} was granted too early", item.code);
    }
    if item.flag('H') {
        let today = life.city.today().to_string();
        let form = [("day", today.as_str()), ("visitors", "张三、李四"), ("findings", "属实"), ("agrees", "yes")];
        life.act(&office, Post::Reviewer, Step::Visit, &form).await;
    }
    let choices = life.choices(Step::AskOpinion, "office").await;
    for asked in choices.iter().take(item.procedure.opinions.len()) {
        life.act(&office, Post::Reviewer, Step::AskOpinion, &[("office", asked), ("question", "属实吗？")]).await;
        let form = [("text", "属实"), ("agrees", "yes")];
        life.act(asked, Post::Reviewer, Step::GiveOpinion, &form).await;
    }
    if let Some(period) = item.procedure.announcement {
        announce(life, period).await;
    }
    let others = [Post::SecondReviewer, Post::ThirdReviewer];
    for post in others.iter().take(usize::try_from(item.procedure.reviewers.saturating_sub(1)).unwrap_or(0)) {
        let form = [("opinion", "符合条件"), ("agrees", "yes")];
        life.act(&office, *post, Step::Review, &form).await;
        assert!(life.try_act(&office, *post, Step::Review, &form).await.is_some(), "one voice each");
    }
}

fn must_wait(item: &Item) -> bool {
    item.procedure.home_visit || item.procedure.announcement.is_some() || item.procedure.reviewers > 1
}

/// The days on which the clock stood still are given back, whatever days they were. The day after which it stood, and
/// the last on which it did.
async fn suspend(life: &mut Life<'_>) -> (NaiveDate, NaiveDate) {
    let (office, before) = (life.office.clone(), life.due().await);
    let from = life.city.today();
    let choices = life.choices(Step::Suspend, "why").await;
    let why = life.dice.pick(&choices).cloned().expect("a reason");
    let form = [("why", why.as_str()), ("days", "10"), ("reason", "要核对")];
    life.act(&office, Post::Reviewer, Step::Suspend, &form).await;
    life.papers.push(Paper::Suspension);
    // What was over before does not begin again.
    let running = before > from;
    let standing = if running { NEVER } else { before };
    assert_eq!(life.due().await, standing, "nothing is due while the clock stands still");
    life.city.pass_days(9);
    cases::tick(&life.city.service).await.expect("looked");
    life.act(&office, Post::Reviewer, Step::Resume, &[("result", "属实")]).await;
    let (calendar, item, to) = (life.calendar(), &life.item, life.city.today());
    let stood = match item.promised_unit {
        DayUnit::Working => calendar.between(from, to),
        DayUnit::Natural => (to - from).num_days(),
    };
    let days = item.promised_days + u32::try_from(stood).expect("days");
    let after = if running { counted(calendar, life.accepted, days, item.promised_unit) } else { before };
    assert_eq!(life.due().await, after, "{}: the days are given back", life.number);
    (from, to)
}

/// Five working days more, as it was told; a day on which the clock stood still is none of them, also when the period
/// had ended before it stood.
async fn extend(life: &mut Life<'_>, stopped: Option<(NaiveDate, NaiveDate)>) {
    let (office, before) = (life.office.clone(), life.due().await);
    let form = [("days", "5"), ("reason", "情况复杂")];
    life.act(&office, Post::Reviewer, Step::Extend, &form).await;
    assert_eq!(life.due().await, before, "the head is asked first");
    life.act(&office, Post::Head, Step::Approve, &[]).await;
    life.papers.push(Paper::Extension);
    let stood = |day: NaiveDate| stopped.is_some_and(|(from, to)| from < day && day <= to);
    let (mut told, mut left) = (before, 5);
    while left > 0 {
        told = told + Days::new(1);
        left -= u32::from(life.calendar().is_workday(told) && !stood(told));
    }
    assert_eq!(life.due().await, told, "{}: five working days more", life.number);
    assert!(!life.offered(&office, Post::Reviewer).await.contains(&Step::Extend), "once");
}

/// A decision with what the item wants laid down, or the reason of a refusal.
pub fn ruling(life: &Life<'_>, denied: bool) -> Entries {
    if denied {
        return [("outcome", "denied"), ("reason", "不符合条件")].into_iter().collect();
    }
    let definition = life.item.decision.as_ref().map(DecisionForm::definition).unwrap_or_default();
    let (today, communities) = (life.city.today(), life.city.communities.as_slice());
    let form = Form { definition: &definition, today, communities, at_window: false };
    let mut entries = answers(form, life.seed + 17, None).expect("a decision that can be filled in").entries;
    entries.set("outcome", "approved");
    entries
}

/// Keeps the labels of what a decision lays down.
pub fn lay_down(life: &mut Life<'_>, ruling: &Entries) {
    let inside = |path: &str, key: &str| path == key || path.starts_with(&format!("{key}."));
    let filled = |key: &str| ruling.iter().any(|(path, _)| inside(path, key));
    let wanted = life.item.decision.iter().flat_map(|decision| &decision.fields);
    life.laid_down = wanted.filter(|field| filled(&field.key)).map(|field| field.label.clone()).collect();
}

pub async fn decide(life: &mut Life<'_>, plan: Plan) {
    let office = life.office.clone();
    let ruling = ruling(life, plan.denied);
    lay_down(life, &ruling);
    let refused = life.try_entries(&office, Post::Reviewer, Step::Decide, ruling).await;
    assert_eq!(refused, None, "{} {}", life.item.code, life.number);
    // Also where nobody else had a hand in it.
    if life.item.procedure.head_approval || life.state().await == State::Reviewing {
        assert_eq!(life.state().await, State::Reviewing, "the head is asked first");
        life.act(&office, Post::Head, Step::Approve, &[]).await;
    }
    life.papers.push(if plan.denied { Paper::Denial } else { Paper::Grant });
    let due = life.calendar().due(life.city.today(), 10);
    assert_eq!((life.state().await, life.due().await), (State::Decided, due));
}

pub async fn deliver(life: &mut Life<'_>) {
    let office = life.office.clone();
    life.act(&office, Post::Reviewer, Step::Close, &[]).await;
    life.papers.push(Paper::Delivery);
    let wanted = life.city.row(&life.number).await.delivery.as_deref().and_then(Delivery::from_key);
    if wanted == Some(Delivery::Electronic) {
        return;
    }
    assert_eq!(life.state().await, State::Closed);
    life.city.pass_days(1);
    let at = life.window.clone().unwrap_or(office);
    let way = wanted.unwrap_or(Delivery::Hand).key();
    life.act(&at, Post::Window, Step::Deliver, &[("way", way), ("note", "本人签收")]).await;
}
