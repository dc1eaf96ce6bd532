//! The targets of `server/fuzz`: their corpus is replayed, and changed at random for a moment.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use service::audit::{PublicKey, SigningKey, read_checkpoints};

#[path = "../../fuzz/targets.rs"]
mod targets;

type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 5] = [
    ("definitions", targets::definitions),
    ("submissions", targets::submissions),
    ("codes", targets::codes),
    ("lists", targets::lists),
    ("checkpoints", checkpoints),
];
/// Pieces that turn up in what is read.
const PIECES: [&str; 24] = [
    "&",
    "=",
    "%",
    "%00",
    "%ED%A0%80",
    "members.0.",
    "[[pages]]",
    "include = \"",
    "when = ",
    "\n---\n",
    "{",
    "}",
    "\"",
    "\\u0000",
    "9999999999999999999",
    "-1",
    "2026-02-30",
    "0000-01-01",
    "\u{202E}",
    "𠮷",
    "１２３",
    "X",
    " ",
    "\0",
];

/// Lines that somebody kept: what this installation did not sign is refused, whatever it looks like.
fn checkpoints(data: &[u8]) {
    static KEY: OnceLock<PublicKey> = OnceLock::new();
    let key = KEY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        SigningKey::open(&folder.path().join("key")).expect("a key").public()
    });
    let text = String::from_utf8_lossy(data);
    let read = read_checkpoints(key, &text);
    assert!(read.is_err() || text.lines().all(|line| line.trim().is_empty()), "nobody can sign: {text:?}");
}

/// Numbers that are the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap_or(0)
    }
}

fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = files.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no corpus");
    files.iter().map(|file| fs::read(file).expect("a file")).collect()
}

/// One of the corpus with some changes: bytes, pieces, parts of another, repetitions.
fn changed(corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = corpus[dice.next() % corpus.len()].clone();
    for _ in 0..1 + dice.next() % 6 {
        let at = dice.next() % (bytes.len() + 1);
        match dice.next() % 6 {
            0 if at < bytes.len() => bytes[at] ^= 1 << (dice.next() % 8),
            1 => drop(bytes.splice(at..at, PIECES[dice.next() % PIECES.len()].bytes())),
            2 => {
                let end = (at + dice.next() % 40).min(bytes.len());
                drop(bytes.drain(at..end));
            }
            3 => {
                let other = &corpus[dice.next() % corpus.len()];
                let from = dice.next() % (other.len() + 1);
                let end = (from + dice.next() % 200).min(other.len());
                drop(bytes.splice(at..at, other[from..end].iter().copied()));
            }
            4 => {
                let end = (at + dice.next() % 60).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Panics with the input that breaks a target.
fn run((name, target): Target, input: &[u8]) {
    if catch_unwind(AssertUnwindSafe(|| target(input))).is_err() {
        panic!("{name} breaks with {:?} ({})", String::from_utf8_lossy(input), hex(input));
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many changed inputs, or for so long. Returns how many there were.
fn search(target: Target, most: u64, limit: Duration) -> u64 {
    let corpus = corpus(target.0);
    corpus.iter().for_each(|input| run(target, input));
    let (begun, mut dice, mut count) = (Instant::now(), Dice(0x7469_616E_6A69_6E67), 0);
    while count < most && begun.elapsed() < limit {
        run(target, &changed(&corpus, &mut dice));
        count += 1;
    }
    count
}

#[test]
fn the_corpus_and_what_is_near_it_break_nothing() {
    let effort = std::env::var("TONGBAN_TEST_EFFORT").map_or(1, |text| text.parse().expect("a number"));
    for target in TARGETS {
        let begun = Instant::now();
        let count = search(target, 400 * u64::from(effort), Duration::from_secs(3) * effort);
        println!("{}: {count} inputs, {:.0} a second", target.0, count as f64 / begun.elapsed().as_secs_f64());
        assert!(count > 0, "{}", target.0);
    }
}

/// The search finds what is there to be found.
#[test]
fn a_target_that_breaks_is_noticed() {
    let fragile: Target = ("codes", |data| assert!(!data.contains(&b'%'), "found"));
    let found = catch_unwind(|| search(fragile, 100_000, Duration::from_secs(20)));
    assert!(found.is_err());
}
