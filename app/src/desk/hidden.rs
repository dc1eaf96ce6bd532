//! What is masked on a page of the answers: shown on purpose, with a reason, for some minutes.

use domain::cases::{CaseDesk, Hidden};
use domain::desk::{SHOWN_MINUTES, ShowReason};
use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Choice, Disclosure, Radios, TextInput};

/// The form that asks for it, or until when it is shown. None: nothing of the page may be asked for.
///
/// Class: `tb-masked`.
pub fn hidden(desk: &CaseDesk, page: &str) -> Option<AnyView> {
    let Hidden { until, finding, words } = desk.hidden.get(page)?.clone();
    if !until.is_empty() {
        let view = view! { <p class="tb-hint tb-masked">"完整内容显示到 " {until} "，之后自动遮住。"</p> };
        return Some(view.into_any());
    }
    let (action, key) = (format!("/desk/cases/{}/show", desk.file.number), page.to_owned());
    let (reason, beside) = (format!("show-{page}-reason"), format!("show-{page}-words"));
    let failed = finding.is_some();
    let wrong = |path: &str| Signal::stored(finding.clone().filter(|one| one.path == path).map(|one| one.message));
    let (reason_wrong, words_wrong) = (wrong(&reason), wrong(&beside));
    let choices: Vec<Choice> =
        ShowReason::ALL.into_iter().map(|reason| Choice::new(reason.key(), reason.name())).collect();
    let other = !words.is_empty() || words_wrong.get_untracked().is_some();
    let chosen = if other { ShowReason::Other.key().to_owned() } else { String::new() };
    let view = view! {
        <div class="tb-masked">
            <Disclosure summary="显示完整内容" open=failed>
                <PostForm action=action class="tb-action">
                    <input type="hidden" name="page" value=key />
                    <p>{format!("显示{SHOWN_MINUTES}分钟，只有您能看到。谁在什么时候为什么看过，申请人可以查到。")}</p>
                    <Radios
                        path=reason
                        label="为什么要看"
                        choices=choices
                        checked=Signal::stored(chosen)
                        error=reason_wrong
                    />
                    <TextInput
                        path=beside
                        label="其他理由"
                        optional=true
                        value=Signal::stored(words)
                        error=words_wrong
                    />
                    <Button kind=ButtonKind::Secondary>"显示"</Button>
                </PostForm>
            </Disclosure>
        </div>
    };
    Some(view.into_any())
}
