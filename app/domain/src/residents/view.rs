//! What the pages of an account show. Phones, names and numbers are masked before they come here.

use serde::{Deserialize, Serialize};

use crate::cases::{DraftBrief, Flash, State};
use crate::notices::NoticeBrief;

/// The page to sign in at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInView {
    pub flash: Flash,
    /// Key of the page to go on with.
    pub goal: String,
    /// The city's identity platform can be used.
    pub city: bool,
    /// Simulated messages can be read in the inbox of the demo.
    pub inbox: bool,
    pub signed_in: bool,
}

/// The page that asks for a code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeView {
    pub flash: Flash,
    /// `138****5678`
    pub phone: String,
    pub purpose: String,
    /// `15:04`
    pub until: String,
    pub inbox: bool,
}

/// The account of the resident who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub flash: Flash,
    /// Empty: the account has none.
    pub phone: String,
    /// Empty until it is proven.
    pub name: String,
    pub id_number: String,
    /// `2026年11月23日`
    pub real_since: String,
    pub devices: usize,
    /// What this browser may open and the account does not hold.
    pub joinable: usize,
    /// Another account proved the same identity number.
    pub twin: bool,
    pub shared: bool,
}

/// What may join the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinView {
    pub list: Vec<Joinable>,
    pub shared: bool,
    pub goal: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joinable {
    /// `draft:…`, `case:…`, `bundle:…`
    pub key: String,
    pub name: String,
    /// What it is, and when it was begun or sent.
    pub more: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceView {
    pub id: String,
    /// `安卓手机上的微信`
    pub words: String,
    /// `113.224.*.*`
    pub place: String,
    pub signed_in: String,
    pub seen: String,
    pub shared: bool,
    /// The one at hand.
    pub here: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DevicesView {
    pub flash: Flash,
    pub list: Vec<DeviceView>,
}

/// The page on which a name is proven.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RealNameView {
    pub flash: Flash,
    /// Masked; empty until it is proven.
    pub name: String,
    pub id_number: String,
    pub city: bool,
    pub twin: bool,
    pub found: FoundView,
}

/// Cases of the same identity number that the account does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    /// Asked for with the account's phone.
    pub own: Vec<Found>,
    /// So many were asked for with another phone: they want its last digits.
    pub others: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub id: String,
    pub name: String,
    pub number: String,
    /// Where and when it was sent.
    pub more: String,
}

/// The page on which the phone of an account is changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneView {
    pub flash: Flash,
    pub phone: String,
    /// Id and phone of those that came with another account.
    pub more_phones: Vec<(String, String)>,
    /// The proof of who it is is too old.
    pub stale: bool,
    pub real: bool,
}

/// The page on which two accounts become one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeView {
    pub flash: Flash,
    /// The phone of the account at hand.
    pub own_phone: String,
    /// Last two digits of the phone of the account that proved the same number.
    pub twin_phone: String,
    pub twin: bool,
    /// Both are proven: what will join.
    pub offer: Option<MergeOffer>,
    /// The proof of the account at hand is too old.
    pub stale: bool,
    pub real: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MergeOffer {
    pub other_phone: String,
    pub cases: usize,
    pub drafts: usize,
    pub devices: usize,
    pub names_differ: bool,
}

/// All drafts and cases of a resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCases {
    pub drafts: Vec<DraftBrief>,
    pub cases: Vec<MyCase>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyCase {
    pub number: String,
    pub name: String,
    pub state: State,
    pub submitted: String,
    /// Who filed it in the resident's stead, in words; else empty.
    pub helper: String,
    pub notices: Vec<NoticeBrief>,
}
