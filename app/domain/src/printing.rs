//! What is printed of a case: lines for the roll of a kiosk (80 mm), which a sheet of A4 is made of, too. No identity
//! number and no phone of anybody is among them, and names are masked: slips are left lying about.

use serde::{Deserialize, Serialize};

use crate::cases::CaseTrack;
use crate::identity::mask_name;
use crate::notices::Notice;

/// A line, as the printer of a kiosk is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Line {
    Title(String),
    Text(String),
    /// Drawn as a QR code.
    Qr(String),
    /// Across the paper.
    Rule,
}

/// What a page of a case prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// 凭条, on the roll: where the case is found again.
    Slip,
    /// 办理情况单, on A4: with the papers handed in, and what happened.
    Record,
}

impl Print {
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Slip, Self::Record].into_iter().find(|print| print.key() == key)
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Record => "record",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Self::Slip => "办件凭条",
            Self::Record => "办理情况单",
        }
    }

    /// Of a case.
    pub fn lines(self, track: &CaseTrack) -> Vec<Line> {
        let mut lines = head(self.title(), track);
        if self == Self::Record {
            lines.extend(record(track));
        }
        lines.push(Line::Rule);
        lines.push(Line::Text("凭编号和手机号后四位，在“查进度”里随时能查。".to_owned()));
        lines
    }
}

fn said(label: &str, value: &str) -> Option<Line> {
    (!value.is_empty()).then(|| Line::Text(format!("{label}：{value}")))
}

fn head(title: &str, track: &CaseTrack) -> Vec<Line> {
    let CaseTrack { receipt, .. } = track;
    let mut lines = vec![
        Line::Title(title.to_owned()),
        Line::Text("通办 · 沈阳".to_owned()),
        Line::Rule,
        Line::Text("办件编号".to_owned()),
        Line::Title(track.number.clone()),
        Line::Qr(receipt.link.clone()),
        Line::Text("用手机扫二维码看进度。只给自己用，别给别人扫。".to_owned()),
        Line::Rule,
    ];
    let facts = [
        said("办的事", &track.item.name),
        // Masked again: it does not hurt, and the line stays right whatever the page shows.
        said("申请人", &mask_name(&track.applicant)),
        said("提交时间", &track.submitted),
        said("收件时间", &receipt.received),
        said("由谁办", &track.office),
        said("承诺办结", &track.promise),
        said("领取码", &receipt.claim),
        said("咨询电话", &receipt.ask),
    ];
    lines.extend(facts.into_iter().flatten());
    lines
}

fn record(track: &CaseTrack) -> Vec<Line> {
    let mut lines = vec![Line::Rule];
    lines.extend(said("现在", &track.headline));
    lines.extend(said("最晚什么时候", &track.until));
    if !track.receipt.materials.is_empty() {
        lines.push(Line::Rule);
        lines.push(Line::Text("已交的材料".to_owned()));
        lines.extend(track.receipt.materials.iter().map(|name| Line::Text(format!("· {name}"))));
    }
    lines.push(Line::Rule);
    lines.push(Line::Text("办理经过".to_owned()));
    // Times and names of steps alone: what was written with them can name people.
    lines.extend(track.timeline.iter().map(|entry| Line::Text(format!("· {} {}", entry.time, entry.title))));
    lines
}

/// A notice on the roll: what it says, with names masked, and where it can be checked. `check`: the address that does.
pub fn notice_slip(notice: Notice, check: String) -> Vec<Line> {
    let notice = notice.masked();
    let mut lines = vec![Line::Title(notice.kind.title().to_owned()), Line::Text(notice.number), Line::Rule];
    let texts = notice.paragraphs.iter().flat_map(|text| text.lines()).filter(|text| !text.trim().is_empty());
    lines.push(Line::Text(format!("{}：", notice.to)));
    lines.extend(texts.map(|text| Line::Text(text.to_owned())));
    lines.push(Line::Rule);
    for (label, value) in notice.facts {
        lines.extend(said(&label, &value.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    lines.push(Line::Rule);
    lines.push(Line::Text(notice.office));
    lines.push(Line::Text(notice.day.format("%Y-%m-%d").to_string()));
    lines.push(Line::Qr(check));
    lines.push(Line::Text(format!("核对码 {}。这张凭条供自己看，正式文书请打印 A4。", notice.code)));
    lines
}
