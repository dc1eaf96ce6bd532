//! How a notice stands on paper: number, title, text, table, seal, signatures, and what it is checked by.

use std::rc::Rc;

use domain::notices::{Notice, sign_line};
use parley::layout::Alignment;
use qrcode::{Color, EcLevel, QrCode};

use super::font::Typeface;
use super::sheet::{HEIGHT, LEFT, MEASURE, Mark, RIGHT, Role, SIDE, Shape, Sheet};
use super::text::{Block, Breaker, Style};
use crate::error::Error;

const TITLE: f32 = 22.0;
const SMALL: f32 = 10.5;
/// The column of labels.
const COLUMN: f32 = 142.0;
/// A seal of an office measures 4.2 cm across.
const SEAL: f32 = 59.5;
/// The side of the QR code, with the empty border that readers need.
const QR: f32 = 92.0;
/// Modules of the empty border.
const QUIET: usize = 4;
/// From line to line where somebody signs.
const SIGN: f32 = 26.0;
/// From the bottom of the seal to that of the last of those lines, which stand at its left.
const SIGN_BELOW: f32 = 4.0;
/// Between the seal and what it is checked by, above and below the line to tear along.
const TEAR: f32 = 10.0;

/// How widely it is set.
#[derive(Clone, Copy)]
struct Density {
    body: f32,
    leading: f32,
    cell: f32,
    padding: f32,
    /// Around the title.
    space: f32,
}

const GENEROUS: Density = Density { body: 13.0, leading: 1.75, cell: 12.0, padding: 5.5, space: 14.0 };
/// What would go on to a second page by a few lines is set closer, by no more than it takes.
const DENSITIES: [Density; 3] = [
    GENEROUS,
    Density { body: 12.5, leading: 1.6, cell: 11.5, padding: 4.2, space: 11.0 },
    Density { body: 12.0, leading: 1.5, cell: 11.0, padding: 3.0, space: 8.0 },
];

struct Setter<'a> {
    breaker: Breaker<'a>,
    density: Density,
    sheet: Sheet,
}

/// Below the table, and never without its last row: office, date, signatures, and what it is checked by.
struct Closing {
    office: Block,
    day: Block,
    signs: Vec<Block>,
    code: Block,
    text: Block,
}

/// Fills the sheets of a notice: one, if that can be.
pub(super) fn set(typeface: &Typeface, notice: &Notice, check: &str) -> Result<Sheet, Error> {
    for density in DENSITIES {
        let sheet = fill(typeface, notice, check, density)?;
        if sheet.pages.len() == 1 + usize::from(!notice.promise.is_empty()) {
            return Ok(sheet);
        }
    }
    fill(typeface, notice, check, GENEROUS)
}

fn fill(typeface: &Typeface, notice: &Notice, check: &str, density: Density) -> Result<Sheet, Error> {
    let mut setter = Setter { breaker: Breaker::new(typeface), density, sheet: Sheet::new(density.padding) };
    setter.head(notice);
    setter.body(notice);
    setter.table_and_closing(notice, check)?;
    if !notice.promise.is_empty() {
        setter.promise(notice);
    }
    setter.page_numbers(notice);
    Ok(setter.sheet)
}

impl Setter<'_> {
    fn text(&mut self, role: Role, text: &str, style: Style) {
        let block = self.breaker.block(text, style, MEASURE);
        self.sheet.text(role, block, LEFT);
    }

    fn skip(&mut self, points: f32) {
        self.sheet.y += points;
    }

    fn head(&mut self, notice: &Notice) {
        self.text(Role::Paragraph, &notice.number, Style::plain(12.0).aligned(Alignment::Right));
        self.skip(self.density.space);
        self.title(notice.kind.title());
    }

    fn title(&mut self, title: &str) {
        let style = Style { spacing: 3.0, ..Style::plain(TITLE) };
        self.text(Role::Title, title, style.aligned(Alignment::Center));
        self.skip(self.density.space);
    }

    fn body(&mut self, notice: &Notice) {
        let Density { body, leading, .. } = self.density;
        self.text(Role::Paragraph, &format!("{}：", notice.to), Style::plain(body).spaced(leading));
        self.paragraphs(&notice.paragraphs);
        self.skip(10.0);
    }

    fn paragraphs(&mut self, list: &[String]) {
        let Density { body, leading, .. } = self.density;
        for paragraph in list {
            self.text(Role::Paragraph, paragraph, Style::paragraph(body).spaced(leading));
        }
    }

    fn table_and_closing(&mut self, notice: &Notice, check: &str) -> Result<(), Error> {
        let cell = self.density.cell;
        let [left, right] = [COLUMN, MEASURE - COLUMN].map(|width| width - 2.0 * SIDE);
        let mut cells = |text: &str, width| self.breaker.block(text, Style::plain(cell), width);
        let rows: Vec<(Block, Block)> =
            notice.facts.iter().map(|(label, value)| (cells(label, left), cells(value, right))).collect();
        let lacks = rows.iter().any(|(label, value)| label.lacks || value.lacks);
        let closing = self.closing(notice, check, lacks);
        let (height, count) = (closing.height(), rows.len());
        for (number, (label, value)) in (1..).zip(rows) {
            self.sheet.row(label, value, COLUMN, if number == count { height } else { 0.0 });
        }
        self.sheet.need(height);
        self.seal(closing.office, closing.day, closing.signs);
        self.check(closing.code, closing.text, check)
    }

    /// `lacks`: the font lacks a character of the table.
    fn closing(&mut self, notice: &Notice, check: &str, lacks: bool) -> Closing {
        let middle = Style::plain(13.0).aligned(Alignment::Center);
        let office = self.breaker.block(&notice.office, middle, MEASURE * 0.55);
        let day = self.breaker.block(&notice.day.format("%Y年%-m月%-d日").to_string(), middle, MEASURE * 0.55);
        let signs = notice.signs.iter().map(|who| self.sign(who)).collect();
        let page = check.split('?').next().unwrap_or(check);
        let mut text = format!("核对真假：用手机扫二维码，或者打开下面的网址填核对码。\n{page}\n{}", notice.copies);
        if self.sheet.lacks || lacks || office.lacks {
            text.push_str("\n方框处是这里的字库没有的字，核对时以网页上的为准。");
        }
        let width = MEASURE - QR - 16.0;
        let text = self.breaker.block(&text, Style::plain(SMALL), width);
        let style = Style { spacing: 1.0, ..Style::plain(14.0) };
        let code = self.breaker.block(&format!("核对码 {}", notice.code), style, width);
        Closing { office, day, signs, code, text }
    }

    fn sign(&mut self, who: &str) -> Block {
        self.breaker.block(&sign_line(who), Style::plain(12.0).spaced(SIGN / 12.0), MEASURE)
    }

    /// Office and date in the middle of the place for the seal, signatures at its left.
    fn seal(&mut self, office: Block, day: Block, signs: Vec<Block>) {
        let inset = SEAL.max(office.width() / 2.0) + 26.0;
        let (x, y) = (RIGHT - inset, self.sheet.y + 8.0 + SEAL);
        self.sheet.ornament(Shape::Seal { x, y, radius: SEAL });
        let hint = self.breaker.block("（盖章处）", Style::plain(9.0).aligned(Alignment::Center), 2.0 * SEAL);
        self.sheet.text_at(Role::Ornament, hint, x - SEAL, y + SEAL * 0.5);
        let (left, top) = (x - MEASURE * 0.55 / 2.0, y - office.height());
        self.sheet.text_at(Role::Paragraph, office, left, top);
        self.sheet.text_at(Role::Paragraph, day, left, y);
        // More than two would reach above the date: they go on below.
        let height: f32 = signs.iter().map(Block::height).sum();
        let mut top = y + (SEAL + SIGN_BELOW - height).max(0.0);
        for sign in signs {
            let height = sign.height();
            self.sheet.text_at(Role::Paragraph, sign, LEFT, top);
            top += height;
        }
        self.sheet.y = top.max(y + SEAL);
    }

    /// What it is checked by, torn off by nobody.
    fn check(&mut self, code: Block, text: Block, check: &str) -> Result<(), Error> {
        let qr = QrCode::with_error_correction_level(check, EcLevel::M)
            .map_err(|fault| Error::internal("a QR code", fault))?;
        self.skip(TEAR);
        self.sheet.ornament(Shape::Dashes { y: self.sheet.y });
        self.skip(TEAR);
        let top = self.sheet.y;
        let picture = self.sheet.part(Role::Picture(format!("核对这份文书的二维码：{check}")));
        self.sheet.mark(picture, bars(&qr, LEFT, top));
        let (left, text_top) = (LEFT + QR + 16.0, top + code.height());
        let bottom = top + QR.max(code.height() + text.height());
        self.sheet.text_at(Role::Paragraph, code, left, top);
        self.sheet.text_at(Role::Paragraph, text, left, text_top);
        self.sheet.y = bottom;
        Ok(())
    }

    fn promise(&mut self, notice: &Notice) {
        self.sheet.new_page();
        self.density = GENEROUS;
        let right = Style::plain(12.0).aligned(Alignment::Right);
        self.text(Role::Paragraph, &format!("{}附件", notice.number), right);
        self.skip(self.density.space);
        self.title("承诺书");
        self.paragraphs(&notice.promise);
        self.skip(24.0);
        let sign = self.sign("承诺人（签名）");
        self.sheet.text(Role::Paragraph, sign, LEFT);
    }

    /// Which page it is of how many, when they are more than one.
    fn page_numbers(&mut self, notice: &Notice) {
        let count = self.sheet.pages.len();
        if count < 2 {
            return;
        }
        let style = Style::plain(9.0).aligned(Alignment::Center);
        for (page, number) in (0..count).zip(1..) {
            let text = format!("{}　第{number}页，共{count}页", notice.number);
            let block = Rc::new(self.breaker.block(&text, style, MEASURE));
            let lines = 0..block.lines.len();
            let shape = Shape::Text { block, lines, x: LEFT, y: HEIGHT - 46.0 };
            self.sheet.pages[page].push(Mark { part: 0, shape });
        }
    }
}

impl Closing {
    fn height(&self) -> f32 {
        let signs: f32 = self.signs.iter().map(Block::height).sum();
        let seal = 8.0 + SEAL + signs.max(SEAL + SIGN_BELOW);
        seal + 2.0 * TEAR + QR.max(self.code.height() + self.text.height())
    }
}

/// Neighbours in a row are one bar: squares side by side show gaps on some screens.
#[allow(clippy::cast_precision_loss, reason = "modules of a QR code")]
fn bars(code: &QrCode, left: f32, top: f32) -> Shape {
    let width = code.width();
    let side = QR / (width + 2 * QUIET) as f32;
    let at = |modules: usize| (modules + QUIET) as f32 * side;
    let mut places = Vec::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            if run[0] == Color::Dark {
                places.push((left + at(column), top + at(row), run.len() as f32 * side));
            }
            column += run.len();
        }
    }
    Shape::Bars { height: side, places }
}
