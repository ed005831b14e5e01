//! What a manifest may write as an address: URLs, paths, language tags.

use url::Url;

/// Why an address cannot be used, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unusable {
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) remedy: &'static str,
}

/// What `source` names, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// It has a scheme.
    Url,
    /// It has a point or a slash.
    Path,
    /// Neither: a name, or nothing.
    Word,
}

/// The form of a `source` that is no name in `[sources]`.
pub(crate) fn form(text: &str) -> Form {
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    if text.contains("://") || matches!(scheme.as_deref(), Some("http" | "https")) {
        Form::Url
    } else if text.contains(['.', '/']) {
        Form::Path
    } else {
        Form::Word
    }
}

/// A URL as it is kept: without spaces around it and without its fragment.
pub(crate) fn without_fragment(text: &str) -> &str {
    let text = text.trim();
    text.split_once('#').map_or(text, |(address, _)| address)
}

/// Whether a URL names a user or carries a password.
pub(crate) fn has_credentials(text: &str) -> bool {
    Url::parse(text.trim()).is_ok_and(|url| !url.username().is_empty() || url.password().is_some())
}

/// Refuses a URL that can never be captured.
pub(crate) fn check_url(text: &str) -> Result<(), Unusable> {
    let text = text.trim();
    let unusable = |message: String, remedy| Err(Unusable { code: "bad-url", message, remedy });
    if text.chars().any(char::is_control) {
        return unusable("the URL contains control characters".to_owned(), "copy the address from the browser again");
    }
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => {
            return unusable("the URL has no scheme".to_owned(), "write it in full, as https://wire.example/story");
        }
        Err(url::ParseError::EmptyHost) => {
            return unusable("the URL has no host".to_owned(), "write it in full, as https://wire.example/story");
        }
        Err(error) => {
            return unusable(format!("the URL cannot be used: {error}"), "write it as https://wire.example/story");
        }
    };
    if !matches!(url.scheme(), "http" | "https") {
        let message = format!("the URL has the scheme `{}`", super::diagnostic::visible(url.scheme()));
        return unusable(
            message,
            "only http and https are captured; a file is written as its path, relative to this one",
        );
    }
    // The parser forgives missing slashes, and takes the first part of a path for the host.
    let slashes = text.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//") && !rest.starts_with("///"));
    if !slashes || url.host_str().is_none_or(str::is_empty) {
        return unusable("the URL has no host".to_owned(), "write it in full, as https://wire.example/story");
    }
    Ok(())
}

/// Refuses a path that no system can open. Where it may lead is decided when it is read.
pub(crate) fn check_path(text: &str) -> Result<(), Unusable> {
    if text.contains('\0') {
        let message = "the path contains a NUL character".to_owned();
        return Err(Unusable { code: "bad-path", message, remedy: "write the path relative to the manifest" });
    }
    Ok(())
}

/// Whether a path is probably a URL that lacks its scheme.
pub(crate) fn looks_like_url(path: &str) -> bool {
    path.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."))
}

/// Refuses what does not have the form of a BCP 47 language tag.
pub(crate) fn check_language(tag: &str) -> Result<(), Unusable> {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    let letters = |part: &str, range: std::ops::RangeInclusive<usize>| {
        range.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    // Longer primary tags are registered for no language, so a name (`english`) is caught here.
    if letters(primary, 2..=3) && parts.all(subtag) && tag.len() <= 35 {
        return Ok(());
    }
    let remedy =
        if tag.contains('_') { "write a hyphen, as in en-US" } else { "write a BCP 47 tag, such as en, de or pt-BR" };
    Err(Unusable {
        code: "bad-language",
        message: format!("{} is not a language tag", super::diagnostic::shown(tag)),
        remedy,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_source() {
        for (text, expected) in [
            ("https://wire.example/a", Form::Url),
            ("ftp://wire.example", Form::Url),
            ("HTTP:wire.example", Form::Url),
            ("notes.txt", Form::Path),
            ("saved/notes", Form::Path),
            ("C:\\notes.txt", Form::Path),
            ("www.wire.example", Form::Path),
            ("wire", Form::Word),
        ] {
            assert_eq!(form(text), expected, "{text}");
        }
    }

    #[test]
    fn urls_that_cannot_be_captured() {
        for text in ["https://wire.example", " http://127.0.0.1:80/x?y#z ", "https://例え.example/道", "HTTPS://[::1]/"]
        {
            assert_eq!(check_url(text), Ok(()), "{text}");
        }
        for (text, part) in [
            ("wire.example/a", "no scheme"),
            ("//wire.example", "no scheme"),
            ("ftp://wire.example/a", "scheme `ftp`"),
            ("file:///etc/hosts", "scheme `file`"),
            ("javascript:alert(1)", "scheme `javascript`"),
            ("https://", "no host"),
            ("https:///a", "no host"),
            ("https:wire.example", "no host"),
            ("https:/wire.example", "no host"),
            ("https://wire.example:99999/", "cannot be used"),
            ("https://wi re.example/", "cannot be used"),
            ("https://wire.example/\n", ""),
            ("https://wire.example/\u{0}x", "control"),
        ] {
            match check_url(text) {
                Err(unusable) => assert!(unusable.message.contains(part), "{text}: {}", unusable.message),
                Ok(()) => assert!(part.is_empty(), "{text} was accepted"),
            }
        }
        assert!(has_credentials("https://kim:secret@wire.example/") && !has_credentials("https://wire.example/@kim"));
    }

    #[test]
    fn language_tags() {
        for tag in ["en", "en-US", "zh-Hant-TW", "sr-Latn", "nds", "de-1996"] {
            assert!(check_language(tag).is_ok(), "{tag}");
        }
        for tag in ["english", "e", "en_US", "en-", "-en", "en US", "12", "en-abcdefghi"] {
            assert!(check_language(tag).is_err(), "{tag}");
        }
    }
}
