//! The rule behind each difference and flag, and where the rule comes from.

use crate::model::Flag;

/// A rule and its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What holds.
    pub says: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// What may change in a quotation without a mark.
const FREE: &str = "docs/report.md, \"Verdict of a check\"; APA 7, 8.30: changes that need no explanation";
const MARKED: &str = "docs/report.md, \"Verdict of a check\"; APA 7, 8.31: changes that need explanation";
const WORDS: &str = "docs/report.md, \"What differs\"";
const CONTEXT: &str = "docs/report.md, \"Vetoes\"";
const CAUTION: &str = "docs/report.md, \"Cautions\"";
const REMARK: &str = "docs/report.md, \"Remarks\"";
const FIGURES: &str = "docs/figures.md";

/// The rule for a change: of the flag that names it, or that edits which are marked, or need no mark, are none of substance.
pub fn change_rule(flag: Option<Flag>, marked: bool) -> Rule {
    match (flag, marked) {
        (Some(flag), _) => flag_rule(flag),
        (None, true) => Rule {
            says: "a bracket or an ellipsis marks what was put in or left out, so the words around it must stand in this order",
            source: MARKED,
        },
        (None, false) => Rule {
            says: "kind of quotation marks, dashes, spaces, case of the first letter and final punctuation may change without a mark",
            source: FREE,
        },
    }
}

/// The rule for a flag.
pub fn flag_rule(flag: Flag) -> Rule {
    let (says, source) = match flag {
        Flag::Number | Flag::Scale | Flag::Unit | Flag::Date => {
            ("a number, its scale, its unit and a date are never folded: one digit changes what is said", FIGURES)
        }
        Flag::Sign => ("words of direction are the sign of their figure", FIGURES),
        Flag::Bound => {
            ("a value must lie on the side that the bound names, and within a quarter of its number", FIGURES)
        }
        Flag::Negation => ("a negation that stands on one side alone reverses the sentence", WORDS),
        Flag::Name => ("a name in a quotation is part of it", WORDS),
        Flag::Modality => ("how certain or binding something is, is part of a quotation", WORDS),
        Flag::Antonym => ("a word and its opposite are never close spellings of each other", WORDS),
        Flag::Word => ("words between quotation marks are the source's own, or the change is marked", WORDS),
        Flag::Order => ("fragments stand in the order of the source", WORDS),
        Flag::Omission => ("what is left out is marked", WORDS),
        Flag::Splice => ("one quotation is one speaker's, and its parts stand near each other", WORDS),
        Flag::Denied => ("words that another clause denies are not said by the source", CONTEXT),
        Flag::Conditional => ("words that depend on a condition are not said without it", CONTEXT),
        Flag::Question => ("what is asked is not said", CONTEXT),
        Flag::OtherSpeaker => ("the words are those of the speaker whom the source names beside them", CONTEXT),
        Flag::OmitsNegation => ("a negation of the quoted clause belongs to the quotation, also at its edge", CONTEXT),
        Flag::CutsNumber => ("a quotation does not begin or end inside a number", CONTEXT),
        Flag::CutsWord => ("a quotation does not begin or end inside a word", CONTEXT),
        Flag::SecondHand => ("words that the source has from somebody else need that chain in 'via'", CAUTION),
        Flag::OutsideBody => ("a caption, comment or link is another voice than the text", CAUTION),
        Flag::HeadlineOnly => ("a headline is often not the words of the text below it", CAUTION),
        Flag::Hidden => ("what readers do not see was not published to them", CAUTION),
        Flag::Short => {
            ("few words prove something only where they are unique and their speaker stands beside them", CAUTION)
        }
        Flag::Repeated => ("places that differ in speaker or zone are for a person to choose from", CAUTION),
        Flag::Replaced => {
            ("a bracket may stand for a pronoun; for a name, number or negation a person must look", CAUTION)
        }
        Flag::HedgeDropped => ("'about', 'may' and 'alleged' of the source belong to what it says", CAUTION),
        Flag::Disputed => ("sources of one claim that contradict each other are for a person to weigh", CAUTION),
        Flag::Joined => ("what an ellipsis joins must be about one thing", CAUTION),
        Flag::OtherOutlet => ("the chain in 'via' begins with the outlet of the source", CAUTION),
        Flag::LaterCopy => {
            ("a copy younger than 'as_of' or the article may say what the page did not say then", CAUTION)
        }
        Flag::TruncatedCapture => ("nothing is said of the part of a page that did not arrive", CAUTION),
        Flag::Obstacle => ("an error page or a wall is not the page", CAUTION),
        Flag::Elsewhere => ("a quotation that another source has is not absent, but its source is wrong", CAUTION),
        Flag::NotPrinted => ("a claim is a sentence of its article", CAUTION),
        Flag::Rounded => ("a figure rounded to its written precision is carried", FIGURES),
        Flag::Converted => ("equal values in two units are one value", FIGURES),
        Flag::HedgeAdded => ("to be more careful than the source changes nothing", REMARK),
        Flag::Unaccented => ("accents may be left out, if they are throughout", REMARK),
        Flag::NearSpelling => ("variants of one spelling are one word", REMARK),
    };
    Rule { says, source }
}
