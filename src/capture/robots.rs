//! robots.txt (RFC 9309): its text into rules, and what they say of one address.
//!
//! Own code, because the crates for it compile each rule into a regular expression: a hostile file of half a
//! mebibyte would cost seconds. Here a rule is matched in one pass, and the longest one that fits decides.

use std::time::Duration;

use url::Url;

/// What a robots.txt says for us.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Rules {
    rules: Vec<Rule>,
    /// `Crawl-delay`: no part of the standard, and widely used.
    pub(crate) delay: Option<Duration>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Rule {
    allow: bool,
    /// Pieces between the stars, percent-encoded as addresses are.
    pieces: Vec<String>,
    /// Whether it must reach to the end (`$`).
    whole: bool,
    /// Bytes of the pattern: the longer one is the more precise one.
    weight: usize,
}

/// Rules that are kept of one file; more would be no file that anybody wrote.
const MAX_RULES: usize = 20_000;

impl Rules {
    /// Reads the groups that are for `product`, or where none is, those for everybody.
    pub(crate) fn parse(text: &[u8], product: &str) -> Self {
        let text = String::from_utf8_lossy(text);
        let text = text.trim_start_matches('\u{feff}');
        let (mut ours, mut everybody) = (Self::default(), Self::default());
        let (mut found, mut in_rules) = (false, true);
        // of the group under way: whether it is for us, for everybody
        let (mut for_us, mut for_all) = (false, false);
        for line in text.split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((name, value)) = line.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            match name.as_str() {
                "user-agent" | "useragent" => {
                    if in_rules {
                        (for_us, for_all, in_rules) = (false, false, false);
                    }
                    let named = value.split(['/', ' ', '\t']).next().unwrap_or_default();
                    for_us |= named.eq_ignore_ascii_case(product);
                    for_all |= named == "*";
                    found |= for_us;
                }
                "allow" | "disallow" => {
                    in_rules = true;
                    if let Some(rule) = Rule::parse(name == "allow", value) {
                        for (wanted, rules) in [(for_us, &mut ours), (for_all, &mut everybody)] {
                            if wanted && rules.rules.len() < MAX_RULES {
                                rules.rules.push(rule.clone());
                            }
                        }
                    }
                }
                "crawl-delay" => {
                    in_rules = true;
                    let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=1e9).contains(seconds));
                    for (wanted, rules) in [(for_us, &mut ours), (for_all, &mut everybody)] {
                        if let Some(seconds) = seconds.filter(|_| wanted) {
                            rules.delay = Some(Duration::from_secs_f64(seconds));
                        }
                    }
                }
                // sitemaps and what others invented belong to no group and end none
                _ => {}
            }
        }
        if found { ours } else { everybody }
    }

    /// Whether an address may be asked for.
    pub(crate) fn allow(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let target = normal(&target);
        let fitting = self.rules.iter().filter(|rule| rule.fits(&target));
        // of two equally long ones the one that allows
        fitting.max_by_key(|rule| (rule.weight, rule.allow)).is_none_or(|rule| rule.allow)
    }
}

impl Rule {
    /// `None` for an empty value, which says nothing.
    fn parse(allow: bool, value: &str) -> Option<Self> {
        if value.is_empty() || value.len() > 8192 {
            return None;
        }
        let (pattern, whole) = match value.strip_suffix('$') {
            Some(rest) => (rest, true),
            None => (value, false),
        };
        let pieces = pattern.split('*').map(normal).collect();
        Some(Self { allow, pieces, whole, weight: value.len() })
    }

    /// Matches greedily from the left: the first place of each piece leaves the most room for the rest.
    fn fits(&self, target: &str) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return true };
        let Some(mut left) = target.strip_prefix(first.as_str()) else { return false };
        for (number, piece) in rest.iter().enumerate() {
            if self.whole && number + 1 == rest.len() {
                return left.ends_with(piece.as_str());
            }
            match left.find(piece.as_str()) {
                Some(at) => left = &left[at + piece.len()..],
                None => return false,
            }
        }
        !self.whole || left.is_empty()
    }
}

/// Percent-encoding in one form: what need not be encoded is not, what must be is, in upper case.
fn normal(written: &str) -> String {
    let bytes = written.as_bytes();
    let mut normal = String::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |offset: usize| bytes.get(at + offset).and_then(|byte| (*byte as char).to_digit(16));
        let (byte, encoded) = match (bytes[at], hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => ((high * 16 + low) as u8, true),
            (byte, ..) => (byte, false),
        };
        at += if encoded { 3 } else { 1 };
        let unreserved = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        if unreserved || (!encoded && byte.is_ascii_graphic()) {
            normal.push(byte as char);
        } else {
            normal.push_str(&format!("%{byte:02X}"));
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(text: &str, path: &str) -> bool {
        let url = Url::parse("https://wire.example").unwrap().join(path).unwrap();
        Rules::parse(text.as_bytes(), "onrecord").allow(&url)
    }

    #[test]
    fn the_longest_rule_decides_and_allow_wins_a_tie() {
        let text = "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /same\nDisallow: /same";
        for (path, expected) in
            [("/", true), ("/a", false), ("/abc", false), ("/a/b", true), ("/a/b/c/d", false), ("/same", true)]
        {
            assert_eq!(allowed(text, path), expected, "{path}");
        }
    }

    #[test]
    fn our_own_group_replaces_everybodys() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: Other\nUser-agent: OnRecord/1.0\nDisallow: /x\n\
                    Crawl-delay: 2.5\nUser-agent: onrecord\nDisallow: /y";
        assert!(allowed(text, "/"));
        assert!(!allowed(text, "/x") && !allowed(text, "/y"), "groups with one name are one group");
        assert_eq!(Rules::parse(text.as_bytes(), "onrecord").delay, Some(Duration::from_millis(2500)));
        assert_eq!(Rules::parse(text.as_bytes(), "somebody").delay, None);
        assert!(!Rules::parse(text.as_bytes(), "record").allow(&Url::parse("https://wire.example/").unwrap()));
    }

    #[test]
    fn stars_ends_and_encodings() {
        for (rule, path, expected) in [
            ("/*.php", "/a/b.php?x=1", false),
            ("/*.php$", "/a/b.php?x=1", true),
            ("/*.php$", "/a.php/b.php", false),
            ("/a*b*c", "/axxbyyc/z", false),
            ("/a*b*c", "/axxcyyb", true),
            ("/$", "/", false),
            ("/$", "/a", true),
            ("*", "/anything", false),
            ("/caf%C3%A9", "/café", false),
            ("/café", "/caf%c3%a9", false),
            ("/%7Eann", "/~ann", false),
            ("/a%2Fb", "/a/b", true),
            ("", "/", true),
            ("/p?id=", "/p?id=3", false),
        ] {
            assert_eq!(allowed(&format!("User-agent: *\nDisallow: {rule}"), path), expected, "{rule} {path}");
        }
    }

    #[test]
    fn odd_files_allow_what_they_do_not_forbid() {
        for text in
            ["", "<html><body>Not found</body></html>", "Disallow: /", "User-agent: *\nDisallow:", "\u{0}\u{1}:"]
        {
            assert!(allowed(text, "/a"), "{text:?}");
        }
        assert!(!allowed("\u{feff}user-agent:*\rdisallow:/ # all of it\r", "/a"));
        assert!(allowed("User-agent: *\nDisallow: /", "/robots.txt"));
    }

    #[test]
    fn a_hostile_pattern_is_matched_in_one_pass() {
        let text = format!("User-agent: *\nDisallow: /{}b", "a*".repeat(2000));
        assert!(allowed(&text, &format!("/{}", "a".repeat(4000))));
    }
}
