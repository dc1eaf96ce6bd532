//! Items in lists.

use domain::catalogue::{CATEGORIES, ItemBrief, facet_name};
use leptos::prelude::*;

use super::api::Shelf;
use super::words;
use crate::ui::{Disclosure, Tag, TagKind};

/// What was found, each with what it is. Classes: `tb-items`, `tb-item` and its parts.
#[component]
pub fn ItemList(items: Vec<ItemBrief>) -> impl IntoView {
    view! { <ul class="tb-items" role="list">{items.into_iter().map(item).collect_view()}</ul> }
}

fn item(item: ItemBrief) -> AnyView {
    let duration = words::duration(&item);
    // Most official names say something else than the everyday one; the rest would only repeat it.
    let official = (item.name != item.everyday).then(|| view! { <p class="tb-item__meta">{item.name}</p> });
    view! {
        <li class="tb-item">
            <a class="tb-item__name" href=format!("/items/{}", item.code)>{item.everyday}</a>
            {official}
            <p class="tb-item__everyday">{item.summary}</p>
            <p class="tb-item__meta"><WhereTag has_form=item.has_form/> " " {duration}</p>
        </li>
    }
    .into_any()
}

/// Online, or only at a window.
#[component]
pub fn WhereTag(has_form: bool) -> impl IntoView {
    let (kind, text) = if has_form { (TagKind::Done, "可以网上办") } else { (TagKind::Plain, "现场办") };
    view! { <Tag kind=kind text=text/> }
}

/// All items by category, each category behind its name. Classes: `tb-shelf`, `tb-shelf__item`.
#[component]
pub fn Shelves(shelves: Vec<Shelf>) -> impl IntoView {
    shelves.into_iter().map(shelf).collect_view()
}

fn shelf(shelf: Shelf) -> AnyView {
    let name = facet_name(CATEGORIES, &shelf.category).unwrap_or_default();
    let items = shelf.items.into_iter().map(|(code, everyday, has_form)| {
        let tag = has_form.then(|| view! { " " <WhereTag has_form=true/> });
        view! { <li class="tb-shelf__item"><a href=format!("/items/{code}")>{everyday}</a> {tag}</li> }
    });
    let items = items.collect::<Vec<_>>();
    view! {
        <Disclosure summary=format!("{name}（{}件）", items.len())>
            <ul class="tb-shelf" role="list">{items}</ul>
        </Disclosure>
    }
    .into_any()
}
