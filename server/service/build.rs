//! The seed data travels inside the binary; a new file in its folder must be noticed.

fn main() {
    println!("cargo::rerun-if-changed=seed");
}
