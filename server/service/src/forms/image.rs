//! What a file is, by its content; photographs lose everything but the picture.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

/// The longest side of a stored photograph, in pixels: enough to read an A4 page.
const SIDE_MAX: u32 = 3_000;
/// The longest side that is decoded at all.
const DECODED_SIDE_MAX: u32 = 20_000;
/// The most memory for decoding one picture, in bytes.
const DECODED_BYTES_MAX: u64 = 256 * 1024 * 1024;
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
        }
    }
}

/// Checks a file by content. A photograph is decoded, turned upright, shrunk and encoded anew, which drops EXIF, the
/// place where it was taken, and anything hidden behind the picture.
pub(super) fn take_in(bytes: Vec<u8>) -> Result<Taken, NotTaken> {
    if bytes.is_empty() {
        return Err(NotTaken::Empty);
    }
    match infer::get(&bytes).map(|kind| kind.mime_type()) {
        Some("image/jpeg") => photograph(&bytes, ImageFormat::Jpeg),
        Some("image/png") => photograph(&bytes, ImageFormat::Png),
        Some("application/pdf") => pdf(bytes),
        Some("image/heif" | "image/heic") => Err(NotTaken::Heic),
        _ => Err(NotTaken::Kind),
    }
}

fn photograph(bytes: &[u8], format: ImageFormat) -> Result<Taken, NotTaken> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(DECODED_SIDE_MAX);
    limits.max_image_height = Some(DECODED_SIDE_MAX);
    limits.max_alloc = Some(DECODED_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| NotTaken::Broken)?;
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
    let tail = &bytes[bytes.len().saturating_sub(2_048)..];
    if !contains(tail, b"%%EOF") {
        return Err(NotTaken::Broken);
    }
    if contains(&bytes, b"/Encrypt") {
        return Err(NotTaken::Protected);
    }
    Ok(Taken { bytes, media_type: "application/pdf", extension: "pdf" })
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_picture_that_claims_to_be_huge_is_refused() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        png.extend(50_000_u32.to_be_bytes());
        png.extend(50_000_u32.to_be_bytes());
        png.extend([8, 6, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(take_in(png).err(), Some(NotTaken::Broken));
    }
}
