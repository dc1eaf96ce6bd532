//! The design system: components that know no feature. Every one is plain HTML that works without a script.
//!
//! A control's name in the posted form is its *path* (`applicant.id_number`, `members.0.income`), and its id follows
//! from it ([`field_id`]: `f-applicant-id_number`), so that an error summary can link to it and nothing is random.
//! How a component looks is in `style/ui/<file of the component>.css`.

mod actions;
mod back_link;
mod button;
mod checkboxes;
mod copy_code;
mod disclosure;
mod error_summary;
mod field;
mod file_input;
mod follow;
mod icon;
mod notice;
mod page;
mod pagination;
mod panel;
mod print_button;
mod progress;
mod radios;
mod sample_mark;
mod search_box;
mod select;
mod skip_link;
mod summary_list;
mod table;
mod tag;
mod text_area;
mod text_input;
mod tiles;
mod timeline;

pub use actions::Actions;
pub use back_link::{BackLink, Breadcrumb};
pub use button::{Button, ButtonKind, LinkButton};
pub use checkboxes::{Checkbox, Checkboxes};
pub use copy_code::CopyCode;
pub use disclosure::Disclosure;
pub use error_summary::ErrorSummary;
pub use field::{FieldShell, error_id, field_id, hint_id};
pub use file_input::FileInput;
pub use icon::{Icon, IconName};
pub use notice::{Notice, NoticeKind};
pub use page::{Page, PageTitle};
pub use pagination::Pagination;
pub use panel::Panel;
pub use print_button::PrintButton;
pub use progress::Progress;
pub use radios::{Choice, Radios};
pub use sample_mark::SampleMark;
pub use search_box::SearchBox;
pub use select::Select;
pub use skip_link::SkipLink;
pub use summary_list::{SummaryList, SummaryRow};
pub use table::Table;
pub use tag::{Tag, TagKind};
pub use text_area::TextArea;
pub use text_input::{TextInput, Width};
pub use tiles::{Tile, Tiles};
pub use timeline::{Moment, Timeline, TimelineEvent};
