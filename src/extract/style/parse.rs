//! The text of a style sheet → selectors, each with its declarations. Rules inside others, layers and conditions that
//! hold on every screen are read on; what depends on more is left alone.

/// Blocks inside each other that are followed, and selectors that one rule may come to.
const MAX_DEPTH: usize = 8;
const MAX_SELECTORS: usize = 64;
/// The narrowest screen, in CSS pixels.
const NARROWEST: f64 = 320.0;

/// What is made of each rule: its selector, its declarations, and whether it stands in a layer.
pub(super) type Take<'t> = &'t mut dyn FnMut(&str, &str, bool);

/// Reads a style sheet without comments.
pub(super) fn rules(css: &str, take: Take<'_>) {
    block(css, &[], false, 0, take);
}

/// Reads what stands in a block, inside rules with these selectors; gives the declarations that are the block's own.
fn block(css: &str, around: &[String], layered: bool, depth: usize, take: Take<'_>) -> String {
    let mut own = String::new();
    let mut start = 0;
    let mut at = 0;
    let bytes = css.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => at = behind_string(bytes, at),
            b'(' => at = behind(bytes, at, b'(', b')'),
            b'\\' => at += 2,
            b';' => {
                own.push_str(css.get(start..=at).unwrap_or_default());
                at += 1;
                start = at;
            }
            b'}' => {
                at += 1;
                start = at;
            }
            b'{' => {
                let end = behind(bytes, at, b'{', b'}');
                let head = css.get(start..at).unwrap_or_default().trim();
                let inner = css.get(at + 1..end).unwrap_or_default();
                let inner = inner.strip_suffix('}').unwrap_or(inner);
                if depth < MAX_DEPTH {
                    rule(head, inner, around, layered, depth, take);
                }
                at = end;
                start = end;
            }
            _ => at += 1,
        }
    }
    own.push_str(css.get(start..).unwrap_or_default());
    own
}

fn rule(head: &str, inner: &str, around: &[String], layered: bool, depth: usize, take: Take<'_>) {
    if let Some(condition) = head.strip_prefix('@') {
        let (name, asked) = condition.split_once(|c: char| c.is_whitespace() || c == '(').unwrap_or((condition, ""));
        let asked = &condition[condition.len() - asked.len()..];
        let holds = match name {
            "media" => asks_no_more_than_a_screen(asked),
            "supports" => !asked.split(|c: char| !c.is_alphanumeric()).any(|word| word == "not"),
            "layer" => true,
            _ => false,
        };
        if holds {
            let own = block(inner, around, layered || name == "layer", depth + 1, take);
            for selector in around {
                take(selector, &own, layered);
            }
        }
        return;
    }
    let mut selectors: Vec<String> = Vec::new();
    for one in split(head, ',').into_iter().map(str::trim).filter(|one| !one.is_empty()) {
        if around.is_empty() {
            selectors.push(one.to_owned());
        }
        selectors.extend(around.iter().map(|outer| match one.contains('&') {
            true => one.replace('&', outer),
            false => format!("{outer} {one}"),
        }));
        if selectors.len() >= MAX_SELECTORS {
            selectors.truncate(MAX_SELECTORS);
            break;
        }
    }
    if !inner.contains('{') {
        selectors.iter().for_each(|selector| take(selector, inner, layered));
        return;
    }
    let own = block(inner, &selectors, layered, depth + 1, take);
    selectors.iter().for_each(|selector| take(selector, &own, layered));
}

/// Whether a media query holds on a screen of any size: `screen`, `print, screen`, `(min-width: 1px)`.
fn asks_no_more_than_a_screen(query: &str) -> bool {
    query.to_ascii_lowercase().split(',').any(|query| {
        let query = query.trim();
        let query = query.strip_prefix("only ").unwrap_or(query);
        let mut asked = query.split(" and ").map(str::trim);
        asked.all(|part| match part {
            "screen" | "all" => true,
            _ => {
                let width = part.strip_prefix('(').and_then(|part| part.strip_suffix(')'));
                let width = width.and_then(|part| part.split_once(':')).filter(|(name, _)| name.trim() == "min-width");
                let pixels = width.and_then(|(_, value)| value.trim().strip_suffix("px"));
                pixels.and_then(|pixels| pixels.parse::<f64>().ok()).is_some_and(|pixels| pixels <= NARROWEST)
            }
        })
    })
}

/// Behind the string that begins here.
fn behind_string(bytes: &[u8], at: usize) -> usize {
    let mark = bytes[at];
    let mut at = at + 1;
    while at < bytes.len() && bytes[at] != mark && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

/// Behind what is opened here, or at the end where nothing closes it.
fn behind(bytes: &[u8], at: usize, open: u8, close: u8) -> usize {
    let (mut at, mut depth) = (at, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => {
                at = behind_string(bytes, at);
                continue;
            }
            b'\\' => at += 1,
            b'(' if open == b'{' => {
                at = behind(bytes, at, b'(', b')');
                continue;
            }
            byte if byte == open => depth += 1,
            byte if byte == close => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            // An address without quotation marks that is not closed ends with its declaration.
            b'{' | b'}' if open == b'(' => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// The parts of a text between separators that stand in no parentheses and no brackets.
pub(super) fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            c if c == separator && depth <= 0 => {
                parts.push(&text[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

/// A text of CSS without its comments.
pub(super) fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("/*") {
        out.push_str(&rest[..at]);
        rest = rest[at + 2..].find("*/").map_or("", |end| &rest[at + end + 4..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(css: &str) -> Vec<String> {
        let mut found = Vec::new();
        rules(css, &mut |selector, declared, layered| {
            if !declared.trim().is_empty() {
                found.push(format!("{selector}{}{}", if layered { "@" } else { " " }, declared.trim()));
            }
        });
        found
    }

    #[test]
    fn blocks_are_read_as_far_as_they_hold_everywhere() {
        assert_eq!(read("@charset \"x\"; .a, .b{x:1}"), [".a x:1", ".b x:1"]);
        assert_eq!(read("@layer t{.a{x:1}} @supports (display:grid){.b{x:2}}"), [".a@x:1", ".b x:2"]);
        assert_eq!(read(".a{color:red; .b{x:1} &.c{x:2}}"), [".a .b x:1", ".a.c x:2", ".a color:red;"]);
        assert_eq!(read("@media print,screen{.a{x:1}} @media (min-width:1px){.b{x:1}}"), [".a x:1", ".b x:1"]);
        for left in [
            "@media print{.a{x:1}}",
            "@media (min-width:900px){.a{x:1}}",
            "@media (max-width:600px){.a{x:1}}",
            "@supports not (display:grid){.a{x:1}}",
            "@keyframes k{from{x:1}to{x:2}}",
            "@font-face{src:url(a)}",
        ] {
            assert!(read(left).is_empty(), "{left}");
        }
        assert_eq!(read(".a{background:url(x;y)} .b{x:1}").last().map(String::as_str), Some(".b x:1"));
        assert_eq!(read(".a{content:\"}\"} .b{x:1"), [".a content:\"}\"", ".b x:1"]);
        assert_eq!(without_comments("a/**/b/* c */d/*"), "abd");
    }

    #[test]
    fn deep_and_broken_sheets_end() {
        assert!(read(&".a{".repeat(50_000)).is_empty());
        assert!(read(&"}".repeat(1_000)).is_empty());
        assert!(read("\\").is_empty());
    }
}
