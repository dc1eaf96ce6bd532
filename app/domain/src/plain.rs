//! How plain a Chinese text is (大白话): sentences that are not long, and no words of the office.

/// Words of the office, which people do not say.
const HARD: &[&str] = &[
    "予以",
    "届时",
    "兹",
    "系指",
    "事宜",
    "之日",
    "上述",
    "下列",
    "该项",
    "此项",
    "须经",
    "均须",
    "且须",
    "特此",
    "鉴于",
    "依照",
    "按照有关规定",
    "有关部门",
    "相关规定",
    "符合条件者",
    "逾期",
    "方可",
    "否则后果自负",
    "申办",
    "核发",
    "核定",
    "递交",
    "出具",
    "提请",
    "呈报",
    "报送",
    "备查",
    "酌情",
    "即行",
    "凡",
    "者除外",
    "及其",
    "其本人",
    "行政相对人",
    "法定监护人",
    "之规定",
    "相应",
    "履行",
    "开展",
    "落实",
    "实施",
    "缴纳",
    "查验",
    "原件及复印件",
    "附件",
];

/// 0 (hard) to 100 (plain): 2 off for each character by which the mean sentence is longer than 22, and 12 off for each
/// hard word in a hundred characters.
pub fn score(text: &str) -> u32 {
    let lengths: Vec<usize> = text
        .split(['。', '！', '？', '；', '\n'])
        .map(|sentence| sentence.chars().filter(|c| c.is_alphanumeric()).count())
        .filter(|length| *length > 0)
        .collect();
    let total: usize = lengths.iter().sum();
    if total == 0 {
        return 100;
    }
    let long = (total / lengths.len()).saturating_sub(22) * 2;
    let hard = hard_words(text).len() * 12 * 100 / total;
    u32::try_from(100_usize.saturating_sub(long + hard)).unwrap_or(0)
}

/// The hard words in a text, each as often as it stands there.
pub fn hard_words(text: &str) -> Vec<&'static str> {
    HARD.iter().flat_map(|word| text.matches(word).map(|_| *word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_language_scores_below_everyday_words() {
        let office = "凡符合上述条件者，须经户籍所在地街道办事处核定后，方可按照有关规定递交申请材料原件及复印件，逾期不予受理，特此告知，\
                      其他未尽事宜由主管部门依照相关规定予以解释并报送备查。";
        let plain = "户口在沈阳、年满80岁的老人，每个月可以领一笔津贴。带上身份证，去社区窗口就能办。";
        assert!(score(office) < 40, "{}", score(office));
        assert!(score(plain) > 90, "{}", score(plain));
        assert_eq!(score(""), 100);
    }
}
