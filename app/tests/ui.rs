//! What each component writes on the server: read the snapshots to see its markup, and every change of it in a diff.
#![cfg(feature = "ssr")]

use app::layout::{DeskLayout, ResidentLayout};
use app::ui::*;
use leptos::prelude::*;
use leptos_router::components::Router;
use leptos_router::location::RequestUrl;

/// The markup, one element a line.
fn html(view: impl FnOnce() -> AnyView) -> String {
    let owner = Owner::new();
    owner.with(|| view().to_html().replace("><", ">\n<"))
}

macro_rules! snapshot {
    ($name:ident, $($view:tt)*) => {
        #[test]
        fn $name() {
            insta::assert_snapshot!(stringify!($name), html(|| view! { $($view)* }.into_any()));
        }
    };
}

fn districts() -> Vec<Choice> {
    vec![Choice::new("210102", "和平区"), Choice::new("210103", "沈河区").hint("含五爱街道")]
}

fn findings() -> Vec<(String, String)> {
    vec![
        ("applicant.id_number".into(), "身份证号码不对，请对照证件检查".into()),
        (String::new(), "一次最多上传20个文件".into()),
    ]
}

snapshot!(button, <Button name="go" value="next">"下一步"</Button><Button kind=ButtonKind::Quiet formnovalidate=true label="删除第2位家庭成员">"删除"</Button>);
snapshot!(link_button, <LinkButton kind=ButtonKind::Secondary href="/items">"看看能办什么"</LinkButton>);
snapshot!(actions, <Actions><Button>"送出"</Button></Actions>);
snapshot!(panel, <Panel title="我要做什么" todo=true><p>"请补一张照片。"</p></Panel>);
snapshot!(page_title, <Page><PageTitle title="您的情况" caption="高龄津贴" lead="只问和这件事有关的。"/></Page>);
snapshot!(error_summary, <ErrorSummary findings=findings()/>);
snapshot!(error_summary_without_findings, <ErrorSummary findings=Vec::new()/>);
snapshot!(field_shell, <FieldShell path="home" label="住在哪里" hint="先选区" error=Some("请选择".to_owned()) group=true anchor=true><p>"…"</p></FieldShell>);
snapshot!(text_input, <TextInput path="members.0.income" label="每月收入" hint="没有就填 0" value="1200" kind="text" inputmode="decimal" maxlength=12 width=Width::Short unit="元"/>);
snapshot!(text_input_wrong, <TextInput path="applicant.phone" label="手机号码" value="138" kind="tel" autocomplete="tel" error=Some("请填11位手机号码".to_owned()) optional=true/>);
snapshot!(text_area, <TextArea path="reason" label="原因" value="\n一 < 二 & </textarea>" maxlength=1000/>);
snapshot!(radios, <Radios path="area" label="哪个区" choices=districts() checked="210103" inline=true/>);
snapshot!(checkboxes, <Checkboxes path="areas" label="哪些区" choices=districts() checked=vec!["210102".to_owned()] error=Some("请从列出的选项里选".to_owned())/>);
snapshot!(checkbox, <Checkbox path="agreed" label="我已看清，以上属实" checked=false error=Some("请先看清内容，同意后打勾".to_owned())/>);
snapshot!(select, <Select path="home.area" label="区" choices=districts() value="210102" width=Width::Medium/>);
snapshot!(file_input, <FileInput path="photo" label="身份证照片" hint="拍清楚四个角" multiple=true capture="environment"/>);
snapshot!(notice, <Notice><p>"网上办不收费。"</p></Notice><Notice kind=NoticeKind::Error live=true>"没有送出去"</Notice>);
snapshot!(tag, <Tag text="草稿"/><Tag kind=TagKind::Todo text="等您补材料"/>);
snapshot!(summary_list, <SummaryList><SummaryRow term="姓名" change="/drafts/1/pages/who">"王秀兰"</SummaryRow><SummaryRow term="办件编号">"1"</SummaryRow></SummaryList>);
snapshot!(timeline, <Timeline><TimelineEvent title="已收件" time="3月2日 9:20">"社区窗口"</TimelineEvent><TimelineEvent title="街道审核" moment=Moment::Now/><TimelineEvent title="发放" moment=Moment::Next/></Timeline>);
snapshot!(progress, <Progress step=2 total=6/>);
snapshot!(table, <Table caption="待办" head=vec!["编号", "事项"] rows=vec![vec!["1".into_any(), view! { <a href="/desk/cases/1">"高龄津贴"</a> }.into_any()]]/>);
snapshot!(pagination, <Pagination next="?after=20"/>);
snapshot!(pagination_of_one_page, <Pagination/>);
snapshot!(back_link, <BackLink href="/"/><Breadcrumb trail=vec![("/".into(), "首页".into()), ("/items".into(), "办事".into())]/>);
snapshot!(search_box, <SearchBox action="/items" label="您想办什么事？" hint="例如：老年补贴" value="老年 \"补贴\""/>);
snapshot!(tiles, <Tiles><Tile href="/items?who=elder" title="老人" text="津贴、优待、养老"/></Tiles>);
snapshot!(disclosure, <Disclosure summary="没有身份证怎么办？"><p>"户口簿也可以。"</p></Disclosure>);
snapshot!(sample_mark, <SampleMark/>);
snapshot!(copy_code, <CopyCode code="TB2026030200123"/>);
snapshot!(icon, <Icon name=IconName::Clock/>);
snapshot!(skip_link, <SkipLink/>);

#[test]
fn resident_layout() {
    insta::assert_snapshot!(html(|| {
        provide_context(RequestUrl::new("/items/1"));
        view! { <Router><ResidentLayout><h1>"办事"</h1></ResidentLayout></Router> }.into_any()
    }));
}

#[test]
fn desk_layout() {
    insta::assert_snapshot!(html(|| {
        provide_context(RequestUrl::new("/desk"));
        view! { <Router><DeskLayout worker_name="李敏" office_name="五爱社区"><h1>"待办"</h1></DeskLayout></Router> }
            .into_any()
    }));
}

#[test]
fn ids_follow_from_paths() {
    assert_eq!(field_id("members.0.income"), "f-members-0-income");
    assert_eq!(hint_id("home.area"), "f-home-area--hint");
    assert_eq!(error_id("home.area"), "f-home-area--error");
}
