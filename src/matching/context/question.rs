//! Questions: the sentence around the passage asks it.

use super::scene::Scene;
use crate::matching::fold::{Kind, bits};
use crate::matching::query::Query;

/// Whether the sentence that the passage ends in is a question whose mark stands outside the passage.
pub(super) fn is_asked(scene: &Scene<'_>, query: &Query) -> bool {
    let index = scene.index;
    let tokens = index.tokens();
    if query.words.iter().any(|word| word.text == "?") {
        return false;
    }
    if scene.language == "ja" && scene.in_marks && is_asked_in_japanese(scene) {
        return true;
    }
    let span = &scene.span;
    let block = index.block_tokens(index.block_of(span.end - 1));
    // The mark is a token of its own right before the next sentence.
    let mark = |at: usize| at < block.end && tokens[at].kind == Kind::Sign && matches!(index.form(at), "?" | "؟");
    let inside = |at: usize| {
        (span.end..=at).any(|at| tokens[at].bits & bits::QUOTE_MARK != 0 && tokens[at].bits & bits::APOSTROPHE == 0)
    };
    let end = scene.sentence.end;
    for at in [end, end.wrapping_sub(1)] {
        if mark(at) && at >= span.end && !inside(at) {
            return true;
        }
    }
    // `Did she say “…”?`: the mark stands behind the closing quotation mark, and a clause before it carries the words.
    let next = scene.end();
    let closing = scene.trail.iter().copied().find(|at| mark(*at)).or_else(|| mark(next).then_some(next));
    closing.is_some_and(&inside) && scene.in_marks && !scene.lead.is_empty() && !is_presupposed(scene)
}

/// `本当に「…」と言ったのか。`: the particle that asks ends the sentence.
fn is_asked_in_japanese(scene: &Scene<'_>) -> bool {
    let trail = scene.text_of(&scene.trail);
    trail.starts_with('と') && !trail.contains(['、', '「']) && trail.ends_with('か')
}

/// `Why did she say “…”?` takes for granted that she did.
fn is_presupposed(scene: &Scene<'_>) -> bool {
    scene.lead.first().is_some_and(|at| {
        matches!(
            scene.key(*at),
            "why"
                | "warum"
                | "pourquoi"
                | "por"
                | "perche"
                | "waarom"
                | "dlaczego"
                | "почему"
                | "чому"
                | "varfor"
                | "hvorfor"
        )
    })
}
