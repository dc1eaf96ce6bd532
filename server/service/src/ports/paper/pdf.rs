//! Sheets as a PDF whose text can be searched, and read out in its order.

use std::num::NonZeroU16;

use chrono::Datelike;
use domain::notices::Notice;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{Path, PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ContentTag, Identifier, SpanTag, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

use super::font::Typeface;
use super::sheet::{HEIGHT, LEFT, RIGHT, Role, Shape, Sheet, WIDTH};
use crate::error::Error;

/// How far a quarter of a circle bends.
const BEND: f32 = 0.552_285;

/// Nothing in it tells when it was written: the same sheets are the same bytes.
pub(super) fn write(typeface: &Typeface, sheet: &Sheet, notice: &Notice) -> Result<Vec<u8>, Error> {
    let mut document = Document::new();
    let mut identifiers: Vec<Vec<Identifier>> = sheet.parts.iter().map(|_| Vec::new()).collect();
    let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| Error::internal("a page", "its size"))?;
    for marks in &sheet.pages {
        let mut page = document.start_page_with(size.clone());
        let mut surface = page.surface();
        for mark in marks {
            let role = &sheet.parts[mark.part];
            let identifier = surface.start_tagged(content(role));
            draw(&mut surface, typeface, &mark.shape, *role == Role::Ornament);
            surface.end_tagged();
            if *role != Role::Ornament {
                identifiers[mark.part].push(identifier);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_tag_tree(tree(&sheet.parts, identifiers));
    document.set_metadata(metadata(notice));
    document.finish().map_err(|fault| Error::internal("a PDF", format!("{fault:?}")))
}

fn metadata(notice: &Notice) -> Metadata {
    let day = notice.day;
    let date = DateTime::new(u16::try_from(day.year()).unwrap_or(0))
        .month(u8::try_from(day.month()).unwrap_or(1))
        .day(u8::try_from(day.day()).unwrap_or(1));
    Metadata::new()
        .title(format!("{} {}", notice.kind.title(), notice.number))
        .authors(vec![notice.office.clone()])
        .creator("通办".to_owned())
        .language("zh-CN".to_owned())
        .document_id(notice.number.clone())
        .creation_date(date)
}

fn content(role: &Role) -> ContentTag<'static> {
    match role {
        Role::Ornament => ContentTag::Artifact(Artifact::default()),
        Role::Picture(_) => ContentTag::Other,
        Role::Title | Role::Paragraph | Role::Label | Role::Value => ContentTag::Span(SpanTag::empty()),
    }
}

/// The parts in their order; rows that follow each other are a table.
fn tree(parts: &[Role], identifiers: Vec<Vec<Identifier>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("zh-CN".to_owned()));
    let mut table: Option<TagGroup> = None;
    let mut row: Option<TagGroup> = None;
    for (role, leaves) in parts.iter().zip(identifiers) {
        let tag: TagKind = match role {
            Role::Title => Tag::Hn(NonZeroU16::MIN, None).into(),
            Role::Paragraph => Tag::P.into(),
            Role::Label => Tag::TH(TableHeaderScope::Row).into(),
            Role::Value => Tag::TD.into(),
            Role::Picture(says) => Tag::Figure(Some(says.clone())).into(),
            Role::Ornament => continue,
        };
        let group = TagGroup::with_children(tag, leaves.into_iter().map(Into::into).collect());
        match role {
            Role::Label => row = Some(with(TagGroup::new(Tag::TR), group)),
            Role::Value => {
                let row = with(row.take().unwrap_or_else(|| TagGroup::new(Tag::TR)), group);
                table = Some(with(table.take().unwrap_or_else(|| TagGroup::new(Tag::Table)), row));
            }
            _ => {
                if let Some(table) = table.take() {
                    tree.push(table);
                }
                tree.push(group);
            }
        }
    }
    tree
}

fn with(mut group: TagGroup, child: TagGroup) -> TagGroup {
    group.push(child);
    group
}

fn draw(surface: &mut Surface<'_>, typeface: &Typeface, shape: &Shape, faint: bool) {
    let shade = if faint { luma::Color::new(96) } else { luma::Color::black() };
    let fill = Fill { paint: shade.into(), opacity: NormalizedF32::ONE, rule: Default::default() };
    match shape {
        Shape::Text { block, lines, x, y } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill));
            let mut top = *y;
            for line in &block.lines[lines.clone()] {
                let start = Point::from_xy(x + line.x, top + line.baseline);
                surface.draw_glyphs(start, &line.glyphs, typeface.font.clone(), &block.text, block.size, false);
                top += block.step;
            }
        }
        Shape::Bars { height, places } => {
            surface.set_stroke(None);
            surface.set_fill(Some(fill));
            let mut path = PathBuilder::new();
            for (left, top, width) in places {
                if let Some(bar) = Rect::from_xywh(*left, *top, *width, *height) {
                    path.push_rect(bar);
                }
            }
            draw_path(surface, path.finish());
        }
        Shape::Frame([left, top, right, bottom]) => {
            let mut path = PathBuilder::new();
            if let Some(frame) = Rect::from_ltrb(*left, *top, *right, *bottom) {
                path.push_rect(frame);
            }
            outline(surface, path.finish(), luma::Color::new(96), None);
        }
        Shape::Dashes { y } => {
            let mut path = PathBuilder::new();
            path.move_to(LEFT, *y);
            path.line_to(RIGHT, *y);
            outline(surface, path.finish(), luma::Color::new(128), Some(3.0));
        }
        Shape::Seal { x, y, radius } => {
            outline(surface, circle(*x, *y, *radius), luma::Color::new(190), Some(4.0));
        }
    }
}

fn outline(surface: &mut Surface<'_>, path: Option<Path>, shade: luma::Color, dash: Option<f32>) {
    let dash = dash.map(|length| StrokeDash { array: vec![length, length], offset: 0.0 });
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: shade.into(), width: 0.6, dash, ..Stroke::default() }));
    draw_path(surface, path);
}

fn draw_path(surface: &mut Surface<'_>, path: Option<Path>) {
    if let Some(path) = path {
        surface.draw_path(&path);
    }
}

fn circle(x: f32, y: f32, radius: f32) -> Option<Path> {
    let bend = radius * BEND;
    let mut path = PathBuilder::new();
    path.move_to(x + radius, y);
    path.cubic_to(x + radius, y + bend, x + bend, y + radius, x, y + radius);
    path.cubic_to(x - bend, y + radius, x - radius, y + bend, x - radius, y);
    path.cubic_to(x - radius, y - bend, x - bend, y - radius, x, y - radius);
    path.cubic_to(x + bend, y - radius, x + radius, y - bend, x + radius, y);
    path.close();
    path.finish()
}
