//! An identity card on a kiosk's reader: it fills in what is printed on it, and opens nothing.

use chrono::TimeDelta;
use service::identity::{Visitor, lay_card};
use service::{Error, Service, cases, forms, kiosk, residents};

use crate::acting::accounts::*;
use crate::acting::kiosks::*;
use crate::acting::*;
use crate::common::{engines, service};

/// Of the applicant whom `MZ07` has.
const CARD: (&str, &str, &str) = ("张小三", "210103194001019013", "辽宁省沈阳市沈河区某街1号2-1-1");

async fn laid(service: &Service, device: &str) -> (String, Visitor) {
    let moved = lay_card(service, &at_kiosk(service, device, None).await, CARD).await.expect("laid");
    let token = moved.new_session.clone().expect("a session");
    (token, then_at_kiosk(service, device, &moved).await)
}

/// Name, number and street on the first pages of a new form.
async fn filled(service: &Service, who: &Visitor) -> [String; 3] {
    let draft = draft_id(&forms::begin(service, who, "MZ07").await.expect("begun").location);
    let applicant = forms::page(service, who, &draft, "applicant").await.expect("a page").entries;
    let residence = forms::page(service, who, &draft, "residence").await.expect("a page").entries;
    [applicant.get("applicant.name"), applicant.get("applicant.id_number"), residence.get("residence.detail")]
        .map(str::to_owned)
}

#[tokio::test]
async fn a_card_fills_in_what_is_printed_on_it() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (_, who) = laid(&service, &device).await;
        assert_eq!(kiosk::home(&service, &who).await.expect("home").card, "张*三");
        assert_eq!(filled(&service, &who).await, ["张小三", "210103194001019013", "某街1号2-1-1"]);
        let codes = ["GA08", "RS30", "YB12", "MZ15"].map(str::to_owned);
        let begun = forms::begin_event(&service, &who, "bereavement", &codes).await.expect("begun");
        let page = begun.location.rsplit('/').next().expect("a page");
        assert!(forms::page(&service, &who, &draft_id(&begun.location), page).await.is_ok(), "{}", begun.location);
        // Without a card nothing is known.
        let device = enrolled(&service, "一楼2号").await;
        let moved = forms::begin(&service, &at_kiosk(&service, &device, None).await, "MZ07").await.expect("begun");
        let who = then_at_kiosk(&service, &device, &moved).await;
        assert_eq!(filled(&service, &who).await, ["", "", ""]);
    }
}

#[tokio::test]
async fn a_card_opens_nothing() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        // The same person has filed from a phone, and has an account with the number proven.
        let (_, number) = submitted(&service).await;
        proven(&service, "13800138000", CARD.0, CARD.1).await;
        let (_, who) = laid(&service, &device).await;
        assert!(matches!(cases::track(&service, &who, &number).await, Err(Error::NotFound)));
        let home = forms::home(&service, &who).await.expect("home");
        assert!(home.cases.is_empty() && home.drafts.is_empty() && home.bundles.is_empty());
        assert!(who.resident.is_none() && matches!(residents::cases(&service, &who).await, Err(Error::SignIn)));
    }
}

#[tokio::test]
async fn a_card_goes_with_who_laid_it_down() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let device = enrolled(&service, "一楼1号").await;
        let (token, who) = laid(&service, &device).await;
        kiosk::leave(&service, &who).await.expect("left");
        let next = at_kiosk(&service, &device, Some(&token)).await;
        assert!(next.session.is_none() && kiosk::home(&service, &next).await.expect("home").card.is_empty());
        // And with nobody there any more.
        let (token, _) = laid(&service, &device).await;
        clock.advance(TimeDelta::seconds(91));
        let next = at_kiosk(&service, &device, Some(&token)).await;
        assert!(kiosk::home(&service, &next).await.expect("home").card.is_empty());
    }
}

#[tokio::test]
async fn only_kiosks_take_cards_and_only_cards() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        assert!(matches!(lay_card(&service, &stranger(), CARD).await, Err(Error::NotFound)));
        let device = enrolled(&service, "一楼1号").await;
        let who = at_kiosk(&service, &device, None).await;
        for (name, number) in [("", CARD.1), ("张小三", "210103194001019014"), ("张小三", "")] {
            assert!(
                matches!(lay_card(&service, &who, (name, number, "")).await, Err(Error::Refused(_))),
                "{name} {number}"
            );
        }
    }
}
