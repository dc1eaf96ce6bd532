//! Vectors of the standards, of OpenSSL where it is installed, and what a record must withstand.

use std::collections::HashSet;
use std::io::Write;
use std::process::{Command, Stdio};

use aes_gcm_siv::Aes256GcmSiv;
use aes_gcm_siv::aead::{Aead, KeyInit, Payload};
use proptest::prelude::*;
use sm3::{Digest, Sm3};
use sm4::Sm4;
use sm4::cipher::BlockCipherEncrypt;

use super::*;

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

fn hex(bytes: &[u8]) -> String {
    crate::identity::hex(bytes)
}

fn vault_of(suite: Suite) -> Vault {
    let ring = Ring::make(suite, DateTime::UNIX_EPOCH).expect("a ring");
    Vault::with(Path::new("/nowhere"), ring)
}

#[test]
fn aes_256_gcm_siv_gives_the_values_of_rfc_8452() {
    let mut key = [0; 32];
    let mut nonce = [0; 12];
    (key[0], nonce[0]) = (1, 3);
    let cipher = Aes256GcmSiv::new(&key.into());
    for (plain, sealed) in [
        ("", "07f5f4169bbf55a8400cd47ea6fd400f"),
        ("0100000000000000", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"),
    ] {
        assert_eq!(hex(&cipher.encrypt(&nonce.into(), bytes(plain).as_slice()).expect("sealed")), sealed);
    }
}

const KEY: &str = "0123456789abcdeffedcba9876543210";

#[test]
fn sm4_gives_the_values_of_gb_t_32907() {
    let key: [u8; 16] = bytes(KEY).try_into().expect("a key");
    let cipher = Sm4::new(&key.into());
    let mut block = key.into();
    cipher.encrypt_block(&mut block);
    assert_eq!(hex(&block), "681edf34d206965e86b3e94f536e4246");
}

#[test]
fn sm4_gcm_gives_the_values_of_rfc_8998() {
    let key: [u8; 16] = bytes(KEY).try_into().expect("a key");
    let nonce: [u8; 12] = bytes("00001234567800000000abcd").try_into().expect("a nonce");
    let plain: Vec<u8> = [0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff, 0xee, 0xaa].into_iter().flat_map(|b| [b; 8]).collect();
    let aad = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let sealed = Sm4Gcm::new(&key.into()).encrypt(&nonce.into(), Payload { msg: &plain, aad: &aad }).expect("sealed");
    let (text, tag) = sealed.split_at(plain.len());
    assert_eq!(
        hex(text),
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735\
         d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
    );
    assert_eq!(hex(tag), "83de3541e4c2b58177e065a9bf7b62ec");
    // The stream of GCM is that of counter mode from the second block on.
    let arguments = ["enc", "-sm4-ctr", "-K", KEY, "-iv", "00001234567800000000abcd00000002"];
    if let Some(stream) = openssl(&arguments, &plain) {
        assert_eq!(stream, text);
    }
}

#[test]
fn sm3_gives_the_values_of_gb_t_32905() {
    let long = "abcd".repeat(16);
    for (text, digest) in [
        ("abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (long.as_str(), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ] {
        assert_eq!(hex(&Sm3::digest(text)), digest);
        if let Some(told) = openssl(&["dgst", "-sm3", "-binary"], text.as_bytes()) {
            assert_eq!(hex(&told), digest);
        }
    }
}

#[test]
fn hmac_sm3_gives_the_values_of_gm_t_0042() {
    let key: [u8; 32] = std::array::from_fn(|index| u8::try_from(index).expect("small") + 1);
    let text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".repeat(2);
    let told = "ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a";
    assert_eq!(hex(&Suite::National.mac(&key, &[text.as_bytes()])), told);
    let arguments = ["dgst", "-sm3", "-mac", "HMAC", "-macopt", &format!("hexkey:{}", hex(&key)), "-binary"];
    if let Some(mac) = openssl(&arguments, text.as_bytes()) {
        assert_eq!(hex(&mac), told);
    }
}

/// What the installed program says. None, and loudly: it is not there, or does not know the algorithm.
fn openssl(arguments: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        eprintln!("NOT COMPARED WITH OPENSSL: the program is not installed");
        return None;
    };
    child.stdin.take().expect("its input").write_all(input).expect("written");
    let output = child.wait_with_output().expect("its output");
    if !output.status.success() {
        eprintln!("NOT COMPARED WITH OPENSSL: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    Some(output.stdout)
}

proptest! {
    #[test]
    fn what_was_sealed_opens_in_its_place_and_nowhere_else(text in "\\PC{0,60}", row in any::<u128>()) {
        for suite in Suite::ALL {
            let vault = vault_of(suite);
            let row = uuid::Uuid::from_u128(row);
            let sealed = vault.seal(MESSAGE_TEXT.of(row), &text).expect("sealed");
            prop_assert_eq!(vault.open(MESSAGE_TEXT.of(row), &sealed).expect("opened"), text.clone());
            let other = uuid::Uuid::from_u128(row.as_u128() ^ 1);
            for wrong in [MESSAGE_TEXT.of(other), NOTE_TEXT.of(row), MESSAGE_FILE_NAME.of(row)] {
                prop_assert!(vault.open(wrong, &sealed).is_err());
            }
            prop_assert!(text.len() < 4 || !sealed.record().contains(&text));
        }
    }
}

#[test]
fn a_record_with_any_bit_flipped_does_not_open() {
    for suite in Suite::ALL {
        let vault = vault_of(suite);
        let sealed = vault.seal(MESSAGE_TEXT.of(1), "居民说的话").expect("sealed");
        for at in 0..sealed.record().len() {
            for bit in 0..7 {
                let mut record = sealed.record().to_owned().into_bytes();
                record[at] ^= 1 << bit;
                let Ok(record) = String::from_utf8(record) else { continue };
                let changed = Sealed::of_record(record);
                assert!(vault.open(MESSAGE_TEXT.of(1), &changed).is_err(), "byte {at}, bit {bit}");
            }
        }
        for length in 0..sealed.record().len() {
            let cut = Sealed::of_record(sealed.record()[..length].to_owned());
            assert!(vault.open(MESSAGE_TEXT.of(1), &cut).is_err(), "cut to {length}");
        }
    }
}

#[test]
fn plain_text_is_refused() {
    let vault = vault_of(Suite::International);
    for plain in ["", "张小三", "{}", "1", "1.a", "1.a.12345678.", "1.a.12345678.AAAA", "1.s.12345678.AAAA"] {
        assert!(vault.open(MESSAGE_TEXT.of(1), &Sealed::of_record(plain.to_owned())).is_err(), "{plain:?}");
    }
}

#[test]
fn no_two_records_of_one_text_are_alike() {
    for suite in Suite::ALL {
        let vault = vault_of(suite);
        let mut seen = HashSet::new();
        for _ in 0..20_000 {
            let sealed = vault.seal(MESSAGE_TEXT.of(1), "同样的话").expect("sealed");
            let (_, body) = split(sealed.record()).expect("a record");
            let random = Base64UrlUnpadded::decode_vec(body).expect("bytes")[..12].to_vec();
            assert!(seen.insert(random), "a nonce came twice");
        }
    }
}

#[test]
fn a_secret_shows_in_no_debug_print() {
    let vault = vault_of(Suite::International);
    let sealed = vault.seal(MESSAGE_TEXT.of(1), "居民说的话").expect("sealed");
    assert_eq!(format!("{sealed:?}"), "Sealed(…)");
}

#[test]
fn one_number_is_found_however_it_was_typed() {
    for suite in Suite::ALL {
        let vault = vault_of(suite);
        let blind = vault.blind(Purpose::Phone, "13800138000").expect("blind");
        for typed in ["138 0013 8000", "+86 13800138000", "１３８００１３８０００"] {
            assert_eq!(vault.blind(Purpose::Phone, typed).expect("blind"), blind);
        }
        assert!(vault.is_blind(Purpose::Phone, "138-0013-8000", &blind));
        assert_ne!(vault.blind(Purpose::IdNumber, "13800138000").expect("blind"), blind);
        let number = vault.blind(Purpose::IdNumber, "21010319400101901X").expect("blind");
        assert!(vault.is_blind(Purpose::IdNumber, " 21010319400101901x", &number));
        assert!(!vault.is_blind(Purpose::IdNumber, "210103194001019013", &number));
        assert!(!blind.contains("8000") && vault_of(suite).blind(Purpose::Phone, "13800138000").expect("it") != blind);
    }
}

#[test]
fn a_ring_is_written_once_and_read_again_and_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("deep/keys");
    assert!(Ring::read(&file).expect("read").is_none());
    let ring = Ring::make(Suite::National, DateTime::UNIX_EPOCH).expect("a ring");
    assert!(ring.write_new(&file).expect("written"));
    let other = Ring::make(Suite::National, DateTime::UNIX_EPOCH).expect("a ring");
    assert!(!other.write_new(&file).expect("written"), "what is there stays");
    let read = Ring::read(&file).expect("read").expect("a ring");
    assert_eq!(read.id, ring.id);
    let key = |ring: &Ring| ring.active(Use::Data).map(|key| (key.id.clone(), key.suite, *key.secret)).expect("a key");
    assert_eq!(key(&read), key(&ring));
    assert_eq!(std::fs::metadata(&file).expect("metadata").permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(folder.path().join("deep")).expect("a folder").count(), 1);
    for wrong in ["", "ring = 1", &std::fs::read_to_string(&file).expect("text").replace("national", "rot13")] {
        std::fs::write(&file, wrong).expect("written");
        let fault = Ring::read(&file).err().expect("refused").to_string();
        assert!(!fault.contains(&hex(ring.keys[0].secret.as_slice())), "no secret in a fault");
    }
}
