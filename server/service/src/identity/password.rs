//! Passwords: argon2id, two at a time, away from the threads that answer requests.

use std::sync::LazyLock;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, Params};

use crate::error::Error;
use crate::turns::Turns;

/// A hash of no password, with the parameters of [`hash`]: an unknown login is checked against it, so that it takes
/// as long as a known one.
const DUMMY_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Each takes 19 MiB and a core: many logins at once wait here.
static TURNS: LazyLock<Turns> = LazyLock::new(|| Turns::new(2, 100, Duration::from_secs(10)));

/// A hash in PHC form, with a new salt.
///
/// # Errors
/// When there is no randomness.
pub async fn hash(password: &str) -> Result<String, Error> {
    let password = password.to_owned();
    apart(move || {
        let hash: PasswordHash = Argon2::default().hash_password(password.as_bytes())?;
        Ok::<_, argon2::password_hash::Error>(hash.to_string())
    })
    .await?
    .map_err(|fault| Error::internal("hash a password", fault))
}

/// Whether the hash was made with the parameters of today: else it is made anew when the password is known.
pub fn is_current(hash: &str) -> bool {
    let now = Params::default();
    PasswordHash::new(hash).is_ok_and(|hash| {
        hash.algorithm.as_str() == "argon2id"
            && Params::try_from(&hash).is_ok_and(|params| {
                params.m_cost() == now.m_cost() && params.t_cost() == now.t_cost() && params.p_cost() == now.p_cost()
            })
    })
}

/// Whether the password is that of the hash. Without a hash it is not, after as much work.
///
/// # Errors
/// When the work could not be done.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool, Error> {
    let known = hash.is_some();
    let right = apart(move || match PasswordHash::new(hash.as_deref().unwrap_or(DUMMY_HASH)) {
        Ok(hash) => Argon2::default().verify_password(password.as_bytes(), &hash).is_ok(),
        Err(fault) => {
            tracing::error!(%fault, "a password hash cannot be read");
            false
        }
    });
    Ok(right.await? && known)
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    // The turn travels with the work: a request that is gone does not make room while its work still runs.
    let turn = TURNS.take().await?;
    tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    })
    .await
    .map_err(|fault| Error::internal("password work", fault))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn fits(password: &str, hash: Option<&str>) -> bool {
        verify(password.to_owned(), hash.map(str::to_owned)).await.expect("checked")
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let hash = hash("correct-horse").await.expect("hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(fits("correct-horse", Some(&hash)).await);
        assert!(!fits("correct-horsf", Some(&hash)).await);
        assert!(!fits("correct-horse", Some("not a hash")).await);
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_told() {
        assert!(is_current(&hash("correct-horse").await.expect("hash")) && is_current(DUMMY_HASH));
        assert!(!is_current(&DUMMY_HASH.replace("m=19456", "m=9728")));
        assert!(!is_current(&DUMMY_HASH.replace("argon2id", "argon2i")) && !is_current("not a hash"));
    }

    #[tokio::test]
    async fn nothing_fits_where_there_is_no_hash() {
        assert!(PasswordHash::new(DUMMY_HASH).is_ok());
        for password in ["", "password"] {
            assert!(!fits(password, None).await);
        }
    }
}
