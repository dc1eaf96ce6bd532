//! A setting that is wrong stops the program with one line that names it.

use std::io::{BufRead, BufReader};
use std::process::{Output, Stdio};

use crate::common::{folders, program};

fn one_line(output: &Output, part: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains(part), "{part} is not in {text}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(!output.status.success() && output.status.code().is_some(), "{:?}", output.status);
}

#[tokio::test]
async fn wrong_settings_are_named() {
    let folder = folders().await;
    let run = |arguments: &[&str], name: &str, value: &str| {
        program(arguments, folder.path()).env(name, value).output().expect("run")
    };
    one_line(&run(&["serve"], "TONGBAN_ADRR", "127.0.0.1:0"), "TONGBAN_ADRR");
    one_line(&run(&["serve"], "TONGBAN_ADDR", "nowhere"), "nowhere");
    one_line(&run(&["serve"], "TONGBAN_PUBLIC_URL", "tongban.example.cn"), "tongban.example.cn");
    one_line(&run(&["serve"], "TONGBAN_TRUST_PROXY", "many"), "many");
    one_line(&run(&["serve"], "TONGBAN_LOG_FORMAT", "xml"), "xml");
    one_line(&run(&["serve"], "TONGBAN_DATA_DIR", "/proc/none"), "/proc/none");
    one_line(&run(&["serve"], "TONGBAN_SITE_DIR", "/nowhere"), "/nowhere");
    one_line(&run(&["serve"], "TONGBAN_FONT_FILE", "/none.ttf"), "--font-file /none.ttf");
    one_line(&run(&["serve"], "TONGBAN_DATABASE_URL", "mysql://u:secret@h/d"), "sqlite:");
    one_line(&run(&["serve", "--bogus"], "LANG", "C"), "--bogus");
    one_line(&run(&[], "LANG", "C"), "serve");
    one_line(&run(&["seed", "--demo"], "TONGBAN_PUBLIC_URL", "https://tongban.example.cn"), "tongban.example.cn");
}

#[tokio::test]
async fn a_database_that_is_not_ready_says_what_to_do() {
    let folder = folders().await;
    let empty = tempfile::tempdir().expect("a folder");
    let run = |command: &[&str]| {
        let mut program = program(command, empty.path());
        program.env("TONGBAN_SITE_DIR", folder.path().join("site")).env("TONGBAN_ADDR", "127.0.0.1:0");
        program.output().expect("run")
    };
    let said =
        |output: &Output| String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
    let output = run(&["serve"]);
    assert!(!output.status.success() && said(&output).contains("run `tongban migrate`"), "{}", said(&output));
    assert!(run(&["migrate"]).status.success());
    assert!(run(&["migrate"]).status.success(), "again is no error");
    let output = run(&["serve"]);
    assert!(!output.status.success() && said(&output).contains("run `tongban seed`"), "{}", said(&output));
    let output = run(&["seed", "--demo"]);
    assert!(output.status.success() && said(&output).contains("password"), "{}", said(&output));
}

#[tokio::test]
async fn every_command_explains_itself() {
    let folder = folders().await;
    for (arguments, part) in [
        (&["--help"][..], "migrate"),
        (&["serve", "--help"], "TONGBAN_TRUST_PROXY"),
        (&["migrate", "--help"], "TONGBAN_DATABASE_URL"),
        (&["seed", "--help"], "--demo"),
        (&["--version"], "tongban"),
    ] {
        let output =
            program(arguments, folder.path()).env("TONGBAN_DATABASE_URL", "postgres://u:pa55word@h/d").output();
        let output = output.expect("run");
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && text.contains(part), "{arguments:?}: {text}");
        assert!(!text.contains("pa55word"), "{text}");
    }
}

/// Everybody knows the passwords of the demo's workers.
#[tokio::test]
async fn the_demo_is_served_to_this_machine_alone() {
    let folder = folders().await;
    let serve = |name: &str, value: &str| {
        let mut program = program(&["serve"], folder.path());
        program.env("TONGBAN_ADDR", "127.0.0.1:0").env(name, value);
        program
    };
    for (name, value) in [("TONGBAN_PUBLIC_URL", "https://tongban.example.cn"), ("TONGBAN_ADDR", "0.0.0.0:0")] {
        let output = serve(name, value).output().expect("run");
        let said = String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned();
        assert!(!output.status.success() && said.contains("workers of the demo"), "{name}: {said}");
    }
    let ended = program(&["admin", "end-demo"], folder.path()).output().expect("run");
    assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    let mut served = serve("TONGBAN_PUBLIC_URL", "https://tongban.example.cn");
    let mut child = served.stdout(Stdio::piped()).spawn().expect("start");
    let said = BufReader::new(child.stdout.take().expect("what it says"));
    // It ends when the process does.
    let listening = said.lines().map_while(Result::ok).find(|line| line.contains("listening"));
    // It may have ended already.
    let _ = child.kill();
    let _ = child.wait();
    assert!(listening.is_some(), "without them it is served to everybody");
}
