//! The receipt: what is kept, printed and scanned. On paper it stands alone (`style/cases.css`).

use domain::cases::CaseTrack;
use leptos::prelude::*;

use crate::ui::{CopyCode, Icon, IconName, PrintButton, SummaryList, SummaryRow};

const PAPER_HEAD: &str = "通办 · 沈阳 办件回执";

/// Just after submitting it comes first, with its number first; later the facts do.
/// Classes: `tb-receipt`, `tb-receipt__done`, `__paper` (the head on paper), `__title`, `__keep`, `__number`, `__label`,
/// `__link`, `tb-qr`.
#[component]
pub fn ReceiptPart(track: CaseTrack, fresh: bool) -> impl IntoView {
    let CaseTrack { number, receipt, .. } = track.clone();
    if fresh {
        let facts = facts(&track, true);
        view! {
            <section class="tb-receipt" aria-labelledby="receipt-title">
                <p class="tb-receipt__paper">{PAPER_HEAD}</p>
                <div class="tb-receipt__done" role="status">
                    <Icon name=IconName::Done />
                    <h1 id="receipt-title">"提交成功"</h1>
                </div>
                <p class="tb-receipt__keep">
                    "请打印或者截图保存这张回执。以后用办件编号和手机号后四位，就能查到办到哪一步了。"
                </p>
                {receipt_number("办件编号", number, receipt.link, receipt.qr)}
                {facts}
            </section>
        }
        .into_any()
    } else {
        let facts = facts(&track, false);
        view! {
            <section class="tb-receipt" aria-labelledby="receipt-title">
                <p class="tb-receipt__paper">{PAPER_HEAD}</p>
                <h2 class="tb-receipt__title" id="receipt-title">"办理情况和回执"</h2>
                {facts}
                {receipt_number("办件编号", number, receipt.link, receipt.qr)}
            </section>
        }
        .into_any()
    }
}

/// The number to keep, with the private link of a case or of a whole life event.
pub fn receipt_number(label: &'static str, number: String, link: String, qr: String) -> AnyView {
    let has_qr = !qr.is_empty();
    view! {
        <div class="tb-receipt__number">
            <div>
                <p class="tb-receipt__label">{label}</p>
                <CopyCode code=number />
                {has_qr
                    .then(|| {
                        view! {
                            <p class="tb-receipt__label">
                                "用手机扫二维码，不填编号也能看进度。这个二维码只有您能用，别发给别人。"
                            </p>
                        }
                    })}
                <p class="tb-receipt__link">
                    <a href=link rel="external nofollow">
                        "您的专用链接"
                    </a>
                    "（和二维码一样，可以收藏，别发给别人）"
                </p>
                <PrintButton text="打印回执" />
            </div>
            {has_qr.then(|| view! { <div class="tb-qr" role="img" aria-label="查进度的二维码" inner_html=qr></div> })}
        </div>
    }
    .into_any()
}

/// With it the applicant takes over what a helper filed. `link`: an address of ours, for the one that is typed from paper.
pub fn claim_row(code: String, link: &str) -> Option<AnyView> {
    let site = link.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
    (!code.is_empty()).then(|| {
        let typed = format!(
            "给申请人的。申请人在自己的手机上打开 {site}/claim ，或者从“查进度”进“别人替我办的，想自己管？”，填这个码和自己手机号后四位，以后就归自己管。"
        );
        view! {
            <SummaryRow term="领取码">
                <p>
                    <strong>{code}</strong>
                </p>
                <p>{typed}</p>
                <p>
                    <a href="/claim">"现在接管"</a>
                </p>
            </SummaryRow>
        }
        .into_any()
    })
}

/// `now`: with where the case stands, which is above otherwise.
fn facts(track: &CaseTrack, now: bool) -> AnyView {
    let track = track.clone();
    let claim = claim_row(track.receipt.claim, &track.receipt.link);
    let materials = track.receipt.materials;
    view! {
        <SummaryList>
            {now
                .then(|| {
                    view! {
                        <SummaryRow term="现在到哪一步">
                            <span role="status">{track.headline}</span>
                        </SummaryRow>
                    }
                })}
            <SummaryRow term="由谁办">{track.office}</SummaryRow>
            {(!track.office_reason.is_empty())
                .then(|| view! { <SummaryRow term="为什么由他们办">{track.office_reason}</SummaryRow> })}
            {(!track.until.is_empty()).then(|| view! { <SummaryRow term="最晚什么时候">{track.until}</SummaryRow> })}
            {(!track.promise.is_empty()).then(|| view! { <SummaryRow term="承诺什么时候办好">{track.promise}</SummaryRow> })}
            {(!track.next.is_empty()).then(|| view! { <SummaryRow term="接下来">{track.next}</SummaryRow> })}
            <SummaryRow term="办的事">{track.item.name}</SummaryRow>
            <SummaryRow term="申请人">{track.applicant}</SummaryRow>
            {(!track.helper.is_empty()).then(|| view! { <SummaryRow term="代办">{track.helper}</SummaryRow> })}
            <SummaryRow term="提交时间">{track.submitted}</SummaryRow>
            {claim}
            {(!materials.is_empty())
                .then(|| view! { <SummaryRow term="已交的材料">{materials.join("\n")}</SummaryRow> })}
        </SummaryList>
    }
    .into_any()
}
