//! Commands for those who write items. They need no database.

use std::path::Path;

use domain::catalogue::Item;
use service::catalogue::read::{check_file, read_file};

use crate::fault::Fault;

/// Prints every fault of item files, or `good`.
///
/// # Errors
/// When a file has faults.
pub fn check(files: &[impl AsRef<Path>]) -> Result<(), Fault> {
    let mut faulty = 0;
    for file in files {
        let name = file.as_ref().display();
        match check_file(file.as_ref()) {
            Ok(item) => println!("{name}: good ({} {})", item.code, item.everyday),
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
