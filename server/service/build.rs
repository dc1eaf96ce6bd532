//! The seed data travels inside the binary: a new file in its folder must be noticed, and so must a change of the
//! code that makes rows of it, which `SEED_READER` stands for.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{fs, io};

const READERS: [&str; 4] =
    ["src/seed", "src/catalogue/read.rs", "../../app/domain/src/catalogue", "../../app/domain/src/forms"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=seed");
    let mut hash = DefaultHasher::new();
    for reader in READERS {
        println!("cargo::rerun-if-changed={reader}");
        for file in files(Path::new(reader))? {
            fs::read(file)?.hash(&mut hash);
        }
    }
    println!("cargo::rustc-env=SEED_READER={:016x}", hash.finish());
    Ok(())
}

fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut inside: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    inside.sort();
    inside.into_iter().map(|path| files(&path)).collect::<Result<Vec<_>, _>>().map(|lists| lists.concat())
}
