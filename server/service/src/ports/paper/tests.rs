//! What papers hold, read back from their bytes.

use domain::notices::{NoticeKind, notice_number};
use lopdf::{Document, Object};

use super::*;

const CHECK: &str = "https://tongban.example.cn/verify?code=ABCDEFGHJKLM";

fn typesetter() -> Typesetter {
    let font = find_font().expect("a font with Chinese characters: scripts/prepare font");
    Typesetter::open(&font).expect("opened")
}

fn notice(kind: NoticeKind) -> Notice {
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    Notice {
        kind,
        number: notice_number(kind, "沈河", "民", 2026, 123),
        case_number: "210103-MZ07-20261123-00001-K".to_owned(),
        to: "张小三".to_owned(),
        item: "高龄津贴申领".to_owned(),
        paragraphs: vec![
            "您于2026年11月23日申请办理“高龄津贴申领”，材料齐全，我单位决定受理，最晚2026年11月30日作出决定。"
                .to_owned(),
            "如果您不同意，可以在收到本文书之日起60日内向沈河区人民政府申请行政复议，也可以在6个月内直接向人民法院提起\
             行政诉讼。"
                .to_owned(),
        ],
        facts: vec![fact("办件编号", "210103-MZ07-20261123-00001-K"), fact("联系电话", "13800138000")],
        promise: Vec::new(),
        signs: vec!["申请人（签收）".to_owned()],
        office: "沈河区滨河街道办事处".to_owned(),
        day: "2026-11-23".parse().expect("a day"),
        copies: "一式两份：一份交申请人，一份存档。".to_owned(),
        code: "ABCDEFGHJKLM".to_owned(),
    }
}

/// What can be searched in it, without line ends.
fn text_of(pdf: &Document) -> String {
    let pages: Vec<u32> = pdf.get_pages().into_keys().collect();
    pdf.extract_text(&pages).expect("text").split_whitespace().collect()
}

fn made(notice: &Notice) -> (Vec<u8>, Document) {
    let bytes = typesetter().make(notice, CHECK).expect("made");
    let pdf = Document::load_mem(&bytes).expect("a PDF");
    (bytes, pdf)
}

#[test]
fn all_kinds_hold_what_they_say_and_little_of_the_font() {
    for kind in NoticeKind::ALL {
        let notice = notice(kind);
        let (bytes, pdf) = made(&notice);
        let text = text_of(&pdf);
        for part in [&notice.number, kind.title(), "张小三：", "联系电话", "13800138000", "沈河区滨河街道办事处"]
        {
            assert!(text.contains(part), "{kind:?}: {part} is not in {text}");
        }
        for part in ["2026年11月23日", "核对码ABCDEFGHJKLM", "https://tongban.example.cn/verify", "一份存档。"]
        {
            assert!(text.contains(part), "{kind:?}: {part} is not in {text}");
        }
        assert_eq!(pdf.get_pages().len(), 1);
        assert!(!text.contains("共1页"), "{text}");
        assert!(bytes.len() < 100_000, "{} bytes", bytes.len());
    }
}

#[test]
fn the_font_is_a_subset_that_is_embedded() {
    let (_, pdf) = made(&notice(NoticeKind::Acceptance));
    let fonts: Vec<String> = dictionaries(&pdf)
        .filter(|dictionary| dictionary.has_type(b"FontDescriptor"))
        .map(|descriptor| {
            assert!(descriptor.has(b"FontFile2") || descriptor.has(b"FontFile3"), "not embedded");
            String::from_utf8_lossy(descriptor.get(b"FontName").and_then(Object::as_name).expect("a name")).into_owned()
        })
        .collect();
    assert_eq!(fonts.len(), 1, "{fonts:?}");
    let (tag, _) = fonts[0].split_once('+').expect("the mark of a subset");
    assert!(tag.len() == 6 && tag.bytes().all(|letter| letter.is_ascii_uppercase()), "{fonts:?}");
}

fn dictionaries(pdf: &Document) -> impl Iterator<Item = &lopdf::Dictionary> {
    pdf.objects.values().filter_map(|object| object.as_dict().ok())
}

/// Those who listen hear a title, paragraphs and a table with heads.
#[test]
fn it_can_be_read_out() {
    let (_, pdf) = made(&notice(NoticeKind::Acceptance));
    let count = |kind: &[u8]| {
        let is = |dictionary: &&lopdf::Dictionary| {
            dictionary.get(b"S").and_then(Object::as_name).is_ok_and(|name| name == kind)
        };
        dictionaries(&pdf).filter(is).count()
    };
    assert_eq!(["H1", "Table", "TR", "TH", "TD", "Figure"].map(|kind| count(kind.as_bytes())), [1, 1, 2, 2, 2, 1]);
    assert!(count(b"P") >= 6);
}

#[test]
fn the_same_notice_is_the_same_bytes() {
    let notice = notice(NoticeKind::Grant);
    let (one, pdf) = made(&notice);
    assert_eq!(one, made(&notice).0, "with a font that was opened anew");
    let info = pdf.trailer.get(b"Info").and_then(Object::as_reference).expect("information");
    let info = pdf.get_dictionary(info).expect("information");
    for date in [&b"CreationDate"[..], b"ModDate"] {
        assert_eq!(info.get(date).and_then(Object::as_str).expect("a date"), b"D:20261123000000Z");
    }
}

#[test]
fn long_texts_go_on_and_nothing_is_lost() {
    let mut notice = notice(NoticeKind::DeferredAcceptance);
    notice.paragraphs = vec!["很长的理由，说不完。".repeat(400), "A".repeat(300), "第一行\n第二行".to_owned()];
    notice.facts.push(("表".to_owned(), "表格里的长文字，也要换页。".repeat(250)));
    notice.facts.push(("https://tongban.example.cn/a/very/long/label".to_owned(), "z".repeat(200)));
    notice.promise = vec!["本人承诺如下：".to_owned()];
    let (_, pdf) = made(&notice);
    let text = text_of(&pdf);
    let letters = |of: char| text.chars().filter(|letter| *letter == of).count();
    let (sentences, cells) = (text.matches("说").count(), text.matches("格").count());
    assert_eq!((sentences, cells, letters('z')), (400, 250, 200));
    let pages = pdf.get_pages().len();
    assert!(pages > 6, "{pages}");
    for number in 1..=pages {
        assert!(text.contains(&format!("第{number}页，共{pages}页")), "{number}");
    }
    assert!(text.contains("本人承诺如下：") && text.contains("承诺人（签名）"), "the last page");
}

/// 避头尾: no line begins with a mark that ends something, none ends with one that begins something.
#[test]
fn lines_break_as_chinese_lines_do() {
    let typesetter = typesetter();
    let mut breaker = text::Breaker::new(&typesetter.typeface);
    let text = "“甲乙丙”，丁（戊己）、庚辛《壬癸》。".repeat(12);
    for width in 100..180_u8 {
        let block = breaker.block(&text, text::Style::paragraph(13.0), f32::from(width));
        assert!(block.lines.len() > 10);
        for line in &block.lines {
            let written: Vec<char> =
                line.glyphs.iter().filter_map(|glyph| block.text[glyph.text_range.clone()].chars().next()).collect();
            let (first, last) = (written.first().expect("a character"), written.last().expect("a character"));
            assert!(!"”，）、》。".contains(*first), "{width}: {written:?}");
            assert!(!"“（《".contains(*last), "{width}: {written:?}");
            let wide: f32 = line.glyphs.iter().map(|glyph| glyph.x_advance * block.size).sum();
            assert!(line.x + wide <= f32::from(width) + 0.1, "{width}: {wide} from {}", line.x);
        }
    }
}

/// Whatever is typed is written as it stands: there is no language in between that it could speak to.
#[test]
fn what_is_typed_is_only_text() {
    let typed = [
        ") Tj ET Q endstream endobj",
        "<script>alert(1)</script>",
        "#set page(width: 1cm) \\input{x} $x$ [x]",
        "%PDF-1.7 /JS (app.alert) /URI (https://example.com)",
    ];
    let mut hostile = notice(NoticeKind::Denial);
    hostile.paragraphs.extend(typed.map(str::to_owned));
    hostile.facts.extend(typed.map(|text| (text.to_owned(), text.to_owned())));
    hostile.to = "张\u{202E}三\0\u{7}\t四\u{FEFF}\r".to_owned();
    hostile.office = typed.concat();
    let (_, pdf) = made(&hostile);
    let text = text_of(&pdf);
    for one in typed {
        let one: String = one.split_whitespace().collect();
        assert!(text.matches(&one).count() >= 3, "{one} is not in {text}");
    }
    assert!(text.contains("张三四："), "{text}");
    assert_eq!(pdf.get_pages().len(), 1);
    for active in [&b"JS"[..], b"JavaScript", b"URI", b"Annots", b"OpenAction", b"AA", b"EmbeddedFiles"] {
        assert!(!dictionaries(&pdf).any(|dictionary| dictionary.has(active)), "{}", String::from_utf8_lossy(active));
    }
}

/// No sheet begins with a seal or a signature alone, whatever stands before it.
#[test]
fn a_seal_stands_with_the_end_of_the_table() {
    let typesetter = typesetter();
    for rows in 0..60 {
        let mut notice = notice(NoticeKind::Transfer);
        notice.signs = vec!["移出人（签名）".to_owned(), "移入人（签名）".to_owned()];
        let last = notice.facts.pop().expect("a row");
        notice.facts.extend((0..rows).map(|row| (format!("材料{row}"), "户口簿：1个文件".to_owned())));
        notice.facts.push(last);
        let sheet = notice::set(&typesetter.typeface, &notice, CHECK).expect("set");
        let is_seal = |mark: &sheet::Mark| matches!(mark.shape, sheet::Shape::Seal { .. });
        let page = sheet.pages.iter().find(|page| page.iter().any(is_seal)).expect("a seal");
        assert!(page.iter().any(|mark| matches!(mark.shape, sheet::Shape::Frame(_))), "{rows}");
        assert!(page.iter().any(|mark| matches!(mark.shape, sheet::Shape::Bars { .. })), "{rows}");
        assert!(sheet.y < sheet::HEIGHT - 60.0, "{rows}: {}", sheet.y);
    }
}

#[test]
fn a_character_that_the_font_lacks_is_said() {
    let mut notice = notice(NoticeKind::Receipt);
    assert!(!text_of(&made(&notice).1).contains("字库"));
    notice.to = "王\u{2CB4E}😀\u{10FFFD}".to_owned();
    let text = text_of(&made(&notice).1);
    assert!(text.contains("方框处是这里的字库没有的字"), "{text}");
}

#[test]
fn a_font_without_chinese_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("none.ttf");
    assert!(Typesetter::open(&file).is_err());
    std::fs::write(&file, "no font").expect("a file");
    let error = Typesetter::open(&file).err().expect("refused");
    assert!(error.to_string().contains("--font-file") && error.to_string().contains("none.ttf"), "{error}");
}
