//! An area, from the district down to the community: one list for each level, all under one name.
//!
//! Without script the lists of the levels already chosen are there, and 更新 brings the next; with script the next
//! list is read as soon as one is chosen.

use domain::areas::{Area, AreaLevel, at_level};
use domain::cases::AreaLists;
use domain::forms::AreaDepth;
use leptos::prelude::*;

use super::super::form::Form;
use crate::browser;
use crate::ui::{Button, ButtonKind, Choice, FieldShell, Select};

/// The lists of one question.
#[derive(Clone, Copy)]
struct Lists {
    form: Form,
    path: StoredValue<String>,
    /// The deepest area that is chosen; empty when none is.
    chosen: Signal<String>,
    lists: RwSignal<AreaLists>,
    depth: AreaDepth,
    failed: RwSignal<bool>,
}

pub(super) fn view(form: Form, label: String, hint: String, path: String, depth: AreaDepth) -> AnyView {
    let lists = Lists {
        form,
        chosen: form.text(path.clone()),
        lists: RwSignal::new(form.areas(&path)),
        path: StoredValue::new(path.clone()),
        depth,
        failed: RwSignal::new(false),
    };
    Effect::new(move |_| lists.read_districts());
    let update = (depth != AreaDepth::District).then(|| update_button(lists));
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=form.error(path) group=true>
            <div class="tb-area">
                {lists.select(AreaLevel::District)} <Show when=move || lists.has(AreaLevel::Street)>
                    {lists.select(AreaLevel::Street)}
                </Show> <Show when=move || lists.has(AreaLevel::Community)>{lists.select(AreaLevel::Community)}</Show>
            </div>
            {update}
        </FieldShell>
    }
    .into_any()
}

/// Brings the next list without script, or when the network failed.
fn update_button(lists: Lists) -> AnyView {
    let hint = match lists.depth {
        AreaDepth::Community => "先选区，按“更新”再选街道；选好街道，再按“更新”选社区。",
        _ => "先选区，按“更新”再选街道。",
    };
    view! {
        <div class="tb-area__update" class:tb-without-script=move || !lists.failed.get()>
            <p class="tb-hint">
                {move || if lists.failed.get() { "名单没有读到。请检查网络，再按“更新”。" } else { hint }}
            </p>
            <Button kind=ButtonKind::Secondary name="_do" value="stay" formnovalidate=true>
                "更新"
            </Button>
        </div>
    }
    .into_any()
}

impl Lists {
    fn of(self, level: AreaLevel) -> Vec<Area> {
        self.lists.with(|lists| match level {
            AreaLevel::Street => lists.streets.clone(),
            AreaLevel::Community => lists.communities.clone(),
            AreaLevel::City | AreaLevel::District => lists.districts.clone(),
        })
    }

    fn has(self, level: AreaLevel) -> bool {
        let wanted = match self.depth {
            AreaDepth::District => false,
            AreaDepth::Street => level == AreaLevel::Street,
            AreaDepth::Community => true,
        };
        wanted && !self.of(level).is_empty()
    }

    fn select(self, level: AreaLevel) -> AnyView {
        let path = self.path.get_value();
        let (id, label) = match level {
            AreaLevel::Street => (format!("{path}.street"), "街道（乡镇）"),
            AreaLevel::Community => (format!("{path}.community"), "社区（村）"),
            AreaLevel::City | AreaLevel::District => (path.clone(), "区（县、市）"),
        };
        let choices =
            Signal::derive(move || self.of(level).iter().map(|area| Choice::new(&area.code, &area.name)).collect());
        let value =
            Signal::derive(move || self.chosen.with(|code| at_level(code, level).unwrap_or_default().to_owned()));
        let change = Callback::new(move |code| self.choose(level, code));
        view! { <Select path=id label=label choices=choices value=value on_change=change name=path /> }.into_any()
    }

    /// Takes a choice over, empties the levels below and reads the next.
    fn choose(self, level: AreaLevel, code: String) {
        let above = match level {
            AreaLevel::Community => AreaLevel::Street,
            _ => AreaLevel::District,
        };
        let outer = self.chosen.with_untracked(|chosen| at_level(chosen, above).unwrap_or_default().to_owned());
        let path = self.path.get_value();
        // Nothing chosen on this level leaves the level above.
        let kept = if code.is_empty() && level != AreaLevel::District { outer } else { code.clone() };
        self.form.set(&path, kept);
        self.form.leave(&path);
        self.lists.update(|lists| match level {
            AreaLevel::Community => {}
            AreaLevel::Street => lists.communities.clear(),
            AreaLevel::City | AreaLevel::District => {
                lists.streets.clear();
                lists.communities.clear();
            }
        });
        let below = match level {
            AreaLevel::District if self.depth != AreaDepth::District => AreaLevel::Street,
            AreaLevel::Street if self.depth == AreaDepth::Community => AreaLevel::Community,
            _ => return,
        };
        if !code.is_empty() {
            self.read(code, below);
        }
    }

    fn read(self, code: String, level: AreaLevel) {
        let asked = code.clone();
        let done = move |areas: Option<Vec<Area>>| {
            // The page may have been left meanwhile, or another area chosen.
            if self.lists.is_disposed() {
                return;
            }
            let current =
                level == AreaLevel::District || self.chosen.with_untracked(|chosen| chosen.starts_with(&asked));
            if !current {
                return;
            }
            self.failed.set(areas.is_none());
            let areas = areas.unwrap_or_default();
            self.lists.update(|lists| match level {
                AreaLevel::Street => lists.streets = areas,
                AreaLevel::Community => lists.communities = areas,
                AreaLevel::City | AreaLevel::District => lists.districts = areas,
            });
        };
        browser::fetch_areas(&code, done);
    }

    /// In a group's item that was added just now.
    fn read_districts(self) {
        if self.lists.with_untracked(|lists| lists.districts.is_empty()) {
            self.read(domain::areas::CITY.to_owned(), AreaLevel::District);
        }
    }
}
