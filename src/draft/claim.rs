//! What a draft is: the claims of an article as data, before anybody writes them down.

use crate::model::TextRange;

/// What kind of claim a stretch of an article makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Words in quotation marks, and nothing else.
    Quote,
    /// Attributed to somebody, in part or wholly in the article's own words.
    Statement,
    /// A figure with nobody named.
    Figure,
    /// An embedded post.
    Post,
}

impl Kind {
    /// The word for it in the JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Statement => "statement",
            Self::Figure => "figure",
            Self::Post => "post",
        }
    }
}

/// A claim of an article, ready to be completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftClaim {
    /// Derived from the words; unique in its draft.
    pub id: String,
    /// What kind it is.
    pub kind: Kind,
    /// Where the statement stands: sentence or clause, as the article prints it.
    pub statement: TextRange,
    /// What stands in quotation marks, in fragments, without the marks.
    pub quote: Vec<TextRange>,
    /// The figures of the statement, each with its bound.
    pub figures: Vec<TextRange>,
    /// Who says it: a name, where the article gives one anywhere; of a post the handle.
    pub speaker: Option<String>,
    /// The chain between the article and the speaker, nearest first.
    pub via: Vec<String>,
    /// The source that it links to: a place in [`Draft::sources`].
    pub source: Option<usize>,
    /// What is said, in pieces.
    pub content: Vec<TextRange>,
    /// The words that name the speaker.
    pub speaker_at: Option<TextRange>,
    /// The words that attribute.
    pub cue_at: Option<TextRange>,
    /// Of a post: its display name.
    pub name: Option<TextRange>,
    /// Of a post: its date as written.
    pub date: Option<TextRange>,
    /// Of a post: the link that it carries.
    pub link: Option<String>,
    /// The sentence or sentences around it.
    pub around: TextRange,
}

/// A source that the article links to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSource {
    /// Its name in `[sources]`.
    pub name: String,
    /// Where it is: a URL, or a path relative to the article.
    pub address: String,
    /// Who publishes it, where the article says so.
    pub outlet: Option<String>,
}

impl DraftSource {
    /// Whether it is on the web rather than a file.
    pub fn is_web(&self) -> bool {
        self.address.starts_with("http://") || self.address.starts_with("https://")
    }

    /// How a claim names it: by its name, and a file by its path.
    pub fn key(&self) -> &str {
        if self.is_web() { &self.name } else { &self.address }
    }
}

/// Everything that an article claims.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// In the order of the article.
    pub claims: Vec<DraftClaim>,
    /// The sources that claims link to, in the order of the article.
    pub sources: Vec<DraftSource>,
    /// Sentences that state a fact with a name, a date or a number in it, and that no claim covers.
    pub unchecked: Vec<TextRange>,
    /// Stretches in quotation marks that are nobody's speech, as far as the words tell: titles, nicknames, scare quotes.
    pub aside: Vec<TextRange>,
    /// Stretches of four or more words in quotation marks, and block quotations, whoever speaks in them, claimed or not.
    pub marked: Vec<TextRange>,
    /// Addresses of embedded posts whose words the article does not have.
    pub embeds: Vec<String>,
}
