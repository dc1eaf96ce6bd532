//! What pages show of drafts and cases: made on the server, sent to the browser.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::action::{Outstanding, Step};
use super::bundle::BundleLink;
use super::clock::Warning;
use super::event::Outcome;
use super::state::State;
use crate::announcements::DeskAnnouncement;
use crate::areas::Area;
use crate::catalogue::{EventBrief, EventGuide, ItemBrief};
use crate::desk::Role;
use crate::documents::Offers;
use crate::forms::{AnsweredPage, Definition, Entries, Finding, Given};
use crate::messages::Conversation;
use crate::notices::NoticeBrief;
use crate::ratings::RatingOffer;
use crate::scan::Scan;

/// A draft in a list: "carry on where you stopped".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftBrief {
    pub id: String,
    /// Everyday name of the item, or the life event.
    pub name: String,
    /// The page to go on with.
    pub page: String,
    /// `11月22日 15:04`
    pub saved: String,
}

/// One page of a form with all that the browser needs to check it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftPage {
    pub id: String,
    /// Of a life event, the first of its items.
    pub item: ItemBrief,
    /// Set when several items are asked for in one form.
    pub event: Option<DraftEvent>,
    pub key: String,
    /// From 1.
    pub number: usize,
    pub count: usize,
    /// The page before; none on the first.
    pub previous: Option<String>,
    /// The page, and what its conditions look at ([`crate::forms::slice`]).
    pub definition: Definition,
    pub entries: Entries,
    /// What was found when the page was last sent.
    pub findings: Vec<Finding>,
    pub given: Given,
    /// Files by the path of their field.
    pub files: BTreeMap<String, Vec<FileView>>,
    /// The lists of each area question by its path.
    pub areas: BTreeMap<String, AreaLists>,
    /// Set when a correction is answered.
    pub correction: Option<CorrectionView>,
    /// A worker fills it in for a resident at the window.
    pub at_window: bool,
    /// Set when its item has changed since it was begun.
    pub news: Option<DraftNews>,
    /// What is known already and can be taken over.
    pub offers: Offers,
}

/// The life event of a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftEvent {
    pub key: String,
    pub name: String,
    /// Pages that one item alone asks for: the page's key and the item's everyday name.
    pub pages: BTreeMap<String, String>,
}

/// Who decides about what was filled in, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decider {
    /// What the item is called.
    pub item: String,
    pub office: String,
    pub reason: String,
    /// Only the resident's own community takes it, and this window is another.
    pub refers: bool,
}

/// What is told once after a draft was carried over to a new revision of its item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftNews {
    /// What changed, a sentence each.
    pub changes: Vec<String>,
    /// Pages with new questions that were not answered yet: key and title.
    pub pages: Vec<(String, String)>,
}

/// The choices of an area question: those of a level appear when the level above is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaLists {
    pub districts: Vec<Area>,
    pub streets: Vec<Area>,
    pub communities: Vec<Area>,
}

/// A file of a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    pub id: String,
    /// As the person called it.
    pub name: String,
    pub media_type: String,
    pub size_bytes: u64,
    pub scan: Scan,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionView {
    pub number: String,
    pub reason: String,
    pub due: NaiveDate,
    /// Paths that are open.
    pub fields: Vec<String>,
    /// Materials that were to follow, not mistakes.
    pub deferred: bool,
}

/// "Check your answers" before submitting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DraftReview {
    pub id: String,
    /// Of a life event, the first of its items.
    pub item: ItemBrief,
    pub event: Option<DraftEvent>,
    pub pages: Vec<AnsweredPage>,
    pub files: BTreeMap<String, Vec<FileView>>,
    /// What is still missing or wrong, by page key.
    pub unfinished: Vec<(String, Finding)>,
    /// Who will decide and why, of each item; without those whose area is not known yet.
    pub deciders: Vec<Decider>,
    /// The last page, to go back to.
    pub last_page: String,
    pub correction: Option<CorrectionView>,
    pub at_window: bool,
    /// Only the resident's own community takes it, and this window is another: days for an appointment there, with
    /// their names. Else empty.
    pub refer_days: Vec<(String, String)>,
    pub news: Option<DraftNews>,
}

/// How to carry on with a draft on another device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResumeCode {
    pub id: String,
    pub page: String,
    /// Ten characters in groups, to type.
    pub code: String,
    /// The address to open.
    pub link: String,
    /// The address as a QR code (SVG).
    pub qr: String,
    /// Until when both are good.
    pub until: NaiveDate,
}

/// A case as its resident sees it: receipt and tracking are one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseTrack {
    pub number: String,
    pub item: ItemBrief,
    /// The life event that it belongs to.
    pub bundle: Option<BundleLink>,
    pub state: State,
    /// `张*三`
    pub applicant: String,
    /// Who filed it in the applicant's stead, in words; else empty.
    pub helper: String,
    pub submitted: String,
    /// One sentence: where the case stands.
    pub headline: String,
    /// Who has it now.
    pub office: String,
    pub office_reason: String,
    /// Until when, and what: `街道最晚 12月1日 前决定`. Empty when nothing is due.
    pub until: String,
    /// By when it is decided, as promised.
    pub promise: String,
    /// What comes next, in words.
    pub next: String,
    pub correction: Option<CorrectionView>,
    /// Labels of what a correction asks for, or of what is to follow, each with a reason of its own or none.
    pub correction_reasons: Vec<(String, String)>,
    pub outcome: Option<Outcome>,
    pub decision_reason: String,
    /// What a decision that grants lays down: label and value.
    pub granted: Vec<(String, String)>,
    pub notices: Vec<NoticeBrief>,
    /// Empty for everybody but the resident.
    pub ratings: Vec<RatingOffer>,
    pub conversation: Conversation,
    pub may_withdraw: bool,
    pub timeline: Vec<TimelineEntry>,
    pub receipt: Receipt,
    /// Counts events: the page asks again when it grows.
    pub version: u32,
}

/// What is printed and scanned. No identity number, no phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The private address of the case.
    pub link: String,
    /// That address as a QR code (SVG).
    pub qr: String,
    /// The code by which the resident takes over what a helper filed; empty for none.
    pub claim: String,
    /// Names of the materials handed in, with the number of files of each.
    pub materials: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    pub title: String,
    /// `11月22日 15:04`
    pub time: String,
    /// Machine-readable time.
    pub datetime: String,
    pub who: String,
    pub text: String,
}

/// What a plain form that was sent back says: the entries typed and what is wrong with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    pub entries: Entries,
    pub findings: Vec<Finding>,
    /// A sentence about the whole: what was done, or why not.
    pub message: String,
    pub good: bool,
}

/// The worker who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkerView {
    pub name: String,
    pub office: String,
    pub office_code: String,
    pub roles: Vec<Role>,
    pub may_start: bool,
}

/// A case in the queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseBrief {
    pub number: String,
    pub item_name: String,
    pub item_code: String,
    /// The life event that it belongs to; empty for none.
    pub event: String,
    pub applicant: String,
    pub state: State,
    pub due: Option<NaiveDate>,
    /// Working days left; negative: overdue.
    pub days_left: Option<i64>,
    pub warning: Warning,
    pub submitted: String,
    /// Working days since submission.
    pub age_days: i64,
    /// The office that has it, when it is not the worker's own.
    pub office: String,
}

/// What the queue is filtered by. Empty texts: everything open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueQuery {
    /// `open` (default), `all`, or a state's key.
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub item: String,
    /// `overdue`, `soon` (three working days), `asked` (a resident waits for an answer) or empty.
    #[serde(default)]
    pub due: String,
    /// A whole case number.
    #[serde(default)]
    pub number: String,
    /// Where the page begins: opaque, from [`QueueView::next`].
    #[serde(default)]
    pub after: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueView {
    pub worker: WorkerView,
    pub query: QueueQuery,
    pub cases: Vec<CaseBrief>,
    /// Where the next page begins; empty on the last.
    pub next: String,
    /// So many are late, red or black, whatever the filter; one more than a page stands for more.
    pub late: usize,
    /// In the same way: so many whose resident was not answered in time.
    pub unanswered: usize,
    /// Items that can be filtered by: code and name.
    pub items: Vec<(String, String)>,
    pub flash: Flash,
}

/// A case as a worker sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseDesk {
    pub worker: WorkerView,
    pub file: CaseFile,
    /// What this worker may do now, each with its form.
    pub steps: Vec<DeskStep>,
    /// What is still to be done before the application can be granted.
    pub outstanding: Vec<Outstanding>,
    /// What waits for the head of the office, in words.
    pub pending: String,
    /// Texts that are said with what is ticked for correction, by field.
    pub ready: Vec<(String, String)>,
    /// The date in Shenyang.
    pub today: NaiveDate,
    /// Expected by every action: when it has grown, somebody else was quicker.
    pub version: u32,
    pub flash: Flash,
    pub conversation: Conversation,
    /// Of the worker's own office.
    pub notes: Conversation,
    pub supervision: Supervision,
    /// For the office that decides, where the item is announced.
    pub announcement: Option<DeskAnnouncement>,
    /// Why the worker leaves it to colleagues; empty: there is no reason.
    pub tie: String,
    /// A decision by this worker would wait for a second person.
    pub wants_second: bool,
    /// Pages of the form with answers that are shown on request, by their key.
    pub hidden: BTreeMap<String, Hidden>,
}

/// What is masked on a page of the form, and may be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hidden {
    /// `15:04`: it is shown until then; empty: it is masked.
    pub until: String,
    /// What was wrong when it was asked for.
    pub finding: Option<Finding>,
    /// The reason that was written then.
    pub words: String,
}

/// Supervision (督办) of a case that was late, the last warning first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    pub entries: Vec<WarningEntry>,
    /// The worker may say what is to be done.
    pub may_instruct: bool,
    /// The worker may say why it is late.
    pub may_explain: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningEntry {
    pub colour: Warning,
    /// Which had the case then.
    pub office: String,
    /// The day that passed.
    pub due: NaiveDate,
    /// `11月22日 15:04`
    pub raised: String,
    /// When the case had gone on; empty: it has not.
    pub settled: String,
    /// Of the supervisor.
    pub instruction: String,
    /// Of the office.
    pub explanation: String,
}

/// A step as the desk offers it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeskStep {
    pub step: Step,
    /// One page, or none: a button alone.
    pub form: Definition,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    pub number: String,
    pub item: ItemBrief,
    /// The life event that it belongs to, with the cases of it that this worker may see.
    pub bundle: Option<BundleLink>,
    pub revision: i32,
    pub state: State,
    pub pages: Vec<AnsweredPage>,
    pub files: BTreeMap<String, Vec<FileView>>,
    pub timeline: Vec<TimelineEntry>,
    pub until: String,
    pub days_left: Option<i64>,
    pub office: String,
    pub office_reason: String,
    /// The window that took it in, when another than the competent office.
    pub received_by: String,
    /// Who filed it in the applicant's stead, in words; else empty.
    pub helper: String,
    pub channel: String,
    pub correction: Option<CorrectionView>,
    pub correction_labels: Vec<String>,
    pub notices: Vec<NoticeBrief>,
    pub warning: Warning,
    /// What the decision lays down: label and value.
    pub granted: Vec<(String, String)>,
}

/// The page on which a worker picks the item for a resident at the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskStart {
    pub worker: WorkerView,
    pub query: String,
    pub items: Vec<ItemBrief>,
    pub events: Vec<EventBrief>,
}

/// The page on which a worker picks items of a life event for a resident at the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskEvent {
    pub worker: WorkerView,
    pub guide: EventGuide,
}

/// Papers that a window keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyView {
    pub worker: WorkerView,
    pub kept: Vec<CustodyEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyEntry {
    pub id: String,
    /// Of the case.
    pub number: String,
    pub papers: String,
    /// `11月22日 15:04`
    pub since: String,
}

/// Appointments at a worker's office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentsView {
    pub worker: WorkerView,
    pub booked: Vec<AppointmentEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentEntry {
    pub code: String,
    /// Everyday name.
    pub item: String,
    /// Masked name.
    pub applicant: String,
    /// `11月25日 上午`
    pub when: String,
    /// The window that made it.
    pub referred_by: String,
    pub booked: bool,
}

/// What the resident is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentSlip {
    pub worker: WorkerView,
    /// Where to go.
    pub office: String,
    pub entry: AppointmentEntry,
}

/// The eligibility check with what was answered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    pub item: ItemBrief,
    pub definition: Definition,
    pub entries: Entries,
    pub findings: Vec<Finding>,
    pub outlook: Option<crate::catalogue::Outlook>,
    pub today: NaiveDate,
}

/// The first page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    pub drafts: Vec<DraftBrief>,
    pub cases: Vec<(String, String, State)>,
    /// Submissions of life events: number, name, the state of the slowest case (none: all are over).
    pub bundles: Vec<(String, String, Option<State>)>,
    pub events: Vec<EventBrief>,
    pub items_total: usize,
}
