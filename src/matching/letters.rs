//! Classes of characters, computed once and looked up after that: what the tokenizer asks of every character of a page.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};
use wide::i8x16;

/// Begins a word, or a character of a script without spaces.
pub(super) const BEGINS: u16 = 1;
/// Goes on in a word that has begun.
pub(super) const GOES_ON: u16 = 2;
/// See [`is_unspaced`].
pub(super) const UNSPACED: u16 = 4;
/// See [`is_sign`].
pub(super) const SIGN: u16 = 8;
/// White space.
pub(super) const SPACE: u16 = 16;
/// See [`is_ignorable`].
pub(super) const IGNORABLE: u16 = 32;
/// See [`is_dash`].
pub(super) const DASH: u16 = 64;
/// See [`is_quote_mark`].
pub(super) const QUOTE: u16 = 128;
/// See [`is_apostrophe`].
pub(super) const APOSTROPHE: u16 = 256;
/// A capital letter.
pub(super) const UPPER: u16 = 512;
/// A small letter.
pub(super) const LOWER: u16 = 1024;
/// A digit or another number.
pub(super) const NUMERIC: u16 = 2048;
/// Its folded form is itself, whatever plain characters stand beside it.
pub(super) const PLAIN: u16 = 4096;
/// A mark that belongs to the character before it.
pub(super) const MARK: u16 = 8192;

/// Its key is itself: no case, no accent, nothing that is written in another way.
pub(super) const STABLE: u16 = 16384;

/// The classes of the characters below [`NEAR`]: what UTF-8 writes with one or two bytes.
pub(super) type Near = [u16; NEAR];
/// See [`Near`].
pub(super) const NEAR: usize = 0x800;

/// The classes of the characters that most texts are written in, for whoever asks often.
pub(super) fn near() -> &'static Near {
    static CLASSES: OnceLock<Near> = OnceLock::new();
    CLASSES.get_or_init(|| {
        let mut classes = [0; NEAR];
        classes.iter_mut().zip('\0'..).for_each(|(slot, c)| *slot = compute(c));
        classes
    })
}

/// The classes of a character.
#[inline]
pub(super) fn class(c: char) -> u16 {
    type Page = [u16; 256];
    static PAGES: [OnceLock<Box<Page>>; 256] = [const { OnceLock::new() }; 256];
    let code = u32::from(c);
    let Some(page) = PAGES.get((code >> 8) as usize) else { return compute(c) };
    let page = page.get_or_init(|| {
        let first = code & !0xff;
        let classes = (first..first + 256).map(|code| char::from_u32(code).map_or(0, compute));
        let mut page = Box::new([0; 256]);
        page.iter_mut().zip(classes).for_each(|(slot, class)| *slot = class);
        page
    });
    page[(code & 0xff) as usize]
}

fn compute(c: char) -> u16 {
    let (sign, unspaced, ignorable, mark) = (is_sign(c), is_unspaced(c), is_ignorable(c), is_combining_mark(c));
    let alphanumeric = c.is_alphanumeric();
    // Digits and what separates them are folded in numbers.
    let plain = c.is_ascii()
        || !ignorable
            && canonical_combining_class(c) == 0
            && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes
            && !c.is_numeric()
            && !matches!(c, '٫' | '٬' | '’');
    [
        (alphanumeric && !sign || mark && !ignorable, BEGINS),
        (!unspaced && !sign && (alphanumeric || mark || ignorable), GOES_ON),
        (unspaced, UNSPACED),
        (sign, SIGN),
        (c.is_whitespace(), SPACE),
        (ignorable, IGNORABLE),
        (is_dash(c), DASH),
        (is_quote_mark(c), QUOTE),
        (is_apostrophe(c), APOSTROPHE),
        (c.is_uppercase(), UPPER),
        (c.is_lowercase(), LOWER),
        (c.is_numeric(), NUMERIC),
        (plain, PLAIN),
        (mark || ignorable || c == 'ﾞ' || c == 'ﾟ', MARK),
        (stable(c), STABLE),
    ]
    .iter()
    .filter(|(holds, _)| *holds)
    .fold(0, |all, (_, class)| all | class)
}

fn stable(c: char) -> bool {
    canonical_combining_class(c) == 0
        && c.nfd().eq(std::iter::once(c))
        && c.to_lowercase().eq(std::iter::once(c))
        && !matches!(c, 'ß' | 'ς' | 'ł' | 'ø' | 'đ' | 'ı')
}

/// Whether a character's key can be told alone: no combining mark, and what it is made of neither joins nor changes places
/// with another's. Of the scripts with case and accents, those that are asked for most.
pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\0'..'\u{300}' | '\u{370}'..'\u{483}' | '\u{48a}'..SINGLES)
}

/// What characters with a key of their own are below.
const SINGLES: char = '\u{530}';

/// The keys of the characters that [`is_single`], for whoever asks often.
pub(super) struct Keys {
    /// The key of each where it is one character.
    one: [Option<char>; SINGLES as usize],
}

impl Keys {
    /// Writes the key of a character, where it can be told alone; else it may join with what stands beside it, or change
    /// places, and nothing is written.
    #[inline]
    pub(super) fn push(&self, c: char, key: &mut String) -> bool {
        match self.one.get(c as usize) {
            Some(Some(one)) => key.push(*one),
            _ if is_single(c) => push_key(std::iter::once(c), key),
            _ => return false,
        }
        true
    }
}

/// See [`Keys`].
pub(super) fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let mut keys = Keys { one: [None; SINGLES as usize] };
        let mut key = String::new();
        for (one, c) in keys.one.iter_mut().zip('\0'..SINGLES).filter(|(_, c)| is_single(*c)) {
            key.clear();
            push_key(std::iter::once(c), &mut key);
            let mut characters = key.chars();
            *one = characters.next().filter(|_| characters.next().is_none());
        }
        keys
    })
}

/// Writes the key of a text: without case and accents.
pub(super) fn push_key(text: impl Iterator<Item = char>, key: &mut String) {
    for c in text.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ß' => key.push_str("ss"),
            'ς' => key.push('σ'),
            'ł' => key.push('l'),
            'ø' => key.push('o'),
            'đ' => key.push('d'),
            'ı' => key.push('i'),
            c => key.push(c),
        }
    }
}

/// Which of 64 bytes are ASCII letters or digits: a bit for each, the lowest for the first.
#[inline]
pub(super) fn alphanumerics(bytes: &[u8; 64]) -> u64 {
    of_many(bytes, |byte| (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10)
}

/// Which of 64 bytes begin a character that UTF-8 writes with two: a bit for each, the lowest for the first.
#[inline]
pub(super) fn firsts_of_two(bytes: &[u8; 64]) -> u64 {
    of_many(bytes, |byte| byte.wrapping_sub(0xc2) < 0x1e)
}

/// Which of 64 bytes begin one of the letters of two bytes that nearly all Cyrillic and Greek words consist of; `next` is the byte
/// behind them. A bit for each, the lowest for the first.
#[inline]
pub(super) fn letters_of_two(bytes: &[u8; 64], next: u8) -> u64 {
    let mut seconds = [next; 64];
    seconds[..63].copy_from_slice(&bytes[1..]);
    let mut holds = [0; 64];
    for ((holds, first), second) in holds.iter_mut().zip(bytes).zip(&seconds) {
        // U+0400 to U+047F, U+03A3 to U+03BF, U+03C0 to U+03CE: one after the other would be asked slower than all at once.
        let (cyrillic, greek) = (first & 0xfe == 0xd0, (*first == 0xce) & (*second >= 0xa3));
        *holds = -i8::from(cyrillic | greek | (*first == 0xcf) & (*second <= 0x8e));
    }
    packed(&holds)
}

/// Of which of 64 bytes something holds: a bit for each, the lowest for the first.
#[inline(always)]
fn of_many(bytes: &[u8; 64], of: impl Fn(u8) -> bool) -> u64 {
    // One byte for each, so that many are compared at once.
    let mut holds = [0; 64];
    for (holds, byte) in holds.iter_mut().zip(bytes) {
        *holds = -i8::from(of(*byte));
    }
    packed(&holds)
}

/// The signs of 64 bytes, one bit each.
#[inline(always)]
fn packed(holds: &[i8; 64]) -> u64 {
    let (sixteens, _) = holds.as_chunks();
    let bits = sixteens.iter().map(|sixteen| u64::from(i8x16::new(*sixteen).to_bitmask()));
    bits.rev().fold(0, |all, bits| all << 16 | bits)
}

/// Eight ASCII bytes in small letters.
#[inline]
pub(super) fn lowered(eight: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let at_least = |least: u8| eight + ONES * u64::from(0x80 - least);
    let capitals = at_least(b'A') & !at_least(b'Z' + 1) & HIGH;
    eight | capitals >> 2
}

/// Characters that are no part of any word and separate nothing: soft hyphen, zero-width and bidirectional characters.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{61c}' | '\u{34f}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// Quotation marks of any style.
pub(super) fn is_quote_mark(c: char) -> bool {
    matches!(c,
        '"' | '\u{201c}'..='\u{201f}' | '«' | '»' | '‹' | '›' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}' | '＂'
        | '\u{2018}'..='\u{201b}' | '\'' | '`' | '´' | '\u{fe41}'..='\u{fe44}' | '\u{ff62}' | '\u{ff63}')
}

/// Apostrophes: the same characters may close a quotation.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '`' | '´' | '\u{2bc}' | '\u{2b9}' | '＇' | '\u{5f3}')
}

/// Hyphens and dashes.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '－' | '\u{2e3a}' | '\u{2e3b}' | '\u{207b}'
    )
}

/// Scripts that are written without spaces and compared character by character.
pub(super) fn is_unspaced(c: char) -> bool {
    // Digits are left out: those of Lao, Burmese, Shan and Khmer make numbers like any others.
    matches!(u32::from(c),
        0x3040..=0x30ff | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff
        | 0x3005..=0x3007 | 0xff66..=0xff9f
        | 0x0e00..=0x0e4f | 0x0e80..=0x0ecf | 0x0eda..=0x0eff | 0x1000..=0x103f | 0x104a..=0x108f | 0x109a..=0x109f
        | 0x1780..=0x17df | 0x17ea..=0x17ff | 0xa9e0..=0xa9ef | 0xa9fa..=0xa9ff | 0xaa60..=0xaa7f)
}

/// Signs that stay: currency, percent, comparison, arithmetic, `?`, `!`, superscripts and fractions.
pub(super) fn is_sign(c: char) -> bool {
    match c {
        '%' | '$' | '<' | '=' | '>' | '+' | '?' | '!' | '&' => true,
        c if c.is_ascii() => false,
        '‰' | '£' | '¥' | '¢' | '¤' | '±' | '×' | '÷' | '§' | '°' | '№' | '≤' | '≥' | '≈' | '≠' | '√' => {
            true
        }
        '\u{20a0}'..='\u{20cf}' => true,
        '％' | '＄' | '￡' | '￥' | '￦' | '＜' | '＝' | '＞' | '＋' | '？' | '！' | '＆' | '﹪' | '؟' | '٪'
        | '\u{37e}' => true,
        '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '¼'..='¾' | '⅐'..='⅞' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_bytes_are_told_apart_as_one_by_one() {
        for first in 0..=255u8 {
            let bytes: [u8; 64] = std::array::from_fn(|place| first.wrapping_mul(place as u8 | 1).wrapping_add(first));
            let holds = |place: usize| alphanumerics(&bytes) >> place & 1 == 1;
            assert!((0..64).all(|place| holds(place) == bytes[place].is_ascii_alphanumeric()), "{bytes:?}");
            let begins = |place: usize| firsts_of_two(&bytes) >> place & 1 == 1;
            assert!((0..64).all(|place| begins(place) == matches!(bytes[place], 0xc2..=0xdf)), "{bytes:?}");
        }
    }

    #[test]
    fn letters_of_two_bytes_are_letters() {
        let letter = GOES_ON | PLAIN;
        for (first, second) in (0u8..=255).flat_map(|first| (0x80u8..0xc0).map(move |second| (first, second))) {
            let bytes: [u8; 64] = std::array::from_fn(|place| if place % 2 == 1 { first } else { second });
            let told = letters_of_two(&bytes, second);
            let told_of_first = told & 0xaaaa_aaaa_aaaa_aaaa;
            assert!(told_of_first == 0 || told_of_first == 0xaaaa_aaaa_aaaa_aaaa, "{first:x} {second:x}: {told:064b}");
            let class =
                std::str::from_utf8(&[first, second]).ok().and_then(|text| text.chars().next()).map_or(0, class);
            let stands = class & (letter | NUMERIC) == letter;
            assert!(stands || told_of_first == 0, "{first:x} {second:x}");
        }
        // A Greek capital is left out, and no small letter.
        let bytes: Vec<u8> = "Μετάκαισελληνικάтакизаписанокириллицей".bytes().take(64).collect();
        let told = letters_of_two(bytes.first_chunk().expect("64 bytes"), 0);
        assert_eq!(told, 0x5555_5555_5555_5555 & !1);
    }

    #[test]
    fn eight_bytes_are_lowered_as_one_by_one() {
        for byte in 0..0x80u8 {
            for place in 0..8 {
                let mut bytes = *b"aZ09@[mA";
                bytes[place] = byte;
                assert_eq!(
                    lowered(u64::from_le_bytes(bytes)).to_le_bytes(),
                    bytes.map(|byte| byte.to_ascii_lowercase())
                );
            }
        }
    }

    #[test]
    fn what_has_a_key_alone_has_no_other_among_others() {
        let all: Vec<char> = ('\0'..SINGLES).filter(|c| is_single(*c)).collect();
        assert!(all.iter().all(|c| canonical_combining_class(*c) == 0));
        for pair in all.windows(2) {
            let mut together = String::new();
            push_key(pair.iter().copied(), &mut together);
            let mut one_by_one = String::new();
            assert!(pair.iter().all(|c| keys().push(*c, &mut one_by_one)));
            assert_eq!(together, one_by_one, "{pair:?}");
        }
        let mut key = String::new();
        assert!("ÉЙßΣø".chars().all(|c| keys().push(c, &mut key)));
        assert_eq!(key, "eиssσo");
        assert!(!keys().push('\u{301}', &mut key));
    }

    #[test]
    fn every_character_has_its_classes() {
        const LETTER: u16 = BEGINS | GOES_ON | PLAIN;
        for (characters, classes) in [
            ("a\u{3b1}\u{436}", LETTER | LOWER | STABLE),
            ("A\u{410}", LETTER | UPPER),
            ("é", LETTER | LOWER),
            ("É", LETTER | UPPER),
            ("ßłøđı", LETTER | LOWER),
            ("אش", LETTER | STABLE),
            ("7", BEGINS | GOES_ON | NUMERIC | PLAIN | STABLE),
            ("٣", BEGINS | GOES_ON | NUMERIC | STABLE),
            (" \n", SPACE | PLAIN | STABLE),
            ("\u{a0}", SPACE | STABLE),
            (".,/", PLAIN | STABLE),
            ("٫٬", STABLE),
            ("-", DASH | PLAIN | STABLE),
            ("–—", DASH | PLAIN | STABLE),
            ("\"", QUOTE | PLAIN | STABLE),
            ("“»「", QUOTE | PLAIN | STABLE),
            ("'`", QUOTE | APOSTROPHE | PLAIN | STABLE),
            ("’", QUOTE | APOSTROPHE | STABLE),
            ("%$?", SIGN | PLAIN | STABLE),
            ("€", SIGN | PLAIN | STABLE),
            ("²½", SIGN | NUMERIC | STABLE),
            ("港か", BEGINS | UNSPACED | PLAIN | STABLE),
            ("ﾞ", BEGINS | UNSPACED | MARK | STABLE),
            ("\u{301}", BEGINS | GOES_ON | MARK),
            ("\u{ad}\u{200d}", GOES_ON | IGNORABLE | MARK | STABLE),
            ("ﬁ", BEGINS | GOES_ON | LOWER | STABLE),
        ] {
            for c in characters.chars() {
                assert_eq!(compute(c), classes, "{c:?}: {:016b} instead of {classes:016b}", compute(c));
            }
        }
    }

    #[test]
    fn classes_that_are_looked_up_are_those_that_are_computed() {
        assert!(('\0'..).take(NEAR).all(|c| near()[c as usize] == compute(c)));
        for c in ('\0'..'\u{3100}').chain('\u{4e00}'..'\u{4f00}').chain('\u{ff00}'..='\u{10000}').chain("𠀀🙂".chars())
        {
            assert_eq!(class(c), compute(c), "{c:?}");
        }
    }

    #[test]
    fn signs_stay_and_points_do_not() {
        assert!("%$<=>+?!&‰£¥¢±×÷§°№≤≥≈≠√€₹％＄￡＜？！؟٪\u{37e}²³⁰⁴⁹₀₉¼¾⅐⅞".chars().all(is_sign));
        assert!(!".,;:-_/()[]a7港\u{ad}…“”".chars().any(is_sign));
    }

    #[test]
    fn a_key_has_no_case_and_no_accent() {
        for (text, key) in [("Éßς", "essσ"), ("Łødź Đ", "lodz d"), ("Iı", "ii"), ("Йод", "иод")] {
            let mut given = String::new();
            push_key(text.chars(), &mut given);
            assert_eq!(given, key, "{text}");
        }
        assert!("aZé\u{410}".chars().all(is_single) && !"\u{301}\u{485}港".chars().any(is_single));
    }
}
