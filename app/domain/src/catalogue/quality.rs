//! Whether an item is fit to be shown to people: the twelve rules of quality, and what this platform asks besides.

use super::item::{Item, ItemType};
use super::procedure::{Delivery, ResultKind};
use crate::plain;

/// A guide text below this is too hard to read, see [`plain::score`].
const PLAIN_MIN: u32 = 60;
const NO_FEE: &str = "不收费";

/// Everything that keeps an item from being published, a sentence each. [`super::lint`] finds no fault in it before.
///
/// The numbers are those of the rules for checking items (`domain.md` 2.3); 1 and 11 are in [`super::lint`].
pub fn quality(item: &Item) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |broken: bool, text: &str| {
        if broken {
            faults.push(text.to_owned());
        }
    };
    fault(!item.has_form(), "there is no form");
    visits(item, &mut fault);
    fees(item, &mut fault);
    result(item, &mut fault);
    contact(item, &mut fault);
    fault(!audience_fits(item), "10: nobody whom the category is for is among the audience");
    fault(item.faq.is_empty(), "12: there is no frequent question");
    procedure(item, &mut fault);
    let sovereign = item.item_type != ItemType::公共服务;
    fault(sovereign && item.laws.is_empty(), "an administrative item names the law that it rests on");
    fault(item.keywords.len() < 3, "at least three everyday words to search with");
    materials(item, &mut faults);
    words(item, &mut faults);
    faults.extend(super::consents::unmarked(item.definition().pages.iter()));
    faults
}

fn visits(item: &Item, fault: &mut impl FnMut(bool, &str)) {
    let online = item.flag('W');
    let post = item.decision.as_ref().is_some_and(|decision| decision.delivery.contains(&Delivery::Post));
    fault((item.visits > 0) == item.visits_reason.is_empty(), "2: `visits` above 0 goes with `visits_reason`");
    fault(item.visits == 0 && !online && !post, "3: without a visit, and not online, the post must be a way");
    fault(online && item.visits > 0, "4: an item with the flag W needs no visit");
}

fn fees(item: &Item, fault: &mut impl FnMut(bool, &str)) {
    let free = item.fee.contains(NO_FEE);
    fault(free != item.fees.is_empty(), "5: `fee` says 不收费 exactly when `fees` is empty");
    fault(item.pay_online && item.fees.is_empty(), "5: what is free cannot be paid online");
    let empty = item.fees.iter().any(|fee| fee.name.is_empty() || fee.amount.is_empty() || fee.basis.is_empty());
    fault(empty, "5: a fee has a name, an amount and a basis");
}

fn result(item: &Item, fault: &mut impl FnMut(bool, &str)) {
    let Some(decision) = &item.decision else {
        fault(true, "6: `decision` says what the result is");
        return;
    };
    let name = decision.name.as_str();
    let card = ["证", "证书", "卡", "牌"].iter().any(|end| name.ends_with(end)) && !name.ends_with("凭证");
    fault(
        card != (decision.kind == ResultKind::Certificate),
        "6: a certificate is what ends with 证, 证书, 卡 or 牌, and nothing else is",
    );
    let document = ["决定书", "认定书", "通知书", "证明", "批复", "批文"].iter().any(|end| name.ends_with(end));
    fault(document && decision.kind != ResultKind::Document, "6: a result that is a paper has the kind `document`");
    fault(name.is_empty() || decision.delivery.is_empty(), "6: a result has a name and a way of delivery");
    fault(decision.refusals.is_empty(), "usual reasons for a refusal are missing");
}

fn contact(item: &Item, fault: &mut impl FnMut(bool, &str)) {
    let contact = item.department.contact();
    let local = |phone: &str| phone.starts_with("024-");
    fault(
        contact.ask == contact.complain || !local(contact.ask) || !local(contact.complain),
        "7: two different telephones with area code",
    );
    fault(!contact.hours.contains("工作日"), "8: the hours say the working days");
    let place = ["窗口", "大厅", "中心", "服务站", "派出所"].iter().any(|word| item.where_to_go.contains(word));
    fault(!place, "9: where to go names the window, hall, centre or station");
}

/// Rule 10: the people a subject is for.
fn audience_fits(item: &Item) -> bool {
    let fit: &[&str] = match item.category.as_str() {
        "relief" => &["poor", "elderly", "disabled", "children", "worker"],
        "elderly" => &["elderly"],
        "disability" => &["disabled"],
        "work" => &["jobseeker", "worker"],
        "pension" => &["worker", "elderly", "jobseeker"],
        "family" => &["parents", "children"],
        "veterans" => &["veteran"],
        "housing" => &["tenant", "newcomer", "poor"],
        _ => return true,
    };
    item.audience.iter().any(|key| key == "everyone" || fit.contains(&key.as_str()))
}

fn procedure(item: &Item, fault: &mut impl FnMut(bool, &str)) {
    let procedure = &item.procedure;
    fault(procedure.home_visit && !item.flag('H'), "a visit at home goes with the flag H");
    fault(procedure.announcement.is_some() != item.flag('P'), "an announcement goes with the flag P");
    fault(procedure.announcement.is_some_and(|period| !(1..=30).contains(&period.days)), "1 to 30 days are announced");
    fault(!(1..=3).contains(&procedure.reviewers), "one to three reviewers");
    fault(!(1..=60).contains(&procedure.correction_days), "1 to 60 days for a correction");
    let slow = procedure.home_visit || procedure.announcement.is_some() || !procedure.opinions.is_empty();
    fault(item.promised_days == 0 && slow, "what is done while one waits has no visit, announcement or opinion");
}

fn materials(item: &Item, faults: &mut Vec<String>) {
    let asked = item.materials.iter().filter(|material| material.not_asked_because.is_empty());
    for material in asked.filter(|material| material.checks.is_empty()) {
        faults.push(format!("material `{}` does not say what is checked", material.key));
    }
    let definition = item.definition();
    for template in item.corrections.iter().filter(|template| definition.field(&template.field).is_none()) {
        faults.push(format!("a correction is about `{}`, which the form does not ask", template.field));
    }
    if item.has_form() && item.corrections.is_empty() {
        faults.push("there is no text to start a correction from".to_owned());
    }
}

fn words(item: &Item, faults: &mut Vec<String>) {
    let score = plain::score(&item.guide_text());
    if score < PLAIN_MIN {
        let hard = plain::hard_words(&item.guide_text()).join("、");
        faults.push(format!("the guide reads too hard: {score} of 100, at least {PLAIN_MIN}; hard words: {hard}"));
    }
}
