//! Pages that are not the page: walls, soft 404s and script-only shells, told by a phrase *and* little text.
//!
//! Decided conservatively: an obstacle never hides what stands on the page, it only keeps "not there" from being
//! said of a page that nobody could see.

use super::html::PageFacts;
use crate::model::{Document, Obstacle, Reason, Where, Zone};

/// A page with more body text than this (bytes) is taken for a page whatever it says.
const LITTLE_TEXT: usize = 1_500;
/// A block with more bytes than this is text, not the notice of a wall.
const LONG_BLOCK: usize = 400;
/// A paragraph of a text, rather than a label, has at least so many bytes.
const PARAGRAPH: usize = 80;
/// A page with less body text than this and scripts is a shell.
const SHELL_TEXT: usize = 200;

/// Phrases that name a wall, in lower case; each must stand in a page with little text.
const PHRASES: &[(Reason, &[&str])] = &[
    (
        Reason::Captcha,
        &[
            "verify you are human",
            "are you a robot",
            "complete the captcha",
            "solve the captcha",
            "unusual traffic from your",
            "press & hold to confirm",
            "bestätigen sie, dass sie ein mensch sind",
            "vérifiez que vous êtes humain",
        ],
    ),
    (
        Reason::Blocked,
        &[
            "access denied",
            "you have been blocked",
            "attention required! | cloudflare",
            "checking your browser before accessing",
            "request blocked",
            "enable javascript and cookies to continue",
            "not available in your country",
            "not available in your region",
            "zugriff verweigert",
            "accès refusé",
            "acceso denegado",
        ],
    ),
    (
        Reason::Paywall,
        &[
            "subscribe to continue reading",
            "subscribe to read",
            "to continue reading, subscribe",
            "this article is for subscribers",
            "already a subscriber? log in",
            "subscribers only",
            "jetzt weiterlesen mit",
            "nur für abonnenten",
            "réservé aux abonnés",
            "réservé à nos abonnés",
            "exclusivo para suscriptores",
            "solo per gli abbonati",
        ],
    ),
    (
        Reason::Consent,
        &[
            "before you continue",
            "we and our partners",
            "store and access information on a device",
            "we value your privacy",
            "accept all cookies to continue",
            "wir benötigen ihre zustimmung",
            "nous utilisons des cookies pour",
            "your consent is required",
            "to continue, agree to",
        ],
    ),
    (
        Reason::Login,
        &[
            "log in to continue",
            "sign in to continue",
            "please log in to view",
            "you must be logged in to view",
            "you must be logged in to read",
            "bitte melden sie sich an",
            "connectez-vous pour",
        ],
    ),
    (
        Reason::Soft404,
        &[
            "page not found",
            "404 not found",
            "page cannot be found",
            "page can't be found",
            "page you are looking for",
            "page you requested",
            "no longer available",
            "seite nicht gefunden",
            "page introuvable",
            "página no encontrada",
            "pagina non trovata",
            "strona nie została znaleziona",
            "страница не найдена",
            "ページが見つかりません",
            "页面不存在",
        ],
    ),
];

/// What stands between a reader and the page, worst first; empty for a page that is one.
pub(super) fn obstacles(document: &Document, facts: &PageFacts) -> Vec<Obstacle> {
    let mut found = Vec::new();
    // A wall has a sentence or two; several paragraphs are a page, whatever its forms and footers say.
    let paragraphs =
        document.blocks.iter().filter(|block| block.zone == Zone::Paragraph && block.range.len() >= PARAGRAPH).count();
    if facts.body_chars < LITTLE_TEXT && paragraphs < 3 {
        let seen: String = document
            .blocks
            .iter()
            .filter(|block| {
                matches!(block.zone.place(), Where::Body | Where::Headline | Where::Metadata)
                    && block.range.len() < LONG_BLOCK
            })
            .map(|block| document.slice(block.range))
            .collect::<Vec<_>>()
            .join("\n")
            .to_lowercase();
        for (reason, phrases) in PHRASES {
            if let Some(phrase) = phrases.iter().find(|phrase| seen.contains(*phrase)) {
                found.push(Obstacle {
                    reason: *reason,
                    detail: format!("the page holds little text and says “{phrase}”"),
                });
            }
        }
        if found.is_empty() && facts.password_field && facts.body_chars < SHELL_TEXT {
            found.push(Obstacle { reason: Reason::Login, detail: "the page is a login form".to_owned() });
        }
    }
    if found.is_empty() && facts.body_chars < SHELL_TEXT && facts.scripts > 0 {
        let asks = facts.noscript.to_lowercase().contains("javascript");
        if asks || facts.body_chars < 40 {
            found.push(Obstacle {
                reason: Reason::ScriptOnly,
                detail: "the page holds almost no text until its scripts run in a browser".to_owned(),
            });
        }
    }
    found
}
