//! What is asked when a mandate is given, and when a guardian says for whom.

use crate::catalogue::CATEGORIES;
use crate::forms::{Choice, Condition, Definition, Field, FieldTest, Kind};

/// The choice of a single item begins so: `item:MZ07`.
pub const ONE_ITEM: &str = "item:";

/// What the helper is to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    Spouse,
    Child,
    Parent,
    Relative,
    Friend,
    Organisation,
    Guardian,
}

impl Relation {
    pub const ALL: [Self; 7] =
        [Self::Spouse, Self::Child, Self::Parent, Self::Relative, Self::Friend, Self::Organisation, Self::Guardian];

    pub fn key(self) -> &'static str {
        match self {
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Parent => "parent",
            Self::Relative => "relative",
            Self::Friend => "friend",
            Self::Organisation => "organisation",
            Self::Guardian => "guardian",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.key() == key)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Spouse => "丈夫或妻子",
            Self::Child => "子女",
            Self::Parent => "父母",
            Self::Relative => "其他亲属",
            Self::Friend => "朋友或邻居",
            Self::Organisation => "社区或承接服务的组织",
            Self::Guardian => "监护人",
        }
    }
}

/// `item`: code and name of the item from whose page it is given.
pub fn mandate_form(item: Option<(&str, &str)>) -> Definition {
    let relations: Vec<Choice> = Relation::ALL
        .into_iter()
        .filter(|one| !matches!(one, Relation::Guardian | Relation::Organisation))
        .map(|one| Choice::new(one.key(), one.name()))
        .collect();
    let one = item.map(|(code, name)| Choice::new(&format!("{ONE_ITEM}{code}"), &format!("只办“{name}”这一件")));
    let scopes = one.into_iter().chain([Choice::new("some", "只办我选的几类"), Choice::new("all", "所有的事")]);
    let categories = CATEGORIES.iter().map(|facet| Choice::new(facet.key, facet.name)).collect();
    let chosen = FieldTest { field: "scope".to_owned(), is: Some("some".to_owned()), ..FieldTest::default() };
    let which = Field::new("categories", "选哪几类？", "可以选几类。", Kind::SeveralOf { options: categories });
    Definition::of_fields(
        "mandate",
        vec![
            Field::new("name", "让谁帮您办？写他（她）的姓名", "", Kind::ShortText { max: 50 }),
            Field::new("phone", "他（她）的手机号码", "他（她）要用这个号码登录，才能替您办。", Kind::Phone),
            Field::new("relation", "他（她）是您的什么人？", "", Kind::OneOf { options: relations }),
            Field::new("scope", "让他（她）办什么？", "", Kind::OneOf { options: scopes.collect() }),
            Field { when: Some(Condition::Field(chosen)), ..which },
            Field::new("until", "到哪天为止？", "最长两年。随时可以撤回。", Kind::Date { past: false, future: true }),
            Field::new("agree", "我同意", "", Kind::Declaration {
                text: "我让上面这个人用我的名义填表、交材料、查进度。他（她）看得到这些事里我的信息。通知仍然发到我的手机上，我随时可以撤回，撤回马上生效。".to_owned(),
            }),
        ],
    )
}

/// Who has custody of a minor says so once.
pub fn guardian_form() -> Definition {
    let who = [("parent", "父亲或母亲"), ("guardian", "其他监护人")].map(|(key, name)| Choice::new(key, name));
    Definition::of_fields(
        "guardian",
        vec![
            Field::new("name", "孩子的姓名", "", Kind::ShortText { max: 50 }),
            Field::new("id_number", "孩子的身份证号码", "没满18岁才能这样办。", Kind::IdentityNumber),
            Field::new("relation", "您是孩子的什么人？", "", Kind::OneOf { options: who.to_vec() }),
            Field::new("agree", "我保证", "", Kind::Declaration {
                text: "我是这个孩子的监护人，依法可以替孩子办事。如果不是，我愿意承担责任。孩子满18岁以后，我不再用这个身份替他（她）办。".to_owned(),
            }),
        ],
    )
}
