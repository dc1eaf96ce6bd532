//! What may be shown of personal data where the duty does not need the whole.

/// `张三` → `张*`, `张小三` → `张*三`, `欧阳小文` → `欧**文`. A name with `·` keeps its first part only.
pub fn mask_name(name: &str) -> String {
    let first_part = name.split('·').next().unwrap_or_default();
    if first_part.len() < name.len() {
        return format!("{first_part}·*");
    }
    let letters: Vec<char> = name.chars().collect();
    match letters.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first, _] => format!("{first}*"),
        [first, middle @ .., last] => format!("{first}{}{last}", "*".repeat(middle.len())),
    }
}

/// `210103195001019018` → `210103********9018`.
pub fn mask_id_number(number: &str) -> String {
    mask_middle(number, 6, 4)
}

/// `13812345678` → `138****5678`.
pub fn mask_phone(number: &str) -> String {
    mask_middle(number, 3, 4)
}

/// The last four digits of a card alone.
pub fn mask_card(number: &str) -> String {
    mask_middle(number, 0, 4)
}

fn mask_middle(text: &str, first: usize, last: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= first + last {
        return "*".repeat(letters.len());
    }
    let stars = letters.len() - first - last;
    letters[..first]
        .iter()
        .copied()
        .chain(std::iter::repeat_n('*', stars))
        .chain(letters[letters.len() - last..].iter().copied())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_masked() {
        assert_eq!(mask_name("张三"), "张*");
        assert_eq!(mask_name("张小三"), "张*三");
        assert_eq!(mask_name("买买提·吐尔逊"), "买买提·*");
        assert_eq!(mask_id_number("210103195001019018"), "210103********9018");
        assert_eq!(mask_phone("13812345678"), "138****5678");
        assert_eq!(mask_card("6222021234567890"), "************7890");
        assert_eq!(mask_phone("123"), "***");
    }
}
