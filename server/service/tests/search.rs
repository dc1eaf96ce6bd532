//! Items are found in everyday words, by pinyin, by initials, and with a wrong character.

use crate::common::{Engine, service};

#[tokio::test]
async fn everyday_words_find_the_item() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    for (query, code) in [
        ("低保", "MZ01"),
        ("高龄津贴", "MZ07"),
        ("高领津贴", "MZ07"),
        ("高令津贴", "MZ07"),
        ("老人补贴", "MZ07"),
        ("八十岁", "MZ07"),
        ("怎么领高龄补贴", "MZ07"),
        ("gaoling", "MZ07"),
        ("gaolingjintie", "MZ07"),
        ("gljt", "MZ07"),
        ("dibao", "MZ01"),
        ("失业", "RS01"),
        ("残疾证", "CL01"),
        ("残疾人正", "CL01"),
        ("居住证", "GA01"),
        ("公租房", "FC01"),
        ("法律援助", "SF01"),
        ("法律圆助", "SF01"),
        ("异地看病", "YB03"),
        ("准生证", "WJ01"),
        ("电梯", "FC04"),
        ("mz07", "MZ07"),
    ] {
        let found = service.catalogue.list(query, "", "", "").items;
        let at = found.iter().position(|item| item.code == code);
        assert!(at.is_some_and(|at| at < 3), "{query}: {:?}", found.iter().map(|item| &item.code).collect::<Vec<_>>());
    }
    for nonsense in ["", "   ", "！！", "qqqqqq", "𠮷", &"低保".repeat(500)] {
        let _ = service.catalogue.list(nonsense, "", "", "");
    }
    assert!(service.catalogue.list("qqqqqq", "", "", "").items.is_empty());
}

#[tokio::test]
async fn every_item_is_found_by_its_own_names_and_by_every_facet_it_names() {
    let (service, _clock, _place) = service(Engine::Sqlite).await;
    for brief in service.catalogue.list("", "", "", "").items {
        for name in [&brief.name, &brief.everyday] {
            let found = service.catalogue.list(name, "", "", "").items;
            assert!(found.iter().take(2).any(|item| item.code == brief.code), "{name}");
        }
        let item = &service.catalogue.latest(&brief.code).expect("an item").item;
        let has = |list: domain::catalogue::ItemListing| list.items.iter().any(|i| i.code == brief.code);
        assert!(has(service.catalogue.list("", &item.category, "", "")));
        assert!(item.audience.iter().all(|key| has(service.catalogue.list("", "", key, ""))));
        assert!(item.life_events.iter().all(|key| has(service.catalogue.list("", "", "", key))));
    }
}
