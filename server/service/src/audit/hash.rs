//! The hash of a row: what it is made of, and by which algorithm.

use sha2::{Digest, Sha256};
use sm3::Sm3;

use super::store::AuditRow;
use crate::identity::hex;

/// Chosen by a setting, for rows from then on: each hash says by which it was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    #[default]
    Sha256,
    /// GB/T 32905
    Sm3,
}

const SM3: &str = "sm3:";

/// The hash of a row that follows one with the hash `before` (empty: it is the first), as it is stored: in hexadecimal
/// digits, behind the name of an algorithm that is not SHA-256.
pub fn row_hash(algorithm: Algorithm, before: &str, row: &AuditRow) -> String {
    match algorithm {
        Algorithm::Sha256 => digest::<Sha256>(before, row),
        Algorithm::Sm3 => format!("{SM3}{}", digest::<Sm3>(before, row)),
    }
}

/// Whether a row carries the hash that it must, by the algorithm that it names.
pub fn is_hash_of(before: &str, row: &AuditRow) -> bool {
    let algorithm = if row.hash.starts_with(SM3) { Algorithm::Sm3 } else { Algorithm::Sha256 };
    row_hash(algorithm, before, row) == row.hash
}

/// Each value is preceded by its length, so that no two rows have the same bytes.
fn digest<D: Digest>(before: &str, row: &AuditRow) -> String {
    let mut digest = D::new();
    let mut put = |value: &[u8]| {
        digest.update((value.len() as u64).to_be_bytes());
        digest.update(value);
    };
    put(b"tongban audit 1");
    put(before.as_bytes());
    put(&row.chain.to_be_bytes());
    put(&row.seq.to_be_bytes());
    put(&row.at.timestamp_micros().to_be_bytes());
    for text in [&row.actor_kind, &row.actor, &row.office, &row.deed] {
        put(text.as_bytes());
    }
    for id in [row.case_id, row.draft_id] {
        put(id.as_ref().map_or(&[][..], |id| id.as_bytes()));
    }
    // No reason and an empty one differ.
    put(row.why.as_ref().map_or(vec![0], |why| [&[1], why.as_bytes()].concat()).as_slice());
    hex(&digest.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the standards: FIPS 180-4 and GB/T 32905-2016, appendix A.
    #[test]
    fn the_algorithms_are_those_of_the_standards() {
        let sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex(&Sha256::digest(b"abc")), sha);
        let sm3 = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0";
        assert_eq!(hex(&Sm3::digest(b"abc")), sm3);
        let long = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732";
        assert_eq!(hex(&Sm3::digest("abcd".repeat(16))), long);
    }

    #[test]
    fn a_hash_names_its_algorithm_and_another_name_is_found_out() {
        let mut row = AuditRow {
            chain: 0,
            seq: 1,
            at: chrono::DateTime::UNIX_EPOCH,
            actor_kind: "system".to_owned(),
            actor: String::new(),
            office: String::new(),
            deed: "woke".to_owned(),
            case_id: None,
            draft_id: None,
            why: None,
            hash: String::new(),
        };
        for algorithm in [Algorithm::Sha256, Algorithm::Sm3] {
            row.hash = row_hash(algorithm, "", &row);
            assert!(is_hash_of("", &row) && !is_hash_of("x", &row), "{algorithm:?}");
        }
        row.hash = row.hash.replacen(SM3, "", 1);
        assert!(!is_hash_of("", &row), "without its name it is no hash of the other algorithm");
    }
}
