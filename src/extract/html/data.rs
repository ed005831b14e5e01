//! Data in scripts (`__NEXT_DATA__`, states that a script assigns) → the texts in it; and marks of makers of walls.

use serde_json::Value;

use crate::extract::tree::Element;
use crate::extract::zones::consent_manager;

/// Bytes of a script's data that are read.
const MAX_JSON: usize = 8 << 20;
/// Bytes of text that are kept of one script.
const MAX_TEXT: usize = 4 << 20;

/// The texts of a page's data: strings that read like sentences.
pub(super) fn texts(json: &str) -> Vec<String> {
    if json.len() > MAX_JSON {
        return Vec::new();
    }
    // What follows the value (`;`, more code) is none of our business.
    let Some(Ok(value)) = serde_json::Deserializer::from_str(json.trim()).into_iter::<Value>().next() else {
        return Vec::new();
    };
    let mut stack = vec![&value];
    let mut found: Vec<String> = Vec::new();
    let mut bytes = 0;
    while let Some(value) = stack.pop() {
        match value {
            Value::String(text) if text.split_whitespace().nth(4).is_some() && !text.contains("://") => {
                let plain = crate::extract::snippet::text(text);
                bytes += plain.len();
                if bytes > MAX_TEXT {
                    break;
                }
                found.push(plain);
            }
            Value::Array(items) => stack.extend(items.iter().rev()),
            Value::Object(map) => stack.extend(map.values().rev()),
            _ => {}
        }
    }
    found
}

/// The value that a script assigns to a name and does nothing else with: `window.__STATE__ = {…}`.
pub(super) fn assigned(code: &str) -> Option<&str> {
    let code = code.trim_start();
    let head = &code[..code.char_indices().map(|(at, _)| at).take_while(|at| *at <= 120).last().unwrap_or(0)];
    let at = head.find('=')?;
    let name = head[..at].trim();
    let name = ["window.", "self.", "var ", "let ", "const "].iter().find_map(|start| name.strip_prefix(start))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.');
    let value = code[at + 1..].trim_start();
    (name.chars().all(plain) && value.starts_with(['{', '['])).then_some(value)
}

/// Whether markup may hold text: anything but white space outside its tags. Most `<noscript>` hold one picture to count
/// readers, and are not worth parsing.
pub(super) fn has_text(source: &str) -> bool {
    let mut inside = false;
    source.bytes().any(|byte| {
        match byte {
            b'<' => inside = true,
            b'>' => {
                inside = false;
                return false;
            }
            _ => {}
        }
        !inside && !byte.is_ascii_whitespace()
    })
}

/// Where a `refresh` leads that happens within ten seconds; nothing where the page only loads itself again.
pub(super) fn refresh(content: &str) -> Option<String> {
    let (seconds, target) = content.split_once([';', ','])?;
    let soon = seconds.trim().parse::<f64>().is_ok_and(|seconds| seconds <= 10.0);
    let (name, address) = target.split_once('=')?;
    let address: String = address.trim().trim_matches(['"', '\'']).chars().take(2_000).collect();
    (soon && name.trim().eq_ignore_ascii_case("url") && !address.is_empty()).then_some(address)
}

/// The maker of a wall, by the address of its script or the name of its element.
pub(super) fn vendor(word: &str) -> Option<&'static str> {
    const MARKS: [(&str, &str); 14] = [
        ("challenge-platform", "Cloudflare"),
        ("cf-challenge", "Cloudflare"),
        ("cf-error-details", "Cloudflare"),
        ("challenges.cloudflare.com", "Cloudflare"),
        ("captcha-delivery.com", "DataDome"),
        ("px-captcha", "HUMAN"),
        ("perimeterx", "HUMAN"),
        ("_incapsula_resource", "Imperva"),
        ("ak-challenge", "Akamai"),
        ("sec-if-cpt-container", "Akamai"),
        ("hcaptcha.com/captcha", "hCaptcha"),
        ("h-captcha", "hCaptcha"),
        ("awswaf", "AWS WAF"),
        ("geetest", "GeeTest"),
    ];
    if word.len() > 2_000 {
        return None;
    }
    let word = word.to_ascii_lowercase();
    MARKS.iter().find(|(mark, _)| word.contains(mark)).map(|(_, vendor)| *vendor)
}

/// The maker of a wall whose mark an element bears: of several the first in the order of letters.
pub(super) fn vendor_of(element: &Element) -> Option<&'static str> {
    let classes = element.classes().filter_map(|class| Some((class, vendor(class)?))).min();
    classes.map(|(_, vendor)| vendor).or_else(|| element.id().and_then(vendor))
}

/// The manager of consent whose window an element is.
pub(super) fn consent_of(element: &Element) -> Option<&'static str> {
    let words = element.id().into_iter().chain(element.classes());
    words.filter(|word| word.len() <= 200).find_map(|word| consent_manager(&word.to_ascii_lowercase()))
}
