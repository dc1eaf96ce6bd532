//! Text broken into lines: where a Chinese text may be broken, and where not.

use std::borrow::Cow;

use krilla::text::{GlyphId, KrillaGlyph};
use parley::layout::{Alignment, AlignmentOptions, BreakReason, IndentOptions, PositionedLayoutItem};
use parley::style::{FontFamily, FontFamilyName, LineHeight, OverflowWrap, StyleProperty};
use parley::{FontContext, Layout, LayoutContext};

use super::font::Typeface;

#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// In points.
    pub size: f32,
    /// From line to line, as a multiple of the size.
    pub leading: f32,
    /// Of the first line, in points.
    pub indent: f32,
    /// Between characters, in points.
    pub spacing: f32,
    pub align: Alignment,
    /// Lines are stretched to the right edge, all but the last.
    pub justify: bool,
}

impl Style {
    pub fn plain(size: f32) -> Self {
        Self { size, leading: 1.5, indent: 0.0, spacing: 0.0, align: Alignment::Left, justify: false }
    }

    /// A paragraph begins with two empty characters.
    pub fn paragraph(size: f32) -> Self {
        Self { indent: size * 2.0, justify: true, ..Self::plain(size) }
    }

    pub fn spaced(self, leading: f32) -> Self {
        Self { leading, ..self }
    }

    pub fn aligned(self, align: Alignment) -> Self {
        Self { align, ..self }
    }
}

/// A text in lines of one style.
pub(super) struct Block {
    pub text: String,
    pub size: f32,
    pub lines: Vec<Line>,
    /// From line to line.
    pub step: f32,
    /// The font lacks a character of it.
    pub lacks: bool,
}

pub(super) struct Line {
    pub glyphs: Vec<KrillaGlyph>,
    /// From the left edge of the block.
    pub x: f32,
    /// From the top of the line to its baseline.
    pub baseline: f32,
}

impl Block {
    pub fn height(&self) -> f32 {
        self.lines_height(self.lines.len())
    }

    /// Of the longest line.
    pub fn width(&self) -> f32 {
        self.lines.iter().map(|line| advance(&line.glyphs) * self.size).fold(0.0, f32::max)
    }

    #[allow(clippy::cast_precision_loss, reason = "lines of a paper")]
    pub fn lines_height(&self, count: usize) -> f32 {
        count as f32 * self.step
    }
}

/// Breaks texts into lines.
pub(super) struct Breaker<'a> {
    fonts: FontContext,
    context: LayoutContext<()>,
    family: &'a str,
}

impl<'a> Breaker<'a> {
    pub fn new(typeface: &'a Typeface) -> Self {
        Self { fonts: typeface.fonts.clone(), context: LayoutContext::new(), family: &typeface.family }
    }

    pub fn block(&mut self, text: &str, style: Style, width: f32) -> Block {
        let text = domain::text::clean(text);
        let layout = lay_out(&mut self.fonts, &mut self.context, self.family, &text, style, Some(width));
        let set = |line: parley::layout::Line<'_, ()>| {
            let mut set = set_line(&line, style);
            if style.justify && line.break_reason() == BreakReason::Regular {
                stretch(&mut set.glyphs, &text, (width - set.x) / style.size);
            }
            set
        };
        let lines: Vec<Line> = layout.lines().map(set).collect();
        let lacks = lines.iter().flat_map(|line| &line.glyphs).any(|glyph| {
            let written = text.get(glyph.text_range.clone()).unwrap_or_default();
            glyph.glyph_id == GlyphId::new(0) && !written.trim().is_empty()
        });
        Block { size: style.size, lines, step: style.size * style.leading, lacks, text }
    }
}

/// `width`: none for a text that stays in one line.
pub(super) fn lay_out(
    fonts: &mut FontContext,
    context: &mut LayoutContext<()>,
    family: &str,
    text: &str,
    style: Style,
    width: Option<f32>,
) -> Layout<()> {
    let mut builder = context.ranged_builder(fonts, text, 1.0, false);
    let family = FontFamily::Single(FontFamilyName::Named(Cow::Borrowed(family)));
    builder.push_default(StyleProperty::FontFamily(family));
    builder.push_default(StyleProperty::FontSize(style.size));
    builder.push_default(StyleProperty::LineHeight(LineHeight::FontSizeRelative(style.leading)));
    builder.push_default(StyleProperty::LetterSpacing(style.spacing));
    // A long number without spaces is broken rather than written over the edge.
    builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
    let mut layout = builder.build(text);
    layout.set_text_indent(style.indent, IndentOptions::default());
    layout.break_all_lines(width);
    layout.align(style.align, AlignmentOptions::default());
    layout
}

/// Glyphs measure in parts of the size.
fn set_line(line: &parley::layout::Line<'_, ()>, style: Style) -> Line {
    let x = line.items().find_map(|item| match item {
        PositionedLayoutItem::GlyphRun(run) => Some(run.offset()),
        PositionedLayoutItem::InlineBox(_) => None,
    });
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    for cluster in line.runs().flat_map(|run| run.visual_clusters()) {
        if cluster.is_ligature_continuation()
            && let Some(last) = glyphs.last_mut()
        {
            last.text_range.end = cluster.text_range().end;
        }
        let set = |glyph: parley::layout::Glyph| {
            let part = |points: f32| points / style.size;
            let id = GlyphId::new(glyph.id);
            let (x, y) = (part(glyph.x), part(glyph.y));
            KrillaGlyph::new(id, part(glyph.advance), x, y, 0.0, cluster.text_range(), None)
        };
        glyphs.extend(cluster.glyphs().map(set));
    }
    let metrics = line.metrics();
    Line { glyphs, x: x.unwrap_or(0.0), baseline: metrics.baseline - metrics.block_min_coord }
}

/// Most that a line is stretched by: the room of two characters. A longer gap comes from a word that could not be broken.
const STRETCH_MAX: f32 = 2.0;

/// Widens the gaps beside Chinese characters until the line is as wide as it may be, in parts of the size.
#[allow(clippy::cast_precision_loss, reason = "characters of a line")]
fn stretch(glyphs: &mut [KrillaGlyph], text: &str, width: f32) {
    let of = |glyph: &KrillaGlyph| text.get(glyph.text_range.clone()).unwrap_or_default();
    let end = glyphs.iter().rposition(|glyph| !of(glyph).trim().is_empty()).unwrap_or(0);
    let room = width - advance(glyphs.get(..=end).unwrap_or_default());
    let is_gap = |pair: &[KrillaGlyph]| pair.iter().any(|glyph| !of(glyph).is_ascii());
    let gaps: Vec<usize> =
        glyphs.windows(2).take(end).enumerate().filter(|(_, pair)| is_gap(pair)).map(|(index, _)| index).collect();
    if gaps.is_empty() || !(0.0..STRETCH_MAX).contains(&room) {
        return;
    }
    let each = room / gaps.len() as f32;
    gaps.into_iter().for_each(|index| glyphs[index].x_advance += each);
}

fn advance(glyphs: &[KrillaGlyph]) -> f32 {
    glyphs.iter().map(|glyph| glyph.x_advance).sum()
}
