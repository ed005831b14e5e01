//! Abbreviations of titles, behind whose full stop a name follows and no sentence begins.

/// As they are written, case and all.
const TITLES: &[&str] = &[
    "Prof", "Dr", "Mr", "Mrs", "Ms", "St", "Gen", "Sen", "Rep", "Gov", "Lt", "Sgt", "Col", "Capt", "Rev", "Hon", "Sr",
    "Sra", "Srta", "Dra", "Ing", "Mme", "Mlle", "Sig", "Dott", "Avv", "Hr", "Fr", "Msgr", "prof", "dr", "gen", "проф",
];

/// Bytes of the longest of them.
pub(super) const LONGEST: usize = 8;

/// Bytes of the longest of them that is written in ASCII.
const LONGEST_ASCII: usize = 4;

/// Whether a text ends with the abbreviation of a title and its full stop, and a capital follows.
pub(super) fn stands_before(next: char, text: &str) -> bool {
    let Some(text) = text.strip_suffix('.') else { return false };
    // Asked at the end of every sentence: no title is as long as this.
    let long = text.as_bytes().get(text.len().saturating_sub(LONGEST_ASCII + 1)..).unwrap_or_default();
    if long.len() > LONGEST_ASCII && long.iter().all(u8::is_ascii_alphanumeric) {
        return false;
    }
    if !next.is_uppercase() {
        return false;
    }
    let letters = text.chars().rev().take(LONGEST_ASCII + 1).take_while(|c| c.is_alphanumeric());
    let length: usize = letters.map(char::len_utf8).sum();
    TITLES.contains(&&text[text.len() - length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_is_longer_than_the_longest() {
        let longest =
            |ascii: bool| TITLES.iter().filter(|title| !ascii || title.is_ascii()).map(|title| title.len()).max();
        assert_eq!((longest(false), longest(true)), (Some(LONGEST), Some(LONGEST_ASCII)));
    }

    #[test]
    fn a_title_is_a_whole_word_with_its_full_stop_before_a_capital() {
        for (next, text, stands) in [
            ('A', "Dr.", true),
            ('A', "said Dr.", true),
            ('A', "said \u{201c}Dr.", true),
            ('A', "said Srta.", true),
            ('A', "and Capt.", true),
            ('А', "сказал проф.", true),
            ('É', "dit Mme.", true),
            ('A', "xDr.", false),
            ('A', "éDr.", false),
            ('A', "4Dr.", false),
            ('A', "Dr", false),
            ('A', "Dr..", false),
            ('a', "Dr.", false),
            ('1', "Dr.", false),
            ('A', ".", false),
            ('A', "", false),
            ('A', "the quay.", false),
            ('A', "said dR.", false),
        ] {
            assert_eq!(stands_before(next, text), stands, "{text} {next}");
        }
    }

    #[test]
    fn a_name_goes_on_behind_a_title() {
        assert!(stands_before('A', "said Prof."));
        assert!(
            !stands_before('a', "said Prof.")
                && !stands_before('A', "said Prof")
                && !stands_before('A', "to the shop.")
        );
    }
}
