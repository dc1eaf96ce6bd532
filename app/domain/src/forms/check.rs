//! The one check of a form, called by the browser while typing and by the server before anything is stored.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::condition::Scope;
use super::definition::{AreaDepth, Choice, Definition, Field, Kind, Page};
use super::entries::{Entries, path};
use super::{ENTRY_LENGTH_MAX, FILES_MAX};
use crate::areas::{self, AreaLevel};
use crate::identity::{BankCard, IdNumber, Phone};
use crate::text::{clean, half_width, parse_yuan, yuan};

/// Something to put right: where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The control's path: `applicant.id_number`, `members.0.income`.
    pub path: String,
    pub message: String,
}

/// What the check is given besides the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The date in Shenyang on which the form is sent. The answer to a correction is judged by the day of application.
    pub today: NaiveDate,
    /// The last day on which what is told can have happened, when that is later than `today`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_until: Option<NaiveDate>,
    /// How many files stand under each material field's path.
    pub files: BTreeMap<String, usize>,
    /// A worker has seen the originals: files may be missing.
    pub at_window: bool,
}

/// A field that is asked, given the entries so far.
#[derive(Clone)]
pub struct Shown<'a> {
    pub page: &'a Page,
    pub field: &'a Field,
    pub path: String,
    inside: String,
    siblings: &'a [Field],
}

/// Walks the form in order and keeps only what is asked, in its normal form: a hidden field's entry is neither seen by
/// later conditions nor checked nor stored, and how a number was typed makes no difference to them.
pub fn shown<'a>(definition: &'a Definition, entries: &Entries, today: NaiveDate) -> (Vec<Shown<'a>>, Entries) {
    let mut kept = Entries::default();
    let mut list = Vec::new();
    for page in &definition.pages {
        let page_asked = page.when.as_ref().is_none_or(|c| c.holds(Scope::of_form(definition, &kept, today)));
        if !page_asked {
            continue;
        }
        for field in &page.fields {
            walk(definition, page, field, ("", &[]), entries, today, &mut kept, &mut list);
        }
    }
    (list, kept)
}

#[expect(clippy::too_many_arguments, reason = "the walk carries its whole state; a struct would only rename it")]
fn walk<'a>(
    definition: &'a Definition,
    page: &'a Page,
    field: &'a Field,
    (inside, siblings): (&str, &'a [Field]),
    entries: &Entries,
    today: NaiveDate,
    kept: &mut Entries,
    list: &mut Vec<Shown<'a>>,
) {
    let scope = Scope { definition, entries: kept, today, inside, siblings };
    if !field.when.as_ref().is_none_or(|c| c.holds(scope)) {
        return;
    }
    let here = path(inside, &field.key);
    list.push(Shown { page, field, path: here.clone(), inside: inside.to_owned(), siblings });
    match &field.kind {
        Kind::Group { fields, max, min, .. } => {
            let count = entries.count(&here).clamp(*min, *max);
            if count > 0 || !entries.get(&here).is_empty() {
                kept.set(here.clone(), count.to_string());
            }
            for index in 0..count {
                let item = format!("{here}.{index}");
                for sub in fields {
                    walk(definition, page, sub, (&item, fields), entries, today, kept, list);
                }
            }
        }
        kind => {
            for part in super::value::parts(kind, &here) {
                let texts = entries.all(&part).iter().map(|text| normal_form(kind, &part, text, today));
                let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
                if !texts.is_empty() {
                    kept.set_all(part, texts);
                }
            }
        }
    }
}

/// The findings of one page, in the order of its fields.
pub fn check_page(definition: &Definition, page_key: &str, entries: &Entries, given: &Given) -> Vec<Finding> {
    let (list, kept) = shown(definition, entries, given.today);
    list.iter().filter(|s| s.page.key == page_key).flat_map(|s| check_field(definition, s, &kept, given)).collect()
}

/// Checks the whole form.
///
/// # Errors
/// All findings, in the order of the form. Without any, the answers: only what was asked, each in its normal form.
pub fn check(definition: &Definition, entries: &Entries, given: &Given) -> Result<Entries, Vec<Finding>> {
    let (list, kept) = shown(definition, entries, given.today);
    let mut findings: Vec<Finding> = list.iter().flat_map(|s| check_field(definition, s, &kept, given)).collect();
    if given.files.values().sum::<usize>() > FILES_MAX {
        let path = list.iter().find(|s| matches!(s.field.kind, Kind::Material { .. })).map(|s| s.path.clone());
        let message = format!("一次最多上传{FILES_MAX}个文件，请删掉多余的");
        findings.push(Finding { path: path.unwrap_or_default(), message });
    }
    if findings.is_empty() { Ok(normalise_shown(definition, &list, &kept, given.today)) } else { Err(findings) }
}

/// Entries as they are stored: only what is asked, numbers without spaces, amounts and phones in one form.
pub fn normalise(definition: &Definition, entries: &Entries, today: NaiveDate) -> Entries {
    let (list, kept) = shown(definition, entries, today);
    normalise_shown(definition, &list, &kept, today)
}

fn normalise_shown(definition: &Definition, list: &[Shown<'_>], kept: &Entries, today: NaiveDate) -> Entries {
    let mut out = Entries::default();
    for item in list {
        match &item.field.kind {
            Kind::Group { .. } => out.set(item.path.clone(), kept.get(&item.path)),
            Kind::Computed { formula, .. } => {
                let scope = item.scope(definition, kept, today);
                out.set(item.path.clone(), formula.value(scope).to_string());
            }
            kind => {
                for part in super::value::parts(kind, &item.path) {
                    out.take_from(kept, &part);
                }
            }
        }
    }
    out
}

fn normal_form(kind: &Kind, part: &str, text: &str, today: NaiveDate) -> String {
    let text = clean(text);
    let id = |text: &str| IdNumber::parse(text, today).map(|id| id.as_str().to_owned()).ok();
    let phone = |text: &str| Phone::parse(text).map(|phone| phone.as_str().to_owned());
    let normal = match kind {
        Kind::IdentityNumber => id(&text),
        Kind::Phone => phone(&text),
        Kind::Person { .. } if part.ends_with(".id_number") => id(&text),
        Kind::Person { .. } if part.ends_with(".phone") => phone(&text),
        Kind::BankAccount => BankCard::parse(&text).map(|card| card.as_str().to_owned()),
        Kind::Money { .. } | Kind::Decimal { .. } => parse_yuan(&text).map(|fen| yuan(fen).replace(',', "")),
        Kind::WholeNumber { .. } => half_width(&text).trim().parse::<i64>().ok().map(|n| n.to_string()),
        _ => None,
    };
    normal.unwrap_or(text)
}

impl<'a> Shown<'a> {
    fn scope<'b>(&'b self, definition: &'b Definition, kept: &'b Entries, today: NaiveDate) -> Scope<'b> {
        Scope { definition, entries: kept, today, inside: &self.inside, siblings: self.siblings }
    }

    fn finding(&self, message: impl Into<String>) -> Vec<Finding> {
        vec![Finding { path: self.path.clone(), message: message.into() }]
    }

    fn part_finding(&self, part: &str, message: impl Into<String>) -> Finding {
        Finding { path: format!("{}.{part}", self.path), message: message.into() }
    }
}

fn check_field(definition: &Definition, shown: &Shown<'_>, kept: &Entries, given: &Given) -> Vec<Finding> {
    let field = shown.field;
    let scope = shown.scope(definition, kept, given.today);
    let required = !field.optional || field.required_when.as_ref().is_some_and(|c| c.holds(scope));
    let mut findings = match &field.kind {
        Kind::Computed { .. } => Vec::new(),
        Kind::Group { min, max, item, .. } => check_group(shown, kept, *min, *max, item),
        Kind::Material { max_files, .. } => check_material(shown, *max_files, required, given),
        Kind::Person { phone_optional } => check_person(shown, kept, required, *phone_optional, given.today),
        Kind::Address => check_address(shown, kept, required),
        kind => {
            let texts = kept.all(&shown.path);
            if texts.iter().all(|text| clean(text).is_empty()) {
                if required { shown.finding(missing(field)) } else { Vec::new() }
            } else {
                fault(kind, texts, given).map(|message| shown.finding(message)).unwrap_or_default()
            }
        }
    };
    if findings.is_empty() {
        let broken = field.rules.iter().find(|rule| !rule.must.holds(scope));
        findings.extend(broken.into_iter().flat_map(|rule| shown.finding(rule.message.clone())));
    }
    findings
}

fn missing(field: &Field) -> String {
    let label = field.label.trim_end_matches(['？', '?', '：']);
    match field.kind {
        Kind::YesNo => format!("请回答：{}", field.label),
        Kind::OneOf { .. } | Kind::SeveralOf { .. } | Kind::Area { .. } => format!("请选择：{label}"),
        Kind::Declaration { .. } => "请先看清内容，同意后打勾".to_owned(),
        _ => format!("请填写{label}"),
    }
}

/// What is wrong with a text that is there.
fn fault(kind: &Kind, texts: &[String], given: &Given) -> Option<String> {
    let today = given.today;
    let text = texts.first().map(String::as_str).unwrap_or_default();
    match kind {
        Kind::ShortText { max } | Kind::LongText { max } => too_long(text, *max),
        Kind::WholeNumber { min, max, unit } => number_fault(text, *min, *max, unit),
        Kind::Decimal { max, unit } => decimal_fault(text, *max, unit),
        Kind::Money { max_yuan } => match parse_yuan(text) {
            None => Some("请写数字金额，例如 1200 或 1200.50".to_owned()),
            Some(fen) if fen / 100 > *max_yuan => Some(format!("金额不能超过{}元", yuan(max_yuan * 100))),
            Some(_) => None,
        },
        Kind::Date { past, future } => date_fault(text, *past, *future, given),
        Kind::YesNo => (!matches!(text, "yes" | "no")).then(|| "请选“是”或“否”".to_owned()),
        Kind::OneOf { options } => (!is_offered(options, text)).then(|| "请从列出的选项里选一个".to_owned()),
        Kind::SeveralOf { options } => {
            let all_offered = texts.iter().filter(|t| !t.is_empty()).all(|t| is_offered(options, t));
            (!all_offered).then(|| "请从列出的选项里选".to_owned())
        }
        Kind::IdentityNumber => IdNumber::parse(text, today).err().map(|fault| fault.advice().to_owned()),
        Kind::Phone => phone_fault(text),
        Kind::Area { depth } => area_fault(text_of_area(texts), *depth),
        Kind::BankAccount => {
            BankCard::parse(text).is_none().then(|| "卡号不对，请对照银行卡或社保卡上的卡号检查".to_owned())
        }
        Kind::Declaration { .. } => (text != "yes").then(|| "请先看清内容，同意后打勾".to_owned()),
        Kind::Address | Kind::Person { .. } | Kind::Group { .. } | Kind::Material { .. } | Kind::Computed { .. } => {
            None
        }
    }
}

/// Several lists under one name may have been posted: the deepest area that they agree on counts.
fn text_of_area(texts: &[String]) -> &str {
    areas::deepest(texts.iter().map(String::as_str)).unwrap_or("?")
}

fn is_offered(options: &[Choice], text: &str) -> bool {
    options.iter().any(|choice| choice.value == text)
}

fn too_long(text: &str, max: usize) -> Option<String> {
    let length = text.chars().count();
    (length > max.min(ENTRY_LENGTH_MAX)).then(|| format!("最多{max}个字，现在是{length}个字，请写短一些"))
}

fn number_fault(text: &str, min: i64, max: i64, unit: &str) -> Option<String> {
    match half_width(text).trim().parse::<i64>() {
        Err(_) => Some(format!("请只写数字，不写“{}”等文字", if unit.is_empty() { "个" } else { unit })),
        Ok(n) if n < min || n > max => Some(format!("请填{min}到{max}之间的数")),
        Ok(_) => None,
    }
}

fn decimal_fault(text: &str, max: i64, unit: &str) -> Option<String> {
    match parse_yuan(text) {
        None => Some("请写数字，小数点后最多两位，例如 56 或 56.8".to_owned()),
        Some(hundredths) if hundredths > max.saturating_mul(100) => Some(format!("不能超过{max}{unit}，请检查")),
        Some(_) => None,
    }
}

fn date_fault(text: &str, past: bool, future: bool, given: &Given) -> Option<String> {
    let today = given.today;
    let Ok(day) = text.trim().parse::<NaiveDate>() else {
        return Some("请按“年-月-日”填日期，例如 2026-03-08".to_owned());
    };
    let years = i64::from(chrono::Datelike::year(&day)) - i64::from(chrono::Datelike::year(&today));
    if past && day > given.known_until.unwrap_or(today) {
        Some("这一天还没有到，请检查".to_owned())
    } else if future && day < today {
        Some("这一天已经过去，请检查".to_owned())
    } else if years.abs() > 150 {
        Some("年份不对，请检查".to_owned())
    } else {
        None
    }
}

fn phone_fault(text: &str) -> Option<String> {
    Phone::parse(text).is_none().then(|| "请填11位手机号码".to_owned())
}

fn area_fault(code: &str, depth: AreaDepth) -> Option<String> {
    let (wanted, message) = match depth {
        AreaDepth::District => (AreaLevel::District, "请选择区（县、市）"),
        AreaDepth::Street => (AreaLevel::Street, "请再选择街道（乡镇）"),
        AreaDepth::Community => (AreaLevel::Community, "请一直选到社区（村）"),
    };
    let deep_enough = areas::level(code).is_some_and(|level| level >= wanted) && areas::contains(areas::CITY, code);
    (!deep_enough).then(|| message.to_owned())
}

fn check_person(
    shown: &Shown<'_>,
    kept: &Entries,
    required: bool,
    phone_optional: bool,
    today: NaiveDate,
) -> Vec<Finding> {
    let part = |name: &str| clean(kept.get(&path(&shown.path, name)));
    let (name, id_number, phone) = (part("name"), part("id_number"), part("phone"));
    let nothing = name.is_empty() && id_number.is_empty() && phone.is_empty();
    if nothing && !required {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if name.is_empty() {
        findings.push(shown.part_finding("name", "请填写姓名"));
    } else if let Some(message) = too_long(&name, 50) {
        findings.push(shown.part_finding("name", message));
    }
    if id_number.is_empty() {
        findings.push(shown.part_finding("id_number", "请填写身份证号码"));
    } else if let Err(fault) = IdNumber::parse(&id_number, today) {
        findings.push(shown.part_finding("id_number", fault.advice()));
    }
    if phone.is_empty() {
        if !phone_optional {
            findings.push(shown.part_finding("phone", "请填写手机号码"));
        }
    } else if let Some(message) = phone_fault(&phone) {
        findings.push(shown.part_finding("phone", message));
    }
    findings
}

fn check_address(shown: &Shown<'_>, kept: &Entries, required: bool) -> Vec<Finding> {
    let area = kept.all(&path(&shown.path, "area"));
    let detail = clean(kept.get(&path(&shown.path, "detail")));
    if area.iter().all(String::is_empty) && detail.is_empty() && !required {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if let Some(message) = area_fault(text_of_area(area), AreaDepth::Community) {
        findings.push(shown.part_finding("area", message));
    }
    if detail.is_empty() {
        findings.push(shown.part_finding("detail", "请填写路名、小区、楼号和门牌号"));
    } else if let Some(message) = too_long(&detail, 120) {
        findings.push(shown.part_finding("detail", message));
    }
    findings
}

fn check_group(shown: &Shown<'_>, kept: &Entries, min: usize, max: usize, item: &str) -> Vec<Finding> {
    let count = kept.count(&shown.path);
    if count < min {
        shown.finding(format!("请至少填写{min}位（项）{item}"))
    } else if count > max {
        shown.finding(format!("最多填写{max}位（项）{item}"))
    } else {
        Vec::new()
    }
}

fn check_material(shown: &Shown<'_>, max_files: usize, required: bool, given: &Given) -> Vec<Finding> {
    let count = given.files.get(&shown.path).copied().unwrap_or(0);
    if count == 0 && required && !given.at_window {
        shown.finding(format!("请上传{}的照片或文件", shown.field.label))
    } else if count > max_files {
        shown.finding(format!("最多上传{max_files}个文件，请删掉多余的"))
    } else {
        Vec::new()
    }
}
