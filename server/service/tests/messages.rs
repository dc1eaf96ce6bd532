//! Residents and offices write to each other; notes stay in their office.

use crate::acting::*;
use crate::common::{engines, service};
use chrono::TimeDelta;
use domain::cases::QueueQuery;
use service::{Error, messages};

#[tokio::test]
async fn a_question_reaches_the_office_and_its_answer_the_resident() {
    for engine in engines() {
        let (service, clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let (_, other) = submitted(&service).await;
        assert!(matches!(messages::write(&service, &who, &other, "看得到吗", Vec::new()).await, Err(Error::NotFound)));
        assert!(matches!(
            messages::write(&service, &who, &number, " \u{200B}", Vec::new()).await,
            Err(Error::Refused(_))
        ));
        assert!(matches!(
            messages::write(&service, &who, &number, &"字".repeat(501), Vec::new()).await,
            Err(Error::Refused(_))
        ));
        messages::write(&service, &who, &number, "要多久？", Vec::new()).await.expect("written");
        messages::write(&service, &who, &number, "要多久？", Vec::new()).await.expect("a second tap");
        let window = worker(&service, "binhe-3").await;
        let seen = desk(&service, &window, &number).await.conversation;
        assert_eq!(seen.messages.len(), 1);
        assert!(!seen.messages[0].late && seen.may_write);
        assert_eq!(
            service::desk::queue(&service, &window, QueueQuery::default()).await.expect("a queue").unanswered,
            0
        );
        // Nobody answers for three working days: it is marked, and the supervisor finds it.
        clock.advance(TimeDelta::days(3));
        let above = worker(&service, "shenhe-mz-2").await;
        assert!(desk(&service, &above, &number).await.conversation.messages[0].late);
        assert!(matches!(messages::reply(&service, &above, &number, "三天", Vec::new()).await, Err(Error::Forbidden)));
        assert_eq!(service::desk::queue(&service, &above, QueueQuery::default()).await.expect("a queue").unanswered, 1);
        let asked = QueueQuery { due: "asked".to_owned(), ..QueueQuery::default() };
        let window = worker(&service, "binhe-3").await;
        let waiting =
            |queue: domain::cases::QueueView| queue.cases.into_iter().map(|case| case.number).collect::<Vec<_>>();
        let queue = service::desk::queue(&service, &window, asked.clone()).await.expect("a queue");
        assert_eq!(waiting(queue), std::slice::from_ref(&number));
        messages::reply(&service, &window, &number, "三天。", Vec::new()).await.expect("answered");
        let queue = service::desk::queue(&service, &window, asked).await.expect("a queue");
        assert!(waiting(queue).is_empty());
        let seen = track(&service, &who, &number).await.conversation;
        assert_eq!(seen.messages.iter().map(|message| message.from_resident).collect::<Vec<_>>(), [true, false]);
        assert!(!seen.messages[1].who.contains("王"), "offices write to residents, not names");
    }
}

#[tokio::test]
async fn a_resident_waits_for_an_answer_before_writing_on_and_on() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        for count in 0..5 {
            messages::write(&service, &who, &number, &format!("第{count}条"), Vec::new()).await.expect("written");
        }
        assert!(matches!(messages::write(&service, &who, &number, "还有", Vec::new()).await, Err(Error::Refused(_))));
    }
}

#[tokio::test]
async fn notes_are_for_the_own_office_alone() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let (one, colleague) = (worker(&service, "binhe-1").await, worker(&service, "binhe-2").await);
        messages::note(&service, &one, &number, "打过电话，没人接").await.expect("noted");
        let seen = desk(&service, &colleague, &number).await.notes;
        assert_eq!(seen.messages[0].text, "打过电话，没人接");
        let above = worker(&service, "shenhe-mz-2").await;
        assert!(desk(&service, &above, &number).await.notes.messages.is_empty());
        assert!(matches!(messages::note(&service, &above, &number, "x").await, Err(Error::Forbidden)));
        assert!(track(&service, &who, &number).await.conversation.messages.is_empty());
    }
}

#[tokio::test]
async fn papers_can_come_with_a_message_and_are_for_who_may_see_the_case() {
    for engine in engines() {
        let (service, _clock, _place) = service(engine).await;
        let (who, number) = submitted(&service).await;
        let paper = || vec![("诊断\"书.png".into(), png())];
        let refused = |result: Result<_, Error>| matches!(result, Err(Error::Refused(_)));
        let many = (0..4).map(|index| (format!("{index}.png").into(), png())).collect();
        assert!(refused(messages::write(&service, &who, &number, "四张", many).await));
        let bad = vec![("好.png".into(), png()), ("坏.png".into(), b"MZ".to_vec())];
        assert!(refused(messages::write(&service, &who, &number, "一张坏的", bad).await));
        assert!(track(&service, &who, &number).await.conversation.messages.is_empty(), "all or none");
        // Files alone are enough; the second tap adds nothing, another paper does.
        messages::write(&service, &who, &number, "", paper()).await.expect("sent");
        messages::write(&service, &who, &number, "", paper()).await.expect("a second tap");
        let another = vec![("a.pdf".into(), b"%PDF-1.7 1 0 obj endobj %%EOF\n".to_vec())];
        messages::write(&service, &who, &number, "", another).await.expect("sent");
        let seen = track(&service, &who, &number).await.conversation;
        assert_eq!(seen.messages.len(), 2);
        let file = &seen.messages[0].files[0];
        assert_eq!((file.name.as_str(), file.media_type.as_str()), ("诊断_书.jpg", "image/jpeg"));
        let window = worker(&service, "binhe-3").await;
        messages::reply(&service, &window, &number, "填这张表", paper()).await.expect("answered");
        let answer = track(&service, &who, &number).await.conversation.messages.remove(2);
        for (visitor, file) in [(&who, &answer.files[0]), (&window, file)] {
            let given = service::forms::file(&service, visitor, &file.id).await.expect("the paper");
            assert!(!given.bytes.is_empty());
        }
        let (other, _) = submitted(&service).await;
        assert!(matches!(service::forms::file(&service, &other, &file.id).await, Err(Error::NotFound)));
        let elsewhere = worker(&service, "faku-mz-1").await;
        assert!(matches!(service::forms::file(&service, &elsewhere, &file.id).await, Err(Error::NotFound)));
    }
}
