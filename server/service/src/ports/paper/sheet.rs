//! Sheets of A4 that are filled from top to bottom.

use std::ops::Range;
use std::rc::Rc;

use super::text::Block;

pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const LEFT: f32 = 74.0;
pub(super) const RIGHT: f32 = WIDTH - 74.0;
/// Of what is written.
pub(super) const MEASURE: f32 = RIGHT - LEFT;
/// At the left and right of what stands in a table.
pub(super) const SIDE: f32 = 6.0;
const TOP: f32 = 62.0;
const BOTTOM: f32 = HEIGHT - 68.0;

/// What a part of the paper is, for those who have it read out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Title,
    Paragraph,
    /// The head of a row of a table.
    Label,
    /// The other cell of the row.
    Value,
    /// A picture, and what it says.
    Picture(String),
    /// Belongs to the sheet and not to the text.
    Ornament,
}

pub(super) enum Shape {
    Text {
        block: Rc<Block>,
        lines: Range<usize>,
        x: f32,
        y: f32,
    },
    /// The border of a cell: left, top, right, bottom.
    Frame([f32; 4]),
    /// A line across the sheet to tear along.
    Dashes {
        y: f32,
    },
    /// The place for a seal: centre and radius.
    Seal {
        x: f32,
        y: f32,
        radius: f32,
    },
    /// Black bars of a height: left, top and width of each.
    Bars {
        height: f32,
        places: Vec<(f32, f32, f32)>,
    },
}

pub(super) struct Mark {
    /// Index into [`Sheet::parts`].
    pub part: usize,
    pub shape: Shape,
}

pub(super) struct Sheet {
    pub parts: Vec<Role>,
    pub pages: Vec<Vec<Mark>>,
    /// Where the next thing goes, on the last page.
    pub y: f32,
    /// Above and below what stands in a table.
    pub padding: f32,
    /// The font lacks a character of what was written.
    pub lacks: bool,
}

impl Sheet {
    pub fn new(padding: f32) -> Self {
        Self { parts: vec![Role::Ornament], pages: vec![Vec::new()], y: TOP, padding, lacks: false }
    }

    pub fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    /// Goes to a new page unless so much fits on this one.
    pub fn need(&mut self, height: f32) {
        if self.y + height > BOTTOM && self.y > TOP {
            self.new_page();
        }
    }

    pub fn part(&mut self, role: Role) -> usize {
        self.parts.push(role);
        self.parts.len() - 1
    }

    pub fn mark(&mut self, part: usize, shape: Shape) {
        if let Some(page) = self.pages.last_mut() {
            page.push(Mark { part, shape });
        }
    }

    pub fn ornament(&mut self, shape: Shape) {
        self.mark(0, shape);
    }

    /// A text over as many pages as it takes.
    pub fn text(&mut self, role: Role, block: Block, x: f32) {
        let part = self.part(role);
        self.lacks |= block.lacks;
        let block = Rc::new(block);
        let mut begin = 0;
        while begin < block.lines.len() {
            self.need(block.step);
            let end = (begin + self.fitting(block.step)).min(block.lines.len());
            let shape = Shape::Text { block: block.clone(), lines: begin..end, x, y: self.y };
            self.mark(part, shape);
            self.y += block.lines_height(end - begin);
            begin = end;
        }
    }

    /// A text that stands beside others: it moves nothing.
    pub fn text_at(&mut self, role: Role, block: Block, x: f32, y: f32) {
        let part = self.part(role);
        self.lacks |= block.lacks;
        let lines = 0..block.lines.len();
        self.mark(part, Shape::Text { block: Rc::new(block), lines, x, y });
    }

    /// A row of a table. One that does not fit on this page goes to the next; one that fits on none is broken. `after`:
    /// what is to stand on the same page below it.
    pub fn row(&mut self, label: Block, value: Block, column: f32, after: f32) {
        let padding = self.padding;
        let parts = [self.part(Role::Label), self.part(Role::Value)];
        self.lacks |= label.lacks || value.lacks;
        let step = label.step.max(value.step);
        let cells = [(Rc::new(label), LEFT, LEFT + column), (Rc::new(value), LEFT + column, RIGHT)];
        let count = cells.iter().map(|(block, ..)| block.lines.len()).max().unwrap_or(0);
        let height = cells.iter().map(|(block, ..)| block.height()).fold(0.0, f32::max) + 2.0 * padding;
        let whole = [height + after, height].into_iter().find(|height| *height <= BOTTOM - TOP);
        self.need(whole.unwrap_or(0.0));
        let mut begin = 0;
        while begin < count {
            self.need(step + 2.0 * padding);
            let end = (begin + self.fitting_after(2.0 * padding, step)).min(count);
            let top = self.y;
            let lines = |block: &Block| begin.min(block.lines.len())..end.min(block.lines.len());
            let tall = cells.iter().map(|(block, ..)| block.lines_height(lines(block).len())).fold(0.0, f32::max);
            let bottom = top + tall + 2.0 * padding;
            for ((block, left, right), part) in cells.iter().zip(parts) {
                self.ornament(Shape::Frame([*left, top, *right, bottom]));
                let shape = Shape::Text { block: block.clone(), lines: lines(block), x: left + SIDE, y: top + padding };
                self.mark(part, shape);
            }
            self.y = bottom;
            begin = end;
        }
    }

    fn fitting(&self, step: f32) -> usize {
        self.fitting_after(0.0, step)
    }

    /// Lines that fit below `used` more points: at least one, so that it always goes on.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lines of a page")]
    fn fitting_after(&self, used: f32, step: f32) -> usize {
        (((BOTTOM - self.y - used) / step).floor() as usize).max(1)
    }
}
