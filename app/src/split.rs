//! A part of the client in a file of its own. `no_split.rs` has the same name, for a client in one file.

/// `$part` shows a page of the part, `fetch` brings it.
macro_rules! part {
    ($part:ident) => {
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, preload(fetch), fallible)]
        #[allow(improper_ctypes_definitions, reason = "both sides are compiled together")]
        pub fn $part(page: Page) -> Result<AnyView, SplitLoaderError> {
            Ok(show(page))
        }
    };
}
