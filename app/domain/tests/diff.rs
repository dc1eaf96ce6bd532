//! What changed between two revisions is said in words, and nothing is said of what did not.

#[path = "support/item.rs"]
mod item;

use domain::catalogue::{Item, Level, Necessity, diff, pages_to_answer};
use domain::forms::{Field, Kind};
use item::whole_item;

fn question(key: &str, label: &str) -> Field {
    let text = format!(r#"{{ "key": "{key}", "label": "{label}", "kind": "short_text" }}"#);
    serde_json::from_str(&text).expect("a field")
}

fn changed(change: impl FnOnce(&mut Item)) -> (Item, Item) {
    let (old, mut new) = (whole_item(), whole_item());
    change(&mut new);
    (old, new)
}

fn told(change: impl FnOnce(&mut Item)) -> Vec<String> {
    let (old, new) = changed(change);
    diff(&old, &new)
}

#[test]
fn the_same_item_has_no_difference() {
    assert!(diff(&whole_item(), &whole_item()).is_empty());
    // Words to search by concern nobody who has found it.
    assert!(told(|item| item.keywords.push("x".to_owned())).is_empty());
}

#[test]
fn times_conditions_and_fee_are_told() {
    assert_eq!(told(|item| item.promised_days = 3), ["办理时间：从“5个工作日”改成“3个工作日”"]);
    assert_eq!(told(|item| item.legal_days = None), ["法律规定的最长时间：不再有“20个工作日”"]);
    assert_eq!(
        told(|item| item.conditions = vec!["年满60岁".to_owned()]),
        ["申请条件增加：年满60岁", "申请条件去掉：无"]
    );
    assert_eq!(told(|item| item.fee = "每次10元".to_owned()), ["费用：从“不收费”改成“每次10元”"]);
    assert_eq!(
        told(|item| item.routing.level = Level::Street),
        ["由谁决定：从“户口所在地的区（县、市）的主管部门”改成“户口所在地的街道办事处（乡镇政府）”"]
    );
}

#[test]
fn materials_are_told_by_what_has_to_be_done() {
    assert_eq!(told(|item| item.materials[1].necessity = Necessity::Required), ["“次要材料”从可以后补改成必须有"]);
    assert_eq!(told(|item| item.materials[1].promise = false), ["“次要材料”不能再用承诺书代替"]);
    assert_eq!(told(|item| drop(item.materials.remove(0))), ["不用再交：主件"]);
    // The register answers from now on.
    assert_eq!(told(|item| item.materials[0].not_asked_because = "系统自己查".to_owned()), ["不用再交：主件"]);
    let more = told(|item| {
        let mut more = item.materials[0].clone();
        (more.key, more.name) = ("more".to_owned(), "照片".to_owned());
        item.materials.push(more);
    });
    assert_eq!(more, ["要多交一样材料：照片（必须有）"]);
}

#[test]
fn questions_are_told_with_their_page_and_their_choices() {
    let add = |item: &mut Item| item.pages[0].fields.push(question("since", "住了多久？"));
    assert_eq!(told(add), ["多了一个问题：住了多久？（在“谁”那一页）"]);
    assert_eq!(told(|item| drop(item.pages[0].fields.pop())), ["不再问：地区"]);
    assert_eq!(told(|item| item.pages[0].fields[1].optional = true), ["“地区”现在可以不填"]);
    let choice = |options: &str| -> Kind {
        serde_json::from_str(&format!(r#"{{ "kind": "one_of", "options": [{options}] }}"#)).expect("a kind")
    };
    let (mut old, mut new) = (whole_item(), whole_item());
    old.pages[0].fields[1].kind = choice(r#"{"value":"a","label":"甲"},{"value":"b","label":"乙"}"#);
    new.pages[0].fields[1].kind = choice(r#"{"value":"a","label":"甲类"},{"value":"c","label":"丙"}"#);
    assert_eq!(diff(&old, &new), ["“地区”多了一个选项：丙", "“地区”少了一个选项：乙", "“地区”的选项“甲”改成“甲类”"]);
    let (old, new) = changed(|item| item.pages[0].fields[1].kind = Kind::Phone);
    assert_eq!(diff(&old, &new), ["“地区”的填法有变化"]);
}

#[test]
fn only_pages_that_ask_something_new_are_to_be_answered() {
    let pages = |change: &dyn Fn(&mut Item)| {
        let (old, new) = changed(change);
        pages_to_answer(&old.definition(), &new.definition())
    };
    assert_eq!(pages(&|item| item.pages[0].title = "别的".to_owned()), [""; 0]);
    assert_eq!(pages(&|item| drop(item.pages[0].fields.pop())), [""; 0]);
    assert_eq!(pages(&|item| item.pages[0].fields.push(question("since", "多久"))), ["who"]);
    assert_eq!(pages(&|item| item.pages[0].fields[1].kind = Kind::Phone), ["who"]);
    let another = |item: &mut Item| {
        let mut more = item.materials[0].clone();
        more.key = "more".to_owned();
        item.materials.push(more);
    };
    assert_eq!(pages(&another), ["materials"]);
}
