//! Items (政务服务事项): what can be applied for, under which conditions, with what, and who decides.

mod eligibility;
mod facets;
mod item;
mod lint;
mod office;
mod routing;
mod view;

pub use eligibility::{Eligibility, Likelihood, Outlook};
pub use facets::{AUDIENCES, CATEGORIES, Facet, LIFE_EVENTS, facet_name};
pub use item::{
    Basis, CaseKind, Department, FAQ, Item, Level, Material, Mode, Necessity, Routing, SampleFact, Source, Step,
};
pub use lint::lint;
pub use office::{Office, OfficeKind, office_code, office_of_code};
pub use routing::{Competence, RoutingFault, competent};
pub use view::{GuideMaterial, ItemBrief, ItemGuide, ItemListing};
