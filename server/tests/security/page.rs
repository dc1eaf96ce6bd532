//! `.readme/security.md`: a hundred rows, and every test that it names is one.

use std::fs;
use std::path::Path;

use crate::root;

const ROWS: usize = 100;

/// Number, and what stands in the last column.
fn rows() -> Vec<(usize, String)> {
    let page = fs::read_to_string(root().join(".readme/security.md")).expect("the page");
    let cells = |line: &str| line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let lines = page.lines().filter(|line| line.starts_with("| ")).map(cells);
    lines.filter_map(|cells| Some((cells.first()?.parse().ok()?, cells.last()?.clone()))).collect()
}

/// Tests between backticks; what else stands so is a command.
fn named(cell: &str) -> Vec<&str> {
    let marked = cell.split('`').skip(1).step_by(2);
    marked.filter(|name| name.contains("::") || name.contains(".spec.ts: ")).collect()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() && !entry.ends_with("target") {
            files(&entry, ending, found);
        } else if entry.to_string_lossy().ends_with(ending) {
            found.push((entry.to_string_lossy().into_owned(), fs::read_to_string(&entry).expect("a file")));
        }
    }
}

/// `name`: the file without its ending and the function, or a file of the browser's tests and the title.
fn is_there(name: &str, sources: &[(String, String)], browser: &[(String, String)]) -> bool {
    if let Some((file, title)) = name.split_once(": ") {
        let titled =
            |text: &String| text.contains(&format!("test('{title}'")) || text.contains(&format!("test(`{title}`"));
        return browser.iter().any(|(path, text)| path.ends_with(&format!("/{file}")) && titled(text));
    }
    let Some((file, function)) = name.rsplit_once("::") else { return false };
    let mut texts = sources.iter().filter(|(path, _)| path.ends_with(&format!("/{file}.rs")));
    texts.any(|(_, text)| is_test(text, function))
}

/// Just above stands what makes a function a test.
fn is_test(text: &str, function: &str) -> bool {
    let Some(at) = text.find(&format!("fn {function}(")) else { return false };
    let above = text[..at].lines().rev().take(5).take_while(|line| !line.starts_with('}'));
    above.into_iter().any(|line| line.contains("#[test]") || line.contains("#[tokio::test"))
}

#[test]
fn every_check_has_its_row_and_every_test_is_there() {
    let (mut sources, mut browser) = (Vec::new(), Vec::new());
    for folder in ["app", "server"] {
        files(&root().join(folder), ".rs", &mut sources);
    }
    files(&root().join("end2end/tests"), ".ts", &mut browser);
    let rows = rows();
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), (1..=ROWS).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for (number, cell) in &rows {
        let names = named(cell);
        if names.is_empty() && !cell.starts_with("*Open*") && !cell.starts_with("*Outside*: ") {
            wrong.push(format!("{number}: neither a test nor a reason: {cell}"));
        }
        let gone = names.iter().filter(|name| !is_there(name, &sources, &browser));
        wrong.extend(gone.map(|name| format!("{number}: there is no test {name}")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_test_that_is_not_there_is_noticed() {
    let sources = [("/x/http/one.rs".to_owned(), "#[test]\nfn here() {\n}\n\nfn helper() {\n}\n".to_owned())];
    let browser = [("/x/a.spec.ts".to_owned(), "test('a title', async".to_owned())];
    let found = |name: &str| is_there(name, &sources, &browser);
    assert!(found("http/one::here") && found("one::here") && found("a.spec.ts: a title"));
    assert!(!found("http/one::helper") && !found("http/one::gone") && !found("two::here") && !found("here"));
    assert!(!found("a.spec.ts: another title") && !found("b.spec.ts: a title"));
}
