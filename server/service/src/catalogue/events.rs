//! Life events: what can be asked for in one form, and that form for the items that were chosen.

use std::sync::Arc;

use domain::catalogue::{
    EventBrief, EventGuide, EventPart, Item, Items, LifeEvent, Material, Merged, Mode, Necessity, merge,
};

use super::{Catalogue, Revision, guide};
use crate::error::Error;

/// A life event with the items that were chosen of it.
pub struct Whole {
    pub key: String,
    pub name: String,
    /// Stands in the place of an item's code in numbers.
    pub code: String,
    pub merged: Merged,
    /// The chosen items in their order.
    pub parts: Vec<Arc<Revision>>,
    /// Codes and names of those that are called otherwise here.
    names: Vec<(String, String)>,
}

impl Whole {
    pub fn part(&self, code: &str) -> Option<&Arc<Revision>> {
        self.parts.iter().find(|part| part.item.code == code)
    }

    /// What an item is called in this event.
    pub fn name_of(&self, code: &str) -> Option<&str> {
        let named = self.names.iter().find(|(item, _)| item == code).map(|(_, name)| name.as_str());
        named.or_else(|| self.part(code).map(|part| part.item.everyday.as_str()))
    }
}

impl Catalogue {
    /// Those whose items can all be applied for today.
    pub fn events(&self) -> Vec<&LifeEvent> {
        let there = |event: &&LifeEvent| event.items.iter().all(|part| self.with_form(&part.code).is_some());
        self.events.iter().filter(there).collect()
    }

    /// # Errors
    /// [`Error::NotFound`]
    pub fn event(&self, key: &str) -> Result<&LifeEvent, Error> {
        self.events().into_iter().find(|event| event.key == key).ok_or(Error::NotFound)
    }

    fn with_form(&self, code: &str) -> Option<Arc<Revision>> {
        self.latest(code).filter(|revision| revision.item.has_form())
    }

    /// The form of the chosen items in these revisions.
    ///
    /// # Errors
    /// [`Error::NotFound`] for an event or a revision that is not there.
    pub fn whole(&self, key: &str, chosen: &[(String, i32)]) -> Result<Whole, Error> {
        let event = self.event(key)?;
        let parts: Vec<Arc<Revision>> = chosen
            .iter()
            .map(|(code, number)| self.revision(code, *number).ok_or(Error::NotFound))
            .collect::<Result<_, _>>()?;
        // Questions may be lent by items that were not chosen.
        let others: Vec<Arc<Revision>> = event.items.iter().filter_map(|part| self.with_form(&part.code)).collect();
        let mut items: Items<'_> =
            others.iter().map(|revision| (revision.item.code.as_str(), &revision.item)).collect();
        items.extend(parts.iter().map(|revision| (revision.item.code.as_str(), &revision.item)));
        let codes: Vec<String> = chosen.iter().map(|(code, _)| code.clone()).collect();
        let merged = merge(event, &items, &codes)
            .map_err(|faults| Error::internal(&format!("the form of {key}"), faults.join("; ")))?;
        let named = event.items.iter().filter(|part| !part.name.is_empty());
        let names = named.map(|part| (part.code.clone(), part.name.clone())).collect();
        let (key, name, code) = (event.key.clone(), event.name.clone(), event.code.clone());
        Ok(Whole { key, name, code, merged, parts, names })
    }

    /// All life events, or those of a key of [`domain::catalogue::LIFE_EVENTS`].
    pub fn event_list(&self, facet: &str) -> Vec<EventBrief> {
        let wanted = |event: &&LifeEvent| facet.is_empty() || event.facet == facet;
        self.events().into_iter().filter(wanted).map(brief).collect()
    }

    /// The page of an event. `chosen`: codes of items; none at all: the usual ones.
    ///
    /// # Errors
    /// [`Error::NotFound`]
    pub fn event_guide(&self, key: &str, chosen: Option<&[String]>) -> Result<EventGuide, Error> {
        let event = self.event(key)?;
        let is_chosen = |code: &String, usual: bool| chosen.map_or(usual, |codes| codes.contains(code));
        let parts: Vec<EventPart> = event
            .items
            .iter()
            .filter_map(|part| {
                let revision = self.with_form(&part.code)?;
                let alone = self.whole(key, &[(part.code.clone(), revision.number)]).ok()?.merged;
                Some(EventPart {
                    name: part.name(&revision.item).to_owned(),
                    text: part.text.clone(),
                    chosen: is_chosen(&part.code, part.usual),
                    decider: guide::decider(&revision.item),
                    materials: materials(&revision.item, &alone),
                    has_check: revision.item.eligibility.is_some(),
                    own_community: revision.item.mode == Mode::L,
                    item: revision.brief(),
                })
            })
            .collect();
        let finding = chosen.map(|codes| self.finding(event, codes)).unwrap_or_default();
        Ok(EventGuide { brief: brief(event), parts, finding })
    }

    /// Why these items cannot be begun together; empty when they can.
    pub(crate) fn finding(&self, event: &LifeEvent, codes: &[String]) -> String {
        if event.chosen(codes).is_empty() {
            return "请至少勾选一件要办的事。".to_owned();
        }
        let name = |code: &str| {
            let revision = self.latest(code);
            event.part(code).zip(revision).map(|(part, one)| part.name(&one.item).to_owned()).unwrap_or_default()
        };
        match event.conflict(codes) {
            Some((one, other, why)) => format!("“{}”和“{}”不能一起办。{why}", name(one), name(other)),
            None => String::new(),
        }
    }
}

fn brief(event: &LifeEvent) -> EventBrief {
    EventBrief {
        key: event.key.clone(),
        name: event.name.clone(),
        summary: event.summary.clone(),
        items: event.items.len(),
    }
}

/// The papers that every applicant hands in, with the question of the one form that asks for each.
fn materials(item: &Item, alone: &Merged) -> Vec<(String, String)> {
    let asked = item.materials.iter().filter(|material| {
        material.not_asked_because.is_empty() && material.when.is_none() && material.necessity != Necessity::Optional
    });
    let paper =
        |material: &Material| (alone.key_of(&item.code, &format!("file_{}", material.key)), material.name.clone());
    asked.map(paper).collect()
}
