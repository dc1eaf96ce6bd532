//! Life events in other pages' lists.

use domain::catalogue::EventBrief;
use leptos::prelude::*;

use crate::ui::{Notice, Tile, Tiles};

/// All of them, as ways in.
#[component]
pub fn EventTiles(
    events: Vec<EventBrief>,
    /* Where they lead: `/events`, or `/desk/events`. */ base: &'static str,
) -> impl IntoView {
    let tile = move |event: EventBrief| {
        let text = format!("{}件事填一张表", event.items);
        view! { <Tile href=format!("{base}/{}", event.key) title=event.name text /> }
    };
    view! { <Tiles>{events.into_iter().map(tile).collect_view()}</Tiles> }
}

/// Beside a list of items: several of them can be asked for in one form. Nothing without such an event.
#[component]
pub fn Together(events: Vec<EventBrief>) -> impl IntoView {
    let one = |event: EventBrief| {
        view! {
            <Notice title=format!("{}：可以一次办完", event.name)>
                <p>{event.summary}</p>
                <p>
                    <a href=format!("/events/{}", event.key)>{format!("{}件事填一张表", event.items)}</a>
                </p>
            </Notice>
        }
    };
    events.into_iter().map(one).collect_view()
}
