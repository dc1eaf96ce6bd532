//! Random texts for a field of any kind, drawn near the values at which the form's conditions turn.

use chrono::{Datelike, Days, NaiveDate};
use domain::areas::{AreaLevel, at_level, contains};
use domain::forms::{AreaDepth, Choice, Field, FieldTest, Kind, path};
use domain::identity::{BankCard, IdNumber, Sex};

/// Numbers that look random and are the same for the same seed (splitmix64).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x7469_616E_6A69_6E67);
        dice.next();
        dice
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to but without `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// Both ends included.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        let span = u64::try_from(to.saturating_sub(from).max(0)).unwrap_or(0).saturating_add(1);
        from.saturating_add(i64::try_from(self.next() % span).unwrap_or(0))
    }

    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.below(list.len())) }
    }
}

/// What is known where a field is drawn.
pub struct Around<'a> {
    pub today: NaiveDate,
    /// Codes of all communities.
    pub communities: &'a [String],
    /// The tests that any condition of the form makes of this field.
    pub tests: Vec<&'a FieldTest>,
    /// Numbers that formulas are compared with, money in fen.
    pub numbers: &'a [i64],
    /// Dates that were answered already.
    pub dates: Vec<NaiveDate>,
}

/// The texts of a field by their paths. Nothing for what is not typed.
pub fn texts(field: &Field, here: &str, around: &Around<'_>, dice: &mut Dice) -> Vec<(String, Vec<String>)> {
    let one = |text: String| vec![(here.to_owned(), vec![text])];
    match &field.kind {
        Kind::ShortText { max } | Kind::LongText { max } => one(words(*max, dice)),
        Kind::WholeNumber { min, max, .. } => one(number(*min, *max, around, dice).to_string()),
        Kind::Decimal { max, .. } | Kind::Money { max_yuan: max } => one(amount(*max, around, dice)),
        Kind::Date { past, future } => one(date(*past, *future, around, dice).to_string()),
        Kind::YesNo => one(if dice.once_in(2) { "yes" } else { "no" }.to_owned()),
        Kind::OneOf { options } => one(choice(options, around, dice)),
        Kind::SeveralOf { options } => vec![(here.to_owned(), several(options, dice))],
        Kind::IdentityNumber => one(id_number(around, dice)),
        Kind::Phone => one(phone(dice)),
        Kind::Area { depth } => vec![(here.to_owned(), area(*depth, around, dice))],
        Kind::Address => vec![
            (path(here, "area"), area(AreaDepth::Community, around, dice)),
            (path(here, "detail"), vec![format!("和平路{}号{}室", dice.between(1, 300), dice.between(101, 2_604))]),
        ],
        Kind::BankAccount => one(bank_card(dice)),
        Kind::Person { phone_optional } => {
            let mut parts =
                vec![(path(here, "name"), vec![name(dice)]), (path(here, "id_number"), vec![id_number(around, dice)])];
            if !(*phone_optional && dice.once_in(2)) {
                parts.push((path(here, "phone"), vec![phone(dice)]));
            }
            parts
        }
        Kind::Group { min, max, .. } => {
            let most = i64::try_from((*max).min(*min + 3)).unwrap_or(1);
            one(dice.between(i64::try_from(*min).unwrap_or(0), most).to_string())
        }
        Kind::Declaration { .. } => one("yes".to_owned()),
        Kind::Material { .. } | Kind::Computed { .. } => Vec::new(),
    }
}

fn words(max: usize, dice: &mut Dice) -> String {
    const WORDS: [&str; 6] = ["家住三楼", "去年十月搬来", "在铁西区上班", "腿脚不方便", "材料都带着", "电话上午打得通"];
    let count = dice.below(3) + 1;
    let text: String = (0..count).map(|_| *dice.pick(&WORDS).unwrap_or(&"好")).collect();
    text.chars().take(max).collect()
}

fn name(dice: &mut Dice) -> String {
    const FAMILY: [&str; 8] = ["王", "李", "张", "刘", "陈", "欧阳", "佟", "那"];
    const GIVEN: [&str; 8] = ["秀英", "伟", "桂兰", "建国", "小雨", "子轩", "淑珍", "志强"];
    format!("{}{}", FAMILY[dice.below(FAMILY.len())], GIVEN[dice.below(GIVEN.len())])
}

fn phone(dice: &mut Dice) -> String {
    format!("1{}{:09}", dice.between(3, 9), dice.between(0, 999_999_999))
}

fn choice(options: &[Choice], around: &Around<'_>, dice: &mut Dice) -> String {
    let wanted = around.tests.iter().flat_map(|test| test.is.iter().chain(test.one_of.iter().flatten()));
    let wanted: Vec<&String> = wanted.filter(|text| options.iter().any(|option| option.value == **text)).collect();
    if dice.once_in(3)
        && let Some(text) = dice.pick(&wanted)
    {
        return (*text).clone();
    }
    dice.pick(options).map(|option| option.value.clone()).unwrap_or_default()
}

fn several(options: &[Choice], dice: &mut Dice) -> Vec<String> {
    let always = dice.below(options.len());
    let alone = dice.once_in(2);
    let chosen = options.iter().enumerate().filter(|(at, _)| *at == always || !alone && dice.once_in(3));
    chosen.map(|(_, option)| option.value.clone()).collect()
}

fn number(min: i64, max: i64, around: &Around<'_>, dice: &mut Dice) -> i64 {
    let near = match dice.below(4) {
        0 => around.numbers.get(dice.below(around.numbers.len())).map(|turn| turn + dice.between(-1, 2)),
        1 => Some(dice.between(min, max)),
        _ => None,
    };
    near.unwrap_or_else(|| min + dice.between(0, 12)).clamp(min, max)
}

/// With two decimal places: yuan, or square metres.
fn amount(max: i64, around: &Around<'_>, dice: &mut Dice) -> String {
    let turn = around.numbers.get(dice.below(around.numbers.len())).copied();
    let hundredths = match (dice.below(4), turn) {
        (0, Some(turn)) => turn + dice.between(-1, 2),
        (1, _) => dice.between(0, 500_000),
        (2, _) => dice.between(0, 3_000) * 100,
        _ => dice.between(0, 20_000),
    };
    hundredths_text(hundredths.clamp(0, max.saturating_mul(100)))
}

pub fn hundredths_text(hundredths: i64) -> String {
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:02}") }
}

fn date(past: bool, future: bool, around: &Around<'_>, dice: &mut Dice) -> NaiveDate {
    let today = around.today;
    let back = |days: i64| today - Days::new(u64::try_from(days).unwrap_or(0));
    let limits: Vec<i64> = around.tests.iter().filter_map(|test| test.within_days).collect();
    let near = match dice.below(4) {
        0 | 1 => dice.pick(&limits).copied().map(|days| back(dice.between(0, days.max(0)))),
        2 => around.dates.get(dice.below(around.dates.len())).map(|day| shifted(*day, dice.between(-30, 400))),
        _ => None,
    };
    let day = near.unwrap_or_else(|| match (past, future) {
        (_, true) => shifted(today, dice.between(0, 300)),
        (true, _) if dice.once_in(3) => back(dice.between(0, 9_000)),
        (true, _) => back(dice.between(0, 400)),
        _ => shifted(today, dice.between(-400, 400)),
    });
    let day = if past { day.min(today) } else { day };
    if future { day.max(today) } else { day }
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    day + chrono::Duration::days(days)
}

fn area(depth: AreaDepth, around: &Around<'_>, dice: &mut Dice) -> Vec<String> {
    let within: Vec<&String> = around.tests.iter().filter_map(|test| test.within.as_ref()).collect();
    let inside: Vec<&String> = match dice.pick(&within) {
        Some(outer) if dice.once_in(2) => around.communities.iter().filter(|code| contains(outer, code)).collect(),
        _ => Vec::new(),
    };
    let code = match dice.pick(&inside) {
        Some(code) => (*code).clone(),
        None => dice.pick(around.communities).cloned().unwrap_or_default(),
    };
    let asked = match depth {
        AreaDepth::District => 1,
        AreaDepth::Street => 2,
        AreaDepth::Community => 3,
    };
    let levels = [AreaLevel::District, AreaLevel::Street, AreaLevel::Community];
    levels.iter().take(asked).filter_map(|level| at_level(&code, *level)).map(str::to_owned).collect()
}

/// The last digit is what makes the number right.
fn bank_card(dice: &mut Dice) -> String {
    let length = usize::try_from(dice.between(15, 18)).unwrap_or(15);
    let body: String = (0..length).map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0))).collect();
    let right = |digit: &u8| BankCard::parse(&format!("62{}{digit}", &body[2..])).is_some();
    format!("62{}{}", &body[2..], (0..10_u8).find(right).unwrap_or(0))
}

/// Of a place in Shenyang, of any age and sex, often just above or below an age that the form asks about.
fn id_number(around: &Around<'_>, dice: &mut Dice) -> String {
    let born = birth(around, dice);
    let wanted: Vec<Sex> = around.tests.iter().filter_map(|test| test.sex).collect();
    let female = match dice.pick(&wanted) {
        Some(sex) if dice.once_in(2) => *sex == Sex::Female,
        _ => dice.once_in(2),
    };
    let order = dice.between(0, 499) * 2 + i64::from(!female);
    let place = dice.pick(around.communities).map_or("210103", |code| &code[..6]);
    let body = format!("{place}{}{order:03}", born.format("%Y%m%d"));
    let right = |last: &char| IdNumber::parse(&format!("{body}{last}"), around.today).is_ok();
    let last = "0123456789X".chars().find(right).unwrap_or('0');
    format!("{body}{last}")
}

fn birth(around: &Around<'_>, dice: &mut Dice) -> NaiveDate {
    let days: Vec<i64> = around.tests.iter().filter_map(|test| test.age_days_below).collect();
    if dice.once_in(4)
        && let Some(days) = dice.pick(&days).copied()
    {
        return shifted(around.today, -dice.between(0, days + 20));
    }
    let turns: Vec<i64> =
        around.tests.iter().flat_map(|test| test.age_at_least.into_iter().chain(test.age_below)).collect();
    let age = match (dice.below(5), dice.pick(&turns).copied()) {
        (0, Some(turn)) => turn + dice.between(-2, 2),
        (1, Some(turn)) => turn + dice.between(0, 20),
        (2, Some(turn)) => turn - dice.between(1, 12),
        (0, None) => dice.between(0, 95),
        _ => dice.between(18, 75),
    };
    let year = around.today.year() - i32::try_from(age.clamp(0, 110)).unwrap_or(40);
    let birthday = NaiveDate::from_ymd_opt(year, around.today.month(), around.today.day().min(28)).unwrap_or_default();
    shifted(birthday, -dice.between(0, 364))
}
