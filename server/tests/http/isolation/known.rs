//! Whose an answer is: what belongs to one person is known, and found wherever it stands.

use std::collections::{BTreeSet, HashMap};

/// Stands in every text that a person writes: `kq`, four digits, `z`.
pub fn canary(owner: usize) -> String {
    format!("kq{owner:04}z")
}

/// Numbers, keys and tokens by their owner.
#[derive(Clone, Default)]
pub struct Known {
    owners: HashMap<String, usize>,
}

impl Known {
    pub fn add(&mut self, owner: usize, text: &str) {
        let before = self.owners.insert(text.to_owned(), owner);
        assert!(before.is_none_or(|before| before == owner), "{text} is of two");
    }

    /// Everybody of whom something stands in a text.
    pub fn owners(&self, text: &str) -> BTreeSet<usize> {
        let marked = text.match_indices("kq").filter_map(|(at, _)| {
            let digits = text.get(at + 2..at + 6)?;
            let is_one = text[at + 6..].starts_with('z') && digits.bytes().all(|byte| byte.is_ascii_digit());
            if is_one { digits.parse().ok() } else { None }
        });
        let word = |c: char| !(c.is_ascii_alphanumeric() || c == '-');
        let words = text.split(word).flat_map(|whole| std::iter::once(whole).chain(whole.split('-')));
        marked.chain(words.filter_map(|word| self.owners.get(word).copied())).collect()
    }
}

#[test]
fn what_belongs_to_somebody_is_found() {
    let mut known = Known::default();
    known.add(1, "13900000001");
    known.add(2, "210103-MZ07-20261123-00002-K");
    let owners = |text: &str| known.owners(text).into_iter().collect::<Vec<_>>();
    assert_eq!(owners("<p>张kq0003z，13900000001</p>"), [1, 3]);
    assert_eq!(owners("/cases/210103-MZ07-20261123-00002-K?new=1"), [2]);
    assert_eq!(owners("filename*=UTF-8''%E7%85kq0004z.jpg"), [4]);
    assert_eq!(owners("kq 113900000001 210103-MZ07-20261123-00002-L kq12z kq000"), [0_usize; 0]);
}
