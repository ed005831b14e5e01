//! `onrecord gaps`: what an article prints that no claim covers, and what claims say that it no longer prints.

use serde_json::json;

use super::args::{Gaps, GapsFormat};
use super::exit::Exit;
use super::{draft, find, load, output};
use crate::draft::Kind;
use crate::engine;
use crate::model::words::single_spaced;
use crate::model::{PointTable, TextRange};
use crate::report::escape;

pub(super) fn run(options: &Gaps) -> anyhow::Result<Exit> {
    let settings = find::bare(load::settings(&options.sources, std::path::Path::new("."))?);
    let manifest = load::manifest(&options.manifest)?;
    let article = match draft::read(&options.article, &settings)? {
        Ok(article) => article,
        Err(exit) => return Ok(exit),
    };
    let drafted = engine::draft(&article, manifest.language.as_deref());
    let gaps = engine::gaps(&article, &drafted, &manifest);
    let document = &article.document;
    let words = |range: TextRange| single_spaced(document.slice(range));
    let missing = gaps.claims.len() + gaps.quotations.len() + gaps.embeds.len();
    let exit = if missing > 0 || !gaps.gone.is_empty() {
        Exit::Failed
    } else if gaps.unchecked.is_empty() {
        Exit::Good
    } else {
        Exit::Open
    };
    if options.format == GapsFormat::Json {
        let points = PointTable::new(&document.text);
        let claims: Vec<_> = gaps
            .claims
            .iter()
            .filter_map(|at| drafted.claims.get(*at))
            .map(|claim| {
                json!({
                    "kind": claim.kind.word(), "statement": words(claim.statement), "speaker": claim.speaker,
                    "figures": claim.figures.iter().map(|figure| words(*figure)).collect::<Vec<_>>(),
                    "statement_at": points.range(claim.statement),
                    "content": claim.content.iter().map(|piece| points.range(*piece)).collect::<Vec<_>>(),
                })
            })
            .collect();
        let unchecked: Vec<_> = gaps
            .unchecked
            .iter()
            .map(|range| json!({ "statement": words(*range), "statement_at": points.range(*range) }))
            .collect();
        let quotations: Vec<_> =
            gaps.quotations.iter().map(|range| json!({ "text": words(*range), "at": points.range(*range) })).collect();
        let value = json!({
            "schema": "onrecord/gaps/1", "claims": claims, "quotations": quotations, "embeds": gaps.embeds,
            "unchecked": unchecked, "gone": gaps.gone,
        });
        output::print(format!("{value:#}\n").as_bytes())?;
        return Ok(exit);
    }
    let mut text = String::new();
    let mut section = |head: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            text.push_str(&format!("{head}\n"));
            for line in lines {
                text.push_str(&format!("  {}\n", escape::terminal(&line, true)));
            }
            text.push('\n');
        }
    };
    let of = |kind: Kind| -> Vec<String> {
        gaps.claims
            .iter()
            .filter_map(|at| drafted.claims.get(*at))
            .filter(|claim| claim.kind == kind)
            .map(|claim| {
                let who = claim.speaker.as_ref().filter(|_| kind != Kind::Figure).map(|name| format!("{name}: "));
                let said: Vec<String> = match kind {
                    Kind::Figure => {
                        let figures: Vec<String> = claim.figures.iter().map(|figure| words(*figure)).collect();
                        vec![format!("{} — {}", figures.join(", "), words(claim.statement))]
                    }
                    _ => claim.content.iter().map(|piece| words(*piece)).collect(),
                };
                format!("{}{}", who.unwrap_or_default(), said.join(" … "))
            })
            .collect()
    };
    section("Quotations without a claim:", of(Kind::Quote));
    section(
        "In quotation marks or quoted as a block, and in no claim:",
        gaps.quotations.iter().map(|range| words(*range)).collect(),
    );
    section("Attributed statements without a claim:", of(Kind::Statement));
    section("Figures without a claim:", of(Kind::Figure));
    section("Posts without a claim:", of(Kind::Post));
    section("Embedded posts that are in no claim:", gaps.embeds.clone());
    section("Claims that are not in the article:", gaps.gone.clone());
    section(
        "Factual sentences that nobody is named for and no claim covers:",
        gaps.unchecked.iter().map(|range| words(*range)).collect(),
    );
    text.push_str(&match (missing, gaps.gone.len(), gaps.unchecked.len()) {
        (0, 0, 0) => "The claims cover the article.\n".to_owned(),
        (missing, gone, unchecked) => {
            format!("{missing} without a claim, {gone} not in the article, {unchecked} unchecked\n")
        }
    });
    output::print(text.as_bytes())?;
    Ok(exit)
}
