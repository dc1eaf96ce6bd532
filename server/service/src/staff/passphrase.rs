//! What may become a password: long, and not what guessers try first. No rules on kinds of characters, no end date.

use pinyin::ToPinyin;

/// Characters.
const LEAST: usize = 15;
/// Bytes: more is no password, but work for the hash.
const MOST: usize = 1000;
/// A guesser who tries the likeliest first needs more tries than 10 to this.
const GUESSES_LOG10: f64 = 10.0;

/// Words of this service that guessers would try, and what people here like to take.
const WORDS: [&str; 28] = [
    "tongban",
    "通办",
    "shenyang",
    "沈阳",
    "shequ",
    "社区",
    "jiedao",
    "街道",
    "zhengwu",
    "政务",
    "dating",
    "大厅",
    "chuangkou",
    "窗口",
    "banshi",
    "fuwu",
    "minzheng",
    "民政",
    "renmin",
    "zhongguo",
    "woaini",
    "woaizhongguo",
    "5201314",
    "1314520",
    "gongzuo",
    "admin",
    "mima",
    "password",
];

/// What is wrong with a new password, in plain words. `about`: the worker's login, name and office.
///
/// The words of breaches (30,000 passwords, and names and words of several languages), keyboard rows, repetitions and
/// dates are those of zxcvbn; they travel in the program.
pub(super) fn fault(password: &str, about: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < LEAST {
        return Some(format!("密码至少{LEAST}个字符，现在是{length}个。可以用几个互不相干的词连起来，好记又难猜。"));
    }
    if password.len() > MOST {
        return Some("密码太长了，请短一些。".to_owned());
    }
    let spelled: Vec<String> = about.iter().flat_map(|text| spellings(text)).collect();
    let known: Vec<&str> = spelled.iter().map(String::as_str).chain(WORDS).collect();
    let estimate = zxcvbn::zxcvbn(&half_width(password), &known);
    (estimate.guesses_log10() < GUESSES_LOG10).then(|| {
        "这个密码太容易被猜到：它是常见的密码，或者由常见的词、姓名、用户名、连续或重复的字符组成。请换一个。"
            .to_owned()
    })
}

fn half_width(password: &str) -> String {
    domain::text::half_width(password)
}

/// As it stands, in pinyin, and in initials; and its parts where a login has them.
fn spellings(text: &str) -> Vec<String> {
    let syllables: Vec<&str> = text.to_pinyin().flatten().map(pinyin::Pinyin::plain).collect();
    let initials: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
    let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
    let whole = [text.to_owned(), syllables.concat(), initials];
    let one_by_one = syllables.iter().map(|syllable| (*syllable).to_owned());
    whole.into_iter().chain(parts).chain(one_by_one).filter(|word| word.chars().count() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ABOUT: [&str; 3] = ["duofu-1", "林晓梅", "多福社区便民服务窗口"];

    fn refused(password: &str) -> bool {
        fault(password, &ABOUT).is_some()
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for password in [
            "123456",
            "tongban-2026",
            "short-but-odd7",
            "1234567890123456",
            "qwertyuiopasdfgh",
            "passwordpassword",
            "password12345678",
            "aaaaaaaaaaaaaaaaaaaa",
            "tongban20262026",
            "tongbantongban2026",
            "linxiaomei202611",
            "LinXiaoMei@2026!",
            "duofu-1-duofu-1-",
            "woaini1314woaini",
            "5201314520131452",
            "Shenyang20261130",
            "iloveyou12345678",
            "qwerty1234567890",
            "ｐａｓｓｗｏｒｄ１２３４５６７８",
            "1qaz2wsx3edc4rfv",
        ] {
            assert!(refused(password), "{password}");
        }
    }

    #[test]
    fn long_ones_of_any_kind_are_taken() {
        for password in [
            "correct horse battery staple",
            "kuaizi yuyi lantian 47",
            "雨伞 胡同 二十三 铁锅 慢慢走 别着急 真好",
            "vX9#kqp2LmzR7t!",
            &"梅花".repeat(2).chars().chain("k7-Pz_mw2-qQx9".chars()).collect::<String>(),
            &"wanbu-7/"
                .chars()
                .cycle()
                .take(8)
                .chain("Kq3 zebra lamp orbit quilt ".chars().cycle().take(120))
                .collect::<String>(),
        ] {
            assert!(!refused(password), "{password}: {:?}", fault(password, &ABOUT));
        }
    }

    #[test]
    fn the_worker_is_part_of_the_words() {
        let password = "zhouhuizhouhui1985";
        let strength = |about: &[&str]| {
            let known: Vec<String> = about.iter().flat_map(|text| spellings(text)).collect();
            zxcvbn::zxcvbn(password, &known.iter().map(String::as_str).collect::<Vec<_>>()).guesses_log10()
        };
        assert!(strength(&["周慧"]) < strength(&[]));
    }

    proptest! {
        /// Nobody is asked for digits or signs: random letters alone, long enough, are always taken.
        #[test]
        fn there_are_no_rules_on_kinds_of_characters(password in "[a-z]{24,64}") {
            prop_assert!(!refused(&password));
        }

        #[test]
        fn whatever_is_short_is_refused(password in "\\PC{0,14}") {
            prop_assert!(refused(&password));
        }
    }
}
