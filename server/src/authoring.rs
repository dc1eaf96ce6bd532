//! Commands for those who write items. They need no database.

use std::path::Path;

use domain::catalogue::Item;
use service::catalogue::read::{check_event_file, check_file, read_file};

use crate::fault::Fault;

/// Prints every fault of files of items and life events, or `good`.
///
/// # Errors
/// When a file has faults.
pub fn check(files: &[impl AsRef<Path>]) -> Result<(), Fault> {
    let mut faulty = 0;
    for file in files {
        let name = file.as_ref().display();
        match judge(file.as_ref()) {
            Ok(what) => println!("{name}: good ({what})"),
            Err(faults) => {
                faulty += 1;
                faults.iter().for_each(|fault| println!("{name}: {fault}"));
            }
        }
    }
    match faulty {
        0 => Ok(()),
        _ => Err(Fault::Start(format!("files with faults: {faulty} of {}", files.len()))),
    }
}

/// An item, or of the folder `bundles` a life event.
fn judge(file: &Path) -> Result<String, Vec<String>> {
    let is_event = file.parent().is_some_and(|folder| folder.ends_with("bundles"));
    if is_event {
        check_event_file(file).map(|event| format!("{} {}", event.code, event.name))
    } else {
        check_file(file).map(|item| format!("{} {}", item.code, item.everyday))
    }
}

/// Prints what changed from one item file to another.
///
/// # Errors
/// When one of them cannot be read.
pub fn diff(old: &Path, new: &Path) -> Result<(), Fault> {
    let (old, new) = (read(old)?, read(new)?);
    if let Some(day) = new.effective {
        println!("自{day}起");
    }
    let changes = domain::catalogue::diff(&old, &new);
    if changes.is_empty() {
        println!("没有居民看得到的变化");
    }
    changes.iter().for_each(|change| println!("{change}"));
    Ok(())
}

fn read(file: &Path) -> Result<Item, Fault> {
    read_file(file).map_err(|faults| Fault::Start(format!("{}: {}", file.display(), faults.join("; "))))
}
