//! The guide page of an item: the field's facts in plain words.

use domain::catalogue::{Basis, GuideMaterial, Item, ItemGuide, Level, Mode};

use super::Revision;

pub(super) fn guide(revision: &Revision) -> ItemGuide {
    let item = &revision.item;
    ItemGuide {
        brief: revision.brief(),
        department: item.department.bureau().to_owned(),
        item_type: item.item_type.name().to_owned(),
        legal_days: item.legal_days,
        time_note: item.time_note.clone(),
        where_to_apply: where_to_apply(item),
        where_to_go: item.where_to_go.clone(),
        conditions: item.conditions.clone(),
        fee: item.fee.clone(),
        result: item.result.clone(),
        decider: decider(item),
        steps: item.steps.iter().map(|step| (step.name.clone(), step.text.clone(), step.days)).collect(),
        materials: item
            .materials
            .iter()
            .map(|material| GuideMaterial {
                name: material.name.clone(),
                necessity: material.necessity,
                source: material.source,
                note: material.note.clone(),
                conditional: material.when.is_some(),
                not_asked_because: material.not_asked_because.clone(),
            })
            .collect(),
        faq: item.faq.iter().map(|faq| (faq.question.clone(), faq.answer.clone())).collect(),
        sample: item.sample.clone(),
        has_check: item.eligibility.is_some(),
    }
}

/// The mode of 通办 and the flags, each as a sentence.
fn where_to_apply(item: &Item) -> Vec<String> {
    let mut out = Vec::new();
    if item.has_form() {
        out.push("在这里用手机或电脑填表，随时可以办。".to_owned());
    }
    out.push(
        match item.mode {
            Mode::D => "到就近的社区窗口，当场就能办好。",
            Mode::Z => "到就近的社区窗口也收，不用跑回户口所在地，由主管部门决定。",
            Mode::F => "到就近的社区窗口交材料，窗口转给主管部门办。",
            Mode::L => "这件事要由您所在的社区办。",
        }
        .to_owned(),
    );
    if item.flag('H') {
        out.push("办理中工作人员可能会上门看一看。".to_owned());
    }
    if item.flag('P') {
        out.push("结果会公示几天，公示时隐去个人信息。".to_owned());
    }
    out
}

fn decider(item: &Item) -> String {
    let place = match item.routing.basis {
        Basis::Household => "户口所在地的",
        Basis::Residence => "居住地的",
        Basis::Insured => "参保地的",
        Basis::Work => "工作地的",
        Basis::House => "房屋所在地的",
        Basis::Incident => "事情发生地的",
        Basis::Any => "您所选地方的",
    };
    let bureau = item.department.bureau();
    match item.routing.level {
        Level::City => format!("沈阳市{bureau}"),
        Level::District => format!("{place}区（县、市）{bureau}"),
        Level::Street => format!("{place}街道办事处（乡镇政府）"),
        Level::Community => format!("{place}社区（村）"),
    }
}
