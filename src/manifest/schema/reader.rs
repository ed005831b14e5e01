//! Reads typed values out of TOML tables; reports and leaves out what cannot be read.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::dates;
use super::super::diagnostic::shown;
use super::super::keys::{ARTICLE, BANDS, CLAIM, DISMISSED, Kind, MANIFEST, PRIVACY, SIGNED, SOURCE, Table};
use super::super::suggest;
use super::super::syntax::touches_any;
use super::{
    ArticleTable, At, Bands, ClaimTable, Document, NeedWritten, PrivacyTable, Problems, SignedTable, SourceTable,
};

/// Reads a document. `broken` are the places where the text is not TOML, sorted: what touches them was already
/// reported and is passed over.
pub(crate) fn read(table: &DeTable<'_>, broken: &[Range<usize>], problems: &mut Problems<'_>) -> Document {
    Reader { problems, broken }.document(table)
}

type Value<'d> = Spanned<DeValue<'d>>;

struct Reader<'a, 't> {
    problems: &'a mut Problems<'t>,
    broken: &'a [Range<usize>],
}

impl Reader<'_, '_> {
    fn document(&mut self, table: &DeTable<'_>) -> Document {
        self.unknown_keys(table, &MANIFEST, MANIFEST.header);
        Document {
            archive: self.text(table, &MANIFEST, "archive"),
            language: self.text(table, &MANIFEST, "language"),
            every: self.text(table, &MANIFEST, "every"),
            until: self.date(table, &MANIFEST, "until"),
            article: self.table(table, &MANIFEST, "article").map(|(article, _)| self.article(article)),
            privacy: self
                .table(table, &MANIFEST, "privacy")
                .map(|(privacy, _)| self.privacy(privacy))
                .unwrap_or_default(),
            sources: self
                .table(table, &MANIFEST, "sources")
                .map(|(sources, _)| self.sources(sources))
                .unwrap_or_default(),
            claims: self.claims(table),
            bands: self.table(table, &MANIFEST, "bands").map(|(bands, _)| self.bands(bands)).unwrap_or_default(),
            dismissed: self.dismissed(table),
        }
    }

    fn bands(&mut self, table: &DeTable<'_>) -> Bands {
        self.unknown_keys(table, &BANDS, BANDS.header);
        let usual = Bands::default();
        let mut band = |name, usual| self.share(table, &BANDS, name).unwrap_or(usual);
        Bands {
            over: band("over", usual.over),
            under: band("under", usual.under),
            nearly: band("nearly", usual.nearly),
            about: band("about", usual.about),
            far: band("far", usual.far),
            rounding: band("rounding", usual.rounding),
        }
    }

    fn dismissed(&mut self, document: &DeTable<'_>) -> Vec<String> {
        let Some(value) = document.get("dismissed").filter(|value| !self.is_broken(&value.span())) else {
            return Vec::new();
        };
        let remedy = || Some("write `[[dismissed]]`, with two brackets, for each".to_owned());
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value, "`dismissed`", Kind::Tables(&DISMISSED).expected(), remedy());
            return Vec::new();
        };
        let mut dismissed = Vec::new();
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong_type(item, "`dismissed`", Kind::Tables(&DISMISSED).expected(), remedy());
                continue;
            };
            self.unknown_keys(table, &DISMISSED, DISMISSED.header);
            self.missing_keys(table, &DISMISSED, &item.span(), item.span().end);
            self.text(table, &DISMISSED, "why");
            dismissed.extend(self.text(table, &DISMISSED, "statement").map(|words| words.value));
        }
        dismissed
    }

    fn article(&mut self, table: &DeTable<'_>) -> ArticleTable {
        self.unknown_keys(table, &ARTICLE, ARTICLE.header);
        ArticleTable {
            title: self.text(table, &ARTICLE, "title"),
            url: self.text(table, &ARTICLE, "url"),
            file: self.text(table, &ARTICLE, "file"),
            published: self.date(table, &ARTICLE, "published"),
        }
    }

    fn privacy(&mut self, table: &DeTable<'_>) -> PrivacyTable {
        self.unknown_keys(table, &PRIVACY, PRIVACY.header);
        let mut list = |name| self.texts(table, &PRIVACY, name).map(|list| list.value).unwrap_or_default();
        PrivacyTable { leave_out: list("leave_out"), redact: list("redact") }
    }

    fn sources(&mut self, table: &DeTable<'_>) -> Vec<SourceTable> {
        let mut sources = Vec::new();
        for (key, value) in table.iter() {
            let name = key.get_ref().as_ref();
            if self.is_broken(&key.span()) {
                continue;
            }
            if name.trim().is_empty() {
                self.empty(&key.span(), "the name of a source");
                continue;
            }
            let DeValue::Table(table) = value.get_ref() else {
                let remedy = value.get_ref().as_str().map(|text| {
                    let key = if text.contains("://") { "url" } else { "copy" };
                    format!("write it as a table: {} = {{ {key} = \"...\" }}", super::super::diagnostic::visible(name))
                });
                self.wrong_type(value, &format!("source {}", shown(name)), "a table", remedy);
                continue;
            };
            let header = format!("[sources.{}]", super::super::diagnostic::visible(name));
            self.unknown_keys(table, &SOURCE, &header);
            let place = if value.span().is_empty() { key.span() } else { value.span() };
            let source = SourceTable {
                name: At { value: name.to_owned(), span: place.clone() },
                url: self.text(table, &SOURCE, "url"),
                outlet: self.text(table, &SOURCE, "outlet"),
                copy: self.text(table, &SOURCE, "copy"),
                published: self.date(table, &SOURCE, "published"),
                not_before: self.date(table, &SOURCE, "not_before"),
            };
            let neither =
                !["url", "copy"].iter().any(|name| table.contains_key(*name) || misspelt(table, &SOURCE, name));
            if neither && !self.is_broken(&extent(&place, table)) {
                let message = format!("source {} has neither a `url` nor a `copy`", shown(name));
                let remedy = "say where it is published, or name a saved copy".to_owned();
                self.problems.error("missing-key", &place, message, Some(remedy));
            }
            sources.push(source);
        }
        sources
    }

    fn claims(&mut self, document: &DeTable<'_>) -> Vec<ClaimTable> {
        let Some(value) = document.get("claim") else { return Vec::new() };
        let one_by_mistake = "write `[[claim]]`, with two brackets, for each claim".to_owned();
        match value.get_ref() {
            DeValue::Array(items) => {
                let mut claims = Vec::new();
                for (index, item) in items.iter().enumerate() {
                    // A claim reaches to the next one: what is broken in between may be what it lacks.
                    let next = items.get(index + 1).map_or(self.problems.text().len(), |next| next.span().start);
                    match item.get_ref() {
                        DeValue::Table(table) => {
                            let next = self.broken_header(item.span().end, next);
                            claims.push(self.claim(table, item.span(), next));
                        }
                        _ => self.wrong_type(item, "`claim`", "an array of tables", Some(one_by_mistake.clone())),
                    }
                }
                claims
            }
            DeValue::Table(table) => {
                self.wrong_type(value, "`claim`", "an array of tables", Some(one_by_mistake));
                vec![self.claim(table, value.span(), self.problems.text().len())]
            }
            _ => {
                self.wrong_type(value, "`claim`", "an array of tables", Some(one_by_mistake));
                Vec::new()
            }
        }
    }

    /// The first header in a stretch that could not be read, else its end.
    fn broken_header(&self, from: usize, to: usize) -> usize {
        let first = self.broken.partition_point(|range| range.start < from);
        let mut inside = self.broken.iter().skip(first).map(|range| range.start).take_while(|start| *start < to);
        let text = self.problems.text();
        let is_header = |at: &usize| {
            let (before, after) = (text.get(..*at), text.get(*at..));
            before.is_some_and(|text| text.is_empty() || text.ends_with('\n'))
                && after.is_some_and(|text| text.trim_start_matches([' ', '\t']).starts_with('['))
        };
        inside.find(is_header).unwrap_or(to).saturating_sub(1)
    }

    fn claim(&mut self, table: &DeTable<'_>, span: Range<usize>, next: usize) -> ClaimTable {
        self.unknown_keys(table, &CLAIM, CLAIM.header);
        self.missing_keys(table, &CLAIM, &span, next);
        self.text(table, &CLAIM, "note");
        let signed = self.table(table, &CLAIM, "signed").and_then(|(signed, at)| self.signed(signed, at, next));
        ClaimTable {
            span,
            id: self.text(table, &CLAIM, "id"),
            statement: self.text(table, &CLAIM, "statement"),
            quote: self.texts(table, &CLAIM, "quote"),
            figures: self.texts(table, &CLAIM, "figure"),
            speaker: self.text(table, &CLAIM, "speaker"),
            via: self.texts(table, &CLAIM, "via").map(|via| via.value).unwrap_or_default(),
            sources: self.texts(table, &CLAIM, "source"),
            need: self.need(table),
            language: self.text(table, &CLAIM, "language"),
            as_of: self.date(table, &CLAIM, "as_of"),
            every: self.text(table, &CLAIM, "every"),
            until: self.date(table, &CLAIM, "until"),
            expect: self.text(table, &CLAIM, "expect"),
            signed,
        }
    }

    fn signed(&mut self, table: &DeTable<'_>, span: Range<usize>, next: usize) -> Option<SignedTable> {
        self.unknown_keys(table, &SIGNED, SIGNED.header);
        self.missing_keys(table, &SIGNED, &span, next);
        let (by, why) = (self.text(table, &SIGNED, "by"), self.text(table, &SIGNED, "why"));
        let (on, seal) = (self.date(table, &SIGNED, "on"), self.text(table, &SIGNED, "seal"));
        Some(SignedTable { by: by?, on: on?, why: why?, seal })
    }

    fn unknown_keys(&mut self, table: &DeTable<'_>, known: &Table, header: &str) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.key(name).is_none() && !self.is_broken(&key.span()) {
                let message = format!("unknown key {} in {header}", shown(name));
                // Once no more errors are kept, the comparison with every key is not worth its time.
                let remedy = (!self.problems.is_full()).then(|| suggest::for_key(name, known));
                self.problems.error("unknown-key", &key.span(), message, remedy);
            }
        }
    }

    fn missing_keys(&mut self, table: &DeTable<'_>, known: &Table, span: &Range<usize>, next: usize) {
        for key in known.keys.iter().filter(|key| key.required && !table.contains_key(key.name)) {
            if !misspelt(table, known, key.name) && !self.is_broken(&(span.start..next.max(span.end))) {
                let message = format!("{} without `{}`", known.header, key.name);
                self.problems.error("missing-key", span, message, Some(format!("add `{} = ...`", key.name)));
            }
        }
    }

    /// A string that is not empty, unless the key allows that.
    fn text(&mut self, table: &DeTable<'_>, known: &Table, name: &str) -> Option<At<String>> {
        let value = self.value(table, name)?;
        let kind = &known.key(name)?.kind;
        let DeValue::String(text) = value.get_ref() else {
            let remedy = in_marks(name, value.get_ref(), self.problems.text().get(value.span()));
            self.wrong_type(value, &format!("`{name}`"), kind.expected(), remedy);
            return None;
        };
        if is_blank(text) && !matches!(kind, Kind::Note) {
            self.empty(&value.span(), &format!("`{name}`"));
            return None;
        }
        Some(At { value: text.clone().into_owned(), span: value.span() })
    }

    /// Strings that are not empty: one, where the key allows that, or an array.
    fn texts(&mut self, table: &DeTable<'_>, known: &Table, name: &str) -> Option<At<Vec<At<String>>>> {
        let value = self.value(table, name)?;
        let expected = known.key(name)?.kind.expected();
        let single = matches!(known.key(name)?.kind, Kind::Texts);
        let mut texts = Vec::new();
        match value.get_ref() {
            DeValue::String(_) if single => texts.extend(self.text(table, known, name)),
            DeValue::Array(items) => {
                if items.is_empty() {
                    self.empty(&value.span(), &format!("`{name}`"));
                }
                for item in items.iter().filter(|item| !self.is_broken(&item.span())).collect::<Vec<_>>() {
                    match item.get_ref() {
                        DeValue::String(text) if is_blank(text) => self.empty(&item.span(), &format!("`{name}`")),
                        DeValue::String(text) => {
                            texts.push(At { value: text.clone().into_owned(), span: item.span() });
                        }
                        _ => self.wrong_type(item, &format!("`{name}`"), expected, None),
                    }
                }
            }
            other => {
                let written = self.problems.text().get(value.span());
                let remedy = match other {
                    DeValue::String(_) => written.map(|text| format!("write {name} = [{}]", brief(text))),
                    _ => in_marks(name, other, written),
                };
                self.wrong_type(value, &format!("`{name}`"), expected, remedy);
            }
        }
        Some(At { value: texts, span: value.span() })
    }

    fn date(&mut self, table: &DeTable<'_>, known: &Table, name: &str) -> Option<Date> {
        let value = self.value(table, name)?;
        let read = match value.get_ref() {
            DeValue::Datetime(written) => dates::of_datetime(written),
            DeValue::String(written) => dates::of_text(written),
            _ => {
                let expected = known.key(name)?.kind.expected();
                self.wrong_type(value, &format!("`{name}`"), expected, Some("write it as 2024-03-23".to_owned()));
                return None;
            }
        };
        if read.is_none() {
            let message = format!("`{name}` is not a date");
            self.problems.error("bad-date", &value.span(), message, Some("write it as 2024-03-23".to_owned()));
        }
        read
    }

    /// A share of a value, as written: decimal text, since no binary number is a tenth.
    fn share(&mut self, table: &DeTable<'_>, known: &Table, name: &str) -> Option<Decimal> {
        let value = self.value(table, name)?;
        let Kind::Share(most) = known.key(name)?.kind else { return None };
        let decimal = |text: &str| {
            let plain = text.replace('_', "");
            plain.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&plain)).ok()
        };
        let read = match value.get_ref() {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok().map(Decimal::from),
            DeValue::Float(number) => decimal(number.as_str()),
            other => {
                let remedy = other.as_str().and_then(|text| decimal(text.trim_end_matches(['%', ' ']))).map(|number| {
                    let percent = other.as_str().is_some_and(|text| text.ends_with('%'));
                    let share = if percent { number / Decimal::ONE_HUNDRED } else { number };
                    format!("write {name} = {}", share.normalize())
                });
                let remedy = remedy.or_else(|| Some(format!("write a share, such as {name} = 0.2")));
                self.wrong_type(value, &format!("`{name}`"), Kind::Share(most).expected(), remedy);
                return None;
            }
        };
        match read.filter(|share| !share.is_sign_negative() && *share <= Decimal::from(most)) {
            Some(share) => Some(share),
            None => {
                let percent = read.filter(|number| *number > Decimal::ONE && *number <= Decimal::ONE_HUNDRED);
                let remedy = match percent {
                    Some(percent) => format!(
                        "for {} percent write {name} = {}",
                        percent.normalize(),
                        (percent / Decimal::ONE_HUNDRED).normalize()
                    ),
                    None => format!("write a share, such as {name} = 0.2"),
                };
                let message = format!("`{name}` must lie between 0 and {most}");
                self.problems.error("bad-band", &value.span(), message, Some(remedy));
                None
            }
        }
    }

    fn need(&mut self, table: &DeTable<'_>) -> Option<At<NeedWritten>> {
        let value = self.value(table, "need")?;
        let need = match value.get_ref() {
            DeValue::String(word) => NeedWritten::Word(word.clone().into_owned()),
            DeValue::Integer(number) => {
                NeedWritten::Number(usize::from_str_radix(number.as_str(), number.radix()).ok())
            }
            _ => {
                self.wrong_type(value, "`need`", Kind::Need.expected(), None);
                return None;
            }
        };
        Some(At { value: need, span: value.span() })
    }

    /// A table, with the place of its header.
    fn table<'d, 'i>(
        &mut self,
        table: &'d DeTable<'i>,
        known: &Table,
        name: &str,
    ) -> Option<(&'d DeTable<'i>, Range<usize>)> {
        let value = self.value(table, name)?;
        if let DeValue::Table(inner) = value.get_ref() {
            return Some((inner, value.span()));
        }
        let remedy = match &known.key(name)?.kind {
            Kind::Table(inner) | Kind::Named(inner) => Some(format!("write it under {}", inner.header)),
            _ => None,
        };
        self.wrong_type(value, &format!("`{name}`"), known.key(name)?.kind.expected(), remedy);
        None
    }

    /// The value of a key, unless it touches a place that is not TOML.
    fn value<'d, 'i>(&self, table: &'d DeTable<'i>, name: &str) -> Option<&'d Value<'i>> {
        let value = table.get(name)?;
        // A table's span is its header; what is broken inside it does not make the table unreadable.
        (value.get_ref().is_table() || !self.is_broken(&value.span())).then_some(value)
    }

    fn is_broken(&self, span: &Range<usize>) -> bool {
        touches_any(self.broken, span)
    }

    fn wrong_type(&mut self, value: &Value<'_>, what: &str, expected: &str, remedy: Option<String>) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let message = format!("{what} must be {expected}, not {found}");
        self.problems.error("wrong-type", &value.span(), message, remedy);
    }

    fn empty(&mut self, span: &Range<usize>, what: &str) {
        let remedy = Some("write something, or leave the key out".to_owned());
        self.problems.error("empty-value", span, format!("{what} is empty"), remedy);
    }
}

/// Whether a table has an unknown key that is probably meant to be this one: then it is not missing, too.
fn misspelt(table: &DeTable<'_>, known: &Table, name: &str) -> bool {
    /// More unknown keys than anybody misspells; it bounds the work on hostile tables.
    const COMPARED: usize = 100;
    let unknown = table.keys().map(|key| key.get_ref()).filter(|key| known.key(key).is_none());
    unknown.take(COMPARED).any(|key| suggest::key_meant(key, known) == Some(name))
}

/// From a table's header to the end of its last value.
fn extent(header: &Range<usize>, table: &DeTable<'_>) -> Range<usize> {
    header.start..table.values().map(|value| value.span().end).max().unwrap_or(header.end).max(header.end)
}

/// Whether a text has nothing that a reader would see.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}'))
}

/// The remedy for a number or date that should have been a string.
fn in_marks(name: &str, value: &DeValue<'_>, written: Option<&str>) -> Option<String> {
    let bare = matches!(value, DeValue::Integer(_) | DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Boolean(_));
    written.filter(|_| bare).map(|text| format!("write {name} = \"{}\"", brief(text)))
}

fn brief(text: &str) -> String {
    super::super::diagnostic::visible(&text.chars().take(60).collect::<String>())
}
