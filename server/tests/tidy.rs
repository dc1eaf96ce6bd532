//! Keeps the shape of the code: what may stand where, and how long it may be.

use std::fs;
use std::path::{Path, PathBuf};

struct Source {
    /// From the project's root.
    path: String,
    text: String,
    /// Without the tests at its end.
    code: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the project").to_owned()
}

fn sources() -> Vec<Source> {
    let root = root();
    let mut folders: Vec<PathBuf> = ["app", "server", "frontend"].map(|name| root.join(name)).into();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() && !entry.ends_with("target") {
                folders.push(entry);
            } else if entry.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&entry).expect("a file");
                let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
                let path = entry.strip_prefix(&root).expect("in the project").to_string_lossy().into_owned();
                found.push(Source { path, text, code });
            }
        }
    }
    assert!(found.len() > 100, "the sources are elsewhere: {}", root.display());
    found
}

fn in_tests(path: &str) -> bool {
    path.contains("/tests/") || path.contains("/benches/")
}

/// Code lines that contain one of the words, in files that may not, as `path:line`.
fn misplaced(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !in_tests(&source.path) && !may(&source.path)) {
        for (number, line) in source.code.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            if !is_comment && words.iter().any(|word| has_word(line, word)) {
                found.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    found
}

/// `identity::` is not `entity::`.
fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn only_two_modules_know_on_which_side_they_run() {
    none(&misplaced(&["cfg(feature", "cfg(not(feature", "cfg!(feature", "cfg_attr(feature"], |path| {
        ["app/src/lib.rs", "app/src/request.rs"].contains(&path)
    }));
}

#[test]
fn server_functions_stand_in_api_files() {
    none(&misplaced(&["#[server"], |path| path.ends_with("/api.rs")));
    none(&misplaced(&["GetUrl", "GetCbor"], |_| false));
}

#[test]
fn rows_are_known_to_stores_alone() {
    none(&misplaced(&["entity::"], |path| {
        path.ends_with("/store.rs")
            || ["server/entity/", "server/migration/", "server/service/src/seed/", "server/service/src/db/"]
                .iter()
                .any(|folder| path.starts_with(folder))
    }));
}

/// Markup comes from components alone. A text area writes its own content, escaped; QR codes are drawings of ours.
#[test]
fn no_text_becomes_markup() {
    none(&misplaced(&["inner_html"], |path| {
        // QR codes that the server draws, and the line end before a text.
        path == "app/src/ui/text_area.rs"
            || ["app/src/cases/receipt.rs", "app/src/notices/paper.rs", "app/src/forms/resume_code_page.rs"]
                .contains(&path)
            || path == "app/src/staff/new_code.rs"
    }));
    none(&misplaced(&["\"<script", "<script>", "document.write", "set_inner_html", "eval("], |path| {
        path.ends_with("/tests.rs")
    }));
}

/// Statements are built of columns and values. As text, only those that hold nothing but words of ours.
#[test]
fn no_text_becomes_sql() {
    none(&misplaced(&["from_string", "from_sql_and_values", "Expr::cust", "raw_sql"], |path| {
        // Versions, rights of roles and definitions of tables are asked for in words of ours, with values beside them.
        ["server/service/src/db/open.rs", "server/service/src/db/rights.rs"].contains(&path)
            || path.starts_with("server/migration/")
            || !path.starts_with("server/")
    }));
    none(&misplaced(&["execute_unprepared"], |path| {
        path.starts_with("server/migration/") || path.starts_with("server/service/src/db/")
    }));
}

/// No audit, no action. What is not a use case (the seed of a new database) has nobody to tell of.
#[test]
fn every_write_goes_through_the_audit() {
    let free = [
        "server/service/src/db/",
        "server/service/src/seed/",
        "server/service/src/audit/mod.rs",
        // A new database is bound to its keys before anybody can ask for anything.
        "server/service/src/vault/store.rs",
    ];
    none(&misplaced(&["transact!("], |path| free.iter().any(|free| path.starts_with(free))));
}

#[test]
fn the_clock_is_read_in_one_place() {
    none(&misplaced(&["Utc::now", "Local::now"], |path| path == "server/service/src/ports/clock.rs"));
    // The age of a file is told by the file system's clock.
    none(&misplaced(&["SystemTime::now"], |path| path == "server/service/src/ports/blobs.rs"));
}

#[test]
fn the_environment_is_read_in_one_place() {
    none(&misplaced(&["env::var", "env::current_exe", "env::args"], |path| path == "server/src/config.rs"));
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//!")).map(|source| source.path);
    none(&silent.collect::<Vec<_>>());
}

#[test]
fn files_have_at_most_500_lines() {
    let long = sources().into_iter().filter(|source| source.text.lines().count() > 500).map(|source| source.path);
    none(&long.collect::<Vec<_>>());
}

#[test]
fn functions_have_at_most_70_lines() {
    none(&sources().iter().flat_map(long_functions).collect::<Vec<_>>());
}

/// A function ends at the first line that is its own closing brace.
fn long_functions(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        let is_function =
            ["fn ", "pub fn ", "pub async fn ", "async fn ", "pub const fn ", "const fn "].iter().any(|head| {
                bare.strip_prefix("pub(crate) ").or(bare.strip_prefix("pub(super) ")).unwrap_or(bare).starts_with(head)
            });
        if !is_function {
            continue;
        }
        let closing = format!("{}}}", &line[..line.len() - bare.len()]);
        let length = lines[start..].iter().position(|line| *line == closing).map_or(0, |end| end + 1);
        if length > 70 {
            found.push(format!("{}:{} has {length} lines", source.path, start + 1));
        }
    }
    found
}

#[test]
fn the_readme_draws_the_table_of_transitions() {
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    let drawn = domain::cases::diagram();
    assert!(readme.contains(&drawn), "README.md should have this diagram:\n{drawn}");
}

/// A type keeps personal data from being stored as it was typed; only the vault makes values of it.
#[test]
fn sealed_values_are_made_in_the_vault_alone() {
    none(&misplaced(&["of_record("], |path| {
        path == "server/entity/src/sealed.rs" || path.starts_with("server/service/src/vault/")
    }));
}

/// What is not in the list of sealed columns would not follow a change of keys.
#[test]
fn every_sealed_column_is_in_the_list() {
    let mut columns = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("server/entity/src/")) {
        let table = source.text.split("table_name = \"").nth(1).and_then(|rest| rest.split('"').next());
        for line in source.text.lines().map(str::trim) {
            let field = line.strip_prefix("pub ").and_then(|line| line.split_once(": "));
            if let (Some(table), Some((name, "Sealed," | "Option<Sealed>,"))) = (table, field) {
                columns.push((table.to_owned(), name.to_owned()));
            }
        }
    }
    assert!(columns.len() > 20, "{columns:?}");
    let listed = service::vault::COLUMNS.iter().map(|column| (column.table.to_owned(), column.name.to_owned()));
    let mut listed: Vec<_> = listed.collect();
    listed.sort();
    columns.sort();
    assert_eq!(listed, columns);
}
