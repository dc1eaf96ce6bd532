//! The frame for workers: denser, with who is signed in and for which office.

use domain::desk::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::BrandMark;
use crate::ui::SkipLink;

pub type Way = (&'static str, &'static str);

const WAYS: [Way; 6] = [
    ("待办", "/desk"),
    ("预约", "/desk/appointments"),
    ("保管", "/desk/custody"),
    ("差评", "/desk/ratings"),
    ("回避", "/desk/recusal"),
    ("办事指南", "/items"),
];

// Who keeps accounts, rights or the audit works on no cases.
const ADMINISTRATION: [Way; 3] =
    [("工作人员", "/desk/admin/workers"), ("等着批准", "/desk/admin/proposals"), ("承接合同", "/desk/admin/contracts")];
const AUDIT: [Way; 2] = [("审计", "/desk/audit"), ("不寻常的查看", "/desk/audit/looks")];

/// Where somebody with this role finds the work.
pub fn ways(role: Option<Role>) -> &'static [Way] {
    match role {
        // Contracts go with rights.
        Some(Role::SystemAdmin) => &ADMINISTRATION[..2],
        Some(Role::SecurityAdmin) => &ADMINISTRATION,
        Some(Role::Auditor) => &AUDIT,
        _ => &WAYS,
    }
}

/// Classes: `tb-frame`, `tb-desk`, `tb-header`, `tb-desk__who`, `tb-main`. Signing out is a form, so that no link can do it.
#[component]
pub fn DeskLayout(
    #[prop(into)] worker_name: Signal<String>,
    #[prop(into)] office_name: Signal<String>,
    /// Of an administrator.
    #[prop(default = None)]
    role: Option<Role>,
    children: Children,
) -> impl IntoView {
    let path = use_location().pathname;
    let way = move |(name, href): Way| {
        let current = move || (*path.read() == href).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    view! {
        <div class="tb-frame tb-desk">
            <SkipLink/>
            <header class="tb-header">
                <div class="tb-header__inner">
                    <a class="tb-header__brand" href="/desk">
                        <BrandMark/>
                        "通办 · 工作台"
                    </a>
                    <nav class="tb-header__nav" aria-label="主要栏目">
                        <ul role="list">{ways(role).iter().copied().map(way).collect_view()}</ul>
                    </nav>
                    <div class="tb-desk__who">
                        <p>
                            <span class="tb-desk__office">{move || office_name.get()}</span>
                            " "
                            <a href="/desk/account">{move || worker_name.get()}</a>
                        </p>
                        <form method="post" action="/desk/sign-out">
                            <button class="tb-button tb-button--secondary" type="submit">"退出"</button>
                        </form>
                    </div>
                </div>
            </header>
            <main class="tb-main" id="main" tabindex="-1">{children()}</main>
        </div>
    }
}
