//! What is attributed and yet is no claim: of nobody, of the writer, of nothing that could be looked up.

use super::super::phrase::{Role, View};
use super::parts::Found;

/// Whether something is said by somebody: not by nobody, and not only that a name be kept out.
pub(super) fn is_claim(view: &View<'_>, found: &Found) -> bool {
    let nobody = found.source.as_ref().is_some_and(|source| {
        matches!(view.word(source.start), "nobody" | "none" | "niemand" | "keiner" | "personne" | "nadie")
            || view.word(source.start) == "no" && view.word(source.start + 1) == "one"
    });
    let unnamed = found.content.first().is_some_and(|content| {
        let at = content.start + usize::from(view.word(content.start) == "not");
        view.word(at) == "to"
            && matches!(view.word(at + 1), "be" | "remain")
            && matches!(view.word(at + 2), "named" | "identified" | "quoted" | "anonymous")
    });
    !nobody && !unnamed && !is_bare(view, found) && !is_idle(view, found)
}

/// Whether it is the writer who speaks, or nobody in particular, or nothing is said: `I think`, `everybody says`, `declined
/// to say whether`, `an earlier version of this article said`.
fn is_idle(view: &View<'_>, found: &Found) -> bool {
    let Some(source) = &found.source else { return false };
    let alone = source.len() == 1;
    let first = view.word(source.start);
    let marked =
        found.content.iter().flat_map(Clone::clone).any(|at| view.role(at) == Role::Quoted && view.words_in(at) > 2);
    let writer = alone && !marked && matches!(first, "i" | "ich" | "je" | "j'" | "yo");
    let anybody = alone
        && (matches!(
            first,
            "everybody" | "everyone" | "anybody" | "anyone" | "one" | "jeder" | "alle" | "chacun" | "todos"
        ) || matches!(first, "somebody" | "someone" | "jemand" | "quelqu'un" | "alguien")
            && (source.start.saturating_sub(2)..source.start)
                .any(|at| matches!(view.word(at), "if" | "when" | "wenn" | "si" | "quand" | "cuando")));
    let version = source.clone().any(|at| matches!(view.word(at), "version" | "versión" | "fassung"))
        && source
            .clone()
            .any(|at| matches!(view.word(at), "article" | "story" | "report" | "artikels" | "textes" | "artículo"));
    let open = found.content.first().is_some_and(|piece| {
        matches!(view.word(piece.start), "whether" | "if" | "how" | "why") && view.lexicon.language == "en"
    });
    let silent = (found.cue.start..found.cue.end)
        .any(|at| matches!(view.word(at), "declined" | "declines" | "refused" | "refuses"))
        || (found.cue.start.saturating_sub(2)..found.cue.start)
            .any(|at| matches!(view.word(at), "declined" | "declines" | "refused" | "refuses"));
    // “to say whether anyone would be dismissed”
    let said_not = found.content.first().is_some_and(|piece| {
        silent
            && view.word(piece.start) == "to"
            && matches!(view.word(piece.start + 1), "say" | "comment" | "specify" | "disclose" | "discuss" | "confirm")
    });
    // “Stop calling it …”, and of a headline “…, jury told”.
    let order = alone
        && view.begins(source.start)
        && view.role(source.start) == Role::Name
        && found.cue.start == source.end
        && view.word(found.cue.start).ends_with("ing");
    let heard = found.cue.end >= view.tokens.len()
        && view.word(found.cue.end - 1) == "told"
        && matches!(
            view.word(source.end - 1),
            "jury" | "court" | "inquest" | "inquiry" | "tribunal" | "trial" | "hearing" | "mps"
        );
    writer || anybody || version || order || heard || open && silent || said_not
}

/// Whether what is attributed is nothing that could be looked up: a pronoun (`he denied it`), an adverb (`she asked twice`),
/// in German a bare object (`wies die Kritik zurück`).
fn is_bare(view: &View<'_>, found: &Found) -> bool {
    let [piece] = found.content.as_slice() else { return false };
    let plain = piece
        .clone()
        .all(|at| !matches!(view.role(at), Role::Quoted | Role::Number | Role::Sign) && !view.is_finite(at));
    let empty = piece.clone().all(|at| {
        matches!(view.role(at), Role::Pronoun | Role::Determiner | Role::Adverb | Role::Time | Role::Preposition)
            || matches!(view.word(at), "twice" | "that" | "so" | "as" | "much" | "this")
    });
    let object = view.lexicon.language == "de"
        && found.cue.start < piece.start
        && piece.len() <= 3
        && piece.clone().all(|at| matches!(view.role(at), Role::Determiner | Role::Name))
        && view.role(piece.start) == Role::Determiner;
    plain && (empty || object)
}
