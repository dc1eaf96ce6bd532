//! Workers for any office, made when they are needed and signed in from then on.

use std::collections::HashMap;
use std::sync::Mutex;

use domain::desk::{Grant, Role, Scope};
use entity::{session, worker, worker_grant};
use sea_orm::{ActiveValue::Set, EntityTrait};
use service::Service;
use service::identity::{Visitor, Worker};
use uuid::Uuid;

use crate::acting::ADDRESS;

/// Who somebody is in an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Post {
    Window,
    Reviewer,
    SecondReviewer,
    ThirdReviewer,
    Head,
    Supervisor,
}

const POSTS: [(Post, Role); 6] = [
    (Post::Window, Role::Window),
    (Post::Reviewer, Role::Reviewer),
    (Post::SecondReviewer, Role::Reviewer),
    (Post::ThirdReviewer, Role::Reviewer),
    (Post::Head, Role::Head),
    (Post::Supervisor, Role::Supervisor),
];

#[derive(Default)]
pub struct Staff(Mutex<HashMap<String, Vec<Worker>>>);

impl Staff {
    pub async fn at(&self, service: &Service, office: &str, post: Post) -> Visitor {
        let known = self.0.lock().expect("the staff").get(office).cloned();
        let workers = match known {
            Some(workers) => workers,
            None => {
                let workers = hire(service, office).await;
                self.0.lock().expect("the staff").insert(office.to_owned(), workers.clone());
                workers
            }
        };
        let at = POSTS.iter().position(|(other, _)| *other == post).expect("a post");
        Visitor { worker: Some(workers[at].clone()), ..Visitor::stranger(ADDRESS) }
    }
}

async fn hire(service: &Service, office: &str) -> Vec<Worker> {
    let one = |(post, role): &(Post, Role)| Worker {
        id: Uuid::new_v4(),
        name: format!("{post:?}"),
        office: office.to_owned(),
        grants: vec![Grant::new(*role, Scope { at: office.to_owned(), below: *role == Role::Supervisor })],
        ties: Vec::new(),
        session: format!("{post:?}-{office}"),
    };
    let workers: Vec<Worker> = POSTS.iter().map(one).collect();
    let now = service.clock.now();
    let row = |one: &Worker| worker::ActiveModel {
        id: Set(one.id),
        login: Set(one.session.to_lowercase()),
        name: Set(one.name.clone()),
        office: Set(one.office.clone()),
        password_hash: Set("none".to_owned()),
        active: Set(true),
        demo: Set(false),
        created_at: Set(now),
        rights: Set(0),
    };
    let given = |one: &Worker| worker_grant::ActiveModel {
        id: Set(Uuid::new_v4()),
        worker_id: Set(one.id),
        role: Set(one.grants[0].role.key().to_owned()),
        at: Set(office.to_owned()),
        below: Set(one.grants[0].scope.below),
        items: Set(None),
        valid_from: Set(None),
        valid_to: Set(None),
        given_by: Set(None),
        given_at: Set(now),
        revoked_by: Set(None),
        revoked_at: Set(None),
    };
    let signed_in = |one: &Worker| session::ActiveModel {
        token_hash: Set(one.session.clone()),
        worker_id: Set(Some(one.id)),
        created_at: Set(now),
        seen_at: Set(now),
        expires_at: Set(now),
        flash: Set(None),
        ..Default::default()
    };
    let (rows, sessions): (Vec<_>, Vec<_>) =
        (workers.iter().map(row).collect(), workers.iter().map(signed_in).collect());
    let grants: Vec<_> = workers.iter().map(given).collect();
    let (rows, sessions, grants) = (&rows, &sessions, &grants);
    let hired = service.db.write(|tx| {
        Box::pin(async move {
            worker::Entity::insert_many(rows.clone()).exec_without_returning(tx).await?;
            worker_grant::Entity::insert_many(grants.clone()).exec_without_returning(tx).await?;
            session::Entity::insert_many(sessions.clone()).exec_without_returning(tx).await?;
            Ok(())
        })
    });
    hired.await.expect("hired");
    workers
}
