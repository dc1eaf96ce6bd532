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

/// The columns of an entity whose type is one of these: table and name.
fn columns_of(types: [&str; 2]) -> Vec<(String, String)> {
    let mut columns = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("server/entity/src/")) {
        let table = source.text.split("table_name = \"").nth(1).and_then(|rest| rest.split('"').next());
        for line in source.text.lines().map(str::trim) {
            let field = line.strip_prefix("pub ").and_then(|line| line.strip_suffix(',')?.split_once(": "));
            if let (Some(table), Some((name, kind))) = (table, field)
                && types.contains(&kind)
            {
                columns.push((table.to_owned(), name.to_owned()));
            }
        }
    }
    columns.sort();
    columns
}

/// What is not in the list of sealed columns would not follow a change of keys.
#[test]
fn every_sealed_column_is_in_the_list() {
    let columns = columns_of(["Sealed", "Option<Sealed>"]);
    assert!(columns.len() > 20, "{columns:?}");
    let listed = service::vault::COLUMNS.iter().map(|column| (column.table.to_owned(), column.name.to_owned()));
    let mut listed: Vec<_> = listed.collect();
    listed.sort();
    assert_eq!(listed, columns);
}

/// Columns of texts that are not sealed: codes, keys of the program, numbers that it gives out, hashes, texts of the
/// city's and of items. What a person can be known by stands in three of them, on purpose: what is announced by law
/// (`announcement.shown`), who works where (`worker`: an office's people are no secret, and sign in by name), and the
/// half of a network address that a resident's own list of devices shows (`session.place`).
const PLAIN: &[(&str, &str)] = &[
    ("access", "session_hash kind"),
    ("allowance", "key"),
    ("announcement", "area item_code shown"),
    ("appointment", "code item_code office half referred_by state"),
    ("area", "code name parent successor"),
    ("audit", "actor_kind actor office deed why hash"),
    ("audit_head", "hash proof"),
    ("audit_search", "kind subject purpose"),
    ("bundle", "number event received_office"),
    ("case_event", "kind"),
    ("case_office", "office"),
    ("case_person", "blind"),
    ("case_sequence", "area item_code"),
    ("cases", "number area item_code state office received_office channel phone_tail applicant_blind colour delivery"),
    ("city_visit", "state_hash session_hash goal"),
    ("claim", "code_hash kind"),
    ("consent", "kind version shown"),
    ("contract", "office items areas"),
    ("custody", "office"),
    ("desk_device", "session_hash words"),
    ("disclosure", "session_hash page reason"),
    ("document", "kind label media_type digest"),
    ("draft", "item_code event parts attempted page channel office open_fields resume_hash news"),
    ("file", "path media_type digest scan"),
    ("holding", "kind origin"),
    ("household_member", "relation"),
    ("invitation", "token_hash role office"),
    ("item", "code content digest"),
    ("kept_kinds", "kinds"),
    ("known_device", "device_hash"),
    ("mandate", "kind helper_blind relation items"),
    ("merge_offer", "session_hash"),
    ("message", "office"),
    ("message_file", "media_type digest scan"),
    ("meta", "key value"),
    ("note", "office"),
    ("notice", "kind number code"),
    ("notice_sequence", "office kind"),
    ("office", "code name area department successor"),
    ("one_time_code", "session_hash purpose goal code_hash"),
    ("outbox", "kind failed"),
    ("passkey_challenge", "token_hash state ask"),
    ("proposal", "grant"),
    ("rating", "stage office item_code tags channel state"),
    ("recovery_code", "code_hash"),
    ("resident", "phone_blind id_blind city_blind real_by"),
    ("session", "token_hash device place"),
    ("sign_in", "token_hash"),
    ("supervision", "office colour state"),
    ("tries", "key"),
    ("worker", "login name office password_hash"),
    ("worker_grant", "role at items"),
    ("worker_passkey", "credential fixed changing"),
    ("worker_tie", "kind blind"),
];

/// A new column of texts is sealed, or somebody has said here that no name, number, address or words of a person can
/// stand in it.
#[test]
fn every_column_of_texts_is_sealed_or_known_to_hold_nobodys_data() {
    let columns = columns_of(["String", "Option<String>"]);
    let one = |(table, names): &(&str, &str)| -> Vec<(String, String)> {
        names.split(' ').map(|name| ((*table).to_owned(), name.to_owned())).collect()
    };
    let mut listed: Vec<_> = PLAIN.iter().flat_map(one).collect();
    listed.sort();
    let new: Vec<_> = columns.iter().filter(|column| !listed.contains(column)).collect();
    let gone: Vec<_> = listed.iter().filter(|column| !columns.contains(column)).collect();
    assert!(new.is_empty() && gone.is_empty(), "neither sealed nor listed: {new:?}; listed, but not there: {gone:?}");
    // No other type can hold a text.
    let known = ["Uuid", "DateTimeUtc", "Date", "bool", "i16", "i32", "i64", "String", "Sealed"];
    let mut other = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("server/entity/src/")) {
        let model = source.text.split("pub struct Model {").nth(1).and_then(|rest| rest.split("\n}").next());
        for line in model.unwrap_or_default().lines().map(str::trim).filter(|line| line.starts_with("pub ")) {
            let kind = line.split_once(": ").map_or("", |(_, kind)| kind.trim_end_matches(','));
            let kind = kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(kind);
            if !known.contains(&kind) {
                other.push(format!("{}: {line}", source.path));
            }
        }
    }
    none(&other);
}
