//! How long a notice takes as PDF: one of the usual length, and one of many pages.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use domain::notices::{Notice, NoticeKind, notice_number};
use service::ports::{PaperMaker, Typesetter, find_font};

const CHECK: &str = "https://tongban.example.cn/verify?code=ABCDEFGHJKLM";

/// A notice of acceptance. The person is made up.
fn notice(reasons: usize) -> Notice {
    let fact = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    let text = "您于2026年11月23日申请办理“高龄津贴申领”，依据《中华人民共和国老年人权益保障法》第三十三条，材料齐全，\
                符合规定的形式，我单位决定从2026年11月23日起受理，最晚2026年11月30日作出决定。";
    Notice {
        kind: NoticeKind::Acceptance,
        number: notice_number(NoticeKind::Acceptance, "沈河", "民", 2026, 123),
        case_number: "210103-MZ07-20261123-00001-K".to_owned(),
        to: "张小三".to_owned(),
        item: "高龄津贴申领".to_owned(),
        paragraphs: vec![text.to_owned(); reasons],
        facts: vec![
            fact("办件编号", "210103-MZ07-20261123-00001-K"),
            fact("作出决定的日期", "最晚2026年11月30日（受理后5个工作日）"),
            fact("法定期限", "受理后20个工作日"),
            fact("收费", "不收费"),
            fact("联系人", "张小三"),
            fact("联系电话", "13800138000"),
            fact("咨询电话", "024-12345"),
        ],
        promise: Vec::new(),
        signs: vec!["申请人（签收）".to_owned()],
        office: "沈河区滨河街道办事处".to_owned(),
        day: "2026-11-23".parse().expect("a day"),
        copies: "一式两份：一份交申请人，一份存档。".to_owned(),
        code: "ABCDEFGHJKLM".to_owned(),
    }
}

fn papers(criterion: &mut Criterion) {
    let Some(font) = find_font() else { return eprintln!("no Chinese font: scripts/prepare font") };
    let typesetter = Typesetter::open(&font).expect("a font");
    for (name, reasons) in [("a notice as PDF", 2), ("a notice of ten pages as PDF", 80)] {
        let notice = notice(reasons);
        let bytes = typesetter.make(&notice, CHECK).expect("made").len();
        eprintln!("{name}: {bytes} bytes");
        criterion.bench_function(name, |bench| bench.iter(|| black_box(typesetter.make(black_box(&notice), CHECK))));
    }
}

criterion_group!(benches, papers);
criterion_main!(benches);
