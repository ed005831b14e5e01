//! One source file as text → which modules of the crate it names, and which files only its tests use.
//!
//! Works on the text alone: no compiler, no macros. Comments, literals and test modules are blanked with spaces of the
//! same length, so that every offset stays what it was.

/// A source file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its path from `src`, with `/`.
    pub(crate) file: String,
    /// As written.
    pub(crate) text: String,
    /// Without comments and literals.
    bare: String,
    /// Without inline test modules as well.
    code: String,
}

/// A module that is named.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The module at the top of the crate.
    pub(crate) module: String,
    /// Line, from 1.
    pub(crate) line: usize,
    /// Whether by climbing with `super`, where the name may be one of a parent that is no module.
    pub(crate) by_super: bool,
}

impl Source {
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let bare = blank_literals(text);
        let code = blank_tests(&bare);
        Self { file: file.to_owned(), text: text.to_owned(), bare, code }
    }

    /// The module path of the file: `matching/figure/mod.rs` is `matching`, `figure`.
    pub(crate) fn path(&self) -> Vec<String> {
        let mut path: Vec<String> = self.file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if path.last().is_some_and(|last| last == "mod") {
            path.pop();
        }
        path
    }

    /// The program's part of the file, comments and literals blanked.
    pub(crate) fn code(&self) -> &str {
        &self.code
    }

    /// The module at the top of the crate that the file belongs to.
    pub(crate) fn top(&self) -> String {
        self.path().into_iter().next().unwrap_or_default()
    }

    /// Every module of the crate that the program's part of the file names.
    pub(crate) fn names(&self) -> Vec<Named> {
        let mut found = Vec::new();
        for root in ["crate", "onrecord"] {
            for at in words(&self.code, root) {
                if let Some(after) = path_after(&self.code, at + root.len()) {
                    self.take(after, false, &mut found);
                }
            }
        }
        let depth = self.path().len();
        let mut climbed_to = 0;
        for at in words(&self.code, "super") {
            if at < climbed_to {
                continue;
            }
            let (mut steps, mut end) = (1, at + "super".len());
            while let Some(next) = path_after(&self.code, end).filter(|next| self.code[*next..].starts_with("super")) {
                steps += 1;
                end = next + "super".len();
            }
            climbed_to = end;
            if let Some(after) = path_after(&self.code, end).filter(|_| steps >= depth) {
                self.take(after, true, &mut found);
            }
        }
        found.sort_by(|a, b| (a.line, &a.module).cmp(&(b.line, &b.module)));
        found
    }

    /// Takes the name, or the names of the group, that stand at `at`.
    fn take(&self, at: usize, by_super: bool, found: &mut Vec<Named>) {
        let mut name = |at: usize| {
            let module: String = self.code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !module.is_empty() && module != "self" {
                found.push(Named { module, line: self.line(at), by_super });
            }
        };
        if !self.code[at..].starts_with('{') {
            return name(at);
        }
        let (mut depth, mut expects) = (0usize, false);
        for (offset, c) in self.code[at..].char_indices() {
            match c {
                '{' => {
                    depth += 1;
                    expects = depth == 1;
                }
                '}' if depth <= 1 => break,
                '}' => depth -= 1,
                ',' => expects = depth == 1,
                c if c.is_whitespace() => {}
                _ if expects => {
                    expects = false;
                    name(at + offset);
                }
                _ => {}
            }
        }
    }

    fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// Lines of the program's part on which `sign` stands, comments and literals left out.
    pub(crate) fn lines_with(&self, sign: &str) -> Vec<usize> {
        self.code.match_indices(sign).map(|(at, _)| self.line(at)).collect()
    }

    /// Files that are declared as modules of tests: `#[cfg(test)] mod tests;`, with `#[path]` or without.
    pub(crate) fn test_files(&self) -> Vec<String> {
        let folder = match self.file.rsplit_once('/') {
            Some((folder, "mod.rs")) => folder.to_owned(),
            _ if matches!(self.file.as_str(), "lib.rs" | "main.rs") => String::new(),
            _ => self.file.trim_end_matches(".rs").to_owned(),
        };
        let beside = self.file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let join =
            |folder: &str, name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        let mut files = Vec::new();
        for at in test_attributes(&self.bare) {
            let Some(declared) = declared(&self.bare, at).filter(|declared| self.bare[declared.end..].starts_with(';'))
            else {
                continue;
            };
            let attributes = &self.text[at..declared.start];
            let written = attributes.split_once("path").and_then(|(_, rest)| rest.split('"').nth(1));
            match written {
                Some(path) => files.push(join(&beside, path)),
                None => {
                    let name = &self.text[declared];
                    files.push(join(&folder, &format!("{name}.rs")));
                    files.push(join(&folder, &format!("{name}/mod.rs")));
                }
            }
        }
        files
    }
}

/// Places where a whole word stands.
fn words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        !text[..*at].chars().next_back().is_some_and(part) && !text[*at + word.len()..].chars().next().is_some_and(part)
    })
}

/// Where a path goes on behind `::`.
fn path_after(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].trim_start().strip_prefix("::")?.trim_start();
    Some(text.len() - rest.len())
}

/// Where `#[cfg(test)]` and the like stand.
fn test_attributes(text: &str) -> Vec<usize> {
    text.match_indices("#[cfg(")
        .filter(|(at, _)| {
            text[*at..].split(']').next().is_some_and(|attribute| words(attribute, "test").next().is_some())
        })
        .map(|(at, _)| at)
        .collect()
}

/// The name of the module that the attribute at `at` belongs to.
fn declared(text: &str, at: usize) -> Option<std::ops::Range<usize>> {
    let mut rest = &text[at..];
    while rest.starts_with("#[") {
        rest = rest.split_once(']')?.1.trim_start();
    }
    if let Some(after) = rest.strip_prefix("pub") {
        rest = after.trim_start();
        if rest.starts_with('(') {
            rest = rest.split_once(')')?.1.trim_start();
        }
    }
    let rest = rest.strip_prefix("mod ")?.trim_start();
    let start = text.len() - rest.len();
    let length: usize = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
    Some(start..start + length)
}

/// Blanks inline test modules.
fn blank_tests(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for at in test_attributes(text) {
        let Some(name) = declared(text, at) else { continue };
        let Some(open) = text[name.end..]
            .find(|c: char| !c.is_whitespace())
            .map(|offset| name.end + offset)
            .filter(|open| text[*open..].starts_with('{'))
        else {
            continue;
        };
        let mut depth = 0usize;
        for (offset, c) in text[open..].char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 1 => {
                    blank(&mut bytes, at..open + offset + 1);
                    break;
                }
                '}' => depth -= 1,
                _ => {}
            }
        }
    }
    String::from_utf8(bytes).expect("whole characters were blanked")
}

/// Blanks comments and the insides of string and character literals.
fn blank_literals(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            comment(rest)
        } else if let Some(length) = raw_string(text, at) {
            length
        } else if rest.starts_with('"') {
            string(rest)
        } else if let Some(length) = character(rest) {
            length
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        blank(&mut bytes, at..at + length);
        at += length;
    }
    String::from_utf8(bytes).expect("whole characters were blanked")
}

fn blank(bytes: &mut [u8], range: std::ops::Range<usize>) {
    for byte in &mut bytes[range] {
        if *byte != b'\n' {
            *byte = b' ';
        }
    }
}

/// The length of a block comment, which may hold others.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The length of a string literal with its marks.
fn string(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a raw string literal that begins at `at`, if one does.
fn raw_string(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let behind = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    if text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = behind.bytes().take_while(|byte| *byte == b'#').count();
    let inner = behind[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = inner.find(&end).map_or(inner.len(), |found| found + end.len());
    Some(rest.len() - inner.len() + length)
}

/// The length of a character literal; `None` for a lifetime.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    if let Some(escaped) = inner.strip_prefix('\\') {
        let skip = escaped.chars().next().map_or(0, char::len_utf8);
        return escaped[skip..].find('\'').map(|end| 2 + skip + end + 1);
    }
    let c = inner.chars().next()?;
    inner[c.len_utf8()..].starts_with('\'').then(|| 1 + c.len_utf8() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(file: &str, text: &str) -> Vec<String> {
        Source::new(file, text).names().into_iter().map(|named| format!("{}:{}", named.line, named.module)).collect()
    }

    #[test]
    fn paths_and_groups_are_found_wherever_they_stand() {
        let text = "use crate::model::Claim;\nuse crate::{archive::{Archive, Mode}, plan,\n    report::escape};\nfn f(x: crate :: judge::Y) { $crate::engine::run() }\n";
        assert_eq!(names("cli/check.rs", text), ["1:model", "2:archive", "2:plan", "3:report", "4:engine", "4:judge"]);
        assert_eq!(names("main.rs", "fn main() { onrecord::cli::run() }"), ["1:cli"]);
        assert_eq!(names("plan.rs", "pub(crate) fn f() {}\nuse mycrate::x;"), Vec::<String>::new());
    }

    #[test]
    fn comments_literals_and_tests_name_nobody() {
        let text = "//! [`crate::engine`]\n/* crate::cli /* nested */ crate::cli */\nconst A: &str = \"crate::judge \\\" crate::plan\";\nconst B: &str = r#\"crate::judge\"#;\nconst C: char = '\"';\nfn f<'a>(x: &'a str) { crate::model::g('\\'') }\n#[cfg(test)]\nmod tests {\n    use crate::extract; fn f() { if true {} }\n}\nuse crate::archive;\n";
        assert_eq!(names("capture/mod.rs", text), ["6:model", "11:archive"]);
    }

    #[test]
    fn climbing_to_the_top_is_naming() {
        assert_eq!(names("plan.rs", "use super::manifest::parse;"), ["1:manifest"]);
        assert_eq!(
            names("plan/serving.rs", "use super::Plan;\nuse super::super::{judge, report};"),
            ["2:judge", "2:report"]
        );
        assert_eq!(names("matching/figure/mod.rs", "use super::super::fold;\nuse super::Asked;"), ["1:fold"]);
    }

    #[test]
    fn files_of_tests_are_told_by_their_declaration() {
        let of = |file: &str, text: &str| Source::new(file, text).test_files();
        assert_eq!(of("plan.rs", "#[cfg(test)]\nmod tests;\n"), ["plan/tests.rs", "plan/tests/mod.rs"]);
        assert_eq!(
            of("matching/mod.rs", "#[cfg(all(test, unix))]\nmod tests;\nmod fold;\n"),
            ["matching/tests.rs", "matching/tests/mod.rs"]
        );
        assert_eq!(
            of("archive/warc/coding.rs", "#[cfg(test)]\n#[path = \"coding_tests.rs\"]\nmod tests;\n"),
            ["archive/warc/coding_tests.rs"]
        );
        assert!(of("plan.rs", "#[cfg(test)]\nmod tests { fn f() {} }\nmod other;").is_empty());
    }
}
