//! What is shown of a case, the same for neighbours and in the worker's preview.

use domain::announcements::Announced;
use leptos::prelude::*;

use crate::ui::{SummaryList, SummaryRow};

pub fn shown(announced: &Announced) -> AnyView {
    let row = |(label, value): (&'static str, String)| view! { <SummaryRow term=label>{value}</SummaryRow> };
    let rows = announced.rows().into_iter().map(row).collect_view();
    view! { <SummaryList>{rows}</SummaryList> }.into_any()
}
