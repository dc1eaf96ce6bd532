//! A notice as it stands on paper.

use domain::notices::{Notice, sign_line};
use leptos::prelude::*;

use crate::cases::full_day;

/// Classes: `tb-paper`, `__number`, `__title`, `__to`, `__text`, `__facts`, `__foot`, `__signs`, `__check`, `__promise`.
/// `check`: where it can be checked, and the same for this one as a QR code; none where that was just done.
pub fn paper(notice: Notice, check: Option<(String, String)>) -> AnyView {
    let Notice { kind, number, to, paragraphs, facts, promise, signs, office, day, copies, code, .. } = notice;
    let text = paragraphs.into_iter().map(|text| view! { <p class="tb-paper__text">{text}</p> }).collect_view();
    let row = |(label, value): (String, String)| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>{value}</td>
            </tr>
        }
    };
    let sign = |who: String| view! { <p>{sign_line(&who)}</p> };
    view! {
        <article class="tb-paper" aria-labelledby="paper-title">
            <p class="tb-paper__number">{number}</p>
            <h1 class="tb-paper__title" id="paper-title">
                {kind.title()}
            </h1>
            <p class="tb-paper__to">{to} "："</p>
            {text}
            <table class="tb-paper__facts">
                <tbody>{facts.into_iter().map(row).collect_view()}</tbody>
            </table>
            <div class="tb-paper__foot">
                <p>{office}</p>
                <p>{full_day(day)}</p>
            </div>
            <div class="tb-paper__signs">{signs.into_iter().map(sign).collect_view()}</div>
            <div class="tb-paper__check">
                {check.map(|(page, qr)| how_to_check(page, qr, code))}
                <p>{copies}</p>
            </div>
            {(!promise.is_empty()).then(|| declaration(promise))}
        </article>
    }
    .into_any()
}

/// On paper the whole address is needed.
fn how_to_check(page: String, qr: String, code: String) -> AnyView {
    view! {
        <div class="tb-qr" role="img" aria-label="核对这份文书的二维码" inner_html=qr></div>
        <p>"核对真假：扫二维码，或者打开 " <a href="/verify">{page}</a> " 填核对码 " <strong>{code}</strong> "。"</p>
    }
    .into_any()
}

/// What the applicant promises (承诺书); on paper a sheet of its own.
fn declaration(promise: Vec<String>) -> AnyView {
    let text = promise.into_iter().map(|text| view! { <p class="tb-paper__text">{text}</p> }).collect_view();
    view! {
        <section class="tb-paper__promise" aria-labelledby="promise-title">
            <h2 class="tb-paper__title" id="promise-title">
                "承诺书"
            </h2>
            {text}
            <div class="tb-paper__signs">
                <p>{sign_line("承诺人（签名）")}</p>
            </div>
        </section>
    }
    .into_any()
}
