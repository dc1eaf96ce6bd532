//! What changed between two revisions of an item, in sentences that a resident understands.

use super::item::{CaseKind, Item, Mode};
use super::material::{Material, Necessity};
use super::procedure::Delivery;
use crate::calendar::DayUnit;
use crate::forms::{Choice, Definition, Field, Kind, Page};

/// A sentence for each thing that is another in `new` than in `old`. Empty: nothing that concerns a resident changed.
pub fn diff(old: &Item, new: &Item) -> Vec<String> {
    let mut out = Vec::new();
    names(old, new, &mut out);
    times(old, new, &mut out);
    listed("申请条件", &old.conditions, &new.conditions, &mut out);
    materials(old, new, &mut out);
    questions(&old.pages, &new.pages, &mut out);
    decider(old, new, &mut out);
    procedure(old, new, &mut out);
    result(old, new, &mut out);
    listed("依据", &old.laws, &new.laws, &mut out);
    out
}

/// Keys of the pages of `new` that ask something which `old` did not ask, or asked in another way.
pub fn pages_to_answer(old: &Definition, new: &Definition) -> Vec<String> {
    let asked_before = |field: &Field| {
        old.field(&field.key).is_some_and(|before| before.kind == field.kind && (!before.optional || field.optional))
    };
    let is_new = |page: &&Page| {
        let asks = |field: &&Field| !matches!(field.kind, Kind::Computed { .. });
        page.fields.iter().filter(asks).any(|field| !asked_before(field))
    };
    new.pages.iter().filter(is_new).map(|page| page.key.clone()).collect()
}

/// `办理时间从5个工作日改成10个工作日`, when they differ.
fn changed(what: &str, old: &str, new: &str, out: &mut Vec<String>) {
    match (old.trim(), new.trim()) {
        (old, new) if old == new => {}
        ("", new) => out.push(format!("{what}：现在是“{new}”")),
        (old, "") => out.push(format!("{what}：不再有“{old}”")),
        (old, new) => out.push(format!("{what}：从“{old}”改成“{new}”")),
    }
}

fn listed(what: &str, old: &[String], new: &[String], out: &mut Vec<String>) {
    out.extend(new.iter().filter(|line| !old.contains(line)).map(|line| format!("{what}增加：{line}")));
    out.extend(old.iter().filter(|line| !new.contains(line)).map(|line| format!("{what}去掉：{line}")));
}

fn names(old: &Item, new: &Item, out: &mut Vec<String>) {
    changed("名称", &old.name, &new.name, out);
    changed("平常的叫法", &old.everyday, &new.everyday, out);
    changed("主管部门", old.department.bureau(), new.department.bureau(), out);
}

fn times(old: &Item, new: &Item, out: &mut Vec<String>) {
    let days = |days: u32, unit: DayUnit| format!("{days}{}", unit.name());
    let promised = |item: &Item| match item.case_kind {
        CaseKind::Instant => "当场办好".to_owned(),
        CaseKind::Promised => days(item.promised_days, item.promised_unit),
    };
    changed("办理时间", &promised(old), &promised(new), out);
    let legal = |item: &Item| item.legal_days.map(|legal| days(legal, item.legal_unit)).unwrap_or_default();
    changed("法律规定的最长时间", &legal(old), &legal(new), out);
    changed("时间说明", &old.time_note, &new.time_note, out);
}

/// Materials that somebody has to hand in.
fn asked(item: &Item) -> impl Iterator<Item = &Material> {
    item.materials.iter().filter(|material| material.not_asked_because.is_empty())
}

fn materials(old: &Item, new: &Item, out: &mut Vec<String>) {
    for material in asked(new) {
        match asked(old).find(|before| before.key == material.key) {
            None => out.push(format!("要多交一样材料：{}（{}）", material.name, need(material))),
            Some(before) => material_changed(before, material, out),
        }
    }
    let gone = asked(old).filter(|before| !asked(new).any(|material| material.key == before.key));
    out.extend(gone.map(|material| format!("不用再交：{}", material.name)));
}

fn material_changed(old: &Material, new: &Material, out: &mut Vec<String>) {
    let name = &new.name;
    changed("材料的名称", &old.name, name, out);
    if old.necessity != new.necessity {
        out.push(format!("“{name}”从{}改成{}", need(old), need(new)));
    }
    if old.when != new.when {
        out.push(format!("“{name}”：什么情况下要交，有变化"));
    }
    if old.promise != new.promise {
        let word = if new.promise { "现在可以写承诺书代替" } else { "不能再用承诺书代替" };
        out.push(format!("“{name}”{word}"));
    }
    if (old.form, old.max_files) != (new.form, new.max_files) {
        out.push(format!("“{name}”的形式或份数有变化"));
    }
    changed(&format!("“{name}”怎么准备"), &old.note, &new.note, out);
}

fn need(material: &Material) -> &'static str {
    match material.necessity {
        Necessity::Required => "必须有",
        Necessity::Optional => "没有也可以",
        Necessity::Deferrable => "可以后补",
    }
}

/// A question with the title of its page and a path that is its own.
type Asked<'a> = (String, &'a str, &'a Field);

fn flat(pages: &[Page]) -> Vec<Asked<'_>> {
    let mut out = Vec::new();
    for page in pages {
        for field in page.fields.iter().filter(|field| !matches!(field.kind, Kind::Computed { .. })) {
            out.push((field.key.clone(), page.title.as_str(), field));
            if let Kind::Group { fields, .. } = &field.kind {
                let inner = fields.iter().filter(|inner| !matches!(inner.kind, Kind::Computed { .. }));
                out.extend(inner.map(|inner| (format!("{}.{}", field.key, inner.key), page.title.as_str(), inner)));
            }
        }
    }
    out
}

fn questions(old: &[Page], new: &[Page], out: &mut Vec<String>) {
    let (old, new) = (flat(old), flat(new));
    for (path, page, field) in &new {
        match old.iter().find(|(before, ..)| before == path) {
            None => out.push(format!("多了一个问题：{}（在“{page}”那一页）", field.label)),
            Some((.., before)) => question_changed(before, field, out),
        }
    }
    let gone = old.iter().filter(|(before, ..)| !new.iter().any(|(path, ..)| path == before));
    out.extend(gone.map(|(.., field)| format!("不再问：{}", field.label)));
}

fn question_changed(old: &Field, new: &Field, out: &mut Vec<String>) {
    let label = &new.label;
    if old.label != new.label {
        out.push(format!("问题“{}”改成“{label}”", old.label));
    }
    match (&old.kind, &new.kind) {
        (Kind::OneOf { options: before }, Kind::OneOf { options: after })
        | (Kind::SeveralOf { options: before }, Kind::SeveralOf { options: after }) => {
            choices(label, before, after, out);
        }
        (Kind::Declaration { text: before }, Kind::Declaration { text: after }) => {
            changed(&format!("“{label}”要您同意的话"), before, after, out);
        }
        // The questions of a group are compared one by one.
        (Kind::Group { min, max, .. }, Kind::Group { min: least, max: most, .. }) => {
            if (min, max) != (least, most) {
                out.push(format!("“{label}”现在最少填{least}个，最多填{most}个"));
            }
        }
        (before, after) if before != after => out.push(format!("“{label}”的填法有变化")),
        _ => {}
    }
    if old.optional != new.optional {
        out.push(format!("“{label}”{}", if new.optional { "现在可以不填" } else { "现在必须填" }));
    }
    if (&old.when, &old.required_when, &old.rules) != (&new.when, &new.required_when, &new.rules) {
        out.push(format!("“{label}”什么时候要填、怎样算填对，有变化"));
    }
}

fn choices(label: &str, old: &[Choice], new: &[Choice], out: &mut Vec<String>) {
    let one_of = |list: &[Choice], choice: &Choice| list.iter().any(|other| other.value == choice.value);
    let more = new.iter().filter(|choice| !one_of(old, choice));
    out.extend(more.map(|choice| format!("“{label}”多了一个选项：{}", choice.label)));
    let less = old.iter().filter(|choice| !one_of(new, choice));
    out.extend(less.map(|choice| format!("“{label}”少了一个选项：{}", choice.label)));
    for choice in new {
        let before = old.iter().find(|other| other.value == choice.value);
        if let Some(before) = before.filter(|before| before.label != choice.label) {
            out.push(format!("“{label}”的选项“{}”改成“{}”", before.label, choice.label));
        }
    }
}

fn decider(old: &Item, new: &Item, out: &mut Vec<String>) {
    let who = |item: &Item| format!("{}的{}", item.routing.basis.name(), item.routing.level.decider());
    changed("由谁决定", &who(old), &who(new), out);
    if old.routing.rules != new.routing.rules {
        out.push("有些情况由哪一级决定，有变化".to_owned());
    }
    changed("在哪里能办", where_to(old.mode), where_to(new.mode), out);
    changed("到现场办去哪里", &old.where_to_go, &new.where_to_go, out);
}

fn where_to(mode: Mode) -> &'static str {
    match mode {
        Mode::D => "全市任何一个窗口当场办好",
        Mode::Z => "全市任何一个窗口受理",
        Mode::F => "全市任何一个窗口收材料，转给主管部门",
        Mode::L => "只在自己的社区办",
    }
}

fn procedure(old: &Item, new: &Item, out: &mut Vec<String>) {
    let visits = |item: &Item| match item.visits {
        0 => "不用到现场".to_owned(),
        times => format!("到现场{times}次"),
    };
    changed("要跑几次", &visits(old), &visits(new), out);
    let (before, after) = (&old.procedure, &new.procedure);
    if before.home_visit != after.home_visit {
        out.push(if after.home_visit { "办理中要上门看一看" } else { "不用再上门看" }.to_owned());
    }
    let announced = |item: &Item| {
        let words = |period: super::AnnouncementPeriod| format!("公示{}{}", period.days, period.unit.name());
        item.procedure.announcement.map_or_else(|| "不公示".to_owned(), words)
    };
    changed("公示", &announced(old), &announced(new), out);
    let corrections = |days: u32| format!("{days}个工作日内补好");
    changed("要补材料时", &corrections(before.correction_days), &corrections(after.correction_days), out);
}

fn result(old: &Item, new: &Item, out: &mut Vec<String>) {
    changed("费用", &fee(old), &fee(new), out);
    changed("办好得到什么", &old.result, &new.result, out);
    let ways = |item: &Item| {
        let ways = item.decision.iter().flat_map(|decision| &decision.delivery).copied().map(Delivery::name);
        ways.collect::<Vec<_>>().join("、")
    };
    changed("结果怎么给您", &ways(old), &ways(new), out);
}

fn fee(item: &Item) -> String {
    let parts = item.fees.iter().map(|fee| format!("{}{}", fee.name, fee.amount));
    std::iter::once(item.fee.clone()).chain(parts).collect::<Vec<_>>().join("，")
}
