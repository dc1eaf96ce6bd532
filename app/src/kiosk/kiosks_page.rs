//! All kiosks, for who keeps them: which are alive, their paper, and the codes that make devices kiosks.

use domain::cases::Flash;
use domain::kiosk::{Health, KioskView, KiosksView, LANGUAGES, Paper};
use leptos::prelude::*;

use super::api::fetch_kiosks;
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Button, ButtonKind, Choice, CopyCode, Disclosure, Notice, NoticeKind, PageTitle, Panel, Radios, SummaryList,
    SummaryRow, Tag, TagKind, TextInput, Width,
};

/// `/desk/admin/kiosks`
#[component]
pub fn KiosksPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<KiosksView>, AppError> {
    Ok(fetch_kiosks().await)
}

fn show(answer: Framed<KiosksView>) -> AnyView {
    let KiosksView { worker, kiosks, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = kiosks.is_empty().then(|| view! { <p>"还没有登记过自助机。"</p> });
    let body = view! {
        <Said flash=flash.clone() />
        <PageTitle
            title="自助机"
            lead="自助机只能打开居民办事的页面，打不开工作台。每半分钟报告一次，超过2分钟没有消息就算断了。"
        />
        {none}
        {kiosks.into_iter().map(one).collect_view()}
        {create(&flash)}
    };
    frame("自助机".to_owned(), worker, body.into_any())
}

fn one(kiosk: KioskView) -> AnyView {
    let title = format!("{} · {}", kiosk.office, kiosk.name);
    let ended = kiosk.health == Health::Ended;
    let actions = (!ended).then(|| actions(&kiosk, &title));
    let code = kiosk.code.clone().map(|(code, until)| {
        view! {
            <Notice kind=NoticeKind::Info title="登记代码">
                <p><CopyCode code=code /></p>
                <p>{format!("在那台设备上打开 /kiosk/enrol，填这个代码。{until}前有效，用一次就没用了。")}</p>
            </Notice>
        }
    });
    let known = (!matches!(kiosk.health, Health::Waiting | Health::Ended)).then(|| known(&kiosk));
    let (health, language) = (health(&kiosk), kiosk.language);
    view! {
        <Panel title=title>
            {code}
            <SummaryList>
                <SummaryRow term="现在">{health}</SummaryRow>
                <SummaryRow term="页面语言">{language}</SummaryRow>
                {known}
            </SummaryList>
            {actions}
        </Panel>
    }
    .into_any()
}

fn health(kiosk: &KioskView) -> AnyView {
    let (kind, words) = match kiosk.health {
        Health::Waiting => (TagKind::Todo, "等着填登记代码".to_owned()),
        Health::Alive => (TagKind::Done, "正常".to_owned()),
        Health::Silent => (TagKind::Bad, format!("{}起没有消息", kiosk.since)),
        Health::Ended => (TagKind::Plain, format!("{}停用", kiosk.since)),
    };
    view! { <Tag kind=kind text=words /> }.into_any()
}

fn known(kiosk: &KioskView) -> AnyView {
    let kind = match kiosk.paper {
        Paper::Ok => TagKind::Done,
        Paper::Low => TagKind::Todo,
        Paper::Out => TagKind::Bad,
        Paper::Unknown => TagKind::Plain,
    };
    let or_none = |text: &str, none: &str| if text.is_empty() { none.to_owned() } else { text.to_owned() };
    let (version, used) = (or_none(&kiosk.version, "还没报告"), or_none(&kiosk.used, "还没有人用过"));
    let paper = kiosk.paper.name();
    view! {
        <SummaryRow term="纸"><Tag kind=kind text=paper /></SummaryRow>
        <SummaryRow term="程序版本">{version}</SummaryRow>
        <SummaryRow term="上次有人用">{used}</SummaryRow>
    }
    .into_any()
}

fn actions(kiosk: &KioskView, title: &str) -> AnyView {
    let end_label = format!("停用：{title}");
    let path = |what: &str| format!("/desk/admin/kiosks/{}/{what}", kiosk.id);
    let (to_code, to_end) = (path("code"), path("end"));
    let again = if kiosk.health == Health::Waiting { "再生成一个代码" } else { "换一台设备" };
    let code_label = format!("{again}：{title}");
    let about = if kiosk.health == Health::Waiting {
        "原来的代码就没用了。"
    } else {
        "给新设备生成登记代码。新设备填了代码，原来那台就什么都打不开了。"
    };
    view! {
        <Disclosure summary=again>
            <PostForm action=to_code>
                <p>{about}</p>
                <Button kind=ButtonKind::Secondary label=code_label>"生成代码"</Button>
            </PostForm>
        </Disclosure>
        <Disclosure summary="停用">
            <PostForm action=to_end>
                <p>"停用以后，这台设备马上什么都打不开，正在用的人没交的内容也会清除。"</p>
                <Button kind=ButtonKind::Danger label=end_label>"停用"</Button>
            </PostForm>
        </Disclosure>
    }
    .into_any()
}

fn create(flash: &Flash) -> AnyView {
    let entries = if flash.good { Default::default() } else { flash.entries.clone() };
    let findings = flash.findings.clone();
    let language = match entries.get("language") {
        "" => LANGUAGES[0].0.to_owned(),
        chosen => chosen.to_owned(),
    };
    let language_error = wrong(&findings, "language");
    let languages: Vec<Choice> = LANGUAGES.iter().map(|(key, name)| Choice::new(*key, *name)).collect();
    let input = move |path: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (entries.get(path).to_owned(), wrong(&findings, path));
        view! { <TextInput path=path label=label hint=hint value=value error=error maxlength=60 width=Width::Long /> }
    };
    view! {
        <Panel title="登记一台自助机" id="create">
            <PostForm action="/desk/admin/kiosks">
                {input("name", "放在哪里", "比如 一楼大厅1号")}
                {input("office", "机构代码", "这个机构的工作人员会收到呼叫，比如 210103005")}
                <Radios path="language" label="页面语言" choices=languages checked=language error=language_error />
                <Button>"登记，生成代码"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
