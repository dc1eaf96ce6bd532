//! What a file is, by its content; photographs lose everything but the picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::files::Sent;

/// The longest side of a stored photograph, in pixels: enough to read an A4 page.
const SIDE_MAX: u32 = 3_000;
/// The longest side that is decoded at all.
const DECODED_SIDE_MAX: u32 = 20_000;
/// The most memory for a decoded picture, in bytes: 60 million points, as no telephone takes them.
const DECODED_BYTES_MAX: u64 = 192 * 1024 * 1024;
const JPEG_QUALITY: u8 = 85;

/// A file that may be stored.
#[derive(Debug)]
pub(super) struct Taken {
    pub bytes: Vec<u8>,
    pub media_type: &'static str,
    pub extension: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotTaken {
    Empty,
    Heic,
    Kind,
    Broken,
    Protected,
    /// Its name or its sender says something else than its content.
    Disguised,
    /// A PDF that does something by itself.
    Active,
    /// More would come out of it than there is room for.
    Bomb,
}

impl NotTaken {
    /// Follows the name of the file.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Empty => "是空的，请重新选一个文件。",
            Self::Heic => {
                "是苹果手机的 HEIC 格式，这里打不开。请在手机“设置—相机—格式”里选“兼容性最佳”后重拍，或者截一张图上传。"
            }
            Self::Kind => "不是照片也不是 PDF。请上传 JPG、PNG 照片或 PDF 文件。",
            Self::Broken => "打不开，可能没有存好。请重新拍一张或重新保存后再上传。",
            Self::Protected => "有密码，工作人员打不开。请去掉密码后再上传。",
            Self::Disguised => "的名字和内容不一样。请重新拍一张照片，或者重新保存后再上传。",
            Self::Active => "里面带有程序或附件，不能用。请把要交的那几页打印或者拍照，再上传。",
            Self::Bomb => "展开以后太大了。请重新拍一张照片，或者分成几个文件上传。",
        }
    }
}

/// Checks a file by content. A photograph is decoded, turned upright, shrunk and encoded anew, which drops EXIF, the
/// place where it was taken, and anything hidden behind the picture.
pub(super) fn take_in(bytes: Vec<u8>, sent: &Sent) -> Result<Taken, NotTaken> {
    if bytes.is_empty() {
        return Err(NotTaken::Empty);
    }
    let kind = infer::get(&bytes).map(|kind| kind.mime_type()).unwrap_or_default();
    let is_picture = match kind {
        "image/jpeg" | "image/png" => true,
        "application/pdf" => false,
        "image/heif" | "image/heic" => return Err(NotTaken::Heic),
        _ => return Err(NotTaken::Kind),
    };
    if !agrees(sent, is_picture) {
        return Err(NotTaken::Disguised);
    }
    match kind {
        "image/jpeg" => photograph(&bytes, ImageFormat::Jpeg),
        "image/png" => photograph(&bytes, ImageFormat::Png),
        _ => pdf(bytes),
    }
}

/// Whether name and sender say what the content is. Telephones call one kind of picture like another, and it is encoded
/// anew whatever it was called; a sender that does not know says nothing.
fn agrees(sent: &Sent, is_picture: bool) -> bool {
    let ending = sent.name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    // `正面`, `11.23` and long words are parts of a name.
    let is_ending = ending.len() <= 5
        && ending.chars().all(|c| c.is_ascii_alphanumeric())
        && ending.chars().any(|c| c.is_ascii_alphabetic());
    let by_name = match ending.as_str() {
        _ if !is_ending => true,
        "pdf" => !is_picture,
        "jpg" | "jpeg" | "jpe" | "jfif" | "png" | "webp" | "gif" | "bmp" | "heic" | "heif" | "tif" | "tiff" => {
            is_picture
        }
        _ => false,
    };
    let declared = sent.declared.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let by_sender = match declared.as_str() {
        "" | "application/octet-stream" => true,
        "application/pdf" | "application/x-pdf" => !is_picture,
        // A picture with a script inside is none of ours.
        "image/svg+xml" => false,
        other => is_picture && other.starts_with("image/"),
    };
    by_name && by_sender
}

fn photograph(bytes: &[u8], format: ImageFormat) -> Result<Taken, NotTaken> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECODED_SIDE_MAX);
    limits.max_image_height = Some(DECODED_SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NotTaken::Broken)?;
    // A few bytes can claim any size; memory is taken by what is claimed.
    if decoder.total_bytes() > DECODED_BYTES_MAX {
        return Err(NotTaken::Bomb);
    }
    let orientation = decoder.orientation().map_err(|_| NotTaken::Broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| NotTaken::Broken)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE_MAX {
        picture = picture.thumbnail(SIDE_MAX, SIDE_MAX);
    }
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)
        .encode_image(&picture.to_rgb8())
        .map_err(|_| NotTaken::Broken)?;
    Ok(Taken { bytes: out, media_type: "image/jpeg", extension: "jpg" })
}

/// A PDF is kept as it is; it is only ever given out as an attachment.
fn pdf(bytes: Vec<u8>) -> Result<Taken, NotTaken> {
    super::pdf::check(&bytes)?;
    Ok(Taken { bytes, media_type: "application/pdf", extension: "pdf" })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
        bytes.windows(wanted.len()).any(|window| window == wanted)
    }

    fn take_in(bytes: Vec<u8>) -> Result<Taken, NotTaken> {
        super::take_in(bytes, &Sent::default())
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, height).write_to(&mut out, ImageFormat::Jpeg).expect("encoded");
        out.into_inner()
    }

    /// A JPEG with an EXIF block that holds a turn by 90 degrees and a text as a camera would.
    fn jpeg_with_exif() -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]); // orientation 6
        tiff.extend([0x0F, 0x01, 2, 0, 12, 0, 0, 0, 38, 0, 0, 0]); // maker at offset 38
        tiff.extend([0, 0, 0, 0]);
        tiff.extend(b"GPS41.8N123\0");
        let mut block = b"Exif\0\0".to_vec();
        block.extend(tiff);
        let plain = jpeg(40, 20);
        let mut out = plain[..2].to_vec();
        out.extend([0xFF, 0xE1]);
        out.extend(u16::try_from(block.len() + 2).expect("short").to_be_bytes());
        out.extend(block);
        out.extend(&plain[2..]);
        out
    }

    #[test]
    fn exif_is_dropped_and_the_picture_stands_upright() {
        let taken = take_in(jpeg_with_exif()).expect("a photograph");
        assert!(!contains(&taken.bytes, b"Exif") && !contains(&taken.bytes, b"GPS"));
        let picture = image::load_from_memory(&taken.bytes).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (20, 40));
    }

    #[test]
    fn a_large_photograph_is_shrunk() {
        let taken = take_in(jpeg(4_000, 1_000)).expect("a photograph");
        let picture = image::load_from_memory(&taken.bytes).expect("a picture");
        assert_eq!((picture.width(), picture.height()), (3_000, 750));
    }

    #[test]
    fn other_files_are_refused_by_content() {
        assert_eq!(take_in(Vec::new()).err(), Some(NotTaken::Empty));
        assert_eq!(take_in(b"<html><script>".to_vec()).err(), Some(NotTaken::Kind));
        assert_eq!(take_in(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec()).err(), Some(NotTaken::Heic));
        assert_eq!(take_in(jpeg(40, 40)[..60].to_vec()).err(), Some(NotTaken::Broken));
        assert_eq!(take_in(b"%PDF-1.7 cut off".to_vec()).err(), Some(NotTaken::Broken));
        assert_eq!(take_in(b"%PDF-1.7 /Encrypt 1 0 R %%EOF".to_vec()).err(), Some(NotTaken::Protected));
        assert!(take_in(b"%PDF-1.7 1 0 obj endobj %%EOF\n".to_vec()).is_ok());
    }

    #[test]
    fn ending_sender_and_content_agree() {
        let sent = |name: &str, declared: &str| Sent { name: name.to_owned(), declared: declared.to_owned() };
        let (picture, paper) = (jpeg(4, 4), b"%PDF-1.7 1 0 obj endobj %%EOF\n".to_vec());
        for (name, declared) in [
            ("照片.jpg", "image/jpeg"),
            ("截图.PNG", "image/png"),
            ("照片", ""),
            ("身份证.正面", "application/octet-stream"),
            ("2026.11.23", "image/*; q=1"),
        ] {
            assert!(super::take_in(picture.clone(), &sent(name, declared)).is_ok(), "{name} {declared}");
        }
        assert!(super::take_in(paper.clone(), &sent("户口本.pdf", "application/pdf")).is_ok());
        for (bytes, name, declared) in [
            (&picture, "照片.pdf", ""),
            (&picture, "照片.exe", ""),
            (&picture, "照片.jpg.html", "image/jpeg"),
            (&picture, "照片.svg", "image/jpeg"),
            (&picture, "照片.jpg", "text/html"),
            (&picture, "照片.jpg", "application/pdf"),
            (&picture, "照片.jpg", "image/svg+xml"),
            (&paper, "户口本.jpg", ""),
            (&paper, "户口本.pdf", "image/jpeg"),
            (&paper, "户口本.pdf", "application/javascript"),
        ] {
            let refused = super::take_in(bytes.clone(), &sent(name, declared)).err();
            assert_eq!(refused, Some(NotTaken::Disguised), "{name} {declared}");
        }
    }

    /// A JPEG of a few hundred bytes whose head claims 400 million points, and a small PNG that holds 210 million.
    #[test]
    fn floods_of_points_are_refused_before_memory_is_taken() {
        let mut claims = jpeg(8, 8);
        let head = claims.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame");
        claims[head + 5..head + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
        assert_eq!(take_in(claims).err(), Some(NotTaken::Bomb));
        let mut flood = Cursor::new(Vec::new());
        DynamicImage::new_luma8(14_500, 14_500).write_to(&mut flood, ImageFormat::Png).expect("encoded");
        let flood = flood.into_inner();
        assert!(flood.len() < 2 << 20, "{}", flood.len());
        assert!(matches!(take_in(flood).err(), Some(NotTaken::Bomb | NotTaken::Broken)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Changed at random, a picture is taken or refused; nothing breaks.
        #[test]
        fn broken_pictures_are_judged(at in 2..600_usize, with in any::<[u8; 4]>(), cut in any::<bool>(), png in any::<bool>()) {
            let mut bytes = if png {
                let mut out = Cursor::new(Vec::new());
                DynamicImage::new_rgb8(30, 20).write_to(&mut out, ImageFormat::Png).expect("encoded");
                out.into_inner()
            } else {
                jpeg(30, 20)
            };
            let at = at % (bytes.len() - 4);
            bytes[at..at + 4].copy_from_slice(&with);
            if cut {
                bytes.truncate(at + 4);
            }
            let _ = take_in(bytes);
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_refused() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(50_000_u32.to_be_bytes());
        png.extend(50_000_u32.to_be_bytes());
        png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(take_in(png).err(), Some(NotTaken::Broken));
    }
}
