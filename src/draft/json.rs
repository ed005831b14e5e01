//! The draft as data, as `onrecord draft --format json` prints it.

use serde_json::{Value, json};

use super::{Draft, DraftClaim};
use crate::model::words::single_spaced;
use crate::model::{Document, PointTable, TextRange};

/// Renders a draft: spans in code points of the article's text, lists empty and the rest null where there is nothing.
pub fn render(draft: &Draft, document: &Document) -> Value {
    let points = PointTable::new(&document.text);
    let source = |claim: &DraftClaim| claim.source.and_then(|at| draft.sources.get(at));
    let words = |range: TextRange| single_spaced(document.slice(range));
    let claims: Vec<Value> = draft
        .claims
        .iter()
        .map(|claim| {
            let quote: Vec<String> = claim.quote.iter().map(|fragment| words(*fragment)).collect();
            json!({
                "kind": claim.kind.word(),
                "id": claim.id,
                "statement": words(claim.statement),
                "quote": match quote.as_slice() {
                    [] => Value::Null,
                    [one] => json!(one),
                    many => json!(many),
                },
                "figures": claim.figures.iter().map(|figure| words(*figure)).collect::<Vec<_>>(),
                "speaker": claim.speaker,
                "via": claim.via,
                "source": source(claim).map(|source| source.address.clone()),
                "outlet": source(claim).and_then(|source| source.outlet.clone()),
                "name": claim.name.map(words),
                "date": claim.date.map(words),
                "link": claim.link,
                "content": claim.content.iter().map(|piece| points.range(*piece)).collect::<Vec<_>>(),
                "statement_at": points.range(claim.statement),
                "figures_at": claim.figures.iter().map(|figure| points.range(*figure)).collect::<Vec<_>>(),
                "speaker_at": claim.speaker_at.map(|range| points.range(range)),
                "cue_at": claim.cue_at.map(|range| points.range(range)),
            })
        })
        .collect();
    json!({
        "schema": "onrecord/draft/1",
        "title": document.title,
        "language": document.language,
        "claims": claims,
        "embeds": draft.embeds,
        "unchecked": draft.unchecked.iter().map(|range| points.range(*range)).collect::<Vec<_>>(),
    })
}
