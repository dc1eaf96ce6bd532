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
        legal_unit: item.legal_unit,
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
                promise: material.promise,
            })
            .collect(),
        faq: item.faq.iter().map(|faq| (faq.question.clone(), faq.answer.clone())).collect(),
        sample: item.sample.clone(),
        has_check: item.eligibility.is_some(),
        laws: item.laws.clone(),
        catalog_code: item.catalog_code(),
        visits: visits(item),
        beside: beside(item),
        delivery: delivery(item),
        ask_phone: item.department.contact().ask.to_owned(),
        complain_phone: item.department.contact().complain.to_owned(),
        hours: item.department.contact().hours.to_owned(),
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
            Mode::D => "到全市任何一个社区窗口，当场就能办好。",
            Mode::Z => "到全市任何一个社区窗口都能受理，不用跑回户口所在地，由主管部门决定。",
            Mode::F => "到全市任何一个社区窗口交材料都行，窗口看过原件，一个工作日内转给主管部门办。",
            Mode::L => "这件事要由您自己的社区办；到别的窗口，工作人员帮您约好时间、转过去。",
        }
        .to_owned(),
    );
    out
}

fn visits(item: &Item) -> String {
    match item.visits {
        0 => "不用跑腿：从申请到拿结果，可以一次都不用到窗口。".to_owned(),
        count => format!("要到窗口{count}次：{}", item.visits_reason),
    }
}

fn beside(item: &Item) -> Vec<String> {
    let procedure = &item.procedure;
    let mut out = Vec::new();
    if procedure.home_visit {
        out.push("工作人员会上门看一看，至少两个人一起来，先打电话、出示工作证。".to_owned());
    } else if item.flag('H') {
        out.push("办理中工作人员可能会上门看一看。".to_owned());
    }
    if let Some(period) = procedure.announcement {
        let stops = if period.stops_clock { "，这几天不算在办理时间里" } else { "" };
        out.push(format!("决定以前会公示{}{}，公示时隐去个人信息{stops}。", period.days, period.unit.name()));
    }
    if !procedure.opinions.is_empty() {
        let whom: Vec<&str> = procedure.opinions.iter().map(|department| department.bureau()).collect();
        out.push(format!("会请{}一起看。", whom.join("、")));
    }
    out
}

fn delivery(item: &Item) -> String {
    let ways = item.decision.as_ref().map(|decision| decision.delivery.as_slice()).unwrap_or_default();
    ways.iter().map(|way| way.name()).collect::<Vec<_>>().join("、")
}

pub(super) fn decider(item: &Item) -> String {
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
