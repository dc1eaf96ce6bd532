//! The frame around every page of a worker who is signed in, and around the error in its place.

use domain::cases::WorkerView;
use domain::desk::Role;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::error::{AppError, ErrorKind};
use crate::layout::{DeskLayout, ResidentLayout};
use crate::load::ErrorPage;
use crate::ui::Page;

/// An answer that is shown in the desk's frame even when it is an error: `load` itself knows no frame.
pub type Framed<T> = Result<T, AppError>;

/// A page of this worker.
pub fn frame(title: String, worker: WorkerView, body: AnyView) -> AnyView {
    let role = administrator(&worker);
    view! {
        <Title text=title />
        <DeskLayout worker_name=worker.name office_name=worker.office role=role>
            <Page wide=true>{body}</Page>
        </DeskLayout>
    }
    .into_any()
}

/// An administrator is that alone.
pub fn administrator(worker: &WorkerView) -> Option<Role> {
    worker.roles.iter().copied().find(|role| role.is_administrator())
}

/// Who is not signed in sees no desk.
pub fn problem(error: AppError) -> AnyView {
    let title = error.title();
    let signed_out = error.kind == ErrorKind::SignIn;
    let body = view! {
        <Page>
            <ErrorPage error=error />
        </Page>
    }
    .into_any();
    view! {
        <Title text=title />
        {if signed_out {
            view! { <ResidentLayout>{body}</ResidentLayout> }.into_any()
        } else {
            view! { <DeskLayout worker_name=String::new() office_name=String::new()>{body}</DeskLayout> }.into_any()
        }}
    }
    .into_any()
}
