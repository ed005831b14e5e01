//! Notices: short words that servers and sites put in a page's place (`Access denied`, `502 Bad Gateway`), told from
//! stories that happen to use them.
//!
//! A notice stands alone or speaks to the reader of a page; a story tells of others. So a notice counts only where it is
//! a whole sentence, or its block speaks of pages and sites, and where no paragraph of the page is a story's.

use crate::model::{Document, Reason, Where, Zone};

/// A paragraph of a story has at least so many bytes.
const TOLD: usize = 80;
/// A block with more bytes than this is text, not a notice.
const LONG: usize = 400;

/// Notices, in lower case and with straight apostrophes.
pub(super) const NOTICES: &[(Reason, &[&str])] = &[
    (
        Reason::ScriptOnly,
        &[
            "turn on javascript",
            "enable javascript",
            "activate javascript",
            "requires javascript",
            "javascript is required",
            "javascript is disabled",
            "javascript must be enabled",
            "javascript to run this app",
            "javascript aktivieren",
            "aktivieren sie javascript",
            "activer javascript",
            "activez javascript",
            "habilitar javascript",
            "habilite javascript",
            "habilita javascript",
            "abilitare javascript",
            "attivare javascript",
            "schakel javascript in",
            "włącz javascript",
            "включите javascript",
            "javascriptを有効",
        ],
    ),
    (
        Reason::Blocked,
        &[
            "access denied",
            "access to this page is denied",
            "access forbidden",
            "request blocked",
            "not available in your country",
            "not available in your region",
            "not available in your location",
            "not available in your area",
            "unavailable for legal reasons",
            "cannot grant you access",
            "too many requests",
            "rate limit exceeded",
            "while we check your browser",
            "establishing a secure connection",
            "your browser is not supported",
            "this browser is not supported",
            "browser is no longer supported",
            "unsupported browser",
            "your browser is out of date",
            "your browser is outdated",
            "upgrade to a modern browser",
            "upgrade your browser",
            "update your browser",
            "outdated browser",
            "browser wird nicht unterstützt",
            "browser ist veraltet",
            "navigateur n'est pas pris en charge",
            "navegador no es compatible",
            "please enable cookies",
            "enable cookies to continue",
            "enable cookies in your browser",
            "enable cookies and reload",
            "this site requires cookies",
            "cookies are disabled",
            "cookies must be enabled",
            "cookies are required",
            "bitte aktivieren sie cookies",
            "cookies müssen aktiviert",
            "activez les cookies",
            "activer les cookies",
            "activar las cookies",
            "zugriff verweigert",
            "accès refusé",
            "acceso denegado",
            "accesso negato",
            "acesso negado",
            "dostęp zabroniony",
            "доступ запрещен",
            "доступ запрещён",
            "访问被拒绝",
        ],
    ),
    (
        Reason::HttpError,
        &[
            "service unavailable",
            "service temporarily unavailable",
            "temporarily unavailable",
            "internal server error",
            "bad gateway",
            "gateway timeout",
            "gateway time-out",
            "down for maintenance",
            "down for scheduled maintenance",
            "undergoing maintenance",
            "undergoing scheduled maintenance",
            "under maintenance",
            "scheduled maintenance",
            "we'll be back soon",
            "we will be back soon",
            "we'll be right back",
            "we will be back shortly",
            "wartungsarbeiten",
            "wird gerade gewartet",
            "wartungsmodus",
            "en maintenance",
            "maintenance en cours",
            "en mantenimiento",
            "in manutenzione",
            "em manutenção",
            "in onderhoud",
            "prace konserwacyjne",
            "przerwa techniczna",
            "технические работы",
            "сайт временно недоступен",
            "メンテナンス中",
            "系统维护",
            "something went wrong",
            "an unexpected error occurred",
            "the server is busy",
        ],
    ),
    (
        Reason::Moved,
        &[
            "this page has moved",
            "this page has been moved",
            "the page has moved",
            "the document has moved",
            "object moved",
            "moved permanently",
            "moved temporarily",
            "you are being redirected",
            "you will be redirected",
            "diese seite ist umgezogen",
            "cette page a été déplacée",
            "esta página se ha movido",
        ],
    ),
    (
        Reason::Gone,
        &[
            "has been permanently removed",
            "this article has been removed",
            "this article has been withdrawn",
            "this page has been removed",
            "this story has been removed",
            "article expired",
        ],
    ),
    (
        Reason::Login,
        &[
            "you need access",
            "request access",
            "posts are protected",
            "this account is private",
            "this profile is private",
            "private video",
            "if you've been granted access",
        ],
    ),
    (
        Reason::Soft404,
        &[
            "page not found",
            "post not found",
            "article not found",
            "story not found",
            "video not found",
            "status not found",
            "user not found",
            "profile not found",
            "file not found",
            "document not found",
            "has not archived that url",
            "ergab keine treffer",
            "404 not found",
            "error 404",
            "no longer available",
            "account suspended",
            "account has been suspended",
            "site not found",
            "it works!",
            "default web site page",
            "website is coming soon",
            "domain not configured",
            "domain is not configured",
        ],
    ),
];

/// Words of those who speak of a page, or to its reader.
pub(super) const PAGES: &[&str] = &[
    "this page",
    "the page",
    "web page",
    "webpage",
    "home page",
    "homepage",
    "this site",
    "our site",
    "the site",
    "website",
    "web site",
    "your browser",
    "url",
    "web server",
    "this server",
    "the server",
    "requested",
    "your request",
    "cookies",
    "javascript",
    "refresh",
    "try again",
    "permission to access",
    "this content",
    "this article",
    "ip address",
    "webmaster",
    "administrator",
    "hosting",
    "reference #",
    "ray id",
    "this video",
    "this story",
    "diese seite",
    "die seite",
    "webseite",
    "startseite",
    "dieser artikel",
    "dieser inhalt",
    "unsere seite",
    "cette page",
    "la page",
    "ce site",
    "le site",
    "notre site",
    "cet article",
    "ce contenu",
    "esta página",
    "la página",
    "este sitio",
    "el sitio",
    "este artículo",
    "este contenido",
    "questa pagina",
    "la pagina",
    "il sito",
    "questo sito",
    "esta pagina",
    "o site",
    "a página",
    "deze pagina",
    "deze site",
    "onze site",
    "strona",
    "strony",
    "страниц",
    "сайт",
    "ページ",
    "サイト",
    "页面",
    "网站",
];

/// Words that speak to somebody, each a whole word.
pub(super) const TO_READERS: &[&str] = &[
    "you", "your", "please", "sorry", "oops", "we", "our", "bitte", "ihre", "ihr", "ihren", "wir", "unsere", "vous",
    "votre", "nous", "usted", "su", "nuestro", "por", "favor", "voi", "vostro", "u", "uw", "wij", "proszę", "вы",
    "ваш",
];

/// The notice that a page holds, with its reason.
pub(super) fn notice(document: &Document) -> Option<(Reason, &'static str)> {
    if is_story(document) {
        return None;
    }
    let blocks: Vec<String> = document
        .blocks
        .iter()
        .filter(|block| matches!(block.zone.place(), Where::Body | Where::Headline | Where::Metadata))
        .filter(|block| block.range.len() < LONG)
        .map(|block| plain(document.slice(block.range)))
        .collect();
    NOTICES.iter().find_map(|(reason, phrases)| {
        let phrase = phrases.iter().find(|phrase| blocks.iter().any(|block| gives_notice(block, phrase)))?;
        Some((*reason, *phrase))
    })
}

/// Whether a paragraph of the page tells a story: words enough, and none of them about the page or to its reader.
pub(super) fn is_story(document: &Document) -> bool {
    has_story(document, |_| false)
}

/// The same, where `notice` knows more blocks that tell none.
pub(super) fn has_story(document: &Document, notice: impl Fn(&str) -> bool) -> bool {
    document.blocks.iter().any(|block| {
        let told = matches!(block.zone, Zone::Paragraph | Zone::LiveEntry | Zone::Blockquote | Zone::ListItem);
        told && block.range.len() >= TOLD && {
            let text = unquoted(&plain(document.slice(block.range)));
            !notice(&text)
                && !PAGES.iter().any(|words| text.contains(words))
                && !text.split(|c: char| !c.is_alphanumeric()).any(|word| TO_READERS.contains(&word))
        }
    })
}

/// Whether a block gives a notice with these words: outside quotation marks, as a whole sentence, or beside words about
/// the page.
fn gives_notice(block: &str, phrase: &str) -> bool {
    if !block.contains(phrase) {
        return false;
    }
    let text = unquoted(block);
    let Some(at) = text.find(phrase) else { return false };
    let around = format!("{} {}", &text[..at], &text[at + phrase.len()..]);
    let speaks = PAGES.iter().any(|words| around.contains(words))
        || around.split(|c: char| !c.is_alphanumeric()).any(|word| TO_READERS.contains(&word));
    let own = |c: char| matches!(c, '.' | '!' | '?' | '|' | '–' | '—' | '·' | '\n' | '»');
    let before = text[..at].rsplit(own).next().unwrap_or_default();
    let behind = text[at + phrase.len()..].split(own).next().unwrap_or_default();
    let bare = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric())
            .all(|word| word.is_empty() || word.bytes().all(|byte| byte.is_ascii_digit()) || is_label(word))
    };
    speaks || bare(before) && bare(behind)
}

/// Words that stand beside the name of an error: `Error 404`, `HTTP status 503`.
fn is_label(word: &str) -> bool {
    matches!(
        word,
        "error" | "http" | "status" | "code" | "sorry" | "oops" | "fehler" | "erreur" | "errore" | "the" | "page"
    )
}

/// The reason that a title or heading gives which is an HTTP status with its name, or one of them alone.
pub(super) fn status(title: &str) -> Option<Reason> {
    const NAMES: &[(u16, &str)] = &[
        (400, "bad request"),
        (401, "unauthorized"),
        (402, "payment required"),
        (403, "forbidden"),
        (404, "not found"),
        (405, "method not allowed"),
        (408, "request timeout"),
        (410, "gone"),
        (429, "too many requests"),
        (451, "unavailable for legal reasons"),
        (500, "internal server error"),
        (502, "bad gateway"),
        (503, "service unavailable"),
        (503, "service temporarily unavailable"),
        (504, "gateway timeout"),
        (504, "gateway time out"),
        (509, "bandwidth limit exceeded"),
        (520, "web server is returning an unknown error"),
        (521, "web server is down"),
        (522, "connection timed out"),
        (523, "origin is unreachable"),
        (524, "a timeout occurred"),
    ];
    let mut code = None;
    let mut words: Vec<&str> = Vec::new();
    for word in title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        match word.parse::<u16>().ok().filter(|code| word.len() == 3 && (400..600).contains(code)) {
            Some(found) if code.is_none() => code = Some(found),
            None if matches!(word, "http" | "status" | "code") => {}
            _ => words.push(word),
        }
    }
    let words = words.join(" ");
    let bare = words.strip_prefix("error").unwrap_or(&words).trim();
    let named = NAMES
        .iter()
        .find(|(number, name)| (*name == words || *name == bare) && code.is_none_or(|code| code == *number));
    let code = match (code, named) {
        // A short name alone may be the headline of a story.
        (None, Some((number, name))) if name.contains(' ') && *number != 404 => *number,
        (Some(code), Some(_)) => code,
        (Some(code), None) if bare.is_empty() => code,
        _ => return None,
    };
    Some(match code {
        404 => Reason::Soft404,
        410 => Reason::Gone,
        401 => Reason::Login,
        402 => Reason::Paywall,
        403 | 429 | 451 => Reason::Blocked,
        _ => Reason::HttpError,
    })
}

/// Lower case, straight apostrophes.
pub(super) fn plain(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// A text without what stands in quotation marks, where other words stand around it.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut closing = None;
    for c in text.chars() {
        match (closing, c) {
            (Some(mark), c) if c == mark => closing = None,
            (Some(_), _) => {}
            (None, '“') => closing = Some('”'),
            (None, '„') => closing = Some('“'),
            (None, '«') => closing = Some('»'),
            (None, '「') => closing = Some('」'),
            (None, '"') => closing = Some('"'),
            (None, c) => out.push(c),
        }
    }
    // A mark that is never closed hides nothing.
    if closing.is_some() || !out.contains(char::is_alphanumeric) { text.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_told_by_code_and_name() {
        for (title, reason) in [
            ("502 bad gateway", Reason::HttpError),
            ("error 503: service unavailable", Reason::HttpError),
            ("internal server error", Reason::HttpError),
            ("http error 500", Reason::HttpError),
            ("429 too many requests", Reason::Blocked),
            ("410 gone", Reason::Gone),
            ("504 gateway time-out", Reason::HttpError),
        ] {
            assert_eq!(status(title), Some(reason), "{title}");
        }
        for story in ["500 jobs gone", "gone", "not found", "forbidden", "420 days at sea", "service", "error"] {
            assert_eq!(status(story), None, "{story}");
        }
    }

    #[test]
    fn a_notice_stands_alone_or_speaks_of_the_page() {
        for (block, phrase) in [
            ("access denied", "access denied"),
            ("error 1020. access denied. what happened?", "access denied"),
            ("this article is no longer available.", "no longer available"),
            ("please turn on javascript in your browser to view this page.", "turn on javascript"),
        ] {
            assert!(gives_notice(block, phrase), "{block}");
        }
        for (block, phrase) in [
            ("access denied: blind voters turned away", "access denied"),
            ("the night ferry is no longer available, the line said", "no longer available"),
            ("she showed screens that read “access denied” to all", "access denied"),
            ("the lock is under maintenance until may", "under maintenance"),
        ] {
            assert!(!gives_notice(block, phrase), "{block}");
        }
    }
}
