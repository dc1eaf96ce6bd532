//! The filters of the queue. They are an address: they can be kept, sent and reloaded.

use domain::cases::{QueueQuery, State};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::ui::{Button, ButtonKind, Choice, Select, TextInput};

const STATE_ALL: &str = "all";
/// What an empty state means.
const STATE_OPEN: &str = "open";

/// What the address of the queue asks for.
pub fn query_of(map: &ParamsMap) -> QueueQuery {
    let text = |key: &str| map.get_str(key).unwrap_or_default().to_owned();
    let state = if text("state") == STATE_OPEN { String::new() } else { text("state") };
    QueueQuery { state, item: text("item"), due: text("due"), number: text("number"), after: text("after") }
}

/// The address at which the same filters go on after a key; an empty key is the beginning.
pub fn address(query: &QueueQuery, after: &str) -> String {
    let mut map = ParamsMap::new();
    let parts = [
        ("state", query.state.as_str()),
        ("item", &query.item),
        ("due", &query.due),
        ("number", &query.number),
        ("after", after),
    ];
    for (key, value) in parts.into_iter().filter(|(_, value)| !value.is_empty()) {
        map.insert(key, value.to_owned());
    }
    format!("/desk{}", map.to_query_string())
}

pub fn is_filtered(query: &QueueQuery) -> bool {
    !(query.state.is_empty() && query.item.is_empty() && query.due.is_empty() && query.number.is_empty())
}

/// Class: `tb-filters`.
#[component]
pub fn Filters(query: QueueQuery, items: Vec<(String, String)>) -> impl IntoView {
    let filtered = is_filtered(&query);
    let states = std::iter::once(Choice::new(STATE_ALL, "全部"))
        .chain(State::ALL.map(|state| Choice::new(state.key(), state.name())))
        .collect::<Vec<_>>();
    let items: Vec<Choice> = items.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    let due = vec![
        Choice::new("overdue", "已超期"),
        Choice::new("soon", "三天内到期"),
        Choice::new("late", "红牌、黑牌"),
        Choice::new("asked", "居民等回复"),
        Choice::new("unanswered", "留言超过48小时"),
    ];
    view! {
        <form class="tb-filters" method="get" action="/desk" role="search" aria-label="筛选办件">
            <Select path="state" label="状态" choices=states value=query.state empty="未办结" />
            <Select path="item" label="事项" choices=items value=query.item empty="全部事项" />
            <Select path="due" label="期限" choices=due value=query.due empty="不限" />
            <TextInput path="number" label="办件编号" value=query.number maxlength=60 />
            <div class="tb-filters__go">
                <Button kind=ButtonKind::Secondary>"筛选"</Button>
                {filtered.then(|| view! { <a href="/desk">"清除"</a> })}
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_survive_the_address() {
        let query = QueueQuery { state: "received".to_owned(), due: "soon".to_owned(), ..QueueQuery::default() };
        assert_eq!(address(&query, ""), "/desk?state=received&due=soon");
        assert_eq!(address(&query, "next"), "/desk?state=received&due=soon&after=next");
        assert_eq!(address(&QueueQuery::default(), ""), "/desk");
        assert!(is_filtered(&query) && !is_filtered(&QueueQuery::default()));
    }

    #[test]
    fn open_cases_are_no_filter() {
        let map: ParamsMap = [("state", "open"), ("item", "")].into_iter().collect();
        assert_eq!(query_of(&map), QueueQuery::default());
    }
}
