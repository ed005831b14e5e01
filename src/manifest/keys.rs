//! Every key of the manifest, in one table: the reader, its "did you mean" and the JSON Schema all use it.

/// A table of the manifest.
pub(crate) struct Table {
    /// As people write it: `[[claim]]`.
    pub(crate) header: &'static str,
    /// What it is, for the JSON Schema.
    pub(crate) about: &'static str,
    /// Its keys, in the order of the contract.
    pub(crate) keys: &'static [Key],
}

/// A key of a table.
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    /// What it says, for the JSON Schema.
    pub(crate) about: &'static str,
    /// Words that people write for it, beside misspellings.
    pub(crate) aliases: &'static [&'static str],
}

/// What stands behind a key.
pub(crate) enum Kind {
    /// A string that is not empty.
    Text,
    /// A string that may be empty.
    Note,
    /// A string, or an array of strings; none of them empty.
    Texts,
    /// An array of strings, none of them empty.
    List,
    /// An http or https URL.
    Url,
    /// A path relative to the manifest.
    Path,
    /// A date, bare or in quotation marks.
    Date,
    /// A BCP 47 language tag.
    Language,
    /// The id of a claim.
    Id,
    /// `any`, `all`, or a number.
    Need,
    /// A verdict.
    Verdict,
    /// A share from 0 to this.
    Share(u32),
    /// One table.
    Table(&'static Table),
    /// An array of tables.
    Tables(&'static Table),
    /// Tables by name.
    Named(&'static Table),
}

impl Kind {
    /// What the reader expects, for messages.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Self::Text | Self::Note | Self::Url | Self::Path | Self::Language | Self::Id | Self::Verdict => "a string",
            Self::Texts => "a string or an array of strings",
            Self::List => "an array of strings",
            Self::Date => "a date",
            Self::Need => "`any`, `all` or a whole number",
            Self::Share(_) => "a number",
            Self::Table(_) => "a table",
            Self::Tables(_) => "an array of tables",
            Self::Named(_) => "tables by name",
        }
    }
}

impl Table {
    /// The key of that name.
    pub(crate) fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

const fn key(name: &'static str, kind: Kind, about: &'static str, aliases: &'static [&'static str]) -> Key {
    Key { name, kind, required: false, about, aliases }
}

const fn required(name: &'static str, kind: Kind, about: &'static str, aliases: &'static [&'static str]) -> Key {
    Key { name, kind, required: true, about, aliases }
}

const EVERY: &str =
    "How often `onrecord watch` looks: an interval such as `6 h`, or five fields of cron in UTC; a claim's own wins.";
const UNTIL: &str = "The first day on which `onrecord watch` looks no more.";

/// The top level of the file.
pub(crate) static MANIFEST: Table = Table {
    header: "the manifest",
    about: "A manifest of claims for onrecord: the statements of an article and the sources that they rest on.",
    keys: &[
        key("archive", Kind::Path, "Where captures live, relative to this file; --archive wins.", &["captures"]),
        key(
            "language",
            Kind::Language,
            "Language of the article, such as `en`; decides separators and the words of numbers.",
            &["lang", "locale"],
        ),
        key("every", Kind::Text, EVERY, &["interval", "schedule", "cron"]),
        key("until", Kind::Date, UNTIL, &["end", "stop"]),
        key("article", Kind::Table(&ARTICLE), "The text whose claims these are.", &["story"]),
        key("privacy", Kind::Table(&PRIVACY), "What is left out of the archive.", &["leave_out", "redact"]),
        key("sources", Kind::Named(&SOURCE), "Sources that several claims name.", &[]),
        key("claim", Kind::Tables(&CLAIM), "The claims, in the order of the article.", &["check"]),
        key(
            "bands",
            Kind::Table(&BANDS),
            "How far a value may lie from its number under a bound or a hedge.",
            &["band", "tolerance", "tolerances"],
        ),
        key(
            "dismissed",
            Kind::Tables(&DISMISSED),
            "Words of the article that are no claim; `onrecord draft` leaves them out.",
            &["dismiss", "ignored", "ignore"],
        ),
    ],
};

/// `[article]`
pub(crate) static ARTICLE: Table = Table {
    header: "[article]",
    about: "The text whose claims these are.",
    keys: &[
        key("title", Kind::Text, "The headline.", &["headline", "name"]),
        key("url", Kind::Url, "Where the article is published.", &["link", "href", "uri", "address"]),
        key("file", Kind::Path, "The article's file, relative to this one.", &["path", "text"]),
        key("published", Kind::Date, "When it was published; relative dates resolve against it.", &["date"]),
    ],
};

/// `[privacy]`
pub(crate) static PRIVACY: Table = Table {
    header: "[privacy]",
    about: "What is left out of the archive, beside what the command's options leave out.",
    keys: &[
        key(
            "leave_out",
            Kind::List,
            "`requests` (request records), `cookies` (Set-Cookie of answers).",
            &["without", "omit"],
        ),
        key(
            "redact",
            Kind::List,
            "Query parameters whose values are replaced wherever a header names an address.",
            &["redacted", "parameters"],
        ),
    ],
};

/// `[sources.name]`
pub(crate) static SOURCE: Table = Table {
    header: "[sources.name]",
    about: "A source; it has a `url`, a `copy`, or both.",
    keys: &[
        key("url", Kind::Url, "Where the source is published.", &["link", "href", "uri", "address"]),
        key("outlet", Kind::Text, "Who publishes it.", &["publisher", "name", "by"]),
        key(
            "copy",
            Kind::Path,
            "A copy that a person saved, relative to this file (wall, print, transcript).",
            &["file", "path", "saved", "local"],
        ),
        key("published", Kind::Date, "When it was published.", &["date"]),
        key("not_before", Kind::Date, "Embargo: no capture is made before this day.", &["embargo"]),
    ],
};

/// `[[claim]]`
pub(crate) static CLAIM: Table = Table {
    header: "[[claim]]",
    about: "One statement of the article and what it rests on.",
    keys: &[
        key("id", Kind::Id, "Letters, digits, - and _; unique; derived from the words when absent.", &["name", "key"]),
        required("statement", Kind::Text, "The statement as the article prints it.", &["text", "claim", "sentence"]),
        key(
            "quote",
            Kind::Texts,
            "The quoted words, or fragments of them in order; read out of the statement when neither this nor `figure` is given.",
            &["quotes", "quotation", "quoted", "words"],
        ),
        key(
            "figure",
            Kind::Texts,
            "A figure as printed, or several; read out of the statement when neither this nor `quote` is given.",
            &["figures", "number", "numbers", "value"],
        ),
        key("speaker", Kind::Text, "Whose words they are.", &["author", "who", "said_by", "person"]),
        key("via", Kind::List, "The chain between the article and the speaker, nearest first.", &["through", "chain"]),
        key(
            "source",
            Kind::Texts,
            "A name from [sources], a URL, a path relative to this file, or an array of these; left out, the claim is unsourced.",
            &["sources", "url", "link"],
        ),
        key(
            "need",
            Kind::Need,
            "How many independent sources must carry the claim: `any` (default), `all`, or a number.",
            &["needs", "require"],
        ),
        key("language", Kind::Language, "Language of this claim, where it is not the article's.", &["lang", "locale"]),
        key(
            "as_of",
            Kind::Date,
            "The capture nearest this date serves, else the newest complete one.",
            &["date", "when"],
        ),
        key("every", Kind::Text, EVERY, &["interval", "schedule", "cron"]),
        key("until", Kind::Date, UNTIL, &["end", "stop"]),
        key(
            "expect",
            Kind::Verdict,
            "For samples and tests: the verdict that this claim is meant to get.",
            &["verdict"],
        ),
        key("note", Kind::Note, "Free text; never leaves this file.", &["notes", "comment", "remark"]),
        key("signed", Kind::Table(&SIGNED), "A person read the evidence and lets the claim stand.", &["signature"]),
    ],
};

/// `[claim.signed]`
pub(crate) static SIGNED: Table = Table {
    header: "[claim.signed]",
    about: "A person read the evidence and lets the claim stand.",
    keys: &[
        required("by", Kind::Text, "Who signed.", &["who", "name"]),
        required("on", Kind::Date, "When.", &["date", "when", "at"]),
        required("why", Kind::Text, "Why the claim may stand.", &["reason", "because"]),
        key("seal", Kind::Text, "Written by `onrecord sign`; lapses when the claim or its passage changes.", &["hash"]),
    ],
};

/// `[bands]`
pub(crate) static BANDS: Table = Table {
    header: "[bands]",
    about: "How far a value may lie from its number and still be meant, as shares of the claimed value.",
    keys: &[
        key(
            "over",
            Kind::Share(10),
            "How far above a lower bound (over, at least) a value may lie. Default 0.25.",
            &["ceiling", "above", "at_least", "more_than"],
        ),
        key(
            "under",
            Kind::Share(1),
            "How far below an upper bound (under, up to) a value may lie. Default 0.25.",
            &["floor", "below", "at_most", "up_to", "less_than"],
        ),
        key("nearly", Kind::Share(1), "How far below its number `nearly` reaches. Default 0.1.", &["almost"]),
        key(
            "about",
            Kind::Share(1),
            "How far on either side `about` reaches. Default 0.1.",
            &["around", "approximately", "roughly", "circa", "some"],
        ),
        key(
            "far",
            Kind::Share(1),
            "From which difference on a contradicted bound is another number as well. Default 0.1.",
            &["number"],
        ),
        key(
            "rounding",
            Kind::Share(1),
            "How far a value may lie from a figure that rounds it, in units of its last written place. Default 0.5.",
            &["rounded", "round", "precision"],
        ),
    ],
};

/// `[[dismissed]]`
pub(crate) static DISMISSED: Table = Table {
    header: "[[dismissed]]",
    about: "Words of the article that a person said are no claim.",
    keys: &[
        required("statement", Kind::Text, "The words, as the article prints them.", &["text", "words", "quote"]),
        key("why", Kind::Note, "Why they are no claim.", &["reason", "because", "note"]),
    ],
};

/// Every table, outermost first.
pub(crate) static TABLES: [&Table; 8] = [&MANIFEST, &ARTICLE, &PRIVACY, &SOURCE, &CLAIM, &SIGNED, &BANDS, &DISMISSED];
