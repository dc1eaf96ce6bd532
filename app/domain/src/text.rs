//! Cleaning of what people type, before any rule looks at it.

/// Turns full-width letters, digits and punctuation (as Chinese keyboards type them) into their ASCII form.
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}

/// Removes what never belongs to an answer: control characters (PostgreSQL refuses NUL), invisible marks that
/// reorder text, and space at both ends. Line breaks stay, as `\n`.
pub fn clean(text: &str) -> String {
    visible(text).trim().to_owned()
}

/// The same with the space at both ends.
pub fn visible(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !(c.is_control() || is_invisible(*c))).collect()
}

/// Soft hyphens, marks of the direction of writing, joints, ends of lines and paragraphs, marks of the order of bytes.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Digits and letters alone, in upper case: for numbers that people type with spaces or hyphens.
pub fn compact(text: &str) -> String {
    half_width(text).chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

/// A yuan amount of fen as people write it: `1,234.50`, without the cents when they are zero.
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (whole, cents) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(c);
    }
    if cents == 0 { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{cents:02}") }
}

/// Reads a yuan amount as people type it (`1200`, `1,200.5`, `１２００元`) into fen. `None`: not an amount.
pub fn parse_yuan(text: &str) -> Option<i64> {
    let text = half_width(text);
    let text = text.trim().trim_end_matches('元').trim_start_matches('¥').replace([',', ' '], "");
    let (whole, cents) = text.split_once('.').unwrap_or((&text, ""));
    let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 12 || cents.len() > 2 || !all_digits(whole) || !all_digits(cents) {
        return None;
    }
    let cents: i64 = format!("{cents:0<2}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + cents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_amount_survives_writing_and_reading(fen in 0_i64..100_000_000_000) {
            prop_assert_eq!(parse_yuan(&yuan(fen)), Some(fen));
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC*") {
            prop_assert_eq!(clean(&clean(&text)), clean(&text));
        }

        #[test]
        fn reading_an_amount_never_panics(text in "\\PC*") {
            let _ = parse_yuan(&text);
        }
    }

    #[test]
    fn full_width_amounts_are_read() {
        assert_eq!(parse_yuan("１，２００．５元"), Some(120_050));
        assert_eq!(parse_yuan("12.345"), None);
        assert_eq!(parse_yuan("-1"), None);
        assert_eq!(parse_yuan(""), None);
    }

    #[test]
    fn invisible_marks_are_dropped() {
        assert_eq!(clean(" 张\u{202E}三\u{0}\u{200B} "), "张三");
        assert_eq!(clean("\u{61C}张\u{AD}三\u{2028}"), "张三");
    }
}
