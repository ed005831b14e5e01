//! Escaping for HTML.
//!
//! The templates escape by themselves whatever they print, which is safe in text and in quoted attributes. What comes from
//! pages and manifests passes [`text`] instead, which also makes visible what would steer or hide. [`href`] lets through
//! addresses of the web and nothing else.

use std::fmt::{self, Write};

use super::is_treacherous;

/// Writes a text. A character that steers, reorders or hides becomes an empty element that names it, so that readers see it
/// and nobody copies it.
pub(in crate::report) fn text(text: &str, out: &mut impl Write) -> fmt::Result {
    text.chars().try_for_each(|c| match c {
        c if is_shown(c) => plain(c, out),
        c => write!(out, "<span class=\"c\" data-c=\"{:04X}\"></span>", u32::from(c)),
    })
}

fn plain(c: char, out: &mut impl Write) -> fmt::Result {
    match c {
        '<' => out.write_str("&lt;"),
        '>' => out.write_str("&gt;"),
        '&' => out.write_str("&amp;"),
        '"' => out.write_str("&quot;"),
        '\'' => out.write_str("&#39;"),
        c => out.write_char(c),
    }
}

/// Whether a character may stand in HTML as it is. Joiners belong to words of some scripts, marks of direction act inside
/// their own element alone.
fn is_shown(c: char) -> bool {
    matches!(c, '\n' | '\t' | '\u{200c}'..='\u{200f}') || !is_treacherous(c) && !matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// An address of the web, without its fragment, as it may stand in a link; `None` for every other scheme.
pub(in crate::report) fn href(address: &str) -> Option<String> {
    let address = address.split('#').next().unwrap_or(address);
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") || address.chars().any(char::is_control) {
        return None;
    }
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if c.is_ascii_alphanumeric() || "-._~:/?[]@!$&'()*+,;=%".contains(c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(string: &str) -> String {
        let mut inside = String::new();
        text(string, &mut inside).expect("a string takes everything");
        inside
    }

    #[test]
    fn nothing_becomes_markup() {
        let inside = escaped("<b a=\"1\" c='2'>&amp;</b>");
        assert_eq!(inside, "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
    }

    #[test]
    fn what_hides_is_named() {
        let inside = escaped("a\u{202e}b\0c\u{200d}d\ne");
        assert_eq!(
            inside,
            "a<span class=\"c\" data-c=\"202E\"></span>b<span class=\"c\" data-c=\"0000\"></span>c\u{200d}d\ne"
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(
            href("HTTPS://x.example/a b?q=\"<é>#frag").as_deref(),
            Some("HTTPS://x.example/a%20b?q=%22%3C%C3%A9%3E")
        );
        for other in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "//x.example",
            "http:/x",
            "ht\ntp://x",
            "http://x\n.example",
            "",
        ] {
            assert_eq!(href(other), None, "{other}");
        }
    }
}
