//! Materials: the files of each, and a form of its own to add more.
//!
//! They stand outside the page's form, because forms cannot be nested, and because a file goes up as soon as it is
//! chosen: that is done by a plain script (`frontend/public/js/upload.js`), which finds what it needs in the form's
//! attributes and says how far it is where `data-progress` stands. A definition puts materials on pages without typed questions, so that nothing typed is lost on the way.

use domain::cases::FileView;
use domain::documents::Offers;
use domain::forms::{Field, Frame, Kind};
use domain::scan::Scan;
use leptos::prelude::*;

use super::super::form::Form;
use super::super::words::size;
use crate::documents::document_offers;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, FileInput, Icon, IconName, field_id};

/// All materials of the page.
pub(in super::super) fn materials(form: Form) -> AnyView {
    let paths = form.materials();
    view! {
        <For each=move || paths.get() key=|path| path.clone() children=move |path| material(form, path) />
    }
    .into_any()
}

fn material(form: Form, path: String) -> AnyView {
    let Some(field) = form.field(&path) else { return ().into_any() };
    let files = form.files(&path);
    let (draft, page) = form.with(|page| (page.id.clone(), page.key.clone()));
    let left = match field.kind {
        Kind::Material { max_files, .. } => max_files.saturating_sub(files.len()),
        _ => 0,
    };
    let may_add = left > 0;
    let add = may_add.then(|| add_form(form, &field, &path, left, (&draft, &page)));
    let name = (!may_add).then(|| full(&field, &path));
    let offers = form.with(|page| page.offers.clone());
    let take = form.with(|page| format!("/drafts/{}/pages/{}/take", page.id, page.key));
    let kept = document_offers(&take, &path, &offers.documents);
    view! {
        <section class="tb-material">
            {kept} {add} {name} {file_list(&draft, files, &offers)} <div data-progress=path></div>
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

fn add_form(form: Form, field: &Field, path: &str, left: usize, (draft, page): (&str, &str)) -> AnyView {
    let frame = match field.kind {
        Kind::Material { frame, .. } => frame.map(Frame::key),
        _ => None,
    };
    let aim = frame.map(|_| {
        view! {
            // Shown where there is a camera, by the script that opens it.
            <div class="tb-material__aim">
                <Button kind=ButtonKind::Secondary button_type="button" attr:data-aim="">
                    "对准拍照"
                </Button>
            </div>
        }
    });
    view! {
        <form
            class="tb-material__add"
            method="post"
            action=format!("/drafts/{draft}/files")
            enctype="multipart/form-data"
            data-upload=""
            data-frame=frame
            data-left=left.to_string()
        >
            <input type="hidden" name="path" value=path.to_owned() />
            <input type="hidden" name="page" value=page.to_owned() />
            <FileInput
                path=path.to_owned()
                name="file"
                label=field.label.clone()
                hint=field.hint.clone()
                error=form.error(path.to_owned())
                optional=field.optional && field.required_when.is_none()
                multiple=true
            />
            {aim}
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
