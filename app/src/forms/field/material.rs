//! Materials: the files of each, and a form of its own to add more.
//!
//! They stand outside the page's form, because forms cannot be nested, and because a file goes up as soon as it is
//! chosen. A definition puts materials on pages without typed questions, so that nothing typed is lost on the way.

use domain::cases::FileView;
use domain::documents::Offers;
use domain::forms::{Field, Kind};
use domain::scan::Scan;
use leptos::ev::Event;
use leptos::prelude::*;

use super::super::form::Form;
use super::super::uploads::{Progress, Uploads};
use super::super::words::size;
use crate::browser::UploadTo;
use crate::documents::document_offers;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, FileInput, Icon, IconName, field_id};

/// All materials of the page.
pub(in super::super) fn materials(form: Form) -> AnyView {
    let uploads = Uploads::of_page(&form.with(|page| page.key.clone()));
    let paths = form.materials();
    view! {
        <For each=move || paths.get() key=|path| path.clone() children=move |path| material(form, uploads, path) />
    }
    .into_any()
}

fn material(form: Form, uploads: Uploads, path: String) -> AnyView {
    let Some(field) = form.field(&path) else { return ().into_any() };
    let files = form.files(&path);
    let (draft, page) = form.with(|page| (page.id.clone(), page.key.clone()));
    let to = UploadTo { url: format!("/drafts/{draft}/files"), path: path.clone(), page };
    let may_add = matches!(field.kind, Kind::Material { max_files, .. } if files.len() < max_files);
    let add = may_add.then(|| add_form(form, uploads, &field, &to));
    let name = (!may_add).then(|| full(&field, &path));
    let offers = form.with(|page| page.offers.clone());
    let take = form.with(|page| format!("/drafts/{}/pages/{}/take", page.id, page.key));
    let kept = document_offers(&take, &path, &offers.documents);
    view! {
        <section class="tb-material">
            {kept} {add} {name} {file_list(&draft, files, &offers)} <div aria-live="polite">{move || progress(uploads, &to)}</div>
        </section>
    }
    .into_any()
}

fn full(field: &Field, path: &str) -> AnyView {
    view! {
        <div class="tb-field" id=field_id(path) tabindex="-1">
            <p class="tb-field__label">{field.label.clone()}</p>
            <p class="tb-field__hint">"文件数已经到上限。要换的话，先删掉一个。"</p>
        </div>
    }
    .into_any()
}

fn add_form(form: Form, uploads: Uploads, field: &Field, to: &UploadTo) -> AnyView {
    let control = field_id(&to.path);
    let start = {
        let (to, control) = (to.clone(), control.clone());
        move || uploads.start(to.clone(), &control)
    };
    // A file chosen before the script was there goes up now.
    let first = start.clone();
    Effect::new(move |_| first());
    let chosen = Callback::new(move |_: Event| start());
    view! {
        <form class="tb-material__add" method="post" action=to.url.clone() enctype="multipart/form-data">
            <input type="hidden" name="path" value=to.path.clone() />
            <input type="hidden" name="page" value=to.page.clone() />
            <FileInput
                path=to.path.clone()
                name="file"
                label=field.label.clone()
                hint=field.hint.clone()
                error=form.error(to.path.clone())
                optional=field.optional && field.required_when.is_none()
                multiple=true
                on_change=chosen
            />
            <div class="tb-without-script">
                <Button kind=ButtonKind::Secondary>"上传"</Button>
            </div>
        </form>
    }
    .into_any()
}

fn file_list(draft: &str, files: Vec<FileView>, offers: &Offers) -> Option<AnyView> {
    let rows = files
        .into_iter()
        .map(|file| {
            let keep = offers.keepable.contains(&file.id);
            row(draft, file, keep)
        })
        .collect_view();
    (!rows.is_empty()).then(|| {
        view! {
            <ul class="tb-uploads" role="list">
                {rows}
            </ul>
        }
        .into_any()
    })
}

fn row(draft: &str, file: FileView, may_keep: bool) -> AnyView {
    let keep = may_keep.then(|| {
        let action = format!("/drafts/{draft}/files/{}/keep", file.id);
        let label = format!("下次还用，放进我的材料：{}", file.name);
        view! {
            <PostForm action=action class="tb-upload__remove">
                <Button kind=ButtonKind::Quiet label=label>"下次还用"</Button>
            </PostForm>
        }
    });
    let remove = format!("/drafts/{draft}/files/{}/remove", file.id);
    view! {
        <li class="tb-upload">
            <Icon name=IconName::File />
            <p class="tb-upload__name">{file_link(&file)}</p>
            <p class="tb-upload__state">"已上传，" {size(file.size_bytes)}</p>
            <PostForm action=remove class="tb-upload__remove">
                <Button kind=ButtonKind::Quiet label=format!("删除 {}", file.name)>
                    "删除"
                </Button>
            </PostForm>
            {keep}
        </li>
    }
    .into_any()
}

/// The name of a file; a photograph opens beside the page, another file is kept by the browser.
pub(crate) fn file_link(file: &FileView) -> AnyView {
    if file.scan != Scan::Clean {
        return view! {
            {file.name.clone()}
            " "
            <strong>{file.scan.words()}</strong>
        }
        .into_any();
    }
    let image = file.media_type.starts_with("image/");
    let href = if image { format!("/files/{}?inline=1", file.id) } else { format!("/files/{}", file.id) };
    view! {
        <a href=href rel="external" target=image.then_some("_blank")>
            {file.name.clone()}
        </a>
    }
    .into_any()
}

fn progress(uploads: Uploads, to: &UploadTo) -> Option<AnyView> {
    let progress = uploads.progress(to);
    if progress == Progress::default() {
        return None;
    }
    let Progress { sending, refused, lost } = progress;
    let again = {
        let to = to.clone();
        Callback::new(move |_| uploads.again(to.clone()))
    };
    let refused = refused.into_iter().map(|(name, message)| view! { <Wrong name message /> }).collect_view();
    let rows = view! {
        <ul class="tb-uploads" role="list">
            {sending
                .map(|text| {
                    view! {
                        <li class="tb-upload tb-upload--busy">
                            <Icon name=IconName::Upload />
                            <p class="tb-upload__name">{text}</p>
                            <p class="tb-upload__state">"请不要关掉页面"</p>
                        </li>
                    }
                })} {refused}
            {lost
                .map(|text| {
                    view! {
                        <li class="tb-upload tb-upload--wrong">
                            <Icon name=IconName::Error />
                            <p class="tb-upload__name">"没有传完"</p>
                            <p class="tb-upload__state">{text}</p>
                            <div class="tb-upload__remove">
                                <Button button_type="button" kind=ButtonKind::Secondary on_click=again>
                                    "重试"
                                </Button>
                            </div>
                        </li>
                    }
                })}
        </ul>
    };
    Some(rows.into_any())
}

/// A file that cannot be used.
#[component]
fn Wrong(name: String, message: String) -> impl IntoView {
    view! {
        <li class="tb-upload tb-upload--wrong">
            <Icon name=IconName::Error />
            <p class="tb-upload__name">{name}</p>
            <p class="tb-upload__state">{message}</p>
        </li>
    }
}
