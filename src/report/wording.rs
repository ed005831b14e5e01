//! The plain sentences of every verdict, flag and place.
//!
//! Each closed set is matched exhaustively, so that a new flag cannot go without its sentence. Sentences are
//! ASCII, need no glossary, and carry no word that an editor would not use.

use crate::model::report::{CaptureReport, PassageReport};
use crate::model::{CheckVerdict, ClaimVerdict, Flag, FlagClass, Origin, Zone};

/// Says in one sentence what a claim's verdict means.
pub fn verdict_sentence(verdict: ClaimVerdict) -> &'static str {
    match verdict {
        ClaimVerdict::Absent => "The source was read from end to end, and nothing in it comes close.",
        ClaimVerdict::Mismatch => "The source gives another value, or gives this one to something else.",
        ClaimVerdict::Altered => "This is plainly the passage it comes from, but words differ without a mark.",
        ClaimVerdict::OutOfContext => "The words stand there, but the source does not say with them what we say.",
        ClaimVerdict::Unavailable => "The source could not be read, so nothing is known either way.",
        ClaimVerdict::Unsourced => "The claim names no source, so nothing was checked.",
        ClaimVerdict::Review => "Only a person can decide this: read the passage.",
        ClaimVerdict::Partly => "What can be checked stands in the source, but parts of the statement do not.",
        ClaimVerdict::OnRecord => "Everything that can be checked stands in the source.",
    }
}

/// Says what a mismatch is: another value, or this value beside something else, which no flag of what differs names.
pub fn mismatch_sentence(flags: &[Flag]) -> &'static str {
    if flags.iter().any(|flag| flag.class() == FlagClass::Difference) {
        "The source gives another value for the same thing."
    } else {
        "This value stands there, but beside something else."
    }
}

/// Says what to do about a claim with this verdict, decided by a figure or not; empty where there is nothing to do.
pub fn verdict_remedy(verdict: ClaimVerdict, figure: bool) -> &'static str {
    match verdict {
        ClaimVerdict::Absent if figure => "find a source that gives the figure, or take it out",
        ClaimVerdict::Absent => "name the source that has these words, or take away the quotation marks",
        ClaimVerdict::Mismatch => {
            "print the source's value with its 'over', 'about' or 'up to', or name another source"
        }
        ClaimVerdict::Altered => {
            "quote the source's words, mark the edit with [...], or paraphrase without quotation marks"
        }
        ClaimVerdict::OutOfContext => "quote enough for the sense to survive, or say who says it and how",
        ClaimVerdict::Unavailable => "try again later, or save the page and name the file as 'copy' of the source",
        ClaimVerdict::Unsourced => {
            "say where it comes from (an address, an entry of [sources], or a file): source = \"https://...\""
        }
        ClaimVerdict::Review => "read the passage; if it carries the claim, sign it with your name and reason",
        ClaimVerdict::Partly => "find a source for the rest, leave it out, or sign the claim with your reason",
        ClaimVerdict::OnRecord => "",
    }
}

/// Says in one plain sentence what a flag means.
pub fn flag_sentence(flag: Flag) -> &'static str {
    match flag {
        Flag::Number => "A number differs from the source's.",
        Flag::Negation => "A negation such as 'not' was dropped or added.",
        Flag::Name => "A name differs from the source's.",
        Flag::Unit => "The unit or the currency differs.",
        Flag::Scale => "The scale differs, as million does from billion.",
        Flag::Sign => "The sign or the direction differs, as a rise does from a fall.",
        Flag::Bound => "The source's value lies outside what our 'over', 'nearly', 'up to' or the like allows.",
        Flag::Date => "A date differs from the source's.",
        Flag::Modality => "How certain or binding it is differs, as 'will' does from 'may'.",
        Flag::Antonym => "A word was replaced by its opposite.",
        Flag::Word => "Words differ from the source's.",
        Flag::Order => "The words stand in another order in the source.",
        Flag::Omission => "Words of the source were left out without an ellipsis.",
        Flag::Splice => "Words of separate places, or of separate speakers, were joined into one quotation.",
        Flag::Denied => "The source denies what these words say.",
        Flag::Conditional => "The source only supposes what these words say ('if', 'unless').",
        Flag::Question => "The source only asks what these words say.",
        Flag::OtherSpeaker => "In the source somebody else says these words.",
        Flag::OmitsNegation => "The source negates these words, and our quotation leaves the negation out.",
        Flag::CutsNumber => "Our quotation begins or ends in the middle of a number of the source.",
        Flag::CutsWord => "Our quotation begins or ends in the middle of a word of the source.",
        Flag::SecondHand => "The source passes these words on from somebody else, or names nobody who says them.",
        Flag::OutsideBody => "The words stand only outside the article's text, as in a caption or a link.",
        Flag::HeadlineOnly => "The words stand only in the headline, not in the text below it.",
        Flag::Hidden => "The words stand only where readers of the page do not see them.",
        Flag::Short => "The words are too few to prove anything by themselves.",
        Flag::Repeated => "The words stand in several places, which differ in who says them or where.",
        Flag::Replaced => "A bracket stands for a name, a number, a negation or a long passage of the source.",
        Flag::HedgeDropped => "The source is less certain ('about', 'may', 'alleged' or the like) than we are.",
        Flag::Disputed => "Another source of this claim contradicts it.",
        Flag::Joined => "The parts stand in sentences about different things.",
        Flag::OtherOutlet => "The outlet that carries it is not the one that 'via' names.",
        Flag::LaterCopy => {
            "The page gives another value in a copy that is younger than the day asked about ('as_of', else the article's)."
        }
        Flag::TruncatedCapture => "The copy that was read is not whole, so something may be missing from it.",
        Flag::Obstacle => "It was found on an error page or in front of a wall, which may not be the page itself.",
        Flag::Elsewhere => "It is not in the source that the claim names, but in another one.",
        Flag::NotPrinted => "The article's own file does not contain it.",
        Flag::Rounded => "The values are equal after rounding.",
        Flag::Converted => "The values are equal after converting the unit.",
        Flag::HedgeAdded => "We are more careful than the source, which gives the number bare.",
        Flag::Unaccented => "Equal but for accents, which our quotation leaves out throughout.",
        Flag::NearSpelling => "Equal but for a variant spelling.",
    }
}

/// Names the kind of a difference in a few words, for the line that shows it.
pub fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::Number => "another number",
        Flag::Negation => "negation",
        Flag::Name => "another name",
        Flag::Unit => "another unit",
        Flag::Scale => "another scale",
        Flag::Sign => "opposite direction",
        Flag::Bound => "outside the bound",
        Flag::Date => "another date",
        Flag::Modality => "more or less certain",
        Flag::Antonym => "the opposite",
        Flag::Word => "other words",
        Flag::Order => "another order",
        Flag::Omission => "left out without a mark",
        Flag::Splice => "joined from separate places",
        Flag::Denied => "denied there",
        Flag::Conditional => "only supposed there",
        Flag::Question => "only asked there",
        Flag::OtherSpeaker => "somebody else's words",
        Flag::OmitsNegation => "negation left out",
        Flag::CutsNumber => "number cut",
        Flag::CutsWord => "word cut",
        Flag::SecondHand => "second-hand",
        Flag::OutsideBody => "outside the text",
        Flag::HeadlineOnly => "headline only",
        Flag::Hidden => "not seen by readers",
        Flag::Short => "very short",
        Flag::Repeated => "several places",
        Flag::Replaced => "replaced by a bracket",
        Flag::HedgeDropped => "less certain there",
        Flag::Disputed => "disputed",
        Flag::Joined => "different things joined",
        Flag::OtherOutlet => "another outlet",
        Flag::LaterCopy => "later copy",
        Flag::TruncatedCapture => "copy not whole",
        Flag::Obstacle => "page obstructed",
        Flag::Elsewhere => "found elsewhere",
        Flag::NotPrinted => "not in our article",
        Flag::Rounded => "rounded",
        Flag::Converted => "converted",
        Flag::HedgeAdded => "more careful than the source",
        Flag::Unaccented => "without accents",
        Flag::NearSpelling => "variant spelling",
    }
}

/// Says what a source gave, after its name.
pub fn check_phrase(verdict: CheckVerdict) -> &'static str {
    match verdict {
        CheckVerdict::Verbatim => "has the words as printed",
        CheckVerdict::Edited => "has the words, with marked edits",
        CheckVerdict::Match => "gives this value",
        CheckVerdict::Review => "needs a person to read it",
        CheckVerdict::Altered => "has other words",
        CheckVerdict::Mismatch => "gives another value",
        CheckVerdict::Unavailable => "could not be read",
        CheckVerdict::Absent => "does not have it",
    }
}

/// Names the place on a page, after "stands".
pub fn zone_phrase(zone: Zone) -> &'static str {
    match zone {
        Zone::Headline => "in the headline",
        Zone::Deck => "in the standfirst",
        Zone::Subheading => "in a heading of the text",
        Zone::Byline => "in the byline",
        Zone::Paragraph => "in the text",
        Zone::PullQuote => "in a pull quote",
        Zone::Blockquote => "in a quoted block",
        Zone::Post => "in an embedded post",
        Zone::ListItem => "in a list",
        Zone::TableCell => "in a table",
        Zone::LiveEntry => "in a live entry",
        Zone::Correction => "in a correction notice",
        Zone::Footnote => "in a footnote",
        Zone::Preformatted => "in preformatted text",
        Zone::Cue => "in a subtitle",
        Zone::Caption => "in a picture's caption",
        Zone::AltText => "in a picture's alternative text",
        Zone::Comment => "in a reader's comment",
        Zone::Navigation => "in the page's menus",
        Zone::Related => "in a link to another story",
        Zone::Footer => "in the page's footer",
        Zone::RunningHead => "in a running head or foot of the page",
        Zone::Metadata => "in the page's description of itself, which readers do not see",
        Zone::Hidden => "in a part of the page that readers do not see",
        Zone::Struck => "in text that the page has struck out",
        Zone::ScriptData => "in data of a script, which readers do not see",
    }
}

/// Says where a passage stands: outlet, zone, page, time.
pub fn place_phrase(outlet: Option<&str>, passage: &PassageReport) -> String {
    let mut phrase = outlet.map(|outlet| format!("{outlet}, ")).unwrap_or_default();
    phrase.push_str(zone_phrase(passage.zone));
    if let Some(page) = passage.page {
        phrase.push_str(&format!(", page {page}"));
    }
    if let Some(time) = &passage.time {
        phrase.push_str(&format!(", at {time}"));
    }
    phrase
}

/// Says when and how a capture was made, without its address.
pub fn capture_phrase(capture: &CaptureReport) -> String {
    if let Some(person) = &capture.supplied_by {
        return format!("copy supplied by {person}, who saw it {}", moment(&capture.captured));
    }
    let how = match capture.origin {
        Origin::Live => "captured",
        Origin::Memento => "copy of another web archive, captured",
        Origin::Rendered => "captured as a browser shows it,",
        Origin::Imported => "copy that was supplied, of",
        Origin::Local => "file of",
    };
    let mut phrase = format!("{how} {}", moment(&capture.captured));
    if let Some(status) = capture.status {
        phrase.push_str(&format!(", status {status}"));
    }
    phrase
}

/// Turns `2024-03-23T11:04:00Z` into `2024-03-23 11:04 UTC`, and leaves anything else as it is.
pub(super) fn moment(timestamp: &str) -> String {
    match (timestamp.get(..10), timestamp.get(10..11), timestamp.get(11..16), timestamp.ends_with('Z')) {
        (Some(day), Some("T"), Some(time), true) => format!("{day} {time} UTC"),
        _ => timestamp.to_owned(),
    }
}
