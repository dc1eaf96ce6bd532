//! The city's identity platform, by OpenID Connect: the code flow with PKCE, state and nonce.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{HOST, HeaderValue};
use hyper::http::uri::PathAndQuery;
use hyper::{Request, Uri};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AdditionalClaims, AsyncHttpClient, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, HttpRequest, HttpResponse, IdTokenFields,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    StandardErrorResponse, StandardTokenResponse, TokenResponse, UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;
use tokio::time::Instant;

use super::http::PlainHttp;

/// What the platform says of itself, its keys among it, is read anew so often.
const KNOWN_FOR: Duration = Duration::from_secs(600);
const SCOPES: [&str; 2] = ["profile", "phone"];

/// Where the platform is, and what it knows us by.
#[derive(Clone, Debug)]
pub struct CitySettings {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
    /// `http://…`: a proxy that adds TLS, when the platform speaks nothing else.
    pub via: Option<String>,
}

/// What binds the answer to the browser that set out.
pub struct Proofs {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Whom the platform vouches for. What it does not tell is empty.
#[derive(Clone, Debug, Default)]
pub struct CityPerson {
    /// Its own name for the person, the same for ever.
    pub subject: String,
    pub name: String,
    pub id_number: String,
    /// Only one that it has verified.
    pub phone: String,
}

/// Why there is no answer, for the log: it names nobody.
pub type CityAnswer<'a, T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send + 'a>>;

pub trait CityIdentity: Send + Sync {
    /// The address at the platform where a person is sent.
    fn way_out<'a>(&'a self, proofs: &'a Proofs) -> CityAnswer<'a, String>;

    /// Who came back with this code.
    fn person<'a>(&'a self, code: &'a str, proofs: &'a Proofs) -> CityAnswer<'a, CityPerson>;
}

/// Claims of Chinese platforms beside the standard ones.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct CityClaims {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_number: Option<String>,
}

impl AdditionalClaims for CityClaims {}

type Fields = IdTokenFields<
    CityClaims,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;

type CityClient = Client<
    CityClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpFault(String);

/// Carries the library's requests, past the proxy where one is set.
struct Carrier {
    http: PlainHttp,
    via: Option<Uri>,
}

impl<'c> AsyncHttpClient<'c> for Carrier {
    type Error = HttpFault;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFault>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(async move {
            let request = through(request, self.via.as_ref()).map_err(|error| HttpFault(error.to_string()))?;
            let answer = self.http.ask(request.map(|body| Full::new(Bytes::from(body)))).await.map_err(HttpFault)?;
            Ok(answer.map(|body| body.to_vec()))
        })
    }
}

pub struct OpenIdConnect {
    carrier: Carrier,
    settings: CitySettings,
    issuer: IssuerUrl,
    redirect: RedirectUrl,
    known: Mutex<Option<(Instant, CoreProviderMetadata)>>,
}

impl OpenIdConnect {
    /// `redirect`: our address to which the platform sends people back.
    ///
    /// # Errors
    /// One sentence when an address is none.
    pub fn new(settings: CitySettings, redirect: String) -> Result<Self, String> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(|error| format!("the issuer: {error}"))?;
        let redirect = RedirectUrl::new(redirect).map_err(|error| format!("the public URL: {error}"))?;
        let via = settings.via.as_deref().map(str::parse).transpose();
        let via = via.map_err(|error| format!("the proxy: {error}"))?;
        let carrier = Carrier { http: PlainHttp::new(), via };
        Ok(Self { carrier, settings, issuer, redirect, known: Mutex::default() })
    }

    async fn metadata(&self) -> Result<CoreProviderMetadata, String> {
        let mut known = self.known.lock().await;
        if let Some((since, metadata)) = known.as_ref()
            && since.elapsed() < KNOWN_FOR
        {
            return Ok(metadata.clone());
        }
        let metadata = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.carrier).await;
        let metadata = metadata.map_err(|error| format!("what it says of itself: {error}"))?;
        *known = Some((Instant::now(), metadata.clone()));
        Ok(metadata)
    }

    async fn client(&self) -> Result<CityClient, String> {
        let secret = Some(self.settings.client_secret.clone()).filter(|secret| !secret.is_empty());
        let id = ClientId::new(self.settings.client_id.clone());
        let client: CityClient =
            Client::from_provider_metadata(self.metadata().await?, id, secret.map(ClientSecret::new));
        Ok(client.set_redirect_uri(self.redirect.clone()))
    }

    async fn address(&self, proofs: &Proofs) -> Result<String, String> {
        let (state, nonce) = (proofs.state.clone(), proofs.nonce.clone());
        let verifier = PkceCodeVerifier::new(proofs.verifier.clone());
        let client = self.client().await?;
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = client.authorize_url(flow, move || CsrfToken::new(state), move || Nonce::new(nonce));
        let request = request.add_scopes(SCOPES.map(|scope| Scope::new(scope.to_owned())));
        let (url, ..) = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier)).url();
        Ok(url.to_string())
    }

    async fn exchange(&self, code: &str, proofs: &Proofs) -> Result<CityPerson, String> {
        let client = self.client().await?;
        let request =
            client.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(|error| error.to_string())?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(proofs.verifier.clone()));
        let tokens =
            request.request_async(&self.carrier).await.map_err(|error| format!("the code: {}", kind(&error)))?;
        let token = tokens.id_token().ok_or("no token of the identity")?;
        // Signed by the platform's keys alone: not by our secret, which more than one of us knows.
        let verifier = client.id_token_verifier().set_allowed_algs([
            CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
            CoreJwsSigningAlgorithm::RsaSsaPssSha256,
            CoreJwsSigningAlgorithm::EcdsaP256Sha256,
            CoreJwsSigningAlgorithm::EcdsaP384Sha384,
            CoreJwsSigningAlgorithm::EdDsa,
        ]);
        let claims = token.claims(&verifier, &Nonce::new(proofs.nonce.clone())).map_err(|error| error.to_string())?;
        let mut person = CityPerson { subject: claims.subject().to_string(), ..CityPerson::default() };
        add(
            &mut person,
            claims.name().and_then(|name| name.get(None)).map(|name| name.as_str()),
            claims.phone_number().filter(|_| claims.phone_number_verified() == Some(true)).map(|phone| phone.as_str()),
            claims.additional_claims(),
        );
        if client.user_info_url().is_some() {
            let request = client.user_info(tokens.access_token().clone(), Some(claims.subject().clone()));
            let request = request.map_err(|error| error.to_string())?;
            let info: UserInfoClaims<CityClaims, CoreGenderClaim> =
                request.request_async(&self.carrier).await.map_err(|error| format!("who it is: {error}"))?;
            add(
                &mut person,
                info.name().and_then(|name| name.get(None)).map(|name| name.as_str()),
                info.phone_number().filter(|_| info.phone_number_verified() == Some(true)).map(|phone| phone.as_str()),
                info.additional_claims(),
            );
        }
        Ok(person)
    }
}

/// Takes over what is told.
fn add(person: &mut CityPerson, name: Option<&str>, phone: Option<&str>, more: &CityClaims) {
    if let Some(name) = name {
        name.clone_into(&mut person.name);
    }
    if let Some(phone) = phone {
        phone.clone_into(&mut person.phone);
    }
    if let Some(number) = &more.id_number {
        person.id_number.clone_from(number);
    }
}

/// What the platform answered, without its own words: they can hold what was sent.
fn kind<E, T>(error: &openidconnect::RequestTokenError<E, T>) -> &'static str
where
    E: std::error::Error + 'static,
    T: openidconnect::ErrorResponse + 'static,
{
    match error {
        openidconnect::RequestTokenError::ServerResponse(_) => "refused",
        openidconnect::RequestTokenError::Request(_) => "no answer",
        _ => "an answer of another form",
    }
}

/// A request that wants TLS goes to the proxy which adds it, under the name of whom it is for.
fn through(mut request: HttpRequest, via: Option<&Uri>) -> Result<Request<Vec<u8>>, hyper::http::Error> {
    let uri = request.uri().clone();
    let (Some(via), Some("https")) = (via, uri.scheme_str()) else { return Ok(request) };
    let path = uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
    let mut parts = via.clone().into_parts();
    parts.path_and_query = Some(path);
    *request.uri_mut() = Uri::from_parts(parts)?;
    let host = uri.authority().map_or("", |authority| authority.as_str());
    request.headers_mut().insert(HOST, HeaderValue::from_str(host)?);
    Ok(request)
}

impl CityIdentity for OpenIdConnect {
    fn way_out<'a>(&'a self, proofs: &'a Proofs) -> CityAnswer<'a, String> {
        Box::pin(self.address(proofs))
    }

    fn person<'a>(&'a self, code: &'a str, proofs: &'a Proofs) -> CityAnswer<'a, CityPerson> {
        Box::pin(self.exchange(code, proofs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_for_tls_goes_through_the_proxy_under_its_own_name() {
        let via: Uri = "http://127.0.0.1:8443".parse().expect("an address");
        let request = |url: &str| Request::get(url).body(Vec::new()).expect("a request");
        let sent = through(request("https://sso.example.cn/token?a=1"), Some(&via)).expect("rewritten");
        assert_eq!(sent.uri(), "http://127.0.0.1:8443/token?a=1");
        assert_eq!(sent.headers()[HOST], "sso.example.cn");
        let plain = through(request("http://sso.internal/token"), Some(&via)).expect("as it was");
        assert_eq!(plain.uri(), "http://sso.internal/token");
    }
}
