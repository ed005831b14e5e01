//! Verdicts and flags: the closed vocabulary of `contract.md`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The verdict of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckVerdict {
    /// The words stand in the source in this order, under the folding of the contract.
    Verbatim,
    /// The same outside marks of editing.
    Edited,
    /// The source gives this value for the same thing.
    Match,
    /// A person must read the closest passage.
    Review,
    /// A passage is plainly where it came from, and words differ without a mark.
    Altered,
    /// The source gives another value for the same thing, or the value stands only beside something else.
    Mismatch,
    /// The source could not be read.
    Unavailable,
    /// No passage comes close, and every source could be read.
    Absent,
}

/// The verdict of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimVerdict {
    /// Not in the source.
    Absent,
    /// Another value.
    Mismatch,
    /// Other words.
    Altered,
    /// The words stand in a context that reverses or reassigns them.
    OutOfContext,
    /// Could not look.
    Unavailable,
    /// Names no source.
    Unsourced,
    /// A person must look.
    Review,
    /// Every check is good, but parts of the statement are nowhere near the evidence.
    Partly,
    /// Everything that can be checked is carried.
    OnRecord,
}

/// What stands beside a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Flag {
    // what differs
    /// A number differs.
    Number,
    /// A negation was dropped or added.
    Negation,
    /// A name differs.
    Name,
    /// A unit or currency differs.
    Unit,
    /// A scale word differs.
    Scale,
    /// A sign or a direction differs.
    Sign,
    /// A bound is contradicted.
    Bound,
    /// A date differs.
    Date,
    /// A modal verb differs.
    Modality,
    /// A word was replaced by its opposite.
    Antonym,
    /// A word differs.
    Word,
    /// The words stand in another order.
    Order,
    /// Words were left out without a mark.
    Omission,
    /// Two places, or two speakers, were joined into one quotation.
    Splice,
    // vetoes
    /// The words stand in a clause that denies them.
    Denied,
    /// The words stand in a clause that supposes them.
    Conditional,
    /// The words stand in a question.
    Question,
    /// Another speaker said them.
    OtherSpeaker,
    /// A negation that belongs to the clause is left out at the edge or in an omission.
    OmitsNegation,
    /// The quotation's edge cuts a number.
    CutsNumber,
    /// The quotation's edge cuts a word.
    CutsWord,
    // cautions
    /// The words are a third party's.
    SecondHand,
    /// The words stand only outside the article's text.
    OutsideBody,
    /// The words stand only in the headline.
    HeadlineOnly,
    /// The words stand only in text that readers do not see.
    Hidden,
    /// Too short to prove anything.
    Short,
    /// Stands in several places that differ.
    Repeated,
    /// A bracket stands for something that matters.
    Replaced,
    /// A hedge of the source is missing.
    HedgeDropped,
    /// Another source of the claim contradicts.
    Disputed,
    /// Its parts stand in sentences about different things.
    Joined,
    /// Carried, but by an outlet that `via` does not name.
    OtherOutlet,
    /// Another value, in a capture younger than `as_of`.
    LaterCopy,
    /// The capture is not whole.
    TruncatedCapture,
    /// Found on an error page or behind a wall.
    Obstacle,
    /// Absent here, found in another source.
    Elsewhere,
    /// The article's file does not contain it.
    NotPrinted,
    // remarks
    /// Equal after rounding.
    Rounded,
    /// Equal after conversion of units.
    Converted,
    /// A hedge that the source does not have.
    HedgeAdded,
    /// Equal but for accents that the quotation leaves out throughout.
    Unaccented,
    /// Equal but for a variant spelling.
    NearSpelling,
}

/// What a flag does to a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlagClass {
    /// Names what differs, on `altered` and `mismatch`.
    Difference,
    /// Makes the claim `out-of-context`.
    Veto,
    /// Sends the claim to a person.
    Caution,
    /// Changes nothing.
    Remark,
}

impl Flag {
    /// Every flag, in the order of the contract.
    pub const ALL: [Self; 42] = {
        use Flag::*;
        [
            Number,
            Negation,
            Name,
            Unit,
            Scale,
            Sign,
            Bound,
            Date,
            Modality,
            Antonym,
            Word,
            Order,
            Omission,
            Splice,
            Denied,
            Conditional,
            Question,
            OtherSpeaker,
            OmitsNegation,
            CutsNumber,
            CutsWord,
            SecondHand,
            OutsideBody,
            HeadlineOnly,
            Hidden,
            Short,
            Repeated,
            Replaced,
            HedgeDropped,
            Disputed,
            Joined,
            OtherOutlet,
            LaterCopy,
            TruncatedCapture,
            Obstacle,
            Elsewhere,
            NotPrinted,
            Rounded,
            Converted,
            HedgeAdded,
            Unaccented,
            NearSpelling,
        ]
    };

    /// What the flag does to a verdict.
    pub fn class(self) -> FlagClass {
        use Flag::*;
        match self {
            Number | Negation | Name | Unit | Scale | Sign | Bound | Date | Modality | Antonym | Word | Order
            | Omission | Splice => FlagClass::Difference,
            Denied | Conditional | Question | OtherSpeaker | OmitsNegation | CutsNumber | CutsWord => FlagClass::Veto,
            SecondHand | OutsideBody | HeadlineOnly | Hidden | Short | Repeated | Replaced | HedgeDropped
            | Disputed | Joined | OtherOutlet | LaterCopy | TruncatedCapture | Obstacle | Elsewhere | NotPrinted => {
                FlagClass::Caution
            }
            Rounded | Converted | HedgeAdded | Unaccented | NearSpelling => FlagClass::Remark,
        }
    }

    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        use Flag::*;
        match self {
            Number => "number",
            Negation => "negation",
            Name => "name",
            Unit => "unit",
            Scale => "scale",
            Sign => "sign",
            Bound => "bound",
            Date => "date",
            Modality => "modality",
            Antonym => "antonym",
            Word => "word",
            Order => "order",
            Omission => "omission",
            Splice => "splice",
            Denied => "denied",
            Conditional => "conditional",
            Question => "question",
            OtherSpeaker => "other-speaker",
            OmitsNegation => "omits-negation",
            CutsNumber => "cuts-number",
            CutsWord => "cuts-word",
            SecondHand => "second-hand",
            OutsideBody => "outside-body",
            HeadlineOnly => "headline-only",
            Hidden => "hidden",
            Short => "short",
            Repeated => "repeated",
            Replaced => "replaced",
            HedgeDropped => "hedge-dropped",
            Disputed => "disputed",
            Joined => "joined",
            OtherOutlet => "other-outlet",
            LaterCopy => "later-copy",
            TruncatedCapture => "truncated-capture",
            Obstacle => "obstacle",
            Elsewhere => "elsewhere",
            NotPrinted => "not-printed",
            Rounded => "rounded",
            Converted => "converted",
            HedgeAdded => "hedge-added",
            Unaccented => "unaccented",
            NearSpelling => "near-spelling",
        }
    }
}

impl CheckVerdict {
    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Edited => "edited",
            Self::Match => "match",
            Self::Review => "review",
            Self::Altered => "altered",
            Self::Mismatch => "mismatch",
            Self::Unavailable => "unavailable",
            Self::Absent => "absent",
        }
    }

    /// Whether the source carries what was checked.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Verbatim | Self::Edited | Self::Match)
    }
}

impl ClaimVerdict {
    /// Every verdict, worst first: a claim takes the first that one of its checks asks for.
    pub const ALL: [Self; 9] = [
        Self::Absent,
        Self::Mismatch,
        Self::Altered,
        Self::OutOfContext,
        Self::Unavailable,
        Self::Unsourced,
        Self::Review,
        Self::Partly,
        Self::OnRecord,
    ];

    /// The word of the contract for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Mismatch => "mismatch",
            Self::Altered => "altered",
            Self::OutOfContext => "out-of-context",
            Self::Unavailable => "unavailable",
            Self::Unsourced => "unsourced",
            Self::Review => "review",
            Self::Partly => "partly",
            Self::OnRecord => "on-record",
        }
    }

    /// Whether a claim with this verdict that does not pass is open (a person can complete it) rather than failed.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unavailable | Self::Unsourced | Self::Review | Self::Partly)
    }
}
