//! Items for tests of rules that read them.

#![allow(dead_code, reason = "each test program uses a part")]

use domain::catalogue::{Item, Mode, Procedure, SecondPerson};

/// A small item of mode F with every review step, deferrable and promised materials and a decision form.
pub fn whole_item() -> Item {
    let text = r#"{
      "code": "MZ99", "name": "试验事项", "everyday": "试验", "summary": "试验。", "department": "民政",
      "item_type": "行政给付", "case_kind": "promised", "promised_days": 5, "legal_days": 20, "mode": "F", "flags": "HP",
      "category": "relief", "audience": ["everyone"], "conditions": ["无"], "fee": "不收费", "result": "结果",
      "where_to_go": "窗口", "routing": { "basis": "household", "level": "district", "area_field": "area" },
      "steps": [{ "name": "审查", "text": "看。", "days": 5 }],
      "materials": [
        { "key": "main", "name": "主件", "necessity": "required", "source": "self" },
        { "key": "later", "name": "次要材料", "necessity": "deferrable", "source": "self", "promise": true }
      ],
      "procedure": { "home_visit": true, "announcement": { "days": 7, "unit": "natural", "stops_clock": true },
        "reviewers": 2, "head_approval": true, "correction_days": 15 },
      "decision": { "kind": "benefit", "name": "补贴", "delivery": ["hand", "post"],
        "fields": [{ "key": "amount", "label": "多少", "kind": "money" }] },
      "pages": [{ "key": "who", "title": "谁", "fields": [
        { "key": "applicant", "label": "申请人", "kind": "person" },
        { "key": "area", "label": "地区", "kind": "area" }
      ] }]
    }"#;
    serde_json::from_str(text).expect("an item")
}

/// The same without review steps, approvals, a second person or a decision form.
pub fn plain_item(mode: Mode, promised_days: u32) -> Item {
    let mut item = whole_item();
    item.mode = mode;
    item.promised_days = promised_days;
    item.flags = String::new();
    item.procedure = Procedure { second_person: Some(SecondPerson::Never), ..Procedure::default() };
    item.decision = None;
    item
}
