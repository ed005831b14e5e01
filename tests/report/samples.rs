//! Reports about fictitious outlets, with every verdict of a claim and of a check at least once.

use onrecord::model::report::{
    CaptureReport, ChangeReport, CheckReport, ClaimReport, Conflict, ConflictKind, ConflictSide, Controls, Kind,
    OtherReport, PassageReport, Report, SCHEMA, SealChange, SignedReport, Summary,
};
use onrecord::model::{CheckVerdict, ClaimVerdict, Flag, Origin, Reason, Zone};

pub(crate) fn capture(url: &str) -> CaptureReport {
    CaptureReport {
        url: url.to_owned(),
        captured: "2024-03-23T11:04:00Z".to_owned(),
        status: Some(200),
        media_type: Some("text/html".to_owned()),
        sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".to_owned(),
        origin: Origin::Live,
        supplied_by: None,
        engine: Some("html".to_owned()),
        notes: Vec::new(),
    }
}

pub(crate) fn passage(before: &str, text: &str, after: &str) -> Box<PassageReport> {
    let end = 1204 + text.chars().count();
    Box::new(PassageReport {
        text: text.to_owned(),
        before: before.to_owned(),
        after: after.to_owned(),
        start: 1204,
        end,
        parts: vec![[1204, end]],
        place: Zone::Paragraph.place(),
        zone: Zone::Paragraph,
        page: None,
        time: None,
        fragment: None,
    })
}

/// A change whose words stand once in both texts.
pub(crate) fn change(text: &str, passage: &str, quote: &str, source: &str, flag: Flag) -> ChangeReport {
    let place = |text: &str, words: &str| {
        let at = text.find(words).filter(|_| !words.is_empty())?;
        let from = text[..at].chars().count();
        Some([from, from + words.chars().count()])
    };
    ChangeReport {
        quote: quote.to_owned(),
        source: source.to_owned(),
        flag: Some(flag),
        quote_at: place(text, quote),
        source_at: place(passage, source).map(|[from, to]| [from + 1204, to + 1204]),
    }
}

pub(crate) fn check(kind: Kind, text: &str, verdict: CheckVerdict) -> CheckReport {
    CheckReport {
        kind,
        text: text.to_owned(),
        verdict,
        score: Some(0.71),
        source: Some("https://wire.example/explainer".into()),
        outlet: Some("Northern Wire".into()),
        published: Some("2024-03-22".into()),
        searched: Some(4_812),
        reason: None,
        detail: None,
        capture: Some(capture("https://wire.example/explainer").into()),
        passage: None,
        also: Vec::new(),
        changes: Vec::new(),
        flags: Vec::new(),
        others: Vec::new(),
        elsewhere: Vec::new(),
    }
}

pub(crate) fn claim(id: &str, statement: &str, verdict: ClaimVerdict, checks: Vec<CheckReport>) -> ClaimReport {
    ClaimReport {
        id: id.to_owned(),
        statement: statement.into(),
        verdict,
        passes: verdict == ClaimVerdict::OnRecord,
        signed: None,
        expected: None,
        unchecked: Vec::new(),
        speaker: None,
        via: Vec::new(),
        proposed: None,
        line: 0,
        at: Vec::new(),
        checks,
    }
}

/// Puts claims into a report: lines and counts follow from them.
pub(crate) fn report(mut claims: Vec<ClaimReport>) -> Report {
    for (index, claim) in claims.iter_mut().enumerate() {
        claim.line = 12 + 9 * u32::try_from(index).unwrap();
    }
    let count = |verdict| claims.iter().filter(|claim| claim.verdict == verdict).count();
    let open = claims.iter().filter(|claim| !claim.passes && claim.verdict.is_open()).count();
    let passed = claims.iter().filter(|claim| claim.passes).count();
    let summary = Summary {
        claims: claims.len(),
        passed,
        failed: claims.len() - passed - open,
        open,
        signed: claims.iter().filter(|claim| claim.signed.as_ref().is_some_and(|signed| signed.valid)).count(),
        on_record: count(ClaimVerdict::OnRecord),
        partly: count(ClaimVerdict::Partly),
        review: count(ClaimVerdict::Review),
        unsourced: count(ClaimVerdict::Unsourced),
        unavailable: count(ClaimVerdict::Unavailable),
        out_of_context: count(ClaimVerdict::OutOfContext),
        altered: count(ClaimVerdict::Altered),
        mismatch: count(ClaimVerdict::Mismatch),
        absent: count(ClaimVerdict::Absent),
    };
    Report {
        schema: SCHEMA.to_owned(),
        title: Some("Why the league looks to the coast".to_owned()),
        manifest: "claims.toml".to_owned(),
        article: None,
        summary,
        controls: Controls { sources: 2, ran: 4, failed: 0, without: 0 },
        conflicts: Vec::new(),
        claims,
    }
}

/// Every verdict of a claim and of a check.
pub(crate) fn every_verdict() -> Report {
    let claims = vec![
        on_record(),
        altered(),
        absent(),
        mismatch(),
        out_of_context(),
        unavailable(),
        unsourced(),
        review(),
        cautioned(),
        partly(),
        long(),
        several(),
        as_expected(),
        not_as_expected(),
        signed(true),
        signed(false),
    ];
    let conflict = Conflict {
        claims: vec!["toll-82".to_owned(), "toll-60".to_owned()],
        about: "people killed".to_owned(),
        values: vec!["at least 82".to_owned(), "60".to_owned()],
        kind: ConflictKind::Contradiction,
        detail: "they contradict each other: all are of 2024-03-23".to_owned(),
        sides: ["at least 82", "60"].map(side).to_vec(),
    };
    Report { conflicts: vec![conflict], ..report(claims) }
}

fn side(value: &str) -> ConflictSide {
    ConflictSide {
        claim: format!("toll-{}", value.trim_start_matches("at least ")),
        value: value.to_owned(),
        verdict: CheckVerdict::Match,
        source: Some("https://wire.example/toll".into()),
        outlet: Some("Northern Wire".into()),
        date: Some("2024-03-23".to_owned()),
        captured: Some("2024-03-23T11:04:00Z".to_owned()),
    }
}

pub(crate) fn on_record() -> ClaimReport {
    let text = "the harbour will stay open all winter";
    let check = CheckReport {
        score: Some(1.0),
        passage: Some(passage("The minister said that ", text, ", weather permitting.")),
        ..check(Kind::Quote, text, CheckVerdict::Verbatim)
    };
    claim(
        "harbour-open",
        "The minister said \"the harbour will stay open all winter\".",
        ClaimVerdict::OnRecord,
        vec![check],
    )
}

pub(crate) fn altered() -> ClaimReport {
    let text = "has turned its attention to the coast";
    let theirs = "has been fixated on the coast";
    let other = OtherReport {
        source: "https://herald.example/league".into(),
        verdict: CheckVerdict::Unavailable,
        reason: Some(Reason::Timeout),
        flags: Vec::new(),
        passage: None,
        capture: None,
    };
    let second = OtherReport {
        source: "https://courier.example/coast".into(),
        verdict: CheckVerdict::Altered,
        reason: None,
        flags: vec![Flag::Modality],
        passage: Some(passage("", "may have been fixated on the coast", "")),
        capture: Some(capture("https://courier.example/coast").into()),
    };
    let check = CheckReport {
        passage: Some(passage(
            "Mara Lindqvist of the Tidewater Institute has followed the group for a decade. The league, she says, ",
            theirs,
            " since the spring, and its newspapers hardly write of anything else any more these days.",
        )),
        changes: vec![change(text, theirs, "turned its attention to", "been fixated on", Flag::Word)],
        flags: vec![Flag::Word],
        others: vec![other, second],
        ..check(Kind::Quote, text, CheckVerdict::Altered)
    };
    claim(
        "lindqvist-on-coast",
        "Mara Lindqvist said the league \"has turned its attention to the coast\".",
        ClaimVerdict::Altered,
        vec![check],
    )
}

pub(crate) fn wide() -> ClaimReport {
    let (text, theirs) = ("海岸の人々は港を望んでいると会長は述べた", "海岸の人々は港を恐れていると会長は述べた");
    let check = CheckReport {
        passage: Some(passage("「", theirs, "」")),
        changes: vec![change(text, theirs, "望んで", "恐れて", Flag::Word)],
        flags: vec![Flag::Word],
        ..check(Kind::Quote, text, CheckVerdict::Altered)
    };
    claim("wide", &format!("「{text}」"), ClaimVerdict::Altered, vec![check])
}

fn absent() -> ClaimReport {
    claim(
        "filthy-hypocrites",
        "The league calls the council \"nothing but gilded hypocrites\".",
        ClaimVerdict::Absent,
        vec![check(Kind::Quote, "nothing but gilded hypocrites", CheckVerdict::Absent)],
    )
}

fn mismatch() -> ClaimReport {
    let check = CheckReport {
        passage: Some(passage("In the end ", "1,390 fighters", " and their families surrendered to the government.")),
        changes: vec![change("over 1,400", "1,390 fighters", "over 1,400", "1,390", Flag::Bound)],
        flags: vec![Flag::Bound],
        ..check(Kind::Figure, "over 1,400", CheckVerdict::Mismatch)
    };
    claim("surrendered", "Over 1,400 fighters surrendered that winter.", ClaimVerdict::Mismatch, vec![check])
}

fn out_of_context() -> ClaimReport {
    let check = CheckReport {
        score: Some(1.0),
        passage: Some(Box::new(PassageReport {
            zone: Zone::LiveEntry,
            time: Some("14:20".to_owned()),
            ..*passage(
                "Asked about the reports, the club's chairman said: “It is a lie that ",
                "we took money",
                " from anyone.”",
            )
        })),
        flags: vec![Flag::Denied],
        ..check(Kind::Quote, "we took money", CheckVerdict::Verbatim)
    };
    claim("club-money", "The chairman admitted: \"we took money\".", ClaimVerdict::OutOfContext, vec![check])
}

pub(crate) fn unavailable() -> ClaimReport {
    let check = CheckReport {
        score: None,
        source: Some("https://embassy.example/statement".into()),
        outlet: None,
        reason: Some(Reason::NotCaptured),
        detail: Some("no capture of https://embassy.example/statement in archive".to_owned()),
        capture: None,
        ..check(Kind::Figure, "60", CheckVerdict::Unavailable)
    };
    claim("toll-60", "The embassy has confirmed 60 deaths so far.", ClaimVerdict::Unavailable, vec![check])
}

fn unsourced() -> ClaimReport {
    let check = CheckReport {
        score: None,
        source: None,
        outlet: None,
        capture: None,
        ..check(Kind::Statement, "The league was founded in a fish market.", CheckVerdict::Review)
    };
    claim("fish-market", "The league was founded in a fish market.", ClaimVerdict::Unsourced, vec![check])
}

fn review() -> ClaimReport {
    let statement = "The league recruits mostly among fishermen who lost their boats.";
    let check = CheckReport {
        score: Some(0.44),
        passage: Some(Box::new(PassageReport {
            page: Some(4),
            ..*passage("", "Its recruits are, for the most part, unemployed fishermen of the northern ports.", "")
        })),
        ..check(Kind::Statement, statement, CheckVerdict::Review)
    };
    ClaimReport {
        unchecked: vec!["lost".to_owned(), "boats".to_owned()],
        ..claim("recruits", statement, ClaimVerdict::Review, vec![check])
    }
}

fn cautioned() -> ClaimReport {
    let mut also = passage("Photo: ", "a quiet war", " has begun along the coast (archive picture)");
    also.zone = Zone::Caption;
    let check = CheckReport {
        score: Some(1.0),
        passage: Some(passage(
            "Some officials here speak of ",
            "a quiet war",
            " that nobody has declared.\nThe ministry declined to comment.",
        )),
        also: vec![*also],
        flags: vec![Flag::Short, Flag::Repeated],
        detail: Some("the words stand in 2 places".to_owned()),
        ..check(Kind::Quote, "a quiet war", CheckVerdict::Verbatim)
    };
    claim("quiet-war", "It is \"a quiet war\", officials say.", ClaimVerdict::Review, vec![check])
}

fn partly() -> ClaimReport {
    let text = "over 1,300";
    let check = CheckReport {
        score: Some(1.0),
        passage: Some(passage("In the end ", "1,390", " fighters and their families surrendered to the government.")),
        ..check(Kind::Figure, text, CheckVerdict::Match)
    };
    ClaimReport {
        unchecked: vec!["Skerry".to_owned(), "2019".to_owned()],
        ..claim(
            "skerry-2019",
            "After the defeat at Skerry in 2019 over 1,300 fighters surrendered.",
            ClaimVerdict::Partly,
            vec![check],
        )
    }
}

fn long() -> ClaimReport {
    let text = "we have always said that the people of the coast must be asked first, and that no company, whatever \
        it promises and whoever stands behind it, will ever build a harbour here unless the fishermen, the pilots and \
        the families who live on these islands agree to it in a free and secret vote";
    let theirs = "we have always said that the people of the coast should be asked first, and that no company, whatever \
        it promises and whoever stands behind it, will build a harbour here unless the fishermen, the pilots and \
        the families who live on these islands agree to it in a free and secret vote";
    let ever = text.find("ever build").unwrap();
    let there = theirs.find("build").unwrap() + 1204;
    let missing = ChangeReport {
        quote_at: Some([ever, ever + 5]),
        source_at: Some([there, there]),
        ..change(text, theirs, "ever", "", Flag::Word)
    };
    let check = CheckReport {
        passage: Some(passage("“", theirs, "”, she said.")),
        changes: vec![change(text, theirs, "must", "should", Flag::Modality), missing],
        flags: vec![Flag::Modality, Flag::Word],
        ..check(Kind::Quote, text, CheckVerdict::Altered)
    };
    claim("long-promise", &format!("She said: \"{text}\"."), ClaimVerdict::Altered, vec![check])
}

fn several() -> ClaimReport {
    let edited = "[the league] … wants the islands";
    let theirs = "it, and nobody doubts this any more, wants the islands";
    let free = |quote: &str, source: &str, at: [usize; 2], there: [usize; 2]| ChangeReport {
        quote: quote.to_owned(),
        source: source.to_owned(),
        flag: None,
        quote_at: Some(at),
        source_at: Some([there[0] + 1204, there[1] + 1204]),
    };
    let quote = CheckReport {
        passage: Some(passage("Everybody knows that ", theirs, " for itself.")),
        changes: vec![
            free("[the league]", "it", [0, 12], [0, 2]),
            free("…", ", and nobody doubts this any more,", [13, 14], [2, 36]),
        ],
        flags: vec![Flag::Replaced],
        ..check(Kind::Quote, edited, CheckVerdict::Edited)
    };
    let good = CheckReport {
        passage: Some(passage("It has ", "12 boats", " and no crews.")),
        ..check(Kind::Figure, "12", CheckVerdict::Match)
    };
    let bad = CheckReport {
        passage: Some(passage("It has cost ", "$100 million", " so far.")),
        changes: vec![change("$100 billion", "$100 million", "billion", "million", Flag::Scale)],
        flags: vec![Flag::Scale],
        ..check(Kind::Figure, "$100 billion", CheckVerdict::Mismatch)
    };
    claim(
        "islands",
        "\"[the league] … wants the islands\", with 12 boats and $100 billion.",
        ClaimVerdict::Mismatch,
        vec![quote, good, bad],
    )
}

fn as_expected() -> ClaimReport {
    let check = CheckReport {
        passage: Some(passage("The water will ", "never fall", ", he said.")),
        changes: vec![change("never rise", "never fall", "rise", "fall", Flag::Antonym)],
        flags: vec![Flag::Antonym],
        ..check(Kind::Quote, "never rise", CheckVerdict::Altered)
    };
    ClaimReport {
        passes: true,
        expected: Some("altered".to_owned()),
        ..claim("never-rise", "He said it would \"never rise\".", ClaimVerdict::Altered, vec![check])
    }
}

fn not_as_expected() -> ClaimReport {
    ClaimReport { id: "harbour-twin".to_owned(), passes: false, expected: Some("altered".to_owned()), ..on_record() }
}

fn lapse() -> SealChange {
    SealChange {
        what: "passage".to_owned(),
        signed: "a ferry leaves the quay".to_owned(),
        now: "a ferry leaves the burning quay".to_owned(),
    }
}

fn signed(valid: bool) -> ClaimReport {
    let signature = SignedReport {
        by: "KM".to_owned(),
        on: "2024-03-24".to_owned(),
        why: "the caption is the source".to_owned(),
        valid,
        changed: if valid { Vec::new() } else { vec![lapse()] },
    };
    let check = CheckReport {
        passage: Some(Box::new(PassageReport {
            zone: Zone::Caption,
            place: Zone::Caption.place(),
            ..*passage("", "a ferry leaves the burning quay", "")
        })),
        flags: vec![Flag::OutsideBody],
        ..check(Kind::Quote, "a ferry leaves the burning quay", CheckVerdict::Verbatim)
    };
    ClaimReport {
        passes: valid,
        signed: Some(Box::new(signature)),
        ..claim(
            if valid { "ferry" } else { "ferry-later" },
            "The picture shows how \"a ferry leaves the burning quay\".",
            ClaimVerdict::Review,
            vec![check],
        )
    }
}
