//! A search that is an address: it can be kept, sent and reloaded.

use leptos::prelude::*;

use super::{Icon, IconName};

/// A form that asks by `GET`. Classes: `tb-search`, `tb-search__label`, `tb-search__row`, `tb-search__input`,
/// `tb-search__button`.
#[component]
pub fn SearchBox(
    #[prop(into)] action: String,
    #[prop(into)] label: String,
    /// Only read out, where the heading above says the same.
    #[prop(optional)]
    label_hidden: bool,
    #[prop(default = "q")] name: &'static str,
    #[prop(optional, into)] value: String,
    /// An example below the box's name, not inside the box.
    #[prop(optional, into)]
    hint: String,
    #[prop(default = "搜索")] button: &'static str,
) -> impl IntoView {
    let id = format!("search-{name}");
    let label_class = if label_hidden { "tb-hidden" } else { "tb-search__label" };
    let hint_id = (!hint.is_empty()).then(|| format!("{id}--hint"));
    view! {
        <form class="tb-search" role="search" method="get" action=action>
            <label class=label_class for=id.clone()>{label}</label>
            {hint_id.clone().map(|id| view! { <p class="tb-field__hint" id=id>{hint}</p> })}
            <div class="tb-search__row">
                <input
                    class="tb-search__input"
                    type="search"
                    id=id
                    name=name
                    value=value
                    maxlength="60"
                    autocomplete="off"
                    enterkeyhint="search"
                    aria-describedby=hint_id
                />
                <button class="tb-button tb-search__button" type="submit">
                    <Icon name=IconName::Search/>
                    {button}
                </button>
            </div>
        </form>
    }
}
