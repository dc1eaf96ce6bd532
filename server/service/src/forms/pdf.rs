//! PDFs that do something by themselves: scripts, programs, files inside. They are refused, since whoever opens a paper
//! at a desk expects a paper.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

use super::image::NotTaken;

/// Names in a PDF that no photograph of a paper has. A script needs `JavaScript` as the kind of its action, so the
/// short keys beside it need not be looked for.
const ACTIVE: [&[u8]; 10] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"FileAttachment",
    b"RichMedia",
    b"SubmitForm",
    b"ImportData",
    b"GoToE",
    b"Rendition",
];
/// What is unpacked of one PDF at most, in bytes: a small file that holds more is made to fill somebody's memory.
const UNPACKED_MAX: usize = 64 << 20;
/// Streams of one PDF: a paper of a thousand pages has some thousands.
const STREAMS_MAX: usize = 20_000;

/// A PDF that can be kept as it is.
pub(super) fn check(bytes: &[u8]) -> Result<(), NotTaken> {
    let tail = &bytes[bytes.len().saturating_sub(2_048)..];
    if !contains(tail, b"%%EOF") {
        return Err(NotTaken::Broken);
    }
    if has_name(bytes, &[b"Encrypt"]) {
        return Err(NotTaken::Protected);
    }
    if has_name(bytes, &ACTIVE) {
        return Err(NotTaken::Active);
    }
    // Objects can stand packed in streams, where no name is seen.
    let mut left = UNPACKED_MAX;
    for (index, packed) in packed(bytes).enumerate() {
        let unpacked = unpack(packed, left);
        if unpacked.len() >= left || index >= STREAMS_MAX {
            return Err(NotTaken::Bomb);
        }
        left -= unpacked.len();
        if has_name(&unpacked, &ACTIVE) {
            return Err(NotTaken::Active);
        }
    }
    Ok(())
}

/// What stands behind each word `stream` and begins as zlib does, whatever its dictionary says.
fn packed(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const WORD: &[u8] = b"stream";
    let starts = bytes.windows(WORD.len()).enumerate().filter(|(_, window)| *window == WORD);
    starts.filter_map(|(at, _)| {
        let rest = &bytes[at + WORD.len()..];
        let rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        let rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        let header = u16::from_be_bytes([*rest.first()?, *rest.get(1)?]);
        (rest[0] & 15 == 8 && header % 31 == 0).then_some(rest)
    })
}

/// Until its end, its first fault, or `max` bytes. Memory grows with what comes out, not with what is behind it.
fn unpack(mut packed: &[u8], max: usize) -> Vec<u8> {
    let mut state = InflateState::new_boxed(DataFormat::Zlib);
    let (mut out, mut chunk) = (Vec::new(), vec![0; 16 << 10]);
    loop {
        let step = inflate(&mut state, packed, &mut chunk, MZFlush::None);
        packed = &packed[step.bytes_consumed..];
        out.extend_from_slice(&chunk[..step.bytes_written]);
        if step.status != Ok(MZStatus::Ok) || step.bytes_written == 0 || out.len() >= max {
            return out;
        }
    }
}

/// Whether one of the names stands there, also with characters written as `#4A`.
fn has_name(bytes: &[u8], names: &[&[u8]]) -> bool {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    let mut name = Vec::new();
    starts.into_iter().any(|(at, _)| {
        read_name(&bytes[at + 1..], &mut name);
        names.contains(&name.as_slice())
    })
}

/// The longest name that is looked for, with a character more to tell it from longer ones.
const NAME_MAX: usize = 16;

fn read_name(mut bytes: &[u8], name: &mut Vec<u8>) {
    name.clear();
    while name.len() < NAME_MAX {
        let (byte, rest) = match bytes {
            [b'#', high, low, rest @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (digit(*high) * 16 + digit(*low), rest)
            }
            [byte, rest @ ..] if byte.is_ascii_graphic() && !b"()<>[]{}/%".contains(byte) => (*byte, rest),
            _ => return,
        };
        name.push(byte);
        bytes = rest;
    }
}

fn digit(byte: u8) -> u8 {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or_default()
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use miniz_oxide::deflate::compress_to_vec_zlib;
    use proptest::prelude::*;

    use super::*;

    fn pdf(inside: &[u8]) -> Vec<u8> {
        [b"%PDF-1.7\n1 0 obj\n", inside, b"\nendobj\n%%EOF\n"].concat()
    }

    /// As writers of today put objects into streams.
    fn packed_pdf(inside: &[u8], dictionary: &str) -> Vec<u8> {
        let packed = compress_to_vec_zlib(inside, 6);
        pdf(&[dictionary.as_bytes(), b" stream\r\n", &packed, b"\nendstream"].concat())
    }

    #[test]
    fn ordinary_ones_are_taken() {
        for plain in ["<< /Type /Catalog /Pages 2 0 R >>", "<< /OpenAction [3 0 R /Fit] >>", "(a Launch of a /ship)"] {
            assert_eq!(check(&pdf(plain.as_bytes())), Ok(()), "{plain}");
        }
        assert_eq!(check(&packed_pdf(b"<< /Type /Page /Annots [] >>", "<< /Type /ObjStm >>")), Ok(()));
        assert_eq!(check(&packed_pdf(&[7; 3_000_000], "<< /Subtype /Image >>")), Ok(()));
    }

    #[test]
    fn what_acts_by_itself_is_refused_however_it_is_written() {
        for active in [
            "<< /S /JavaScript /JS (app.alert(1)) >>",
            "<</S/JavaScript/JS(x)>>",
            "<< /S /J#61vaScript >>",
            "<< /S /#4a#61#76#61#53#63#72#69#70#74 >>",
            "<< /Names << /EmbeddedFiles 4 0 R >> >>",
            "<< /S/Launch/F(cmd.exe) >>",
            "<< /Subtype /RichMedia >>",
        ] {
            assert_eq!(check(&pdf(active.as_bytes())), Err(NotTaken::Active), "{active}");
            for dictionary in ["<< /Type /ObjStm /Filter /FlateDecode >>", "<< /Type 9 0 R >>", ""] {
                assert_eq!(check(&packed_pdf(active.as_bytes(), dictionary)), Err(NotTaken::Active), "{active}");
            }
        }
    }

    #[test]
    fn one_that_unpacks_to_more_than_there_is_room_for_is_refused() {
        let bomb = packed_pdf(&vec![0; UNPACKED_MAX + 1], "<< /Type /ObjStm >>");
        assert!(bomb.len() < 1 << 20);
        assert_eq!(check(&bomb), Err(NotTaken::Bomb));
        let many = [packed_pdf(&vec![0; UNPACKED_MAX / 3], ""), packed_pdf(&vec![0; UNPACKED_MAX], "")].concat();
        assert_eq!(check(&many), Err(NotTaken::Bomb));
    }

    proptest! {
        #[test]
        fn whatever_comes_is_judged(bytes in proptest::collection::vec(any::<u8>(), 0..2_000), at in 0..2_000_usize) {
            let mut bytes = bytes;
            let at = at.min(bytes.len());
            bytes.splice(at..at, *b"/stream\n\x78\x9c/#4");
            let _ = check(&[b"%PDF-1.7 ", bytes.as_slice(), b" %%EOF"].concat());
        }
    }
}
