//! Parts of an item's guide that the page to start from shows too.

use domain::catalogue::{GuideMaterial, ItemGuide, SampleFact};
use leptos::prelude::*;

use super::words;
use crate::ui::{Icon, IconName, Notice, SampleMark, Tag, TagKind};

/// What is asked first: how many papers, how long, how much, who decides.
/// Classes: `tb-facts`, `tb-fact`, `tb-fact__name`, `tb-fact__value`, `tb-fact__more`.
#[component]
pub fn KeyFacts(guide: ItemGuide) -> impl IntoView {
    let (count, more) = words::materials_count(&guide.materials);
    let facts = [
        (IconName::File, "要准备", count, more),
        (IconName::Clock, "多久", words::duration(&guide.brief), String::new()),
        (IconName::Money, "多少钱", words::fee_short(&guide.fee), String::new()),
        (IconName::Place, "谁决定", guide.decider.clone(), String::new()),
    ];
    view! {
        <dl class="tb-facts">{facts.map(fact).collect_view()}</dl>
        <MarkOf
            sample=guide.sample
            facts=&[SampleFact::Materials, SampleFact::Times, SampleFact::Fee, SampleFact::Decider]
        />
    }
}

fn fact((icon, name, value, more): (IconName, &'static str, String, String)) -> AnyView {
    view! {
        <div class="tb-fact">
            <dt class="tb-fact__name"><Icon name=icon/>{name}</dt>
            <dd class="tb-fact__value">
                {value}
                {(!more.is_empty()).then(|| view! { <span class="tb-fact__more">{more}</span> })}
            </dd>
        </div>
    }
    .into_any()
}

/// The papers to get ready. Classes: `tb-materials`, `tb-material` and its parts.
#[component]
pub fn Materials(materials: Vec<GuideMaterial>) -> impl IntoView {
    let list: Vec<AnyView> = words::asked(&materials).map(material).collect();
    if list.is_empty() {
        return view! { <p>"不用准备材料。"</p> }.into_any();
    }
    view! { <ol class="tb-materials" role="list">{list}</ol> }.into_any()
}

fn material(material: &GuideMaterial) -> AnyView {
    let necessity = words::necessity(material);
    let kind = if necessity == "必须有" { TagKind::Active } else { TagKind::Plain };
    view! {
        <li class="tb-material">
            <p class="tb-material__name">{material.name.clone()}</p>
            <p class="tb-material__tags">
                <Tag kind=kind text=necessity/>
                " "
                <Tag text=words::source(material)/>
            </p>
            {(!material.note.is_empty())
                .then(|| view! { <p class="tb-material__note">{material.note.clone()}</p> })}
            {material
                .promise
                .then(|| view! { <p class="tb-material__note">"一时拿不出来的，可以先写承诺书，事后核查。"</p> })}
        </li>
    }
    .into_any()
}

/// The papers that people think of and that are not needed, with the reason. Nothing when there are none.
#[component]
pub fn SparedMaterials(materials: Vec<GuideMaterial>) -> impl IntoView {
    let list = words::spared(&materials).map(|material| {
        view! {
            <li class="tb-material tb-material--spared">
                <p class="tb-material__name">{material.name.clone()}</p>
                <p class="tb-material__note">{material.not_asked_because.clone()}</p>
            </li>
        }
    });
    let list: Vec<_> = list.collect();
    (!list.is_empty()).then(|| {
        view! {
            <h3>"这些不用您准备"</h3>
            <ul class="tb-materials" role="list">{list}</ul>
        }
    })
}

/// The mark beside a heading, where the fact has no official source.
#[component]
pub fn MarkOf(sample: Vec<SampleFact>, facts: &'static [SampleFact]) -> impl IntoView {
    sample.iter().any(|fact| facts.contains(fact)).then(|| view! { <p><SampleMark/></p> })
}

/// Where a thing is applied for that has no form here yet.
#[component]
pub fn NotOnline(
    guide: ItemGuide,
    /// The papers stand further down on the page.
    #[prop(optional)]
    with_materials: bool,
) -> impl IntoView {
    let with_materials = with_materials && words::asked(&guide.materials).next().is_some();
    view! {
        <Notice title="这件事现在还不能在网上办">
            <p>{guide.where_to_go}</p>
            {with_materials.then(|| view! { <p>"把下面的材料带上，能少跑一趟。"</p> })}
        </Notice>
    }
}
