/// Upper case by the rules of the language (Unicode SpecialCasing): the Turkic dotted i, and the Armenian ligature և,
/// which becomes two capitals. Georgian is unchanged: its capitals (Mtavruli, Unicode 11) are in few fonts, and names
/// on maps are written without them.
pub(crate) fn capitals(text: &str, language: &str) -> String {
    match language {
        "az" | "tr" => text.replace('i', "İ").chars().flat_map(upper).collect(),
        "hy" => text.replace('և', "եվ").chars().flat_map(upper).collect(),
        _ => text.chars().flat_map(upper).collect(),
    }
}

fn upper(letter: char) -> Vec<char> {
    if ('ა'..='ჿ').contains(&letter) { vec![letter] } else { letter.to_uppercase().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_follow_the_language() {
        assert_eq!(capitals("Diyarbakır ili", "tr"), "DİYARBAKIR İLİ");
        assert_eq!(capitals("Bakı şəhəri", "az"), "BAKI ŞƏHƏRİ");
        assert_eq!(capitals("Երևան", "hy"), "ԵՐԵՎԱՆ");
        assert_eq!(capitals("Gießbach", "de"), "GIESSBACH");
        assert_eq!(capitals("საქართველო – Georgia", "und"), "საქართველო – GEORGIA");
        for language in ["az", "hy", "ka", "ru", "tr"] {
            assert_eq!(capitals("საქართველო", language), "საქართველო", "{language}");
        }
    }
}
