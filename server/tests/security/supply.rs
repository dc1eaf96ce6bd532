//! What the program is built of: one registry, known licences, nothing that is banned; no secrets among the files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use toml::{Table, Value};

use crate::root;

/// None of them: a proxy speaks TLS (README, decisions).
const TLS: [&str; 6] = ["rustls", "native-tls", "openssl-sys", "boring-sys", "wolfssl-sys", "mbedtls"];

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn table(path: &str) -> Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rules of `.cargo/deny.toml` under `[section] key`.
fn rules(section: &str, key: &str) -> Vec<Value> {
    table(".cargo/deny.toml")[section][key].as_array().expect("a list").clone()
}

fn packages() -> Vec<Table> {
    let lock = table("Cargo.lock");
    let all = lock["package"].as_array().expect("packages").iter();
    all.map(|package| package.as_table().expect("a package").clone()).collect()
}

fn text<'a>(package: &'a Table, key: &str) -> &'a str {
    package.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[test]
fn everything_comes_from_one_registry_and_is_what_it_was() {
    let packages = packages();
    assert!(packages.len() > 300, "{}", packages.len());
    let [registry] = &rules("sources", "allow-registry")[..] else { panic!("one registry") };
    let registry = format!("registry+{}", registry.as_str().expect("an address"));
    for package in packages.iter().filter(|package| package.contains_key("source")) {
        let name = text(package, "name");
        assert_eq!(text(package, "source"), registry, "{name}");
        assert_eq!(text(package, "checksum").len(), 64, "{name}");
    }
    let own = packages.iter().filter(|package| !package.contains_key("source")).map(|package| text(package, "name"));
    let own: BTreeSet<&str> = own.collect();
    assert_eq!(own, ["app", "domain", "entity", "frontend", "migration", "server", "service"].into());
}

#[test]
fn what_is_banned_is_not_there() {
    let packages = packages();
    let there: Vec<&str> = packages.iter().map(|package| text(package, "name")).collect();
    for banned in rules("bans", "deny") {
        let name = banned["crate"].as_str().expect("a name");
        assert!(!there.contains(&name), "{name} is banned: see .cargo/deny.toml");
    }
    let stacks: Vec<&&str> = there.iter().filter(|name| TLS.contains(name)).collect();
    assert!(stacks.is_empty(), "a proxy speaks TLS: {stacks:?}");
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    license: Option<String>,
    source: Option<String>,
}

#[test]
fn every_licence_is_known() {
    let host = if cfg!(target_arch = "aarch64") { "aarch64-unknown-linux-gnu" } else { "x86_64-unknown-linux-gnu" };
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host]);
    let done = cargo.current_dir(root()).output().expect("cargo");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let found: Metadata = serde_json::from_slice(&done.stdout).expect("metadata");
    let allowed = rules("licenses", "allow");
    let allowed: Vec<&str> = allowed.iter().filter_map(Value::as_str).collect();
    let foreign = found.packages.iter().filter(|package| package.source.is_some());
    let unknown = foreign.filter(|package| !package.license.as_ref().is_some_and(|text| is_allowed(text, &allowed)));
    let unknown: Vec<String> = unknown.map(|package| format!("{}: {:?}", package.name, package.license)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(found.packages.len() > 300);
}

/// Of an SPDX expression: one of what `OR` joins, all of what `AND` joins.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at, allowed) && at == words.len()
}

fn any(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut is = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        is |= all(words, at, allowed);
    }
    is
}

fn all(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let mut is = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        is &= one(words, at, allowed);
    }
    is
}

fn one(words: &[&str], at: &mut usize, allowed: &[&str]) -> bool {
    let word = words.get(*at).copied().unwrap_or_default();
    *at += 1;
    if word == "(" {
        let is = any(words, at, allowed);
        *at += 1;
        return is;
    }
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
        return allowed.contains(&format!("{word} WITH {}", words.get(*at - 1).unwrap_or(&"")).as_str());
    }
    allowed.contains(&word)
}

#[test]
fn licences_are_read_as_they_are_written() {
    let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];
    for good in ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Zlib", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "GPL-3.0 OR (MIT AND GPL-2.0)", "", "MIT Zlib"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}

#[test]
fn packages_of_the_browsers_tests_come_from_one_registry() {
    let lock: serde_json::Value = serde_json::from_str(&read("end2end/package-lock.json")).expect("a lock file");
    let mut hosts = BTreeSet::new();
    for (path, package) in lock["packages"].as_object().expect("packages").iter().filter(|(path, _)| !path.is_empty()) {
        assert!(package["integrity"].is_string(), "{path} may be another tomorrow");
        // Without an address it is the registry's own. One of another kind (git, a file) has no host here.
        if let Some(address) = package["resolved"].as_str() {
            hosts.insert(address.strip_prefix("https://").and_then(|rest| rest.split('/').next()));
        }
    }
    assert!(hosts.len() <= 1 && !hosts.contains(&None), "{hosts:?}");
}

/// The client calls from one of its files into another, and is called by the browser: two places, marked as such.
#[test]
fn no_code_of_ours_is_unsafe() {
    assert_eq!(table("Cargo.toml")["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("deny"));
    for krate in ["app", "app/domain", "frontend", "server", "server/entity", "server/migration", "server/service"] {
        let lints = table(&format!("{krate}/Cargo.toml"))["lints"]["workspace"].as_bool();
        assert_eq!(lints, Some(true), "{krate} has rules of its own");
    }
    let strict = ["app/domain/src/lib.rs", "server/src/lib.rs", "server/src/main.rs", "server/entity/src/lib.rs"];
    for start in strict.iter().chain(&["server/migration/src/lib.rs", "server/service/src/lib.rs"]) {
        assert!(read(start).contains("#![forbid(unsafe_code)]"), "{start}");
    }
    let mut all = Vec::new();
    ["app", "server", "frontend"].iter().for_each(|folder| files(&root().join(folder), &mut all));
    let sources = all.iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    let allowing: BTreeSet<String> = sources
        .filter(|path| {
            let text = fs::read_to_string(path).expect("a file");
            ["allow", "expect"].iter().any(|word| text.contains(&format!("{word}({}", "unsafe_code")))
        })
        .map(|path| path.strip_prefix(root()).expect("ours").to_string_lossy().into_owned())
        .collect();
    assert_eq!(allowing, ["app/src/parts.rs".to_owned(), "frontend/src/lib.rs".to_owned()].into());
}

/// Every file of the project, what is built and fetched apart.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let left_out = ["target", "node_modules", ".git", "data", "results"];
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() && !left_out.contains(&name.as_str()) {
            files(&entry, found);
        } else if entry.is_file() {
            found.push(entry);
        }
    }
}

#[test]
fn no_secret_is_among_the_files() {
    let mut all = Vec::new();
    files(&root(), &mut all);
    assert!(all.len() > 500, "{}", all.len());
    // In two parts, so that this file does not find itself.
    let marks: Vec<String> = [
        ("-----BEGIN ", "PRIVATE KEY"),
        ("-----BEGIN RSA ", "PRIVATE KEY"),
        ("-----BEGIN EC ", "PRIVATE KEY"),
        ("-----BEGIN OPENSSH ", "PRIVATE KEY"),
        ("ghp", "_"),
        ("github", "_pat_"),
        ("xox", "b-"),
        ("glpat", "-"),
        ("sk_", "live_"),
        ("AIza", "Sy"),
        ("eyJhbGciOiJ", "SUzI1NiIs"),
    ]
    .map(|(one, other)| format!("{one}{other}"))
    .into();
    for path in all {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        assert!(
            !["pem", "p12", "pfx", "jks", "env", "kdbx"].contains(&ending) && name != "id_rsa",
            "{}",
            path.display()
        );
        let bytes = fs::read(&path).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        let mark = marks.iter().find(|mark| text.contains(mark.as_str()));
        assert!(mark.is_none(), "{}: {mark:?}", path.display());
        let is_key =
            |rest: &str| rest.chars().take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit()).count() == 16;
        let key = text.split(&format!("{}{}", "AK", "IA")).skip(1).find(|rest| is_key(rest));
        assert!(key.is_none(), "{}: a key of a cloud", path.display());
    }
}
