//! An address as a QR code.

use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};

/// An SVG without fixed colours of the page around it: black on white, with its quiet zone. Empty when the address
/// is too long for a code, which ours never is.
pub(crate) fn qr(address: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else { return String::new() };
    let svg = code.render::<svg::Color<'_>>().min_dimensions(180, 180).quiet_zone(true).build();
    // Inside a page an SVG has no XML declaration.
    svg.split_once("?>").map_or(svg.clone(), |(_, rest)| rest.trim_start().to_owned())
}
