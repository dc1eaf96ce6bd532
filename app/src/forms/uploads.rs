//! Files on their way up. This outlives the page's view, which is made anew whenever a file has arrived.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::browser::{self, UploadState, UploadTo};
use crate::post::Refresh;

/// What is said under a material's question.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Progress {
    /// 正在上传 2/5：户口簿.jpg
    pub sending: Option<String>,
    /// Files that cannot be used, and why.
    pub refused: Vec<(String, String)>,
    /// The network is broken: what waits to be sent again.
    pub lost: Option<String>,
}

#[derive(Clone, Copy)]
pub(super) struct Uploads {
    /// By address and path of the question.
    list: RwSignal<BTreeMap<(String, String), Progress>>,
    /// The key of the page that is shown.
    page: StoredValue<String>,
    refresh: Refresh,
}

impl Uploads {
    /// To be called in the page's component.
    pub fn provide() {
        let refresh = use_context::<Refresh>().unwrap_or_default();
        provide_context(Self { list: RwSignal::default(), page: StoredValue::default(), refresh });
    }

    /// Those of the page of this key, which is shown from now on.
    pub fn of_page(key: &str) -> Self {
        let uploads: Self = expect_context();
        uploads.page.set_value(key.to_owned());
        uploads
    }

    pub fn progress(self, to: &UploadTo) -> Progress {
        let key = (to.url.clone(), to.path.clone());
        self.list.with(|list| list.get(&key).cloned().unwrap_or_default())
    }

    /// Sends what was chosen in the control of this id.
    pub fn start(self, to: UploadTo, control: &str) {
        let follow = self.follow(&to);
        browser::upload(to, control, follow);
    }

    pub fn again(self, to: UploadTo) {
        let follow = self.follow(&to);
        browser::upload_again(to, follow);
    }

    fn follow(self, to: &UploadTo) -> impl Fn(UploadState) + use<> {
        let (key, page) = ((to.url.clone(), to.path.clone()), to.page.clone());
        move |state| {
            // What was refused changes nothing: the page is not made anew under the hand that chooses another file.
            let stored = state == UploadState::Done { stored: true };
            self.list.try_update(|list| list.entry(key.clone()).or_default().take(state));
            // Who went on to another page meanwhile types there: that page is not read anew.
            if stored && self.page.try_get_value().is_none_or(|shown| shown == page) {
                self.refresh.now();
            }
        }
    }
}

impl Progress {
    fn take(&mut self, state: UploadState) {
        match state {
            UploadState::Sending { name, number, count } => {
                if number == 1 {
                    *self = Self::default();
                }
                self.sending = Some(format!("正在上传 {number}/{count}：{name}"));
            }
            UploadState::Refused { name, message } => self.refused.push((name, message)),
            UploadState::Lost { name, left } => {
                self.sending = None;
                let others = if left > 1 { format!("等{left}个文件") } else { String::new() };
                self.lost = Some(format!("网络不通，“{name}”{others}还没有传上去。请检查网络后按“重试”。"));
            }
            UploadState::Done { .. } => self.sending = None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_file_is_told_after_the_others_went_up() {
        let mut progress = Progress::default();
        progress.take(UploadState::Sending { name: "a.jpg".into(), number: 1, count: 2 });
        progress.take(UploadState::Refused { name: "a.jpg".into(), message: "不是照片".into() });
        progress.take(UploadState::Sending { name: "b.jpg".into(), number: 2, count: 2 });
        assert_eq!(progress.sending.as_deref(), Some("正在上传 2/2：b.jpg"));
        progress.take(UploadState::Done { stored: true });
        assert_eq!(progress.sending, None);
        assert_eq!(progress.refused.len(), 1);
        progress.take(UploadState::Sending { name: "c.jpg".into(), number: 1, count: 1 });
        assert!(progress.refused.is_empty());
    }
}
