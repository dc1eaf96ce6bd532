//! What `split.rs` does, for a client in one file: every part is there.

macro_rules! part {
    ($part:ident) => {
        pub async fn $part(page: Page) -> Result<AnyView, SplitLoaderError> {
            Ok(show(page))
        }

        pub async fn fetch() -> Result<(), SplitLoaderError> {
            Ok(())
        }
    };
}
