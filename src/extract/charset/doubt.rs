//! Doubt: bytes that are plainly not what they are declared to be.
//!
//! A declaration is believed as long as the bytes decode well under it. Text in UTF-8 never is another encoding's by
//! accident; text that is no UTF-8 shows it at once. Whatever is read against its declaration is told.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Decoded, detected, replaced};

/// Characters of an encoding with several bytes each that must be UTF-8 before it is taken for that.
const CERTAIN: usize = 8;

/// How many flaws a character of three bytes or more outweighs beside itself.
const LONG: usize = 3;

/// The better reading of `bytes`, which decode as `text` under the encoding `declared`; `None` where that stands.
pub(super) fn other(bytes: &[u8], declared: &'static Encoding, text: &str, malformed: bool) -> Option<Decoded> {
    if bytes.is_ascii() && declared != UTF_16LE && declared != UTF_16BE {
        return None;
    }
    if declared == UTF_8 {
        return malformed.then(|| not_utf8(bytes, text)).flatten();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let several = text.chars().filter(|c| !c.is_ascii()).take(CERTAIN).count();
        let wide = declared == UTF_16LE || declared == UTF_16BE;
        let certain =
            if wide { !bytes.contains(&0) } else { several >= if declared.is_single_byte() { 1 } else { CERTAIN } };
        return certain.then(|| read(text.to_owned(), UTF_8, declared));
    }
    let foreign = declared == WINDOWS_1252 && is_foreign(text);
    let controls = text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c));
    let failed = malformed && replaced(text) * 50 > text.chars().filter(|c| !c.is_ascii()).count();
    (foreign || controls || failed)
        .then(|| guessed(bytes))
        .flatten()
        .filter(|(encoding, _)| *encoding != declared)
        .map(|(encoding, text)| read(text, encoding, declared))
}

fn read(text: String, used: &'static Encoding, declared: &'static Encoding) -> Decoded {
    let note = format!("declared as {}, and it is {}: read as what it is", declared.name(), used.name());
    Decoded { replacements: replaced(&text), text, charset: used.name(), note: Some(note) }
}

/// Bytes that say they are UTF-8 and are not, or not everywhere.
fn not_utf8(bytes: &[u8], text: &str) -> Option<Decoded> {
    // Three bytes that fit each other are hardly ever an accident of another encoding.
    let (mut good, mut latin, mut bad, mut long) = (0_usize, 0_usize, 0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
            good += 1;
            latin += usize::from(is_western(c));
            long += usize::from(c.len_utf8() > 2);
        }
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if bad > good + long * LONG {
        return guessed(bytes).map(|(encoding, text)| read(text, encoding, UTF_8));
    }
    if latin < good {
        return None;
    }
    // A few letters of an older encoding, pasted into a page of UTF-8.
    let mut out = String::with_capacity(text.len());
    let (mut mended, mut lost) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        match chunk.invalid() {
            [] => {}
            [byte] if stands_for(*byte).is_some() => {
                out.extend(stands_for(*byte));
                mended += 1;
            }
            _ => {
                out.push('\u{fffd}');
                lost += 1;
            }
        }
    }
    (mended > 0).then(|| Decoded {
        replacements: lost,
        text: out,
        charset: UTF_8.name(),
        note: Some(format!("{mended} letters are windows-1252 in a text that is UTF-8: read as what they are")),
    })
}

/// What a lone byte stands for that is no UTF-8: a letter or mark of windows-1252.
fn stands_for(byte: u8) -> Option<char> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(std::slice::from_ref(&byte));
    text.chars().next().filter(|c| is_likely(*c))
}

/// What the bytes are by their own look, where they decode as that without a flaw.
fn guessed(bytes: &[u8]) -> Option<(&'static Encoding, String)> {
    let encoding = detected(bytes, chardetng::Utf8Detection::Deny);
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    let likely = text.chars().all(|c| c.is_ascii() || is_likely(c));
    likely.then(|| (encoding, text.into_owned()))
}

/// Whether a character stands in texts: no control, and none of the letters that damaged bytes turn into.
fn is_likely(c: char) -> bool {
    !(c.is_control() || matches!(c, 'ÿ' | 'þ' | '\u{fffd}') || ('\u{e000}'..='\u{f8ff}').contains(&c))
}

/// A letter or mark of western European text.
fn is_western(c: char) -> bool {
    c < '\u{250}' || ('\u{2000}'..='\u{2bff}').contains(&c) || c >= '\u{1f000}' || c == '\u{fffd}' || c == '\u{feff}'
}

/// Whether a text that decoded as Latin letters is another script: hardly a letter of it is plain.
fn is_foreign(text: &str) -> bool {
    // Markup is plain whatever the language: only what stands between the tags counts.
    let (mut plain, mut high, mut inside) = (0_usize, 0_usize, false);
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            _ if c.is_ascii_alphabetic() => plain += 1,
            _ if c.is_alphabetic() => high += 1,
            _ => {}
        }
    }
    high >= 20 && high > plain * 2
}

/// Undoes what became of UTF-8 that was read as windows-1252 and written as UTF-8 again (`â€™` for `’`), where all
/// letters beyond ASCII are of that kind.
pub(super) fn unscrambled(decoded: Decoded) -> Decoded {
    // The first byte of such a sequence reads as one of these three letters: `Ã`, `â`, `Â`.
    let bytes = decoded.text.as_bytes();
    if !memchr::memchr_iter(0xc3, bytes).any(|at| matches!(bytes.get(at + 1), Some(0x83 | 0xa2 | 0x82))) {
        return decoded;
    }
    let text = decoded.text.as_str();
    let mut out = String::with_capacity(text.len());
    let mut undone = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| !c.is_ascii()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let run = &rest[..rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len())];
        let Some(whole) = bytes_of(run).and_then(|bytes| String::from_utf8(bytes).ok()) else { return decoded };
        out.push_str(&whole);
        undone += 1;
        rest = &rest[run.len()..];
    }
    out.push_str(rest);
    if undone < 2 {
        return decoded;
    }
    let note = format!("{undone} places were scrambled by a wrong encoding (UTF-8 taken for windows-1252): undone");
    Decoded { text: out, note: Some(note), ..decoded }
}

/// The bytes of windows-1252 that a run of characters was made of.
fn bytes_of(run: &str) -> Option<Vec<u8>> {
    run.chars()
        .map(|c| match c {
            '\u{80}'..='\u{9f}' | '\u{a0}'..='\u{ff}' => Some(c as u8),
            _ => {
                let mut buffer = [0; 4];
                match &*WINDOWS_1252.encode(c.encode_utf8(&mut buffer)).0 {
                    [byte] if *byte >= 0x80 => Some(*byte),
                    _ => None,
                }
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Prescan, decode};

    fn read_as(bytes: &[u8], declared: &str) -> (String, &'static str, usize, bool) {
        let decoded = decode(bytes, Some(&format!("text/html; charset={declared}")), Prescan::Html);
        (decoded.text, decoded.charset, decoded.replacements, decoded.note.is_some())
    }

    #[test]
    fn utf_8_under_another_name_is_utf_8() {
        let page = "Die Fähre müßte größer sein".as_bytes();
        for declared in ["iso-8859-1", "windows-1251", "iso-8859-2", "utf-16"] {
            assert_eq!(
                read_as(page, declared),
                ("Die Fähre müßte größer sein".to_owned(), "UTF-8", 0, true),
                "{declared}"
            );
        }
        let page = "港の灯台は来年の春に消える".as_bytes();
        assert_eq!(read_as(page, "shift_jis").1, "UTF-8");
        assert_eq!(read_as(b"plain words", "iso-8859-1"), ("plain words".to_owned(), "windows-1252", 0, false));
    }

    #[test]
    fn what_is_no_utf_8_is_read_as_what_it_is() {
        let page = b"Die F\xe4hre m\xfc\xdfte gr\xf6\xdfer sein, sagte der B\xfcrgermeister";
        let (text, charset, replaced, told) = read_as(page, "utf-8");
        assert_eq!(
            (text.as_str(), charset, replaced, told),
            ("Die Fähre müßte größer sein, sagte der Bürgermeister", "windows-1252", 0, true)
        );
        let page = encoding_rs::WINDOWS_1251.encode("Правительство объявило о новых мерах поддержки").0.into_owned();
        assert!(read_as(&page, "utf-8").0.starts_with("Правительство"));
        assert!(read_as(&page, "iso-8859-1").0.starts_with("Правительство"));
    }

    #[test]
    fn a_few_older_letters_in_utf_8_are_mended_and_others_stay_lost() {
        let mut page = "“Größe” und “Höhe”, ".as_bytes().to_vec();
        page.extend(b"she said \x93it\x92s late\x94 and \xe2\x80 left");
        let (text, charset, replaced, told) = read_as(&page, "utf-8");
        assert_eq!((charset, replaced, told), ("UTF-8", 1, true));
        assert!(text.ends_with("she said “it’s late” and \u{fffd} left"), "{text}");
    }

    #[test]
    fn well_declared_text_stays_as_it_is() {
        let page = encoding_rs::WINDOWS_1252.encode("Déjà vu à l’été, naïve façade").0.into_owned();
        assert_eq!(
            read_as(&page, "windows-1252"),
            ("Déjà vu à l’été, naïve façade".to_owned(), "windows-1252", 0, false)
        );
        assert_eq!(read_as(b"a\xffb\xfec", "utf-8").2, 2);
        assert_eq!(
            read_as("the sign “Ã©” is an é gone wrong".as_bytes(), "utf-8").0,
            "the sign “Ã©” is an é gone wrong"
        );
    }

    #[test]
    fn scrambled_text_is_undone() {
        let (text, _, _, told) = read_as("â€œItâ€™s lateâ€\u{9d}, cafÃ©".as_bytes(), "utf-8");
        assert_eq!((text.as_str(), told), ("“It’s late”, café", true));
    }
}
