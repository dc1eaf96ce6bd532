//! Lines as they stand on paper.

use domain::printing::Line;
use leptos::prelude::*;

/// Classes: `tb-slip`, on A4 `tb-slip tb-slip--a4`; `__title`, `__rule`, `tb-qr`. `qr`: the drawing for the line that is one.
pub fn slip(lines: Vec<Line>, qr: String, a4: bool) -> AnyView {
    let line = |line: Line| match line {
        Line::Title(text) => view! { <p class="tb-slip__title">{text}</p> }.into_any(),
        Line::Text(text) => view! { <p>{text}</p> }.into_any(),
        Line::Rule => view! { <hr class="tb-slip__rule" /> }.into_any(),
        Line::Qr(_) => {
            let qr = qr.clone();
            view! { <div class="tb-qr" role="img" aria-label="二维码" inner_html=qr></div> }.into_any()
        }
    };
    let class = if a4 { "tb-slip tb-slip--a4" } else { "tb-slip" };
    view! {
        <section class=class aria-label="打印出来的样子">
            {lines.into_iter().map(line).collect_view()}
        </section>
    }
    .into_any()
}
