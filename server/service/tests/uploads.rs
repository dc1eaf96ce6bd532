//! Files have their limits, and a crash between bytes and row leaves neither a lost paper nor one of nobody.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::acting::*;
use crate::common::{engines, service};
use sea_orm::{ConnectionTrait, Database};
use service::ports::{BlobFuture, BlobStore};
use service::{Error, forms};
use uuid::Uuid;

fn words(result: Result<service::identity::Moved, Error>) -> String {
    match result {
        Err(Error::Refused(words) | Error::Unavailable(words)) => words,
        other => panic!("not refused: {other:?}"),
    }
}

#[tokio::test]
async fn a_draft_has_room_for_so_many_bytes() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let add = || forms::add_file(&service, &who, &id, "file_id_card", "照片.png", png());
        add().await.expect("taken in");
        let other = Database::connect(&place.url).await.expect("another");
        other.execute_unprepared("UPDATE file SET size_bytes = 104857000").await.expect("nearly full");
        assert!(words(add().await).contains("加起来太大了"));
        other.execute_unprepared("UPDATE file SET size_bytes = 1000").await.expect("room");
        add().await.expect("taken in");
    }
}

#[tokio::test]
async fn a_browser_sends_so_many_bytes_a_day() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        let add = |bytes: Vec<u8>| forms::add_file(&service, &who, &id, "file_id_card", "x", bytes);
        for _ in 0..40 {
            // What is refused has come, too.
            assert!(words(add(vec![b'x'; 10 << 20]).await).contains("不是照片也不是 PDF"));
        }
        assert!(words(add(png()).await).contains("今天上传的文件太多了"));
        let (other, draft) = begin(&service, "MZ07").await;
        let of_other = forms::add_file(&service, &other, &draft, "file_id_card", "照片.png", png());
        of_other.await.expect("another browser has a day of its own");
        clock.advance(chrono::TimeDelta::hours(25));
        add(png()).await.expect("a new day");
    }
}

/// A disk with no room left.
struct Full(Arc<dyn BlobStore>);

impl BlobStore for Full {
    fn put(&self, id: Uuid, _: Vec<u8>) -> BlobFuture<'_, ()> {
        panic!("{id} is put although there is no room")
    }

    fn get(&self, id: Uuid) -> BlobFuture<'_, Vec<u8>> {
        self.0.get(id)
    }

    fn delete(&self, id: Uuid) -> BlobFuture<'_, ()> {
        self.0.delete(id)
    }

    fn has_room(&self) -> BlobFuture<'_, bool> {
        Box::pin(async { Ok(false) })
    }

    fn of_part(&self, part: u8) -> BlobFuture<'_, Vec<Uuid>> {
        self.0.of_part(part)
    }
}

#[tokio::test]
async fn the_last_of_the_disk_is_not_for_files() {
    for engine in engines() {
        let (mut service, _clock, _place) = service(engine).await;
        let (who, id) = begin(&service, "MZ07").await;
        service.blobs = Arc::new(Full(Arc::clone(&service.blobs)));
        let sent = forms::add_file(&service, &who, &id, "file_id_card", "照片.png", png()).await;
        assert!(words(sent).contains("暂时不能上传文件"));
        forms::save_page(&service, &who, &id, MZ07[0].0, &pairs(MZ07[0].1)).await.expect("the rest goes on");
    }
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with(name) {
                return Some(path);
            }
        }
    }
    None
}

#[tokio::test]
async fn bytes_without_a_row_are_swept_and_those_with_one_stay() {
    for engine in engines() {
        let (service, _clock, place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let files = vec![("照片.png".into(), png())];
        service::messages::write(&service, &who, &number, "一张", files).await.expect("sent");
        // The process ended after the bytes and before the row; and one file is only now on its way.
        let (old, young) = (Uuid::new_v4(), Uuid::new_v4());
        for id in [old, young] {
            service.blobs.put(id, b"nobody's".to_vec()).await.expect("kept");
        }
        let folder = place.folder.path().join("data/files");
        let long_ago = SystemTime::now() - Duration::from_secs(3 * 24 * 60 * 60);
        let mut kept = 0;
        let mut folders = vec![folder.clone()];
        while let Some(folder) = folders.pop() {
            for path in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with(young.simple().to_string()) {
                    std::fs::File::open(&path).and_then(|file| file.set_modified(long_ago)).expect("older");
                    kept += 1;
                }
            }
        }
        assert!(kept > 4, "papers, a photograph of a message, the one of nobody");
        let mut removed = 0;
        for part in 0..=u8::MAX {
            removed += forms::sweep_part(&service, part).await.expect("swept");
        }
        assert_eq!(removed, 1);
        assert!(find(&folder, &old.simple().to_string()).is_none());
        assert!(find(&folder, &young.simple().to_string()).is_some(), "its row may still come");
        let seen = track(&service, &who, &number).await;
        forms::file(&service, &who, &seen.conversation.messages[0].files[0].id).await.expect("there");
    }
}
