//! A notice as it stands on paper.

use domain::notices::Notice;
use leptos::prelude::*;

use crate::cases::full_day;

/// Classes: `tb-paper`, `__number`, `__title`, `__to`, `__text`, `__facts`, `__foot`, `__check`. `qr`: an SVG, or empty.
pub fn paper(notice: Notice, qr: String) -> AnyView {
    let Notice { kind, number, to, paragraphs, facts, office, day, copies, code, .. } = notice;
    let text = paragraphs.into_iter().map(|text| view! { <p class="tb-paper__text">{text}</p> }).collect_view();
    let row = |(label, value): (String, String)| {
        view! {
            <tr>
                <th scope="row">{label}</th>
                <td>{value}</td>
            </tr>
        }
    };
    let has_qr = !qr.is_empty();
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
            <div class="tb-paper__check">
                {has_qr
                    .then(|| {
                        view! { <div class="tb-qr" role="img" aria-label="核对这份文书的二维码" inner_html=qr></div> }
                    })}
                <p>
                    "核对真假：扫二维码，或者打开 " <a href="/verify">"/verify"</a> " 填核对码 "
                    <strong>{code}</strong> "。" <br /> {copies}
                </p>
            </div>
        </article>
    }
    .into_any()
}
