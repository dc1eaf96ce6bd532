//! The texts: the Big List of Naughty Strings and our own, or tame ones of the same length in their stead.

use domain::text::clean;

const LISTS: [&str; 2] = [include_str!("../../hostile/blns.json"), include_str!("../../hostile/own.json")];

/// Every text once.
pub fn all() -> Vec<String> {
    let lists = LISTS.iter().flat_map(|list| serde_json::from_str::<Vec<String>>(list).expect("a list"));
    let all: Vec<String> = lists.collect();
    assert!(all.len() > 550, "{}", all.len());
    all
}

/// One after the other, from anywhere.
pub struct Texts {
    all: Vec<String>,
    next: usize,
    hostile: bool,
}

impl Texts {
    pub fn new(from: usize, hostile: bool) -> Self {
        Self { all: all(), next: from, hostile }
    }

    /// As it is sent: something is left of it when it has been cleaned.
    pub fn one(&mut self, max: usize) -> String {
        loop {
            let text: String = self.all[self.next % self.all.len()].chars().take(max).collect();
            self.next += 1;
            let cleaned = clean(&text);
            if !cleaned.is_empty() {
                return if self.hostile { text } else { tame(&cleaned) };
            }
        }
    }

    /// As many as there is room for.
    pub fn several(&mut self, max: usize) -> String {
        let mut text = self.one(max);
        loop {
            let next = self.one(max);
            if text.chars().count() + 1 + next.chars().count() > max {
                self.next -= 1;
                return text;
            }
            text = format!("{text} {next}");
        }
    }

    /// How many were given out.
    pub fn given(&self) -> usize {
        self.next
    }
}

/// Of the same length and the same lines.
fn tame(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { c } else { 'x' }).collect()
}
