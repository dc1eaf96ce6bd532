//! Words of the office that residents meet and cannot be spared, each in one plain sentence.

/// A word of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    pub word: &'static str,
    /// What it means, in plain words.
    pub means: &'static str,
}

macro_rules! terms {
    ($($word:literal $means:literal)*) => {
        pub const TERMS: &[Term] = &[$(Term { word: $word, means: $means }),*];
    };
}

// A longer word before a shorter one that stands in it.
terms! {
    "不予受理" "材料或条件不对，这件事不能办，会写明为什么。"
    "视为受理" "过了5个工作日没有答复，就算已经接下来办了。"
    "受理" "窗口看过材料，正式接下来办了，从这天开始算时间。"
    "补正" "材料缺了或写错了，补好、改好再交。办理的时间先停着。"
    "容缺后补" "少一样不要紧的材料，先办着，您写个保证，过几天补上。"
    "告知承诺" "有的证明可以不交，您写个保证，说的是真话就行。"
    "当场办结" "您在窗口等着，当时就办好。"
    "办结" "事情办完了，结果出来了。"
    "送达" "结果交到您手里，或者寄到、发到您那里。"
    "即办件" "当场就能办好的事。"
    "承诺件" "要过几天才办好的事，我们答应了天数。"
    "收受分离" "近处的窗口收材料，另一个单位来办。"
    "特别程序" "要做鉴定、听证这类事，花的日子不算在办理时间里。"
    "工作日" "上班的日子，周末和放假不算。"
    "户籍地" "户口本上写的地方。"
    "居住地" "您现在住的地方。"
    "参保地" "给您交社保、医保的地方。"
    "低保" "家里收入太低，国家每个月给的生活补助，全名是最低生活保障。"
    "特困" "没有收入、没有力气干活、也没有家人能养的人，由国家照顾。"
    "低收入家庭" "收入比低保高一点，还是很困难的家庭。"
    "单独同意" "更私密的信息，比如病情、银行卡，一样一样问您，同意了才用。"
    "委托" "您请别人替您办。"
    "监护人" "照管孩子，或照管管不了自己的大人的人，多是父母、子女。"
    "公示" "把要办的事贴出来几天，邻居有意见可以说。"
    "行政复议" "对结果不服，请上一级的政府部门再看一遍。"
    "行政诉讼" "对结果不服，到法院告办这件事的部门。"
    "社会保障卡" "看病、领养老金用的那张卡，也叫社保卡。"
    "错时服务" "下班以后、周末也开的窗口。"
    "家门口办" "工作人员到您家里来办。"
    "好差评" "办完事给工作人员打分，差评要有人来回话。"
}

/// The words that stand in a text, in the order of [`TERMS`]. A word that stands there only as a part of a longer one does
/// not count.
pub fn terms_in(text: &str) -> Vec<Term> {
    let mut rest = text.to_owned();
    let mut found = Vec::new();
    for term in TERMS {
        if rest.contains(term.word) {
            found.push(*term);
            rest = rest.replace(term.word, "\u{FFFC}");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::plain;

    #[test]
    fn every_word_is_explained_once_in_one_plain_sentence_or_two() {
        let words: BTreeSet<&str> = TERMS.iter().map(|term| term.word).collect();
        assert_eq!(words.len(), TERMS.len());
        for Term { word, means } in TERMS {
            assert!(plain::score(means) >= 90 && plain::hard_words(means).is_empty(), "{word}: {means}");
            assert!(means.ends_with('。') && means.chars().count() <= 40, "{word}: {means}");
        }
    }

    #[test]
    fn a_word_inside_of_another_is_found_by_a_place_of_its_own() {
        let words = |text: &str| terms_in(text).into_iter().map(|term| term.word).collect::<Vec<_>>();
        assert_eq!(words("决定不予受理"), ["不予受理"]);
        assert_eq!(words("不予受理以后又受理了"), ["不予受理", "受理"]);
        assert_eq!(words("没有官话"), Vec::<&str>::new());
        for (at, long) in TERMS.iter().enumerate() {
            for short in &TERMS[..at] {
                assert!(!long.word.contains(short.word), "{} stands before {}", short.word, long.word);
            }
        }
    }
}
