//! Classes of characters, computed once and looked up after that: what the tokenizer asks of every character of a page.

use std::sync::OnceLock;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

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

/// The key of one character that [`is_single`], empty for others.
pub(super) fn key_of(c: char) -> &'static str {
    static KEYS: OnceLock<(String, [(u16, u16); SINGLES as usize])> = OnceLock::new();
    let (text, places) = KEYS.get_or_init(|| {
        let mut text = String::new();
        let mut places = [(0, 0); SINGLES as usize];
        for (place, c) in places.iter_mut().zip('\0'..SINGLES) {
            let start = text.len();
            push_key([c].into_iter(), &mut text);
            *place = (start as u16, text.len() as u16);
        }
        (text, places)
    });
    places.get(c as usize).map_or("", |(start, end)| &text[usize::from(*start)..usize::from(*end)])
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

/// How many of eight bytes are ASCII letters or digits, from the first (the lowest) on.
#[inline]
pub(super) fn alphanumerics(eight: u64) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    // Of each byte the highest bit says whether the rest of it is at least `least`: no byte reaches into the next.
    let at_least = |bytes: u64, least: u8| bytes + ONES * u64::from(0x80 - least);
    let low = eight & !HIGH;
    let small = low | (ONES * 0x20);
    let letters = at_least(small, b'a') & !at_least(small, b'z' + 1);
    let digits = at_least(low, b'0') & !at_least(low, b'9' + 1);
    let others = !(letters | digits) & HIGH | eight & HIGH;
    others.trailing_zeros() as usize / 8
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
    fn eight_bytes_are_counted_as_one_by_one() {
        let at_once = |bytes: [u8; 8]| alphanumerics(u64::from_le_bytes(bytes));
        assert_eq!(at_once(*b"abcXYZ09"), 8);
        for byte in 0..=255u8 {
            for place in 0..8 {
                let mut bytes = *b"aZ09mzA5";
                bytes[place] = byte;
                let wanted = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                assert_eq!(at_once(bytes), wanted, "{byte} at {place}");
            }
        }
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
            assert_eq!(together, format!("{}{}", key_of(pair[0]), key_of(pair[1])), "{pair:?}");
        }
        assert_eq!((key_of('É'), key_of('Й'), key_of('ß'), key_of('Σ'), key_of('ø')), ("e", "и", "ss", "σ", "o"));
    }
}
