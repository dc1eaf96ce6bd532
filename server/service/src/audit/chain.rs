//! The chain itself, pure: what a reader of all rows finds wrong.

use std::collections::BTreeMap;

use super::hash::is_hash_of;
use super::store::{AuditRow, HeadRow};
use crate::identity::Keys;

/// What was found. One fault is enough: no row behind it in its chain can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A row is missing before this one, or it stands twice.
    Gap { chain: i32, expected: i64, found: i64 },
    /// What the row says is not what was hashed, or the row before it is another.
    Edited { chain: i32, seq: i64 },
    /// The chain does not end where its head says.
    End { chain: i32, head: i64, found: i64 },
    /// The head was not written by this installation.
    Head { chain: i32 },
    /// A chain without a head.
    Stray { chain: i32 },
    /// Another row, or none, stands where a checkpoint saw one.
    Checkpoint { chain: i32, seq: i64 },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Gap { chain, expected, found } => {
                write!(f, "chain {chain}: row {expected} was expected and {found} found")
            }
            Self::Edited { chain, seq } => write!(f, "chain {chain}: row {seq} or the one before it was changed"),
            Self::End { chain, head, found } => write!(f, "chain {chain}: ends at row {found}, its head at {head}"),
            Self::Head { chain } => write!(f, "chain {chain}: its head was changed"),
            Self::Stray { chain } => write!(f, "chain {chain}: has no head"),
            Self::Checkpoint { chain, seq } => write!(f, "chain {chain}: row {seq} is not the one of a checkpoint"),
        }
    }
}

/// What a head must carry: without the key of the installation nobody moves the end of a chain.
pub fn head_proof(keys: &Keys, chain: i32, seq: i64, hash: &str) -> String {
    keys.blind("audit-head", &format!("{chain}|{seq}|{hash}"))
}

/// Reads rows, in the order of chain and number, and finds what is wrong with them.
#[derive(Default)]
pub struct Reader {
    /// The last row of each chain: number and hash.
    ends: BTreeMap<i32, (i64, String)>,
    faults: Vec<Fault>,
    /// What checkpoints saw, by chain and number; taken out when the row has come by.
    seen: BTreeMap<(i32, i64), String>,
    rows: u64,
}

impl Reader {
    pub fn with_checkpoints(seen: BTreeMap<(i32, i64), String>) -> Self {
        Self { seen, ..Self::default() }
    }

    pub fn read(&mut self, row: &AuditRow) {
        self.rows += 1;
        let (last, before) = self.ends.get(&row.chain).cloned().unwrap_or_default();
        let chain = row.chain;
        if row.seq != last + 1 {
            self.faults.push(Fault::Gap { chain, expected: last + 1, found: row.seq });
        }
        if !is_hash_of(&before, row) {
            self.faults.push(Fault::Edited { chain, seq: row.seq });
        }
        if self.seen.remove(&(chain, row.seq)).is_some_and(|hash| hash != row.hash) {
            self.faults.push(Fault::Checkpoint { chain, seq: row.seq });
        }
        self.ends.insert(chain, (row.seq, row.hash.clone()));
    }

    /// Rows that were read, and everything that is wrong with them. Without the heads, as when rows were exported, only a
    /// checkpoint shows that the end of a chain is missing; without the keys, heads are compared and not proven.
    pub fn end(mut self, keys: Option<&Keys>, heads: Option<&[HeadRow]>) -> (u64, Vec<Fault>) {
        for head in heads.unwrap_or_default() {
            let (found, hash) = self.ends.remove(&head.chain).unwrap_or_default();
            if keys.is_some_and(|keys| !is_proven(keys, head)) {
                self.faults.push(Fault::Head { chain: head.chain });
            }
            if (found, &hash) != (head.seq, &head.hash) {
                self.faults.push(Fault::End { chain: head.chain, head: head.seq, found });
            }
        }
        if heads.is_some() {
            self.faults.extend(self.ends.into_keys().map(|chain| Fault::Stray { chain }));
        }
        self.faults.extend(self.seen.into_keys().map(|(chain, seq)| Fault::Checkpoint { chain, seq }));
        (self.rows, self.faults)
    }
}

fn is_proven(keys: &Keys, head: &HeadRow) -> bool {
    let unused = head.seq == 0 && head.hash.is_empty() && head.proof.is_empty();
    unused || crate::identity::same(&head.proof, &head_proof(keys, head.chain, head.seq, &head.hash))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::hash::{Algorithm, row_hash};
    use super::*;

    const CHAINS: i32 = 3;

    fn keys() -> Keys {
        Keys::of_bytes([7; 32])
    }

    /// The setting was changed in the middle.
    fn algorithm(seq: i64) -> Algorithm {
        if seq > 10 { Algorithm::Sm3 } else { Algorithm::Sha256 }
    }

    /// Rows in the order of chain and number, with the heads that belong to them.
    fn written(rows_per_chain: i64) -> (Vec<AuditRow>, Vec<HeadRow>) {
        let (mut rows, mut heads) = (Vec::new(), Vec::new());
        for chain in 0..CHAINS {
            let mut before = String::new();
            for seq in 1..=rows_per_chain {
                let mut row = AuditRow {
                    chain,
                    seq,
                    at: DateTime::UNIX_EPOCH + TimeDelta::seconds(seq * 60),
                    actor_kind: "worker".to_owned(),
                    actor: format!("worker {}", seq % 4),
                    office: "210103005".to_owned(),
                    deed: "saw-case".to_owned(),
                    case_id: Some(Uuid::from_u128(seq as u128 % 3)),
                    draft_id: None,
                    why: (seq % 2 == 0).then(|| "because".to_owned()),
                    hash: String::new(),
                };
                row.hash = row_hash(algorithm(seq), &before, &row);
                before.clone_from(&row.hash);
                rows.push(row);
            }
            let proof = head_proof(&keys(), chain, rows_per_chain, &before);
            heads.push(HeadRow { chain, seq: rows_per_chain, hash: before, proof });
        }
        (rows, heads)
    }

    fn faults(rows: &[AuditRow], heads: &[HeadRow]) -> Vec<Fault> {
        let mut reader = Reader::default();
        rows.iter().for_each(|row| reader.read(row));
        reader.end(Some(&keys()), Some(heads)).1
    }

    /// One change to what is stored. The one who makes it knows how hashes are made, not the key.
    #[derive(Clone, Debug)]
    enum Tamper {
        Edit(usize, u8),
        /// The same, and every hash behind it and the head are made anew.
        EditAndHash(usize, u8),
        Delete(usize),
        /// The rows behind it are numbered and hashed anew.
        DeleteAndHash(usize),
        Insert(usize, usize),
        InsertAndHash(usize, usize),
        Swap(usize, usize),
        CutTail(i32, usize),
        CutTailAndHead(i32, usize),
        DropChain(i32),
    }

    fn tamper() -> impl Strategy<Value = Tamper> {
        let at = 0..60_usize;
        prop_oneof![
            (at.clone(), any::<u8>()).prop_map(|(at, how)| Tamper::Edit(at, how)),
            (at.clone(), any::<u8>()).prop_map(|(at, how)| Tamper::EditAndHash(at, how)),
            at.clone().prop_map(Tamper::Delete),
            at.clone().prop_map(Tamper::DeleteAndHash),
            (at.clone(), at.clone()).prop_map(|(a, b)| Tamper::Insert(a, b)),
            (at.clone(), at.clone()).prop_map(|(a, b)| Tamper::InsertAndHash(a, b)),
            (at.clone(), at).prop_map(|(a, b)| Tamper::Swap(a, b)),
            (0..CHAINS, 1..20_usize).prop_map(|(chain, count)| Tamper::CutTail(chain, count)),
            (0..CHAINS, 1..20_usize).prop_map(|(chain, count)| Tamper::CutTailAndHead(chain, count)),
            (0..CHAINS).prop_map(Tamper::DropChain),
        ]
    }

    fn edit(row: &mut AuditRow, how: u8) {
        match how % 8 {
            0 => row.at += TimeDelta::microseconds(1),
            1 => row.actor.push('x'),
            2 => row.office = "210102005".to_owned(),
            3 => row.deed = "saw-file".to_owned(),
            4 => row.case_id = Some(Uuid::from_u128(99)),
            5 => row.draft_id = Some(Uuid::from_u128(1)),
            6 => row.why = if row.why.is_none() { Some(String::new()) } else { None },
            // A letter that moves from one value into the next.
            _ => (row.actor, row.office) = (format!("{}2", row.actor), row.office[1..].to_owned()),
        }
    }

    /// Numbers and hashes of a chain as they would be, and its head as far as it can be made without the key.
    fn hash_again(rows: &mut [AuditRow], heads: &mut [HeadRow], chain: i32) {
        let (mut seq, mut before) = (0, String::new());
        for row in rows.iter_mut().filter(|row| row.chain == chain) {
            seq += 1;
            row.seq = seq;
            row.hash = row_hash(algorithm(seq), &before, row);
            before.clone_from(&row.hash);
        }
        let head = heads.iter_mut().find(|head| head.chain == chain).expect("a head");
        (head.seq, head.hash) = (seq, before);
    }

    fn apply(tamper: &Tamper, rows: &mut Vec<AuditRow>, heads: &mut [HeadRow]) {
        match *tamper {
            Tamper::Edit(at, how) => edit(&mut rows[at], how),
            Tamper::EditAndHash(at, how) => {
                edit(&mut rows[at], how);
                let chain = rows[at].chain;
                hash_again(rows, heads, chain);
            }
            Tamper::Delete(at) => drop(rows.remove(at)),
            Tamper::DeleteAndHash(at) => {
                let chain = rows.remove(at).chain;
                hash_again(rows, heads, chain);
            }
            Tamper::Insert(at, from) => rows.insert(at, rows[from].clone()),
            Tamper::InsertAndHash(at, from) => {
                let row = AuditRow { chain: rows[at].chain, ..rows[from].clone() };
                let chain = row.chain;
                rows.insert(at, row);
                hash_again(rows, heads, chain);
            }
            Tamper::Swap(a, b) => {
                // Everything but their places.
                let (one, other) = (rows[a].clone(), rows[b].clone());
                rows[a] = AuditRow { chain: one.chain, seq: one.seq, ..other.clone() };
                rows[b] = AuditRow { chain: other.chain, seq: other.seq, ..one };
            }
            Tamper::CutTail(chain, count) => rows.retain(|row| row.chain != chain || row.seq <= 20 - count as i64),
            Tamper::CutTailAndHead(chain, count) => {
                rows.retain(|row| row.chain != chain || row.seq <= 20 - count as i64);
                hash_again(rows, heads, chain);
            }
            Tamper::DropChain(chain) => {
                rows.retain(|row| row.chain != chain);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10_000))]

        #[test]
        fn every_tampering_is_found(tamper in tamper()) {
            let (mut rows, mut heads) = written(20);
            prop_assert_eq!(faults(&rows, &heads), vec![]);
            let before = (rows.clone(), heads.clone());
            apply(&tamper, &mut rows, &mut heads);
            prop_assume!((&rows, &heads) != (&before.0, &before.1));
            prop_assert!(!faults(&rows, &heads).is_empty(), "{:?} was not found", tamper);
        }
    }

    #[test]
    fn a_checkpoint_names_the_row_that_is_another() {
        let (rows, heads) = written(5);
        let seen = |hash: &str| BTreeMap::from([((1, 4), hash.to_owned())]);
        let found = |seen| {
            let mut reader = Reader::with_checkpoints(seen);
            rows.iter().for_each(|row| reader.read(row));
            reader.end(Some(&keys()), Some(&heads)).1
        };
        let row = rows.iter().find(|row| (row.chain, row.seq) == (1, 4)).expect("a row");
        assert_eq!(found(seen(&row.hash)), []);
        assert_eq!(found(seen("another")), [Fault::Checkpoint { chain: 1, seq: 4 }]);
    }
}
