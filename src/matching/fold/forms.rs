//! Forms: a token as written → its folded form, and its key.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::letters::{self, class};
use super::{Kind, is_dash, is_ignorable};

/// Whether a character is a currency sign.
pub(in crate::matching) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '＄' | '￡' | '￥' | '￦' | '\u{20a0}'..='\u{20cf}')
}

/// Writes the folded form of a token into `form`: Unicode form and width, ligatures, ignorable characters gone.
/// Case stays, and so do accents.
pub(in crate::matching) fn form(text: &str, kind: Kind, form: &mut String) {
    form.clear();
    if text.is_ascii() {
        if kind == Kind::Word {
            // `U.S.` is `US`; the point of `W3.6` separates digits and stays
            let mut digit = false;
            for c in text.chars() {
                if c != '.' || digit {
                    form.push(c);
                }
                digit = c.is_ascii_digit();
            }
        } else {
            form.push_str(text);
        }
        return;
    }
    if kind == Kind::Sign {
        // Superscripts and fractions keep what makes them different from digits.
        match text {
            "％" | "﹪" | "٪" => form.push('%'),
            "？" | "؟" | "\u{37e}" => form.push('?'),
            "！" => form.push('!'),
            _ if text.chars().all(is_dash) => form.push('-'),
            _ if text.chars().all(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{ffe0}'..='\u{ffe6}')) => {
                form.extend(text.nfkc())
            }
            _ => form.push_str(text),
        }
        return;
    }
    let plain: String = text.chars().filter(|c| !is_ignorable(*c)).collect();
    if is_nfkc_quick(plain.chars()) == IsNormalized::Yes {
        form.push_str(&plain);
    } else {
        form.extend(plain.nfkc());
    }
    if kind == Kind::Number || form.chars().any(|c| !c.is_ascii_digit() && c.is_numeric()) {
        let digits: String = form
            .chars()
            .map(|c| match c {
                '٫' => '.',
                '٬' => ',',
                '’' => '\'',
                c => digit(c).map_or(c, |value| char::from(b'0' + value)),
            })
            .collect();
        *form = digits;
    }
}

/// The value of a decimal digit of any script.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [u32; 23] = [
        0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x1090, 0x17e0, 0x1810, 0xff10, 0xa9d0, 0x1c40,
    ];
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| (code - zero) as u8)
}

/// Whether a folded form is its own key.
pub(in crate::matching) fn is_key(form: &str) -> bool {
    if form.is_ascii() {
        return !form.bytes().any(|byte| byte.is_ascii_uppercase());
    }
    let near = letters::near();
    form.chars().all(|c| near.get(c as usize).copied().unwrap_or_else(|| class(c)) & letters::STABLE != 0)
}

/// Writes the key of a folded form into `key`: without case and accents, for finding candidates only.
pub(in crate::matching) fn key(form: &str, key: &mut String) {
    key.clear();
    if form.is_ascii() {
        key.push_str(form);
        key.make_ascii_lowercase();
        return;
    }
    let keys = letters::keys();
    for c in form.chars() {
        if !keys.push(c, key) {
            key.clear();
            letters::push_key(form.chars(), key);
            return;
        }
    }
}
