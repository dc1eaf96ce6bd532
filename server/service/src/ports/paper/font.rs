//! The font of papers: where it is found, and how it is given to those who measure and those who draw.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use krilla::text::Font;
use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{FontContext, LayoutContext};

/// Where systems keep fonts.
const FOLDERS: [&str; 4] =
    ["/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/texmf/fonts/opentype", "/Library/Fonts"];
/// Beginnings of the names of files with simplified Chinese, the best first, in small letters.
const NAMES: [&str; 8] = [
    "notosanscjk-regular",
    "notosanscjksc-regular",
    "notosanssc-regular",
    "sourcehansanssc-regular",
    "sourcehansanscn-regular",
    "wqy-microhei",
    "wqy-zenhei",
    "droidsansfallbackfull",
];
/// Folders in folders are looked into so deep.
const DEPTH: usize = 4;

/// A font of this system that has Chinese characters. `None`: there is none in the usual places.
pub fn find_font() -> Option<PathBuf> {
    find_in(&FOLDERS.map(PathBuf::from))
}

fn find_in(folders: &[PathBuf]) -> Option<PathBuf> {
    let mut found = Vec::new();
    folders.iter().for_each(|folder| collect(folder, DEPTH, &mut found));
    // Of several with the same name the same one every time.
    found.into_iter().min().map(|(_, path)| path)
}

fn collect(folder: &Path, depth: usize, found: &mut Vec<(usize, PathBuf)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if depth > 0 {
                collect(&path, depth - 1, found);
            }
        } else if let Some(rank) = rank(&path) {
            found.push((rank, path));
        }
    }
}

fn rank(path: &Path) -> Option<usize> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    let name = path.file_stem()?.to_str()?.to_ascii_lowercase();
    let is_font = matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc");
    if is_font { NAMES.iter().position(|known| name.starts_with(known)) } else { None }
}

/// A font that was opened.
pub(super) struct Typeface {
    /// For measuring; cloned for each paper, which shares the data.
    pub fonts: FontContext,
    pub family: String,
    /// For drawing.
    pub font: Font,
}

impl Typeface {
    /// `None` when it is no font, or has no Chinese characters.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut fonts = FontContext { collection: Collection::new(options), source_cache: SourceCache::default() };
        let families = fonts.collection.register_fonts(Blob::new(bytes.clone()), None);
        let names: Vec<String> =
            families.iter().filter_map(|(id, _)| fonts.collection.family_name(*id).map(str::to_owned)).collect();
        // A collection can hold one for each country, and one for programs.
        let plain = |name: &&String| !name.contains("Mono") && !name.contains("等宽");
        let simplified = |name: &&String| name.ends_with(" SC") || name.ends_with(" CN");
        let family = names.iter().filter(plain).find(simplified);
        let family = family.or_else(|| names.iter().find(plain)).or(names.first())?.clone();
        let index = index_of(&mut fonts, &family)?;
        Some(Self { font: Font::new(bytes.into(), index)?, fonts, family })
    }
}

/// The place in the file of the font that writes `受`.
fn index_of(fonts: &mut FontContext, family: &str) -> Option<u32> {
    let mut context = LayoutContext::<()>::new();
    let layout = super::text::lay_out(fonts, &mut context, family, "受", super::text::Style::plain(10.0), None);
    let run = layout.lines().next()?.runs().next()?;
    let glyph = run.clusters().next()?.glyphs().next()?;
    (glyph.id != 0).then_some(run.font().index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_font_of_the_usual_folders_is_taken() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
            fs::write(&path, "x").expect("a file");
            path
        };
        let find = || find_in(&[folder.path().to_owned(), PathBuf::from("/nowhere")]);
        write("truetype/dejavu/DejaVuSans.ttf");
        write("wqy-microhei.txt");
        assert_eq!(find(), None);
        let small = write("truetype/wqy/wqy-microhei.ttc");
        assert_eq!(find(), Some(small));
        write("opentype/noto/NotoSansCJK-Bold.ttc");
        let large = write("opentype/noto/NotoSansCJK-Regular.ttc");
        assert_eq!(find(), Some(large));
    }

    #[test]
    fn what_is_no_font_is_refused() {
        assert!(Typeface::new(b"no font at all".to_vec()).is_none());
        assert!(Typeface::new(Vec::new()).is_none());
    }
}
