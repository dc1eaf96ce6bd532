//! Residents, each with a canary in every field, a case, a draft and papers of their own.

use axum::http::StatusCode;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use service::forms;
use service::identity::Visitor;

use super::known::{Known, canary};
use crate::acting::{MZ07, draft_id, pairs, step, stranger, submit, with_cookie};
use crate::common::{Fixture, get, send, with};

pub const DESK: &str = "binhe-3";

/// Somebody, and what the browser knows.
#[derive(Clone)]
pub struct Person {
    pub index: usize,
    pub token: String,
    pub phone: String,
    pub number: String,
    /// Being filled in.
    pub draft: String,
    pub file: String,
    /// What the file is given out as.
    pub picture: Vec<u8>,
    pub notice: String,
}

/// The texts of the form, all of them this person's alone.
fn page_of(index: usize, key: &str) -> Option<Vec<(String, String)>> {
    let (_, list) = MZ07.iter().find(|(page, _)| *page == key)?;
    let mark = canary(index);
    let own = |name: &str, value: String| match name {
        "applicant.name" => format!("张{mark}"),
        "applicant.id_number" => id_number(index),
        "applicant.phone" => phone(index),
        "residence.detail" => format!("三好街{mark}号"),
        "account_bank" => format!("盛京银行{mark}"),
        "account_number" => account(index),
        _ => value,
    };
    Some(pairs(list).into_iter().map(|(name, value)| (name.clone(), own(&name, value))).collect())
}

/// As a browser sends it.
pub fn body_of(index: usize, key: &str) -> String {
    let pairs = page_of(index, key).expect("a page");
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).append_pair("_do", "stay").finish()
}

pub fn phone(index: usize) -> String {
    format!("139{:08}", index + 1)
}

/// Born in 1940, with the right check character.
fn id_number(index: usize) -> String {
    let body = format!("2101031940{:02}{:02}90{}", index / 28 % 12 + 1, index % 28 + 1, index / 336);
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize = body.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}

/// With the check digit of Luhn.
fn account(index: usize) -> String {
    let body = format!("622848{index:09}");
    let digit = |(at, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
        if digit > 9 { digit - 9 } else { digit }
    };
    let sum: u32 = body.bytes().rev().enumerate().map(digit).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// A picture like no other: the number in black and white squares.
fn picture(index: usize) -> Vec<u8> {
    let squares = RgbImage::from_fn(128, 8, |x, _| Rgb([if index >> (x / 8) & 1 == 1 { 255 } else { 0 }; 3]));
    let mut out = std::io::Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(squares).write_to(&mut out, ImageFormat::Png).expect("encoded");
    out.into_inner()
}

/// Somebody who has handed in a case, written about it, and fills in another form.
pub async fn person(fixture: &Fixture, desk: &Visitor, index: usize, known: &mut Known) -> Person {
    let service = &fixture.state.service;
    let begun = forms::begin(service, &stranger(), "MZ07").await.expect("begun");
    let (token, id) = (begun.new_session.clone().expect("a session"), draft_id(&begun.location));
    let who = with_cookie(service, &begun).await;
    fill(fixture, &who, &id, index).await;
    for path in ["file_id_card", "file_household_book", "file_card"] {
        let name = format!("照片{}.png", canary(index));
        forms::add_file(service, &who, &id, path, name.as_str(), picture(index)).await.expect("taken in");
    }
    let number = submit(service, &who, &id).await;
    service::messages::write(service, &who, &number, &format!("我是{}", canary(index)), Vec::new())
        .await
        .expect("said");
    step(service, desk, &number, "receive", &[]).await.expect("received");
    let file = crate::acting::desk(service, desk, &number).await.file.files["file_card"][0].id.clone();
    let picture = forms::file(service, &who, &file).await.expect("a file").bytes;
    let draft = draft_id(&forms::begin(service, &who, "MZ07").await.expect("begun").location);
    fill(fixture, &who, &draft, index).await;
    let page =
        send(&fixture.app, with(get(&format!("/cases/{number}")), "cookie", &format!("tb_session={token}"))).await;
    assert_eq!(page.status, StatusCode::OK);
    let (_, rest) = page.body.split_once("href=\"/notices/").expect("a receipt");
    let notice = rest.split('"').next().expect("an id").to_owned();
    for text in [&token, &number, &draft, &id, &file, &notice, &phone(index), &id_number(index), &account(index)] {
        known.add(index, text);
    }
    Person { index, token, phone: phone(index), number, draft, file, picture, notice }
}

async fn fill(fixture: &Fixture, who: &Visitor, id: &str, index: usize) {
    for (key, _) in MZ07 {
        let posted = page_of(index, key).expect("a page");
        let saved = forms::save_page(&fixture.state.service, who, id, key, &posted).await.expect("saved");
        assert!(!saved.location.ends_with(&format!("/{key}")), "{key} of {index} has findings");
    }
}
