//! A device becomes a kiosk by the code that an administrator has made.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::layout::ResidentLayout;
use crate::ui::{Actions, Button, ErrorSummary, Page, PageTitle, TextInput, Width};

const WRONG: &str = "代码不对，或者过期了。请核对8位代码；过了15分钟，请管理员再生成一个。";

/// `/kiosk/enrol`. A plain form also with script: what follows is another frame.
#[component]
pub fn EnrolPage() -> impl IntoView {
    let query = use_query_map();
    let again = query.with_untracked(|query| query.get_str("again").is_some());
    let error = again.then(|| WRONG.to_owned());
    let found: Vec<(String, String)> = error.iter().map(|text| ("code".to_owned(), text.clone())).collect();
    view! {
        <Title text="登记自助机" />
        <ResidentLayout>
            <Page>
                <ErrorSummary title="没有登记上" findings=Signal::stored(found) />
                <PageTitle
                    title="把这台设备登记成自助机"
                    lead="登记以后，这台设备只能打开办事的页面。原来登录着的会退出。"
                />
                <form method="post" action="/kiosk/enrol">
                    <TextInput
                        path="code"
                        label="登记代码"
                        hint="8位，系统管理员在“自助机”页面上生成，15分钟内有效。"
                        value=Signal::stored(String::new())
                        error=Signal::stored(error)
                        width=Width::Medium
                        maxlength=20
                    />
                    <Actions>
                        <Button>"登记"</Button>
                    </Actions>
                </form>
            </Page>
        </ResidentLayout>
    }
}
