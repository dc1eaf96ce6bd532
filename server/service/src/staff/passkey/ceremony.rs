//! What an authenticator is asked, and whether its answer holds. The judging is `webauthn_rp`'s: challenge, origin,
//! the name of the site, presence and proof of the person, signature, counter.

use base64ct::{Base64UrlUnpadded, Encoding};
use domain::staff::site;
use uuid::Uuid;
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::{AllowedCredentials, AuthenticationVerificationOptions, SignatureCounterEnforcement};
use webauthn_rp::request::register::{
    CredProtect, Nickname, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, ResidentKeyRequirement,
    UserHandle16, Username,
};
use webauthn_rp::request::{
    AsciiDomain, Credentials, ExtensionInfo, PublicKeyCredentialDescriptor, RpId, UserVerificationRequirement,
};
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, NonDiscoverableAuthentication16, NonDiscoverableAuthenticationServerState,
    NonDiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration, RegistrationServerState,
};

use super::store::PasskeyRow;
use crate::error::Error;
use crate::service::Service;

/// The keys as they are read back.
type Key = CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>;

/// Whose passkeys they are: this site's alone.
pub(super) struct Party {
    id: RpId,
    origin: String,
}

/// What was asked.
pub(super) struct Asked {
    /// What the answer is held to.
    pub state: String,
    /// For the browser, as JSON.
    pub ask: String,
}

/// A passkey whose making was proved.
pub(super) struct Made {
    pub credential: String,
    pub transports: i32,
    pub fixed: String,
    pub changing: String,
}

fn broken(fault: impl std::fmt::Display) -> Error {
    Error::internal("a passkey", fault)
}

fn write(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

fn read(text: &str) -> Result<Vec<u8>, Error> {
    Base64UrlUnpadded::decode_vec(text).map_err(broken)
}

/// What could not fail, did not.
fn sure<T>(result: Result<T, std::convert::Infallible>) -> T {
    match result {
        Ok(value) => value,
        Err(never) => match never {},
    }
}

impl Party {
    /// None: browsers give no passkeys at the public address.
    pub(super) fn of(service: &Service) -> Option<Self> {
        let site = site(&service.settings.public_url)?;
        let domain = AsciiDomain::try_from(site.domain).ok()?;
        Some(Self { id: RpId::Domain(domain), origin: site.origin })
    }

    /// Asks for one of these passkeys; the authenticator has to make sure who is there.
    pub(super) fn ask_proof(&self, rows: &[PasskeyRow]) -> Result<Asked, Error> {
        let mut allowed = AllowedCredentials::with_capacity(rows.len());
        for row in rows {
            allowed.push(descriptor(row)?.into());
        }
        let mut options = NonDiscoverableCredentialRequestOptions::second_factor(&self.id, allowed).map_err(broken)?;
        options.options().user_verification = UserVerificationRequirement::Required;
        let (state, client) = options.start_ceremony().map_err(broken)?;
        let ask = serde_json::to_string(&client).map_err(broken)?;
        Ok(Asked { state: write(&state.encode().map_err(broken)?), ask })
    }

    /// What changes in the row, when the answer proves that its passkey was used just now. None: it does not.
    pub(super) fn proved(
        &self,
        state: &str,
        row: &PasskeyRow,
        answer: &NonDiscoverableAuthentication16,
    ) -> Result<Option<String>, Error> {
        let state = NonDiscoverableAuthenticationServerState::decode(&read(state)?).map_err(broken)?;
        let user = handle(row.worker_id);
        let fixed: StaticState<Key> = StaticState::decode(&read(&row.fixed)?).map_err(broken)?;
        let changing = read(&row.changing)?.try_into().map_err(|_| broken("its state is too long"))?;
        let changing = DynamicState::decode(changing).map_err(broken)?;
        let mut credential = AuthenticatedCredential::new(answer.raw_id(), &user, fixed, changing).map_err(broken)?;
        let origins = [self.origin.as_str()];
        let options = AuthenticationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &origins,
            sig_counter_enforcement: SignatureCounterEnforcement::Fail,
            // Authenticators may say more than they were asked, and it is left alone.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let proved = state.verify(&self.id, answer, &mut credential, &options).is_ok();
        Ok(proved.then(|| write(&sure(credential.dynamic_state().encode()))))
    }

    /// Asks for a new passkey, on an authenticator that has none of these.
    pub(super) fn ask_new(&self, worker: Uuid, login: &str, rows: &[PasskeyRow]) -> Result<Asked, Error> {
        let user = handle(worker);
        let known = rows.iter().map(descriptor).collect::<Result<Vec<_>, Error>>()?;
        let entity = PublicKeyCredentialUserEntity {
            name: Username::try_from(login).map_err(broken)?,
            id: &user,
            display_name: Some(Nickname::try_from(login).map_err(broken)?),
        };
        let mut options = PublicKeyCredentialCreationOptions::passkey(&self.id, entity, known);
        // The login is typed before: a security key without room for one more can be used, too.
        options.authenticator_selection.resident_key = ResidentKeyRequirement::Preferred;
        // Every proof is looked at for it: an authenticator that cannot promise it can be used, too.
        options.extensions.cred_protect = CredProtect::UserVerificationRequired(ExtensionInfo::AllowDontEnforceValue);
        let (state, client) = options.start_ceremony().map_err(broken)?;
        let ask = serde_json::to_string(&client).map_err(broken)?;
        Ok(Asked { state: write(&state.encode().map_err(broken)?), ask })
    }

    /// The new passkey, when the answer proves that it was made for this. None: it does not.
    pub(super) fn made(&self, state: &str, answer: &str) -> Result<Option<Made>, Error> {
        let state = RegistrationServerState::<16>::decode(&read(state)?).map_err(broken)?;
        let Ok(answer) = Registration::from_json_relaxed(answer.as_bytes()) else { return Ok(None) };
        let origins = [self.origin.as_str()];
        let options = RegistrationVerificationOptions::<'_, '_, &str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let Ok(made) = state.verify(&self.id, &answer, &options) else { return Ok(None) };
        Ok(Some(Made {
            credential: write(made.id().as_ref()),
            transports: i32::from(sure(made.transports().encode())),
            fixed: write(&sure(made.static_state().encode())),
            changing: write(&sure(made.dynamic_state().encode())),
        }))
    }
}

/// Reads the answer of a sign-in, and which passkey it names.
pub(super) fn read_answer(answer: &str) -> Option<(NonDiscoverableAuthentication16, String)> {
    let answer = NonDiscoverableAuthentication16::from_json_relaxed(answer.as_bytes()).ok()?;
    let credential = write(answer.raw_id().as_ref());
    Some((answer, credential))
}

/// By which authenticators know the worker: the id of the row, and nothing of the person.
fn handle(worker: Uuid) -> UserHandle16 {
    sure(UserHandle16::decode(*worker.as_bytes()))
}

fn descriptor(row: &PasskeyRow) -> Result<PublicKeyCredentialDescriptor<Vec<u8>>, Error> {
    let transports = u8::try_from(row.transports).map_err(broken)?;
    Ok(PublicKeyCredentialDescriptor {
        id: CredentialId::<Vec<u8>>::decode(read(&row.credential)?).map_err(broken)?,
        transports: AuthTransports::decode(transports).map_err(broken)?,
    })
}
