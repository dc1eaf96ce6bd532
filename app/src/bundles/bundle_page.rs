//! What became of a life event: one receipt, the state of the whole, and the way to each case.

use domain::cases::{BundlePart, BundleTrack, LeftOut};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_bundle;
use crate::cases::{Asked, asked, claim_row, receipt_number, state_tag};
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Icon, IconName, Page, PageTitle, Panel, SummaryList, SummaryRow, Tag, TagKind};

const PAPER_HEAD: &str = "通办 · 沈阳 一件事回执";

/// `/bundles/{number}`; `?new=1`: it was just submitted.
#[component]
pub fn BundlePage() -> impl IntoView {
    let asked = asked();
    view! {
        <Title text="办理进度" />
        <ResidentLayout>
            <Page>{load(asked, read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((number, fresh): Asked) -> Result<(BundleTrack, bool), AppError> {
    Ok((fetch_bundle(number).await?, fresh))
}

/// Classes: `tb-receipt` and its parts, as on the page of a case; `tb-bundle`, `tb-bundle__case`, `__name`.
fn show((bundle, fresh): (BundleTrack, bool)) -> AnyView {
    let (todo, head) = (todo(&bundle.parts), (!fresh).then(|| head(&bundle)));
    let BundleTrack { number, name, applicant, submitted, headline, parts, left_out, helper, claim, link, qr, .. } =
        bundle;
    let claim = claim_row(claim, &link);
    let count = parts.len();
    let cases = parts.into_iter().map(part).collect_view();
    view! {
        <Title text=format!("{name} · 办理进度") />
        <div class="tb-case-page">
            {head}
            {todo}
            <section class="tb-receipt" aria-label="回执">
                <p class="tb-receipt__paper">{PAPER_HEAD}</p>
                {fresh.then(done)}
                {receipt_number("一件事编号", number, link, qr)}
                <SummaryList>
                    <SummaryRow term="办的事">{format!("{name}（{count}件）")}</SummaryRow>
                    {fresh
                        .then(|| {
                            view! {
                                <SummaryRow term="现在到哪一步">
                                    <span role="status">{headline}</span>
                                </SummaryRow>
                            }
                        })}
                    <SummaryRow term="申请人">{applicant}</SummaryRow>
                    {(!helper.is_empty()).then(|| view! { <SummaryRow term="代办">{helper}</SummaryRow> })}
                    <SummaryRow term="提交时间">{submitted}</SummaryRow>
                    {claim}
                </SummaryList>
                <h2 class="tb-receipt__title">"每一件办到哪里了"</h2>
                <ol class="tb-bundle" role="list">{cases}</ol>
                {left(left_out)}
            </section>
        </div>
    }
    .into_any()
}

fn done() -> AnyView {
    view! {
        <div class="tb-receipt__done" role="status">
            <Icon name=IconName::Done />
            <h1>"提交成功"</h1>
        </div>
        <p class="tb-receipt__keep">
            "请打印或者截图保存这一张回执，几件事都在上面。以后用下面的编号和手机号后四位，就能查到每一件办到哪一步了。"
        </p>
    }
    .into_any()
}

fn head(bundle: &BundleTrack) -> AnyView {
    let (kind, word) = match bundle.state {
        Some(state) => (state_tag(state), state.name()),
        None => (TagKind::Done, "都办完了"),
    };
    view! {
        <header class="tb-case">
            <PageTitle title=bundle.name.clone() caption="一件事一次办" />
            <div role="status">
                <Tag kind=kind text=word />
                <p class="tb-lead">{bundle.headline.clone()}</p>
            </div>
        </header>
    }
    .into_any()
}

/// What waits for the resident comes first. Nothing, when nothing does.
fn todo(parts: &[BundlePart]) -> Option<AnyView> {
    let row = |part: &BundlePart| {
        let href = format!("/cases/{}", part.number);
        view! {
            <li>
                <a href=href>{part.item.clone()}</a>
                {format!("：{}", part.todo)}
            </li>
        }
    };
    let rows: Vec<_> = parts.iter().filter(|part| !part.todo.is_empty()).map(row).collect();
    let panel = (!rows.is_empty()).then(|| {
        view! {
            <Panel title="您要做什么" id="todo" todo=true>
                <ul>{rows}</ul>
            </Panel>
        }
    });
    panel.map(IntoAny::into_any)
}

/// What the window could not take: where it is done, and for the worker the way to an appointment there.
fn left(left_out: Vec<LeftOut>) -> Option<AnyView> {
    let row = |left: LeftOut| {
        let refer = (!left.draft.is_empty()).then(|| {
            let label = format!("{}：帮居民约时间", left.item);
            view! {
                " "
                <a href=format!("/drafts/{}/review", left.draft) aria-label=label>
                    "帮居民约时间"
                </a>
            }
        });
        view! {
            <li>
                <strong>{left.item}</strong>
                {format!("：只能由{}办，没有和别的一起交上去。填好的内容那边可以接着用。", left.office)}
                {refer}
            </li>
        }
    };
    let rows: Vec<_> = left_out.into_iter().map(row).collect();
    let panel = (!rows.is_empty()).then(|| {
        view! {
            <div class="tb-bundle">
                <Panel title="这几件要到别处办" todo=true>
                    <ul>{rows}</ul>
                </Panel>
            </div>
        }
    });
    panel.map(IntoAny::into_any)
}

fn part(part: BundlePart) -> AnyView {
    let href = format!("/cases/{}", part.number);
    let times = [part.until, part.promise].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("；");
    view! {
        <li class="tb-bundle__case">
            <h3 class="tb-bundle__name">
                <a href=href>{part.item}</a>
                " "
                <Tag kind=state_tag(part.state) text=part.state.name() />
            </h3>
            <p>{part.headline}</p>
            <SummaryList>
                <SummaryRow term="办件编号">{part.number}</SummaryRow>
                <SummaryRow term="由谁办">{part.office}</SummaryRow>
                {(!times.is_empty()).then(|| view! { <SummaryRow term="什么时候">{times}</SummaryRow> })}
            </SummaryList>
        </li>
    }
    .into_any()
}
