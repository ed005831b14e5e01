//! What `onrecord init` writes: a manifest to begin with, and what version control leaves out.

/// A commented manifest with two claims; it parses without errors or warnings.
pub const STARTER: &str = r#"# Claims of one article, and the sources that they rest on.
# Check them with `onrecord check`; `onrecord schema` prints every key with its meaning.

archive = "archive"    # where captures of the sources are kept, relative to this file
language = "en"        # of the article; decides separators and the words of numbers

[article]
title = "The league turns to the coast"
url = "https://daily.example/coast"    # or: file = "coast.html"
published = 2024-03-23

# A source that several claims name.
[sources.wire]
url = "https://wire.example/league"
outlet = "Northern Wire"
# copy = "saved/league.html"           # a copy that a person saved, where the page cannot be captured
# not_before = 2024-03-24              # embargo: no capture before this day

# A statement and its source are enough: what stands in quotation marks is checked, and the figures.
[[claim]]
statement = 'Mara Lindqvist said the league "has turned its attention to the coast".'
speaker = "Mara Lindqvist"
source = "wire"

# What is to be checked can be written out, too.
[[claim]]
id = "attendance"
statement = "Over 1,400 people came to the meeting, Northern Wire reported."
figure = "over 1,400"
via = ["Northern Wire"]
source = ["wire", "https://daily.example/minutes"]
need = "any"           # or "all", or how many independent sources must carry it
"#;

/// What version control leaves out of a folder with a manifest.
pub const GITIGNORE: &str =
    "# Captures of the sources: large, and other people's work. To share them, use `onrecord archive export`.
archive/
archive.runs/
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{no_figures, parse};

    #[test]
    fn the_starter_parses_without_a_word() {
        let parsed = parse("claims.toml".as_ref(), STARTER, &no_figures).expect("it parses");
        assert_eq!(parsed.warnings, []);
        assert_eq!(parsed.manifest.claims.len(), 2);
        assert_eq!(parsed.manifest.archive.as_deref(), Some("archive"));
        assert!(GITIGNORE.lines().any(|line| line == "archive/"));
    }

    #[test]
    fn it_names_no_real_host() {
        for url in STARTER.split('"').filter(|text| text.contains("://")) {
            let host = url.split('/').nth(2).unwrap_or_default();
            assert!(host.ends_with(".example"), "{host}");
        }
    }
}
