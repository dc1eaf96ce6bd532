//! Marks a fact that has no official source yet.

use leptos::prelude::*;

use super::{Icon, IconName};

/// Class: `tb-sample`.
#[component]
pub fn SampleMark() -> impl IntoView {
    view! {
        <span class="tb-sample">
            <Icon name=IconName::Info/>
            "示例数据，以主管部门公布为准"
        </span>
    }
}
