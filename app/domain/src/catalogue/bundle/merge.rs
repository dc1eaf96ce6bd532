//! One form of the forms of several items.

use std::collections::BTreeMap;

use super::asked::Asked;
use super::join::join;
use super::pages::{Asking, arrange};
use super::questions::{Mapped, map_all};
use super::rewrite::Rewriter;
use super::split::Merged;
use super::{Items, LifeEvent};
use crate::catalogue::item::Item;
use crate::catalogue::pages::DELIVERY;
use crate::catalogue::procedure::Delivery;
use crate::forms::{self, Choice, Definition, Field, Kind};

/// Makes the form of the chosen items. `items`: all items of the event.
///
/// # Errors
/// What keeps them from being asked in one form, a sentence each, for the author of the event.
pub fn merge(event: &LifeEvent, items: &Items<'_>, chosen: &[String]) -> Result<Merged, Vec<String>> {
    let name = |code: &str| {
        let item = items.get(code).copied();
        event.part(code).zip(item).map(|(part, item)| part.name(item).to_owned()).unwrap_or_default()
    };
    let forms = definitions(event, items, chosen)?;
    let all = map_all(event, forms, chosen);
    let parts: Vec<&Mapped> = all.iter().filter(|part| chosen.contains(&part.code)).collect();
    let mut faults = Vec::new();
    let members = members(&parts, &mut faults);
    let mut asking = Vec::new();
    for (key, members) in in_order(&parts, &members) {
        match question(&all, chosen, &key, members, &parts, &mut faults) {
            Some(one) => asking.push(one),
            None => faults.push(format!("`{key}` is no question of any item of `{}`", event.key)),
        }
    }
    tell_apart(&mut asking, &name);
    let (form, of_page) = arrange(asking, &mut faults);
    faults.extend(forms::lint(&form));
    let parts = parts.into_iter().cloned().collect();
    if faults.is_empty() { Ok(Merged { form, parts, of_page }) } else { Err(faults) }
}

/// Questions that mean different things in the same words say for which item they are asked.
fn tell_apart(asking: &mut [Asking], name: &dyn Fn(&str) -> String) {
    let labels: Vec<String> = asking.iter().map(|one| one.field.label.clone()).collect();
    for one in asking {
        if labels.iter().filter(|label| **label == one.field.label).count() > 1 {
            one.field.label = format!("{}（{}）", one.field.label, name(&one.code));
        }
    }
}

/// The forms of all items of the event, the chosen ones so that the result is asked for once where it can be.
fn definitions(event: &LifeEvent, items: &Items<'_>, chosen: &[String]) -> Result<Vec<Definition>, Vec<String>> {
    let known = |code: &str| items.get(code).copied().filter(|item| item.has_form());
    let missing = event.items.iter().filter(|part| known(&part.code).is_none());
    let missing: Vec<String> = missing.map(|part| format!("{} is no item with a form", part.code)).collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let list: Vec<&Item> = event.items.iter().filter_map(|part| known(&part.code)).collect();
    let mut forms: Vec<Definition> = list.iter().map(|item| item.definition()).collect();
    let is_chosen = |item: &Item| chosen.contains(&item.code);
    let ways = common_ways(list.iter().zip(&forms).filter(|(item, _)| is_chosen(item)).map(|(_, form)| form));
    for (item, form) in list.iter().zip(&mut forms) {
        if is_chosen(item) {
            ask_for_result(form, &ways, item);
        } else {
            form.pages.retain(|page| page.key != DELIVERY);
        }
    }
    Ok(forms)
}

/// How every chosen item can give its result.
fn common_ways<'a>(forms: impl Iterator<Item = &'a Definition>) -> Vec<Choice> {
    let lists = forms.filter_map(|form| match &form.field(DELIVERY)?.kind {
        Kind::OneOf { options } => Some(options.clone()),
        _ => None,
    });
    let common = lists.reduce(|mut common, list| {
        common.retain(|way| list.iter().any(|other| other.value == way.value));
        common
    });
    common.unwrap_or_default()
}

/// Asked once when there is a choice among the common ways; else of each item by its name.
fn ask_for_result(form: &mut Definition, ways: &[Choice], item: &Item) {
    let Some(page) = form.pages.iter_mut().find(|page| page.key == DELIVERY) else { return };
    let by_post = ways.len() < 2 || ways.iter().any(|way| way.value == Delivery::Post.key());
    page.fields.retain(|field| field.key == DELIVERY || by_post);
    for field in &mut page.fields {
        match &mut field.kind {
            Kind::OneOf { options } if ways.len() > 1 => *options = ways.to_vec(),
            _ if ways.len() < 2 => field.label = format!("“{}”：{}", item.everyday, field.label),
            _ => {}
        }
    }
}

/// A question of a chosen item, as it stands for one of the merged form.
pub(super) struct Member<'a> {
    part: &'a Mapped,
    field: &'a Field,
    /// Whether the item's own form would ask it.
    asked: Asked,
    /// What others ask too, though this item would not.
    hidden: BTreeMap<String, Asked>,
    /// Its rules count here; of a question answered from several others, with the first.
    leads: bool,
}

type Members<'a> = BTreeMap<String, Vec<Member<'a>>>;

fn members<'a>(parts: &[&'a Mapped], faults: &mut Vec<String>) -> Members<'a> {
    let plain = plainly_asked(parts);
    let mut members: Members<'a> = BTreeMap::new();
    for part in parts {
        let mut hidden: BTreeMap<String, Asked> = BTreeMap::new();
        for page in &part.form.pages {
            for field in &page.fields {
                let mut rewriter = Rewriter::new(part, &hidden);
                let asked = rewriter.asked(page.when.as_ref(), field);
                faults.append(&mut rewriter.faults);
                let keys = part.stands_for(field);
                let alone = keys.iter().all(|key| plain[key].windows(2).all(|pair| pair[0] == pair[1]));
                let is_fixed = keys.is_empty() && asked != Asked::Always;
                if !alone && asked != Asked::Always || is_fixed || asked == Asked::Never {
                    hidden.insert(field.key.clone(), asked.clone());
                }
                if asked == Asked::Never {
                    continue;
                }
                for (at, key) in keys.into_iter().enumerate() {
                    let (asked, hidden, leads) = (asked.clone(), hidden.clone(), at == 0);
                    members.entry(key).or_default().push(Member { part, field, asked, hidden, leads });
                }
            }
        }
    }
    members
}

/// When each item would ask a question, without regard to what the others ask.
fn plainly_asked(parts: &[&Mapped]) -> BTreeMap<String, Vec<Asked>> {
    let nothing = BTreeMap::new();
    let mut plain: BTreeMap<String, Vec<Asked>> = BTreeMap::new();
    for part in parts {
        let mut rewriter = Rewriter::new(part, &nothing);
        for page in &part.form.pages {
            for field in &page.fields {
                let asked = rewriter.asked(page.when.as_ref(), field);
                part.stands_for(field).into_iter().for_each(|key| plain.entry(key).or_default().push(asked.clone()));
            }
        }
    }
    plain
}

/// The questions in the order in which the items bring them up.
fn in_order<'a, 'b>(parts: &[&Mapped], members: &'b Members<'a>) -> Vec<(String, &'b [Member<'a>])> {
    let mut order: Vec<(String, &[Member<'a>])> = Vec::new();
    let fields =
        parts.iter().flat_map(|part| part.form.pages.iter().flat_map(|page| &page.fields).map(move |f| (part, f)));
    for key in fields.flat_map(|(part, field)| part.stands_for(field)) {
        if let Some(list) = members.get(&key)
            && !order.iter().any(|(other, _)| *other == key)
        {
            order.push((key, list));
        }
    }
    order
}

fn question(
    all: &[Mapped],
    chosen: &[String],
    key: &str,
    members: &[Member<'_>],
    parts: &[&Mapped],
    faults: &mut Vec<String>,
) -> Option<Asking> {
    let asks = |part: &&Mapped| part.keys.values().any(|merged| merged == key);
    let by_chosen = members.iter().map(|member| member.part).find(asks);
    // Answered for a chosen item, asked by another: it is lent.
    let definer = by_chosen.or_else(|| all.iter().filter(|part| !chosen.contains(&part.code)).find(asks))?;
    let own = definer.keys.iter().find(|(_, merged)| *merged == key).map(|(own, _)| own.as_str())?;
    let page = definer.form.page_of(own)?;
    let nothing = BTreeMap::new();
    let mut rewriter = Rewriter::new(definer, &nothing);
    let mut field = Field { rules: Vec::new(), ..rewriter.field(definer.form.field(own)?, key) };
    if by_chosen.is_none() {
        faults.append(&mut rewriter.faults);
    }
    let (mut shown, mut needed) = (Asked::Never, Asked::Never);
    for member in members {
        let mut rewriter = Rewriter::new(member.part, &member.hidden);
        let one = rewriter.field(member.field, key);
        let required_when = member.field.required_when.as_ref();
        let required = required_when.map_or(Asked::Never, |when| rewriter.condition(when, &[]));
        faults.append(&mut rewriter.faults);
        if member.part.keys.get(&member.field.key).is_some_and(|merged| merged == key) {
            match join(&field.kind, &one.kind) {
                Some(kind) => field.kind = kind,
                None => faults.push(format!("`{key}` is another question in {}", member.part.code)),
            }
        }
        if member.leads {
            let new: Vec<_> = one.rules.into_iter().filter(|rule| !field.rules.contains(rule)).collect();
            field.rules.extend(new);
        }
        shown = shown.or(member.asked.clone());
        let required = if member.field.optional { required } else { Asked::Always };
        needed = needed.or(member.asked.clone().and(required));
    }
    field.optional = needed != Asked::Always && needed != shown;
    field.required_when = if field.optional && needed != Asked::Never { needed.condition() } else { None };
    field.when = shown.condition();
    let rank = parts.iter().position(|part| part.code == definer.code).unwrap_or(0);
    let is_shared = by_chosen.is_none() || members.iter().any(|member| member.part.code != definer.code);
    Some(Asking { field, is_shared: is_shared && own == key, code: definer.code.clone(), rank, page: page.clone() })
}
