//! The manifest as written → the manifest as meant: names looked up, ids given, checks read out, defaults filled in.
//!
//! Everything that cannot be meant is reported; a claim with a mistake is still read to its end, so that its
//! other mistakes are shown too.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;

use super::FigureReader;
use super::addresses::{self, Unusable};
use super::diagnostic::shown;
use super::fold;
use super::ids::{self, Ids};
use super::marks;
use super::problems::Problems;
use super::schema::{At, ClaimTable, Document, NeedWritten, PrivacyTable, SourceTable};
use super::suggest;
use crate::model::{
    Article, Check, CheckKind, CheckVerdict, Claim, ClaimId, ClaimVerdict, Copy, Expectation, LeftOut, Manifest, Need,
    Signature, Source, SourceKey, Watching,
};

/// How many unknown source names get a "did you mean": each is compared with every name.
const SUGGESTIONS: usize = 500;
/// How many names of sources are compared.
const NAMES: usize = 2_000;

/// Resolves a document. What is returned is to be used only if no error was reported.
pub(crate) fn resolve(
    path: &Path,
    document: Document,
    figures: &FigureReader<'_>,
    problems: &mut Problems<'_>,
) -> Manifest {
    let mut resolver = Resolver {
        problems,
        figures,
        sources: BTreeMap::new(),
        language: None,
        watching: Watching::default(),
        suggestions: SUGGESTIONS,
    };
    let archive = document.archive.and_then(|path| resolver.path(path));
    resolver.watching = Watching { every: document.every.map(|every| every.value), until: document.until };
    resolver.language = document.language.and_then(|tag| resolver.language_tag(tag));
    let article = document.article.map(|article| Article {
        title: article.title.map(|title| title.value),
        url: article.url.and_then(|url| resolver.url(url)),
        file: article.file.and_then(|file| resolver.path(file)),
        published: article.published,
    });
    let privacy = resolver.privacy(document.privacy);
    for source in document.sources {
        resolver.named_source(source);
    }
    let claims = resolver.claims(document.claims);
    let (dismissed, bands) = (document.dismissed, document.bands);
    let Resolver { sources, language, .. } = resolver;
    Manifest { path: path.to_owned(), archive, language, article, privacy, sources, claims, dismissed, bands }
}

struct Resolver<'a, 't> {
    problems: &'a mut Problems<'t>,
    figures: &'a FigureReader<'a>,
    sources: BTreeMap<SourceKey, Source>,
    /// Language of the article.
    language: Option<String>,
    /// How often claims are looked at that say nothing of it.
    watching: Watching,
    suggestions: usize,
}

impl Resolver<'_, '_> {
    fn privacy(&mut self, written: PrivacyTable) -> LeftOut {
        let mut left_out =
            LeftOut { redact: written.redact.into_iter().map(|name| name.value).collect(), ..LeftOut::default() };
        for word in written.leave_out {
            match word.value.as_str() {
                "requests" => left_out.requests = true,
                "cookies" => left_out.cookies = true,
                other => {
                    let message = format!("{} cannot be left out of the archive", shown(other));
                    let near = suggest::nearest(other, ["requests", "cookies"]);
                    let remedy = match near {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => "write `requests`, `cookies`, or both".to_owned(),
                    };
                    self.problems.error("bad-value", &word.span, message, Some(remedy));
                }
            }
        }
        left_out
    }

    fn named_source(&mut self, written: SourceTable) {
        let place = self.problems.place(written.name.span.start);
        let key = SourceKey(written.name.value.as_str().into());
        let source = Source {
            key: key.clone(),
            name: Some(written.name.value),
            url: written.url.and_then(|url| self.url(url)),
            path: None,
            copy: written.copy.and_then(|copy| self.path(copy)).map(|path| Copy { path }),
            outlet: written.outlet.map(|outlet| outlet.value.into()),
            published: written.published,
            not_before: written.not_before,
            place,
        };
        self.sources.insert(key, source);
    }

    fn claims(&mut self, written: Vec<ClaimTable>) -> Vec<Claim> {
        // Written ids are taken first: a derived one must give way, wherever it stands.
        let mut ids = Ids::default();
        let mut lines = HashMap::new();
        for id in written.iter().filter_map(|claim| claim.id.as_ref()) {
            self.check_id(id);
            let line = self.problems.place(id.span.start).line;
            if ids.take(&id.value) {
                lines.insert(id.value.clone(), line);
            } else {
                let first = lines.get(&id.value).copied().unwrap_or(line);
                let message = format!("duplicate id {}", shown(&id.value));
                let remedy = format!("it is taken in line {first}; leave it out to have one derived from the words");
                self.problems.error("duplicate-id", &id.span, message, Some(remedy));
            }
        }
        let mut claims: Vec<Claim> = written.into_iter().filter_map(|claim| self.claim(claim, &mut ids)).collect();
        // They were put where the tables stood, which are three times as large.
        claims.shrink_to_fit();
        claims
    }

    fn check_id(&mut self, id: &At<String>) {
        if !ids::is_allowed(&id.value) {
            let reason = if id.value.chars().count() > ids::LONGEST {
                format!("the id is longer than {} characters", ids::LONGEST)
            } else {
                format!("the id {} has other characters than letters, digits, `-` and `_`", shown(&id.value))
            };
            let instead = ids::allowed(&id.value);
            let remedy = (!instead.is_empty()).then(|| format!("write {}", shown(&instead)));
            self.problems.error("bad-id", &id.span, reason, remedy);
        }
    }

    fn claim(&mut self, written: ClaimTable, ids: &mut Ids) -> Option<Claim> {
        let place = self.problems.place(written.span.start);
        let unsure = written.sources.is_some();
        let count = written.sources.as_ref().map_or(0, |sources| sources.value.len());
        let sources = written.sources.map(|sources| self.claim_sources(sources.value)).unwrap_or_default();
        // Where a source could not be read, how many there are is not known.
        let known = !unsure || (count > 0 && !sources.is_empty());
        let need = written.need.map(|need| self.need(need, known.then_some(sources.len()))).unwrap_or_default();
        let language = written.language.and_then(|tag| self.language_tag(tag)).or_else(|| self.language.clone());
        let checks = self.checks(&written.statement, written.quote, written.figures, language.as_deref());
        let expect = written.expect.and_then(|word| self.expectation(&word, checks.len()));
        let statement = written.statement?.value;
        let id = written.id.map_or_else(|| ids.derive(&statement), |id| id.value);
        Some(Claim {
            id: ClaimId(id),
            statement: statement.into(),
            checks,
            speaker: written.speaker.map(|speaker| speaker.value),
            via: written.via.into_iter().map(|outlet| outlet.value).collect(),
            sources,
            need,
            language,
            as_of: written.as_of,
            watching: Watching {
                every: written.every.map(|every| every.value).or_else(|| self.watching.every.clone()),
                until: written.until.or(self.watching.until),
            },
            expect,
            signed: written.signed.map(|signed| Signature {
                by: signed.by.value,
                on: signed.on,
                why: signed.why.value,
                seal: signed.seal.map(|seal| seal.value),
            }),
            place,
        })
    }

    /// The sources that a claim names, each once.
    fn claim_sources(&mut self, written: Vec<At<String>>) -> Vec<SourceKey> {
        let mut keys: Vec<SourceKey> = Vec::new();
        let (mut seen, mut addresses) = (HashSet::new(), HashSet::new());
        for at in written {
            let span = at.span.clone();
            let Some(key) = self.claim_source(at) else { continue };
            let url = self.sources.get(&key).and_then(|source| source.url.clone());
            let again = !seen.insert(key.clone());
            if again || url.is_some_and(|url| !addresses.insert(url)) {
                let message = format!("source {} is named twice", shown(&key.0));
                self.problems.warning("duplicate-source", &span, message, Some("one source counts once".to_owned()));
            }
            if !again {
                keys.push(key);
            }
        }
        // Most claims name one.
        keys.shrink_to_fit();
        keys
    }

    /// The source that a string names: a name in `[sources]`, a URL, or a path.
    fn claim_source(&mut self, written: At<String>) -> Option<SourceKey> {
        let text = written.value.trim();
        // The key that the source has already, so that all who name it share one.
        if let Some((key, _)) = self.sources.get_key_value(text) {
            return Some(key.clone());
        }
        let key = SourceKey(text.into());
        let (url, path) = match addresses::form(text) {
            addresses::Form::Word => {
                self.unknown_source(text, &written.span);
                return None;
            }
            addresses::Form::Url => (Some(self.url(written.clone())?), None),
            addresses::Form::Path => (None, Some(self.path(written.clone())?)),
        };
        if path.as_deref().is_some_and(addresses::looks_like_url) {
            let message = format!("source {} is read as a path", shown(text));
            let remedy = Some(format!("for a URL write https://{}", super::diagnostic::visible(text)));
            self.problems.warning("path-like-url", &written.span, message, remedy);
        }
        let place = self.problems.place(written.span.start);
        let source = Source {
            key: key.clone(),
            name: None,
            url,
            path: path.map(|path| path.trim().to_owned()),
            copy: None,
            outlet: None,
            published: None,
            not_before: None,
            place,
        };
        self.sources.insert(key.clone(), source);
        Some(key)
    }

    fn unknown_source(&mut self, text: &str, span: &Range<usize>) {
        let names = self.sources.values().filter_map(|source| source.name.as_deref()).take(NAMES);
        self.suggestions = self.suggestions.saturating_sub(1);
        let near = if self.suggestions > 0 { suggest::nearest(text, names) } else { None };
        let remedy = match near {
            Some(name) => format!("did you mean {}?", shown(name)),
            None => "name one of [sources], or write a URL or a path".to_owned(),
        };
        self.problems.error("unknown-source", span, format!("no source named {}", shown(text)), Some(remedy));
    }

    fn need(&mut self, written: At<NeedWritten>, sources: Option<usize>) -> Need {
        let (message, remedy) = match written.value {
            NeedWritten::Word(word) if word == "any" => return Need::Any,
            NeedWritten::Word(word) if word == "all" => return Need::All,
            NeedWritten::Word(word) => {
                let remedy = match (suggest::nearest(&word, ["any", "all"]), word.trim().parse::<usize>()) {
                    (_, Ok(number)) => format!("write the number without marks: need = {number}"),
                    (Some(near), _) => format!("did you mean `{near}`?"),
                    _ => "write `any`, `all` or a number".to_owned(),
                };
                (format!("unknown `need` {}", shown(&word)), remedy)
            }
            NeedWritten::Number(Some(number)) if number > 0 => match sources {
                Some(sources) if number > sources => {
                    let noun = if sources == 1 { "source" } else { "sources" };
                    (
                        format!("`need` is {number}, but the claim names {sources} {noun}"),
                        "name more sources, or need fewer".to_owned(),
                    )
                }
                _ => return Need::AtLeast(number),
            },
            NeedWritten::Number(_) => {
                ("`need` must be at least 1".to_owned(), "write `any`, `all` or a number".to_owned())
            }
        };
        self.problems.error("bad-need", &written.span, message, Some(remedy));
        Need::Any
    }

    fn expectation(&mut self, word: &At<String>, checks: usize) -> Option<Expectation> {
        const OF_CHECKS: [CheckVerdict; 3] = [CheckVerdict::Verbatim, CheckVerdict::Edited, CheckVerdict::Match];
        if let Some(verdict) = ClaimVerdict::ALL.into_iter().find(|verdict| verdict.word() == word.value) {
            return Some(Expectation::Claim(verdict));
        }
        if let Some(verdict) = OF_CHECKS.into_iter().find(|verdict| verdict.word() == word.value) {
            if checks > 1 {
                let message = format!("`{}` is the verdict of a check, and this claim has {checks}", verdict.word());
                let remedy = Some("expect the verdict of the claim, such as `on-record`".to_owned());
                self.problems.warning("ambiguous-expect", &word.span, message, remedy);
            }
            return Some(Expectation::Check(verdict));
        }
        let words: Vec<&str> =
            ClaimVerdict::ALL.iter().map(|v| v.word()).chain(OF_CHECKS.iter().map(|v| v.word())).collect();
        let remedy = match suggest::nearest(&word.value, words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", words.join(", ")),
        };
        self.problems.error("bad-expect", &word.span, format!("unknown verdict {}", shown(&word.value)), Some(remedy));
        None
    }

    /// The checks of a claim: those that it writes, else those that its statement holds.
    fn checks(
        &mut self,
        statement: &Option<At<String>>,
        quote: Option<At<Vec<At<String>>>>,
        figures: Option<At<Vec<At<String>>>>,
        language: Option<&str>,
    ) -> Vec<Check> {
        if quote.is_none() && figures.is_none() {
            return statement.as_ref().map(|statement| self.derived_checks(statement, language)).unwrap_or_default();
        }
        let text = statement.as_ref().map(|statement| fold::folded(&statement.value));
        let mut checks = Vec::new();
        if let Some(quote) = quote {
            for fragment in &quote.value {
                if !marks::has_words(&fragment.value) {
                    self.without_words(&fragment.span, "quote");
                } else if text.as_ref().is_some_and(|text| !fold::contains_words(text, &fragment.value)) {
                    let what = if quote.value.len() > 1 { "this fragment of the quote" } else { "the quote" };
                    self.not_in_statement(&fragment.span, what);
                }
            }
            let place = self.problems.place(quote.span.start);
            let mut fragments: Vec<String> = quote.value.into_iter().map(|fragment| fragment.value).collect();
            // Collected where they stood with their places.
            fragments.shrink_to_fit();
            checks.push(Check { kind: CheckKind::Quote(fragments), place, explicit: true });
        }
        for figure in figures.map(|figures| figures.value).unwrap_or_default() {
            if !marks::has_words(&figure.value) {
                self.without_words(&figure.span, "figure");
            } else if text.as_ref().is_some_and(|text| !fold::contains_figure(text, &figure.value)) {
                self.not_in_statement(&figure.span, "the figure");
            }
            let place = self.problems.place(figure.span.start);
            checks.push(Check { kind: CheckKind::Figure(figure.value), place, explicit: true });
        }
        checks.shrink_to_fit();
        checks
    }

    fn derived_checks(&self, statement: &At<String>, language: Option<&str>) -> Vec<Check> {
        let place = self.problems.place(statement.span.start);
        let quoted = marks::quotations(&statement.value);
        let figures = (self.figures)(&quoted.outside, language);
        let quotes = quoted.quotations.into_iter().map(CheckKind::Quote);
        let figures = figures.into_iter().filter(|figure| !figure.trim().is_empty()).map(CheckKind::Figure);
        let mut checks: Vec<Check> = quotes.chain(figures).map(|kind| Check { kind, place, explicit: false }).collect();
        if checks.is_empty() {
            checks.push(Check { kind: CheckKind::Statement, place, explicit: false });
        }
        checks
    }

    fn without_words(&mut self, span: &Range<usize>, what: &str) {
        let message = format!("the {what} has no words to look for");
        self.problems.error("empty-value", span, message, Some("write the words, or leave the key out".to_owned()));
    }

    fn not_in_statement(&mut self, span: &Range<usize>, what: &str) {
        let message = format!("{what} does not stand in its statement");
        let remedy = Some("write both as the article prints them".to_owned());
        self.problems.warning("not-in-statement", span, message, remedy);
    }

    fn url(&mut self, written: At<String>) -> Option<String> {
        if let Err(unusable) = addresses::check_url(&written.value) {
            self.unusable(&written.span, unusable);
            return None;
        }
        if addresses::has_credentials(&written.value) {
            let remedy = Some("archives and reports show the address; leave the name and password out".to_owned());
            self.problems.warning(
                "credentials-in-url",
                &written.span,
                "the URL carries credentials".to_owned(),
                remedy,
            );
        }
        Some(addresses::without_fragment(&written.value).to_owned())
    }

    fn path(&mut self, written: At<String>) -> Option<String> {
        match addresses::check_path(&written.value) {
            Ok(()) => Some(written.value),
            Err(unusable) => {
                self.unusable(&written.span, unusable);
                None
            }
        }
    }

    fn language_tag(&mut self, written: At<String>) -> Option<String> {
        match addresses::check_language(&written.value) {
            Ok(()) => Some(written.value),
            Err(unusable) => {
                self.unusable(&written.span, unusable);
                None
            }
        }
    }

    fn unusable(&mut self, span: &Range<usize>, unusable: Unusable) {
        let Unusable { code, message, remedy } = unusable;
        self.problems.error(code, span, message, Some(remedy.to_owned()));
    }
}
