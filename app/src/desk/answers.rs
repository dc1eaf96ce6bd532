//! What the resident filled in and handed in. When a correction can be asked for, each has a box to tick.

use std::collections::BTreeMap;

use domain::cases::{CaseDesk, FileView, Step};
use domain::desk::TICKED;
use domain::forms::{Answered, AnsweredPage};
use domain::scan::Scan;
use leptos::prelude::*;

use super::actions::{form_id, prefix};
use super::hidden::hidden;
use crate::ui::{Icon, IconName};

/// The boxes of this page: the form that they belong to, and which are ticked.
#[derive(Clone)]
struct Ticks {
    form: String,
    name: String,
    ticked: Vec<String>,
    /// Texts that go with what is ticked, by field.
    ready: Vec<(String, String)>,
}

/// Answers page by page, then the materials. The id `f-ask-correction.field` is where the summary of findings leads.
pub fn answers(desk: &CaseDesk) -> AnyView {
    let may_ask = desk.steps.iter().any(|one| one.step == Step::AskCorrection);
    let ticks = may_ask.then(|| Ticks {
        form: form_id(Step::AskCorrection),
        name: format!("{}{TICKED}", prefix(Step::AskCorrection)),
        ticked: desk.flash.entries.all(TICKED).to_vec(),
        ready: desk.ready.clone(),
    });
    let rows = |page: &AnsweredPage| page.rows.iter().filter(|row| !row.material).cloned().collect::<Vec<_>>();
    let pages = desk
        .file
        .pages
        .iter()
        .map(|page| (page, rows(page)))
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(page, rows)| section(page, rows, ticks.as_ref(), hidden(desk, &page.key)))
        .collect_view();
    let materials: Vec<Answered> =
        desk.file.pages.iter().flat_map(|page| &page.rows).filter(|row| row.material).cloned().collect();
    view! {
        <div id="f-ask-correction.field" tabindex="-1">
            {pages} {(!materials.is_empty()).then(|| viewer(materials, &desk.file.files, ticks.as_ref()))}
        </div>
    }
    .into_any()
}

/// Classes: those of [`crate::ui::SummaryList`].
fn section(page: &AnsweredPage, rows: Vec<Answered>, ticks: Option<&Ticks>, hidden: Option<AnyView>) -> AnyView {
    let (title, id) = (page.title.clone(), format!("page-{}", page.key));
    let row = |row: Answered| {
        let tick = ticks.map(|ticks| view! { <dd class="tb-summary__change">{tick(&row, ticks)}</dd> });
        let text = if row.text.is_empty() { "（没有填）".to_owned() } else { row.text.clone() };
        view! {
            <div class="tb-summary__row">
                <dt class="tb-summary__term">{name(&row)}</dt>
                <dd class="tb-summary__value">{text}</dd>
                {tick}
            </div>
        }
    };
    view! {
        <section class="tb-review" id=id tabindex="-1">
            <div class="tb-review__head">
                <h2>{title}</h2>
            </div>
            {hidden}
            <dl class="tb-summary">{rows.into_iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// Classes: `tb-viewer`, `tb-viewer__material`, `tb-viewer__file`.
fn viewer(materials: Vec<Answered>, files: &BTreeMap<String, Vec<FileView>>, ticks: Option<&Ticks>) -> AnyView {
    let material = |row: Answered| {
        let given = files.get(&row.path).cloned().unwrap_or_default();
        let none = given.is_empty();
        let shown = given.into_iter().map(|given| file(&row.label, given)).collect_view();
        view! {
            <li>
                <div class="tb-viewer__material">
                    <h3>{name(&row)}</h3>
                    {ticks.map(|ticks| tick(&row, ticks))}
                </div>
                {none.then(|| view! { <p class="tb-hint">"没有上传"</p> })}
                {shown}
            </li>
        }
    };
    view! {
        <section class="tb-review tb-viewer">
            <div class="tb-review__head">
                <h2>"申请材料"</h2>
            </div>
            <ul role="list">{materials.into_iter().map(material).collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn file(label: &str, file: FileView) -> AnyView {
    if file.scan != Scan::Clean {
        return view! { <p>{file.name} " " <strong>{file.scan.words()}</strong></p> }.into_any();
    }
    let FileView { id, name, media_type, size_bytes, .. } = file;
    let address = format!("/files/{id}?inline=1");
    let about = format!("{name}（{}）", size(size_bytes));
    if id.is_empty() {
        return view! { <p>{about} <span class="tb-hint">" 您不能打开"</span></p> }.into_any();
    }
    if !media_type.starts_with("image/") {
        return view! {
            <p>
                <a href=address rel="external noopener" target="_blank">
                    <Icon name=IconName::File />
                    {about}
                    <span class="tb-hidden">"，在新窗口打开"</span>
                </a>
            </p>
        }
        .into_any();
    }
    let alt = format!("{label}：{name}");
    let enlarge = format!("看大图：{alt}");
    view! {
        <figure class="tb-viewer__file">
            <a href=address rel="external noopener" target="_blank" aria-label=enlarge>
                <img src=address.clone() alt=alt loading="lazy" />
            </a>
            <figcaption>{about} " 点图看大图"</figcaption>
        </figure>
    }
    .into_any()
}

/// The box belongs to the form of the step by the `form` attribute: it works without script. Class: `tb-tick`.
fn tick(row: &Answered, ticks: &Ticks) -> AnyView {
    let checked = ticks.ticked.contains(&row.path);
    let key = row.path.split('.').next().unwrap_or(&row.path);
    let ready = ticks.ready.iter().find(|(field, _)| field == key).map(|(_, text)| text.clone());
    view! {
        <label class="tb-tick">
            <input type="checkbox" name=ticks.name.clone() value=row.path.clone() form=ticks.form.clone() checked=checked />
            "要补正"
            <span class="tb-hidden">{format!("：{}", name(row))}</span>
        </label>
        {ready.map(|text| view! { <p class="tb-hint">"会告诉申请人：" {text}</p> })}
    }
    .into_any()
}

fn name(row: &Answered) -> String {
    if row.of.is_empty() { row.label.clone() } else { format!("{} · {}", row.of, row.label) }
}

fn size(bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1024);
    if kilobytes < 1024 {
        format!("{kilobytes} KB")
    } else {
        format!("{}.{} MB", kilobytes / 1024, kilobytes % 1024 * 10 / 1024)
    }
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_short() {
        assert_eq!([1, 2_048, 1_600_000].map(size), ["1 KB", "2 KB", "1.5 MB"]);
    }
}
