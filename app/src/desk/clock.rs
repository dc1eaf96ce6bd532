//! How much time is left, in words and with a shape, not by colour alone.

use leptos::prelude::*;

use crate::ui::{Icon, IconName};

/// From so many working days on, a day that is due is marked.
const SOON_DAYS: i64 = 3;

/// `days_left`: working days; negative when the day has passed.
/// Classes: `tb-clock`, `tb-clock--soon`, `tb-clock--late`.
#[component]
pub fn Clock(days_left: i64) -> impl IntoView {
    let (class, icon) = match days_left {
        ..0 => ("tb-clock tb-clock--late", IconName::Error),
        0..=SOON_DAYS => ("tb-clock tb-clock--soon", IconName::Warning),
        _ => ("tb-clock", IconName::Clock),
    };
    view! {
        <span class=class>
            <Icon name=icon />
            {words(days_left)}
        </span>
    }
}

fn words(days_left: i64) -> String {
    match days_left {
        ..0 => format!("超期{}天", -days_left),
        0 => "今天到期".to_owned(),
        _ => format!("还剩{days_left}天"),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn time_is_said_in_days() {
        assert_eq!([-2, 0, 3].map(words), ["超期2天", "今天到期", "还剩3天"]);
    }
}
