//! The facts of an item in everyday words.

use domain::catalogue::{CaseKind, GuideMaterial, ItemBrief, ItemGuide, Necessity, Source};

/// How long the office takes.
pub fn duration(item: &ItemBrief) -> String {
    match item.case_kind {
        CaseKind::Instant => "当场办好".to_owned(),
        CaseKind::Promised => format!("{}{}", item.promised_days, item.promised_unit.name()),
    }
}

/// How many papers to get ready, those that only some people need counted apart.
pub fn materials_count(materials: &[GuideMaterial]) -> (String, String) {
    let (sure, perhaps): (Vec<_>, Vec<_>) =
        asked(materials).partition(|m| m.necessity == Necessity::Required && !m.conditional);
    let more = match (sure.len(), perhaps.len()) {
        (_, 0) => String::new(),
        (0, n) => format!("有的情况要{n}样"),
        (_, n) => format!("有的情况再加{n}样"),
    };
    match sure.len() {
        0 => ("不用材料".to_owned(), more),
        n => (format!("{n}样材料"), more),
    }
}

pub fn asked(materials: &[GuideMaterial]) -> impl Iterator<Item = &GuideMaterial> {
    materials.iter().filter(|material| material.not_asked_because.is_empty())
}

pub fn spared(materials: &[GuideMaterial]) -> impl Iterator<Item = &GuideMaterial> {
    materials.iter().filter(|material| !material.not_asked_because.is_empty())
}

/// The first words of the fee when they say enough, else where to read on.
pub fn fee_short(fee: &str) -> String {
    let first = fee.split(['，', '。', '；', '、', ',']).next().unwrap_or_default();
    if first.contains("不收费") && first.chars().count() <= 9 {
        first.to_owned()
    } else {
        "看情况，见下面".to_owned()
    }
}

pub fn necessity(material: &GuideMaterial) -> &'static str {
    match (material.necessity, material.conditional) {
        (Necessity::Required, false) => "必须有",
        (Necessity::Required, true) => "有这种情况才要",
        (Necessity::Optional, _) => "没有也可以",
        (Necessity::Deferrable, _) => "可以后补",
    }
}

pub fn source(material: &GuideMaterial) -> &'static str {
    match material.source {
        Source::Own => "自己准备",
        Source::Government => "政府发的",
    }
}

/// What is promised, what the law allows, and what else is to be known of the times, a sentence each.
pub fn times(guide: &ItemGuide) -> Vec<String> {
    let instant = guide.brief.case_kind == CaseKind::Instant;
    let promised = if instant {
        "材料齐全，当场办好。".to_owned()
    } else {
        format!("我们答应：受理后{}内办好。", duration(&guide.brief))
    };
    let unit = guide.legal_unit.name();
    let legal = guide.legal_days.filter(|_| !instant).map(|days| format!("按规定，最长不能超过{days}{unit}。"));
    let counting = (!instant).then(|| "工作日不算周末和放假的日子。请您补材料的那几天也不算在里面。".to_owned());
    let note = (!guide.time_note.is_empty()).then(|| guide.time_note.clone());
    [Some(promised), legal, note, counting].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn material(necessity: Necessity, conditional: bool, not_asked_because: &str) -> GuideMaterial {
        GuideMaterial {
            name: "身份证".to_owned(),
            necessity,
            source: Source::Government,
            note: String::new(),
            conditional,
            not_asked_because: not_asked_because.to_owned(),
            promise: false,
        }
    }

    #[test]
    fn only_what_is_asked_is_counted_and_what_depends_is_counted_apart() {
        let list = [
            material(Necessity::Required, false, ""),
            material(Necessity::Required, true, ""),
            material(Necessity::Optional, false, ""),
            material(Necessity::Required, false, "填好这份表就是申请书"),
        ];
        assert_eq!(materials_count(&list), ("1样材料".to_owned(), "有的情况再加2样".to_owned()));
        assert_eq!(materials_count(&list[3..]), ("不用材料".to_owned(), String::new()));
        assert_eq!(materials_count(&list[1..2]).1, "有的情况要1样");
    }

    #[test]
    fn a_fee_is_short_only_when_that_says_enough() {
        assert_eq!(fee_short("不收费。援助律师也不向您收钱。"), "不收费");
        assert_eq!(fee_short("申请不收费，挑贵的，超出补贴的部分自己付"), "申请不收费");
        assert_eq!(fee_short("是否收费、收多少，以公安机关公布的为准。"), "看情况，见下面");
        assert_eq!(fee_short("基本签约和规定的老年体检不收费，多做的项目自己付"), "看情况，见下面");
    }
}
