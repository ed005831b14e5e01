//! scratch
use super::*;
use crate::model::TextRange;
pub fn run(text: &str) -> Vec<serde_json::Value> {
    let lang = std::env::var("LANG2").unwrap_or("en".into());
    let lex = lexicon::Lexicon::of(Some(&lang));
    let mut out = vec![];
    let pts = crate::model::PointTable::new(text);
    let mut at = 0;
    let mut paras = vec![];
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(at, at + line.trim_end().len());
        at += line.len();
        if !line.trim().is_empty() { paras.push(speech::Paragraph::read(text, range, &lex)); }
    }
    let show = std::env::var("SHOW").is_ok();
    let all = speech::attributions(text, &paras, &lex);
    for f in &all {
        let s = f.source.map_or("", |s| &text[s.span()]);
        let c = f.cue.map_or("", |s| &text[s.span()]);
        if show { println!("    [{s}] {{{c}}} {:?}", f.content.iter().map(|c| &text[c.span()]).collect::<Vec<_>>()); }
        out.push(serde_json::json!({"content": f.content.iter().map(|c| pts.range(*c)).collect::<Vec<_>>(), "source": f.source.map(|s| pts.range(s)), "cue": f.cue.map(|s| pts.range(s)), "kind": if f.quoted {"direct"} else {"indirect"}}));
    }
    out
}
