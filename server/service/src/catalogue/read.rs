//! Reads an item file: TOML, with shared pages and questions taken from group files, checked as a whole.

use std::path::Path;

use domain::catalogue::{Certificate, CertificateList, Item, LifeEvent, lint, lint_event, quality};
use toml::{Table, Value};

/// Reads an item file as its author has it, with the groups that stand in `../groups` beside it, and judges it fully:
/// what `tongban items check` says.
///
/// # Errors
/// Everything that keeps it from being published, a sentence each.
pub fn check_file(file: &Path) -> Result<Item, Vec<String>> {
    let item = read_file(file)?;
    let faults = quality(&item);
    if faults.is_empty() { Ok(item) } else { Err(faults) }
}

/// Reads the file of a life event, with the items that stand in `../items` beside it.
///
/// # Errors
/// Everything that keeps it from being offered, a sentence each.
pub fn check_event_file(file: &Path) -> Result<LifeEvent, Vec<String>> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("cannot be read: {error}")])?;
    let items = file.parent().map(|folder| folder.join("../items")).unwrap_or_default();
    read_event(&text, &|code| read_file(&items.join(format!("{code}.toml"))).ok())
}

/// The same, without the rules of quality: the form of the file alone.
///
/// # Errors
/// What keeps it from being an item.
pub fn read_file(file: &Path) -> Result<Item, Vec<String>> {
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("cannot be read: {error}")])?;
    let groups = file.parent().map(|folder| folder.join("../groups")).unwrap_or_default();
    let group = |name: &str| std::fs::read_to_string(groups.join(format!("{name}.toml"))).ok();
    read_item(&text, &group)
}

/// Reads and checks an item. `group` gives the text of a group file by its name.
///
/// A page or field that is only `include = "name"` stands for the page, or the fields, of that group; other keys
/// beside `include` on a page replace those of the group, and `[pages.extend.FIELD]` adds to one of its fields.
///
/// # Errors
/// Everything wrong with the file, a sentence each.
pub fn read_item(text: &str, group: &dyn Fn(&str) -> Option<String>) -> Result<Item, Vec<String>> {
    let mut table: Table = text.parse().map_err(|error| vec![format!("not TOML: {error}")])?;
    expand(&mut table, group).map_err(|fault| vec![fault])?;
    let item: Item = Value::Table(table.clone()).try_into().map_err(|error| vec![format!("not an item: {error}")])?;
    let mut faults = lint(&item);
    match Value::try_from(&item) {
        Ok(written) => unknown_keys("", &Value::Table(table), &written, &mut faults),
        Err(error) => faults.push(format!("cannot be written again: {error}")),
    }
    if faults.is_empty() { Ok(item) } else { Err(faults) }
}

/// Reads a life event and judges it. `item` gives an item by its code.
///
/// # Errors
/// Everything wrong with the file, a sentence each.
pub fn read_event(text: &str, item: &dyn Fn(&str) -> Option<Item>) -> Result<LifeEvent, Vec<String>> {
    let event: LifeEvent = toml::from_str(text).map_err(|error| vec![format!("not a life event: {error}")])?;
    let items: Vec<Item> = event.items.iter().filter_map(|part| item(&part.code)).collect();
    let by_code = items.iter().map(|item| (item.code.as_str(), item)).collect();
    let faults = lint_event(&event, &by_code);
    if faults.is_empty() { Ok(event) } else { Err(faults) }
}

fn expand(item: &mut Table, group: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    if let Some(Value::Array(materials)) = item.get_mut("materials") {
        materials.iter_mut().try_for_each(|material| expand_material(material, group))?;
    }
    refuse_in_check(item, group)?;
    let Some(Value::Array(pages)) = item.get_mut("pages") else { return Ok(()) };
    for page in pages.iter_mut() {
        let Value::Table(page) = page else { return Err("a page is a table".to_owned()) };
        if let Some(name) = page.remove("include") {
            let mut whole = read_group(&name, group)?;
            let own_fields = page.remove("fields");
            extend_fields(&mut whole, page.remove("extend"))?;
            whole.extend(std::mem::take(page));
            if let (Some(Value::Array(fields)), Some(Value::Array(more))) = (whole.get_mut("fields"), own_fields) {
                fields.extend(more);
            }
            *page = whole;
        }
        if let Some(Value::Array(fields)) = page.get_mut("fields") {
            *fields = expand_fields(std::mem::take(fields), group)?;
            fields.iter_mut().try_for_each(|field| refuse_in_form(field, group))?;
        }
    }
    Ok(())
}

/// `include = "id_card"` stands for the group `material_id_card`; own keys replace those of the group.
fn expand_material(material: &mut Value, group: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    let Value::Table(material) = material else { return Err("a material is a table".to_owned()) };
    if let Some(name) = material.remove("include") {
        let name = Value::String(format!("material_{}", name.as_str().unwrap_or_default()));
        let mut whole = read_group(&name, group)?;
        whole.extend(std::mem::take(material));
        *material = whole;
    }
    Ok(())
}

/// Lays the keys of `extend.FIELD` over the field of that key.
fn extend_fields(page: &mut Table, extend: Option<Value>) -> Result<(), String> {
    let Some(Value::Table(extend)) = extend else { return Ok(()) };
    let Some(Value::Array(fields)) = page.get_mut("fields") else { return Ok(()) };
    for (key, more) in extend {
        let field = fields.iter_mut().find(|field| field.get("key").and_then(Value::as_str) == Some(key.as_str()));
        match (field, more) {
            (Some(Value::Table(field)), Value::Table(more)) => field.extend(more),
            _ => return Err(format!("`extend.{key}` names no field of the group")),
        }
    }
    Ok(())
}

fn expand_fields(fields: Vec<Value>, group: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Value>, String> {
    let mut out = Vec::new();
    for field in fields {
        match field.get("include") {
            None => out.push(field),
            Some(name) => match read_group(name, group)?.remove("fields") {
                Some(Value::Array(list)) => out.extend(list),
                _ => return Err(format!("group {name} has no fields")),
            },
        }
    }
    Ok(out)
}

/// `refused = "certificates"` at a choice: the certificates of that group become options, and choosing one is answered
/// with where to go instead.
fn refuse_in_form(field: &mut Value, group: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    let Value::Table(field) = field else { return Ok(()) };
    let key = Value::from(field.get("key").and_then(Value::as_str).unwrap_or_default());
    let refused = add_refused(field, group)?;
    let rules = refused.into_iter().map(|refused| {
        let test = table([("field", key.clone()), ("is", Value::from(refused.key))]);
        table([("must", table([("not", test)])), ("message", Value::from(refused.instead))])
    });
    prepend(field, "rules", rules.collect());
    Ok(())
}

/// The same at a question of the eligibility check.
fn refuse_in_check(item: &mut Table, group: &dyn Fn(&str) -> Option<String>) -> Result<(), String> {
    let Some(Value::Table(check)) = item.get_mut("eligibility") else { return Ok(()) };
    let mut rules = Vec::new();
    if let Some(Value::Array(questions)) = check.get_mut("questions") {
        for question in questions.iter_mut().filter_map(Value::as_table_mut) {
            let key = Value::from(question.get("key").and_then(Value::as_str).unwrap_or_default());
            rules.extend(add_refused(question, group)?.into_iter().map(|refused| {
                let when = table([("field", key.clone()), ("is", Value::from(refused.key))]);
                table([("when", when), ("then", Value::from("not")), ("reason", Value::from(refused.instead))])
            }));
        }
    }
    prepend(check, "rules", rules);
    Ok(())
}

fn add_refused(field: &mut Table, group: &dyn Fn(&str) -> Option<String>) -> Result<Vec<Certificate>, String> {
    let Some(name) = field.remove("refused") else { return Ok(Vec::new()) };
    let list: CertificateList = Value::Table(read_group(&name, group)?)
        .try_into()
        .map_err(|error| format!("group {name} is no list of certificates: {error}"))?;
    let Some(Value::Array(options)) = field.get_mut("options") else {
        return Err("`refused` stands at a question with options".to_owned());
    };
    options.extend(list.certificates.iter().map(|one| {
        let text = |text: &str| Value::from(text);
        table([("value", text(&one.key)), ("label", text(&one.name)), ("hint", text(&one.hint))])
    }));
    Ok(list.certificates)
}

fn prepend(table: &mut Table, key: &str, mut list: Vec<Value>) {
    if list.is_empty() {
        return;
    }
    if let Some(Value::Array(before)) = table.remove(key) {
        list.extend(before);
    }
    table.insert(key.to_owned(), Value::Array(list));
}

fn table<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::Table(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn read_group(name: &Value, group: &dyn Fn(&str) -> Option<String>) -> Result<Table, String> {
    let name = name.as_str().ok_or("include names a group")?;
    let text = group(name).ok_or_else(|| format!("there is no group `{name}`"))?;
    text.parse().map_err(|error| format!("group `{name}` is not TOML: {error}"))
}

/// Keys that were read but mean nothing (a misspelt one would else be lost in silence).
fn unknown_keys(at: &str, read: &Value, written: &Value, faults: &mut Vec<String>) {
    match (read, written) {
        (Value::Table(read), Value::Table(written)) => {
            for (key, value) in read {
                let here = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
                match written.get(key) {
                    Some(other) => unknown_keys(&here, value, other, faults),
                    None if is_default(value) => {}
                    None => faults.push(format!("`{here}` is not a key")),
                }
            }
        }
        (Value::Array(read), Value::Array(written)) => {
            for (index, (value, other)) in read.iter().zip(written).enumerate() {
                unknown_keys(&format!("{at}.{index}"), value, other, faults);
            }
        }
        _ => {}
    }
}

fn is_default(value: &Value) -> bool {
    match value {
        Value::Boolean(value) => !value,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Integer(number) => *number == 0,
        _ => false,
    }
}
