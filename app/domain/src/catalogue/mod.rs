//! Items (政务服务事项): what can be applied for, under which conditions, with what, and who decides.

mod bundle;
mod certificate;
mod consents;
mod department;
mod diff;
mod eligibility;
mod facets;
mod intake;
mod item;
mod lint;
mod material;
mod office;
mod pages;
mod procedure;
mod quality;
mod routing;
mod view;

pub use bundle::{
    EventBrief, EventGuide, EventPart, Items, LifeEvent, Merged, Origin, Part, PartAnswers, lint_event, merge,
};
pub use certificate::{Certificate, CertificateList};
pub use department::{Contact, Department};
pub use diff::{diff, pages_to_answer};
pub use eligibility::{Eligibility, Likelihood, Outlook};
pub use facets::{AUDIENCES, CATEGORIES, Facet, LIFE_EVENTS, facet_name};
pub use intake::{Intake, intake};
pub use item::{CaseKind, FAQ, Fee, Item, ItemType, Mode, SampleFact, Step};
pub use lint::lint;
pub use material::{Material, MaterialForm, Necessity, Source};
pub use office::{Office, OfficeKind, is_organisation, office_code, office_of_code};
pub use pages::DELIVERY;
pub use procedure::{
    AnnouncementPeriod, CorrectionTemplate, DecisionForm, Delivery, Procedure, RULING_KEYS, ResultKind, SecondPerson,
    SuspensionKind, Unanswered,
};
pub use quality::quality;
pub use routing::{Basis, Competence, Level, Routing, RoutingFault, RoutingRule, competent};
pub use view::{GuideMaterial, ItemBrief, ItemGuide, ItemListing};
