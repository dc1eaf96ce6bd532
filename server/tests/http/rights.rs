//! Role × relation × route, generated and run in full: every way to a case asks the one policy, and what may not be
//! seen looks like what is not there.

use axum::http::{Method, StatusCode};
use domain::cases::Step;
use domain::desk::{Grant, Items, Offices, Right, Role, Scope, Subject, Tie, may, may_start, sight};
use service::Service;
use service::grants::{NewGrant, approve, give, list, proposals, propose, revoke};
use service::identity::Visitor;

use crate::acting::{MZ24, begin, desk, fill_in, pairs, png, reviewed, step, submit, submitted, track, worker};
use crate::common::{Answer, Fixture, fixture, get, post, send, with, without_nonce};
use crate::journey::desk_token;

/// A case, what of it has an address of its own, and how it looks to the policy.
struct Case {
    number: String,
    file: String,
    notice: String,
    item: &'static str,
    decides: &'static str,
    received: Option<&'static str>,
    window_accepts: bool,
    asked: Vec<String>,
    state: domain::cases::State,
}

impl Case {
    fn subject(&self) -> Subject<'_> {
        let offices = Offices {
            decides: self.decides,
            received: self.received,
            window_accepts: self.window_accepts,
            asked: &self.asked,
        };
        Subject { item: self.item, offices, tie: Tie::None }
    }
}

/// By one administrator, or by two: what makes an administrator takes both.
async fn give_as_it_takes(service: &Service, security: &Visitor, to: &str, new: NewGrant) {
    if !new.role.is_administrator() {
        return give(service, security, to, new).await.expect("given");
    }
    propose(service, security, to, new, "换岗").await.expect("proposed");
    let second = worker(service, "xitong-1").await;
    let waiting = proposals(service, &second).await.expect("a list").proposals;
    approve(service, &second, &waiting.last().expect("one").id).await.expect("agreed");
}

/// A number, a file and a notice that are not there.
fn nothing() -> (String, String, String) {
    let unused = uuid::Uuid::new_v4().to_string();
    ("210103-MZ07-20261123-99999-0".to_owned(), unused.clone(), unused)
}

/// What is asked for, and the right that it takes.
enum Ask {
    Right(Right),
    /// Something of the case must be masked that may be asked for.
    Show,
    /// For no worker who did not take the case in.
    Nobody,
}

/// Method, path, body, what it takes.
fn routes() -> Vec<(Method, String, String, Ask)> {
    let read = |path: &str| (Method::GET, path.to_owned(), String::new(), Ask::Right(Right::Read));
    let write = |path: &str, body: &str, right| (Method::POST, path.to_owned(), body.to_owned(), Ask::Right(right));
    let mut out = vec![
        read("/desk/cases/{number}"),
        read("/notices/{notice}"),
        (Method::GET, "/files/{file}".to_owned(), String::new(), Ask::Right(Right::OpenFile)),
        write("/api/desk/case", "number={number}", Right::Read),
        write("/api/notices/fetch", "id={notice}", Right::Read),
        write("/desk/cases/{number}/notes", "note=x", Right::Note),
        write("/desk/cases/{number}/instruct", "instruction=x", Right::Instruct),
        write("/desk/cases/{number}/explain", "explanation=x", Right::Explain),
        (Method::POST, "/desk/cases/{number}/messages".to_owned(), "multipart".to_owned(), Ask::Right(Right::Reply)),
        (Method::POST, "/desk/cases/{number}/show".to_owned(), "page=applicant".to_owned(), Ask::Show),
        (Method::GET, "/cases/{number}".to_owned(), String::new(), Ask::Nobody),
        (Method::GET, "/cases/{number}/live".to_owned(), String::new(), Ask::Nobody),
        (Method::POST, "/api/cases/track".to_owned(), "number={number}".to_owned(), Ask::Nobody),
        (Method::POST, "/cases/{number}/withdraw".to_owned(), "reason=x".to_owned(), Ask::Nobody),
        (Method::POST, "/cases/{number}/correct".to_owned(), String::new(), Ask::Nobody),
    ];
    for step in Step::ALL {
        // Of no version: whoever may is told that somebody was quicker, and nothing changes.
        let path = format!("/desk/cases/{{number}}/{}", step.key());
        out.push((Method::POST, path, "version=999".to_owned(), Ask::Right(Right::Do(step))));
    }
    out
}

async fn ask(fixture: &Fixture, token: &str, route: &(Method, String, String, Ask), ids: (&str, &str, &str)) -> Answer {
    let fill = |text: &str| text.replace("{number}", ids.0).replace("{file}", ids.1).replace("{notice}", ids.2);
    let (path, body) = (fill(&route.1), fill(&route.2));
    let request = if route.0 == Method::GET {
        get(&path)
    } else if body == "multipart" {
        let part = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--b--\r\n";
        with(post(&path, part), "content-type", "multipart/form-data; boundary=b")
    } else {
        post(&path, body)
    };
    send(&fixture.app, with(request, "cookie", &format!("tb_desk={token}"))).await
}

/// A case that a window of another district took in.
async fn at_window(fixture: &Fixture, item: &str, login: &str) -> String {
    let service = &fixture.state.service;
    let who = worker(service, login).await;
    let begun = service::forms::begin_at_window(service, &who, item).await.expect("begun");
    let draft = crate::acting::draft_id(&begun.location);
    if item == "MZ07" {
        fill_in(service, &who, &draft).await;
    } else {
        for (page, entries) in MZ24 {
            service::forms::save_page(service, &who, &draft, page, &pairs(entries)).await.expect("saved");
        }
        for path in ["file_id_card", "file_household_book", "file_house_paper"] {
            service::forms::add_file(service, &who, &draft, path, "照片.png", png()).await.expect("taken in");
        }
    }
    submit(service, &who, &draft).await
}

async fn case(fixture: &Fixture, number: String, reader: &str, subject: Case) -> Case {
    let service = &fixture.state.service;
    let seen = desk(service, &worker(service, reader).await, &number).await;
    let file = seen.file.files["file_id_card"][0].id.clone();
    let notice = seen.file.notices.first().map(|notice| notice.id.clone()).expect("a notice");
    Case { number, file, notice, state: seen.file.state, ..subject }
}

/// One case of each kind: at the office that decides, taken in at a window that accepts, at one that hands over, and
/// under review with another's opinion asked.
async fn cases(fixture: &Fixture) -> Vec<Case> {
    let service = &fixture.state.service;
    let bare = |item, decides, received, window_accepts| Case {
        number: String::new(),
        file: String::new(),
        notice: String::new(),
        item,
        decides,
        received,
        window_accepts,
        asked: Vec::new(),
        state: domain::cases::State::Submitted,
    };
    let (_, online) = submitted(service).await;
    step(service, &worker(service, "binhe-1").await, &online, "receive", &[]).await.expect("received");
    let accepted = at_window(fixture, "MZ07", "sanhaojie-1").await;
    let collected = at_window(fixture, "MZ24", "sanhaojie-1").await;
    let (_, asking, bureau) = reviewed(service).await;
    let form = [("office", "210103-CL"), ("question", "属实吗？")];
    step(service, &bureau, &asking, "ask-opinion", &form).await.expect("asked");
    let asked = Case { asked: vec!["210103-CL".to_owned()], ..bare("MZ24", "210103-MZ", None, false) };
    let window = Some("210102019006");
    vec![
        case(fixture, online, "binhe-1", bare("MZ07", "210103005", None, false)).await,
        case(fixture, accepted, "binhe-1", bare("MZ07", "210103005", window, true)).await,
        case(fixture, collected, "sanhaojie-1", bare("MZ24", "210103-MZ", window, false)).await,
        case(fixture, asking, "shenhe-mz-1", asked).await,
    ]
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Outcome {
    /// It is shown or done, or the rule of the case says why not now.
    Allowed,
    Forbidden,
    NotThere,
}

impl Outcome {
    fn of(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::NotThere,
            StatusCode::FORBIDDEN => Self::Forbidden,
            StatusCode::OK | StatusCode::SEE_OTHER | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => {
                Self::Allowed
            }
            other => panic!("{other}"),
        }
    }
}

/// What should happen, by the policy.
fn wanted(case: &Case, grants: &[Grant], ask: &Ask) -> Outcome {
    let subject = case.subject();
    let there = may(grants, &subject, Right::Read)
        && match ask {
            Ask::Right(Right::OpenFile) => may(grants, &subject, Right::OpenFile),
            Ask::Right(_) => true,
            Ask::Show => !sight(grants, &subject, case.state, false).on_request.is_empty(),
            Ask::Nobody => false,
        };
    match ask {
        _ if !there => Outcome::NotThere,
        Ask::Right(right) if !may(grants, &subject, *right) => Outcome::Forbidden,
        _ => Outcome::Allowed,
    }
}

/// Takes everything back that a worker has.
async fn strip(fixture: &Fixture, security: &Visitor, worker: &str) {
    let service = &fixture.state.service;
    for held in list(service, security, worker).await.expect("a list").iter().filter(|held| held.ended.is_empty()) {
        revoke(service, security, worker, &held.id).await.expect("taken back");
    }
}

#[tokio::test]
async fn every_role_in_every_relation_on_every_route() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let cases = cases(&fixture).await;
    let security = worker(service, "anquan-1").await;
    let token = desk_token(&fixture, "heping-mz-1").await;
    let who = worker(service, "heping-mz-1").await.worker.expect("a worker").id.to_string();
    let routes = routes();
    // Another district, and the same without a grant for the office.
    let strangers = ["210102-MZ", "210103006"].map(Scope::office);
    let everywhere = Scope::below("210103");
    let mut scopes: Vec<Scope> = ["210103005", "210103-MZ", "210102019006", "210103-CL"].map(Scope::office).into();
    scopes.extend(strangers.iter().cloned());
    scopes.extend([Scope::below("210103-MZ"), everywhere.clone()]);
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for scope in &scopes {
        // Administrators stand to nothing in any way; what an area gives is the matter of two roles.
        let tried_there = |role: &Role| match *scope == everywhere {
            true => !matches!(role, Role::Reviewer | Role::Head),
            false => !role.is_administrator(),
        };
        for role in Role::ALL.into_iter().filter(tried_there) {
            strip(&fixture, &security, &who).await;
            give_as_it_takes(service, &security, &who, NewGrant::new(role, scope.clone())).await;
            let grants = [Grant::new(role, scope.clone())];
            for (at, case) in cases.iter().enumerate() {
                let knows = [case.decides].into_iter().chain(case.received).any(|office| scope.covers(office));
                let asked = case.asked.iter().any(|office| scope.covers(office));
                // One case is enough for strangers.
                if !knows && !asked && (at > 0 || !strangers.contains(scope)) {
                    continue;
                }
                for route in &routes {
                    let ids = (case.number.as_str(), case.file.as_str(), case.notice.as_str());
                    let answer = ask(&fixture, &token, route, ids).await;
                    let wanted = wanted(case, &grants, &route.3);
                    tried += 1;
                    if Outcome::of(answer.status) != wanted {
                        wrong.push(format!(
                            "{role:?} {scope:?} on {} of {}: {}, not {wanted:?}",
                            route.1, case.number, answer.status
                        ));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
    // Nothing of all this changed a case.
    for case in &cases {
        let seen = desk(service, &worker(service, "shenyang-mz-1").await, &case.number).await;
        assert_eq!(seen.file.state, case.state, "{}", case.number);
    }
}

/// Workers of another district, of the same without a grant for it, administrators, an organisation for another item.
#[tokio::test]
async fn what_a_worker_may_not_see_looks_like_what_is_not_there() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let (_, number) = submitted(service).await;
    let reader = worker(service, "binhe-1").await;
    step(service, &reader, &number, "receive", &[]).await.expect("received");
    let seen = desk(service, &reader, &number).await;
    let (file, notice) = (seen.file.files["file_id_card"][0].id.clone(), seen.file.notices[0].id.clone());
    for id in [&file, &notice] {
        let id = uuid::Uuid::parse_str(id).expect("no number of a row");
        assert!(matches!(id.get_version_num(), 4 | 7), "{id}");
    }
    for login in
        ["heping-mz-1", "sanhaojie-1", "shenhe-rs-1", "duofu-1", "nuanyang-1", "xitong-1", "anquan-1", "shenji-1"]
    {
        let token = desk_token(&fixture, login).await;
        for route in &routes() {
            let none = nothing();
            let there = ask(&fixture, &token, route, (&number, &file, &notice)).await;
            let not_there = ask(&fixture, &token, route, (&none.0, &none.1, &none.2)).await;
            assert_eq!(there.status, StatusCode::NOT_FOUND, "{login} {} {}", route.0, route.1);
            assert_eq!(there.status, not_there.status);
            let plain = |answer: &Answer, ids: [&str; 3]| {
                let reference = answer.header("x-request-id").to_owned();
                let body = ids.iter().fold(without_nonce(answer), |body, id| body.replace(id, ""));
                if reference.is_empty() { body } else { body.replace(&reference, "") }
            };
            assert_eq!(
                plain(&there, [&number, &file, &notice]),
                plain(&not_there, [&none.0, &none.1, &none.2]),
                "{login} {}",
                route.1
            );
        }
        // Nothing of it stands in lists and counts.
        for page in ["/desk?state=all", "/desk/custody", "/desk/appointments", "/desk/ratings"] {
            let body = send(&fixture.app, with(get(page), "cookie", &format!("tb_desk={token}"))).await.body;
            assert!(!body.contains(&number) && !body.contains("张*三"), "{login} {page}");
        }
        let found = format!("query[state]=all&query[number]={number}");
        let answer =
            send(&fixture.app, with(post("/api/desk/queue", found), "cookie", &format!("tb_desk={token}"))).await;
        assert!(answer.body.contains("\"cases\":[]"), "{login}: {}", answer.body);
        assert!(answer.body.contains("\"late\":0") && answer.body.contains("\"unanswered\":0"), "{login}");
    }
}

/// Only who takes applications in has the pages for it; for which items is the grant's matter.
#[tokio::test]
async fn pages_of_the_window_are_the_windows() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let security = worker(service, "anquan-1").await;
    let token = desk_token(&fixture, "heping-mz-1").await;
    let who = worker(service, "heping-mz-1").await.worker.expect("a worker").id.to_string();
    let own = |request| with(request, "cookie", &format!("tb_desk={token}"));
    let some = Items::Listed(["MZ07".to_owned()].into());
    for role in Role::ALL {
        for (at, items) in [("210102-MZ", Items::All), ("210102-MZ", some.clone()), ("210103-MZ", Items::All)] {
            strip(&fixture, &security, &who).await;
            let items = if role.is_administrator() { Items::All } else { items };
            let new = NewGrant { items: items.clone(), ..NewGrant::new(role, Scope::office(at)) };
            give_as_it_takes(service, &security, &who, new).await;
            let grants = [Grant { items, ..Grant::new(role, Scope::office(at)) }];
            for path in ["/desk/start", "/desk/custody", "/desk/appointments", "/desk/events/newborn"] {
                let wanted = if may_start(&grants, "210102-MZ", None) { StatusCode::OK } else { StatusCode::FORBIDDEN };
                let answer = send(&fixture.app, own(get(path))).await;
                assert_eq!(answer.status, wanted, "{role:?} at {at}: {path}");
            }
            for item in ["MZ07", "MZ09"] {
                let begun = send(&fixture.app, own(post("/desk/start", format!("item={item}")))).await;
                let may = may_start(&grants, "210102-MZ", Some(item));
                let wanted = if may { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
                assert_eq!(begun.status, wanted, "{role:?} at {at}: {item}");
            }
        }
    }
}

/// Fields that no form has are not taken: neither who decides, nor the state, nor a role.
#[tokio::test]
async fn what_no_form_asks_changes_nothing() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let (resident, number) = submitted(service).await;
    let token = desk_token(&fixture, "binhe-1").await;
    let own = |request| with(request, "cookie", &format!("tb_desk={token}"));
    let extra = "&office=210102-MZ&area=210102&district_id=210102&state=decided&status=decided&role=head\
                 &roles=security_admin&assignee=x&receive.office=210102-MZ&receive.state=decided&outcome=approved";
    let path = format!("/desk/cases/{number}");
    let version = desk(service, &worker(service, "binhe-1").await, &number).await.version;
    let done = send(&fixture.app, own(post(&format!("{path}/receive"), format!("version={version}{extra}")))).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    for (path, body) in [("notes", "note=x"), ("explain", "explanation=x"), ("show", "page=account")] {
        send(&fixture.app, own(post(&format!("/desk/cases/{number}/{path}"), format!("{body}{extra}")))).await;
    }
    let case = desk(service, &worker(service, "binhe-1").await, &number).await;
    assert_eq!((case.file.state.key(), case.file.office.as_str()), ("received", "滨河街道办事处"));
    assert_eq!(case.version, version + 1);
    assert_eq!(track(service, &resident, &number).await.office, "滨河街道办事处");
    let who = worker(service, "binhe-1").await.worker.expect("a worker");
    assert_eq!((who.roles(), who.office.as_str()), (vec![Role::Window], "210103005"));

    // A page of a form takes its own questions alone; and with a worker's names in it, a draft stays the resident's.
    let (_, draft) = begin(service, "MZ07").await;
    let before = service::forms::page(service, &resident, &draft, "applicant").await;
    assert!(before.is_err(), "another's draft");
    let begun = send(&fixture.app, post("/items/MZ07/apply", format!("worker_id=x{extra}"))).await;
    let cookie = format!("tb_session={}", begun.cookie("tb_session").expect("a session"));
    let page = begun.header("location").to_owned();
    let body = format!("_do=next&applicant.name=王五{extra}&worker_id=x&account_number=1&case_id=x");
    send(&fixture.app, with(post(&page, body), "cookie", &cookie)).await;
    let shown = send(&fixture.app, with(get(&page), "cookie", &cookie)).await.body;
    assert!(shown.contains("王五") && !shown.contains("您正在帮居民填写"));
    // A server function takes what it names and no more.
    let query = format!("query[state]=all&query[office]=210102-MZ&query[role]=head&worker[role]=head&number={number}");
    let answer = send(&fixture.app, own(post("/api/desk/queue", query))).await;
    assert!(answer.status != StatusCode::OK || answer.body.contains(&number), "refused, or not looked at");
}

/// Not before "show" in the page, in what it hydrates from, or in the answer of the server function.
#[tokio::test]
async fn masked_answers_are_nowhere_in_what_is_sent() {
    let fixture = fixture().await;
    let service = &fixture.state.service;
    let (_, number) = submitted(service).await;
    let token = desk_token(&fixture, "binhe-1").await;
    let own = |request| with(request, "cookie", &format!("tb_desk={token}"));
    let path = format!("/desk/cases/{number}");
    let sent = async || {
        let page = send(&fixture.app, own(get(&path))).await;
        let answer = send(&fixture.app, own(post("/api/desk/case", format!("number={number}")))).await;
        assert_eq!((page.status, answer.status), (StatusCode::OK, StatusCode::OK));
        [page.body, answer.body]
    };
    for body in sent().await {
        assert!(body.contains("138****8000") && !body.contains("13800138000"));
        assert!(body.contains("************1111") && !body.contains("4111111111111111"));
    }
    let asked = "page=account&show-account-reason=enter";
    let shown = send(&fixture.app, own(post(&format!("{path}/show"), asked))).await;
    assert_eq!((shown.status, shown.header("location")), (StatusCode::SEE_OTHER, &*format!("{path}#page-account")));
    for body in sent().await {
        assert!(body.contains("4111111111111111") && !body.contains("13800138000"));
    }
    let colleague = desk_token(&fixture, "binhe-3").await;
    let page = send(&fixture.app, with(get(&path), "cookie", &format!("tb_desk={colleague}"))).await;
    assert!(!page.body.contains("4111111111111111"));
}
