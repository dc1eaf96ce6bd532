//! The commands for those who write items, as they are typed.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn tongban(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tongban")).args(arguments).env_clear().output().expect("it runs")
}

fn item(code: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("service/seed/items/{code}.toml"));
    path.to_str().expect("UTF-8").to_owned()
}

/// A copy of an item file with something replaced, with the groups where they are looked for.
fn changed(folder: &Path, code: &str, from: &str, to: &str) -> String {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("service/seed");
    let items = folder.join("items");
    std::fs::create_dir_all(&items).expect("a folder");
    let groups: PathBuf = folder.join("groups");
    if !groups.exists() {
        std::os::unix::fs::symlink(seed.join("groups"), groups).expect("a link");
    }
    let text = std::fs::read_to_string(item(code)).expect("an item");
    assert!(text.contains(from));
    let file = items.join(format!("{code}.toml"));
    std::fs::write(&file, text.replacen(from, to, 1)).expect("written");
    file.to_str().expect("UTF-8").to_owned()
}

#[test]
fn check_names_every_fault_and_fails() {
    let good = tongban(&["items", "check", &item("MZ07"), &item("SQ01")]);
    let said = String::from_utf8_lossy(&good.stdout);
    assert!(good.status.success(), "{said}{}", String::from_utf8_lossy(&good.stderr));
    assert_eq!(said.matches(": good").count(), 2, "{said}");

    let folder = tempfile::tempdir().expect("a folder");
    let file = changed(folder.path(), "MZ07", "fee = ", "fees_are = \"x\"\nfee = ");
    let bad = tongban(&["items", "check", &item("SQ01"), &file]);
    let said = String::from_utf8_lossy(&bad.stdout);
    assert_eq!(bad.status.code(), Some(1), "{said}");
    assert!(said.contains("MZ07.toml: `fees_are` is not a key") && said.contains("SQ01.toml: good"), "{said}");
}

#[test]
fn a_life_event_is_judged_with_its_items() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("service/seed");
    let file = seed.join("bundles/newborn.toml");
    let good = tongban(&["items", "check", file.to_str().expect("UTF-8")]);
    let said = String::from_utf8_lossy(&good.stdout);
    assert!(good.status.success() && said.contains("good (YJ01 孩子出生了)"), "{said}");

    let folder = tempfile::tempdir().expect("a folder");
    for name in ["items", "groups"] {
        std::os::unix::fs::symlink(seed.join(name), folder.path().join(name)).expect("a link");
    }
    let bundles = folder.path().join("bundles");
    std::fs::create_dir_all(&bundles).expect("a folder");
    let text = std::fs::read_to_string(&file).expect("an event");
    let bad = bundles.join("newborn.toml");
    // Two questions of the same key that are different ones, and one that nobody asks.
    let text = text.replacen("shared = [", "shared = [\n  \"guardian\", \"nobody\",", 1);
    std::fs::write(&bad, text.replacen("YB08", "YB99", 1)).expect("written");
    let done = tongban(&["items", "check", bad.to_str().expect("UTF-8")]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("YB99 is no item with a form") && said.contains("no item asks `nobody`"), "{said}");
}

#[test]
fn diff_says_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let new = changed(folder.path(), "MZ07", "promised_days = 5", "effective = \"2027-01-01\"\npromised_days = 6");
    let done = tongban(&["items", "diff", &item("MZ07"), &new]);
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(said.lines().collect::<Vec<_>>(), ["自2027-01-01起", "办理时间：从“5个工作日”改成“6个工作日”"]);
    let same = tongban(&["items", "diff", &item("MZ07"), &item("MZ07")]);
    assert_eq!(String::from_utf8_lossy(&same.stdout).trim(), "没有居民看得到的变化");
    assert_eq!(tongban(&["items", "diff", &item("MZ07"), "/nowhere"]).status.code(), Some(1));
}
