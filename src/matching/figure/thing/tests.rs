//! Tests of what is read around a figure: one question to each figure of a sentence, by the table of frames.

use super::*;
use crate::matching::figure::compare::{Relation, compare};
use crate::matching::figure::tests::follow;
use crate::matching::figure::{lexeme, ours, read, run, separators};
use crate::model::figure::{Bands, Figure};

/// What a sentence says to a question about one of its figures; `-` for nothing.
fn answer(question: &str, thing: &Thing) -> String {
    let frame = &thing.frame;
    let owned = |owned: &[Owned]| {
        owned.iter().map(|owned| format!("{}{}", owned.role, owned.word)).collect::<Vec<_>>().join(" ")
    };
    let yes = |holds: bool| if holds { "yes".to_owned() } else { String::new() };
    let words = |words: &[String]| words.join(" ");
    let complements = |all: &[frame::Complement]| {
        all.iter().map(|one| format!("({} {})", one.preposition, one.words.join(" "))).collect::<Vec<_>>().join(" ")
    };
    let told = match question {
        "noun" => words(&thing.noun),
        "own" => owned(&thing.own),
        "shared" => words(&thing.shared),
        "predicate" => words(&thing.predicate),
        "event" => thing.event.map_or_else(String::new, |event| format!("{event:?}")),
        "rate" => thing.rate.unwrap_or_default().to_owned(),
        "near-rates" => thing.near_rates.join(" "),
        "former" => yes(thing.former),
        "foreseen" => thing.foreseen.as_ref().map_or_else(String::new, |foreseen| format!("{foreseen:?}")),
        "negated" => yes(thing.negated),
        "refuted" => yes(thing.refuted),
        "years" => words(&thing.years),
        "near-years" => words(&thing.near_years),
        "later-years" => words(&thing.later_years),
        "times" => words(&thing.times),
        "other-times" => words(&thing.other_times),
        "spans" => thing.spans.iter().map(|span| format!("{span:?}")).collect::<Vec<_>>().join(" "),
        "places" => words(&thing.places),
        "parts" => words(&thing.parts),
        "givers" => words(&thing.givers),
        "name" => words(&thing.name),
        "step" => format!("{}{}", if thing.from { "from" } else { "" }, if thing.to { "to" } else { "" }),
        "lead" => words(&frame.lead),
        "own-subject" => yes(frame.own_subject),
        "label" => yes(frame.label),
        "complements" => complements(&frame.complements),
        "part" => words(&frame.part),
        "beyond-whole" => frame.beyond_whole.as_deref().map_or_else(String::new, |all| format!("({})", words(all))),
        "compared" => words(&frame.compared),
        "compared-years" => words(&frame.compared_years),
        "adjunct" => yes(frame.adjunct),
        "days" => words(&frame.days),
        "per" => frame.per.clone().unwrap_or_default(),
        "claimant" => frame.claimant.clone().unwrap_or_default(),
        "difference" => yes(frame.difference),
        "age" => yes(frame.age),
        "bracketed" => yes(frame.bracketed),
        "names" => words(&frame.names),
        "long-names" => {
            frame.long_names.iter().map(|name| format!("{} {}", name.first, name.last)).collect::<Vec<_>>().join(", ")
        }
        "restricted" => words(&frame.restricted),
        "direction" => match frame.direction {
            0 => String::new(),
            sign => format!("{sign:+}"),
        },
        "motion" => frame.step.map_or_else(String::new, |step| format!("{step:?}")),
        "level" => yes(frame.level),
        "changed" => yes(frame.changed),
        "sides" => frame.sides.as_ref().map_or_else(String::new, |sides| format!("{sides:?}")),
        "respective" => frame.respective.as_ref().map_or_else(String::new, |(names, own)| words(&names[*own])),
        "instance" => {
            frame.instance.as_ref().map_or_else(String::new, |(word, thing)| format!("{word} ({})", words(thing)))
        }
        "verbs" => words(&frame.clauses.verbs),
        "clause-years" => words(&frame.clauses.years),
        "own-part" => words(&frame.clauses.own_part),
        "clause-parts" => frame.clauses.parts.iter().map(|part| format!("({})", words(part))).collect(),
        "others" => thing.others.iter().map(|other| format!("({})", owned(other))).collect(),
        "rates" => thing.rates.join(" "),
        "rate-words" => words(&thing.rate_words),
        "leads" => {
            let lead = |lead: &frame::Lead| {
                let (first, points) = (if lead.first { "1" } else { "" }, if lead.points { "^" } else { "" });
                format!("({first}{points}{})", words(&lead.words))
            };
            frame.leads.iter().map(lead).collect()
        }
        "predicates" => frame.predicates.iter().map(|other| format!("({})", words(other))).collect(),
        "other-complements" => complements(&frame.others),
        "part-complements" => complements(&frame.parts),
        "sayings" => words(&frame.sayings),
        "clause" => words(&frame.clause),
        "compares" => yes(frame.compares),
        "opening" => frame.opening.clone().unwrap_or_default(),
        "own-verbs" => yes(frame.clauses.own_verbs),
        "other-verbs" => frame.clauses.others.iter().map(|other| format!("({})", words(other))).collect(),
        "other-years" => words(&frame.clauses.other_years),
        "axes" => frame.axes.iter().map(|axis| format!("{axis:?}")).collect::<Vec<_>>().join(" "),
        "before-former" => yes(frame.before_former),
        "rival" => frame.rival.iter().map(|part| format!("({})", words(part))).collect(),
        other => panic!("no such question: {other}"),
    };
    if told.is_empty() { "-".to_owned() } else { told }
}

/// How a table writes where a figure stands.
pub(super) fn stand_word(stand: Stand) -> &'static str {
    match stand {
        Stand::Open => "open",
        Stand::Own => "own",
        Stand::Other => "other",
        Stand::Beside => "beside",
        Stand::OtherRate => "rate",
        Stand::OtherSign => "sign",
    }
}

/// The figures of a sentence that are no dates, with their places.
fn figures_of(lexemes: &[Lexeme<'_>], language: &'static str) -> Vec<(Figure, Range<usize>)> {
    let usual = separators::Separators::of_language(language);
    let figures = read::read_run(&read::run_of(lexemes, usual, language, None));
    let place = |figure: &Figure| {
        let start = lexemes.partition_point(|lexeme| lexeme.end <= figure.range.start);
        start..lexemes.partition_point(|lexeme| lexeme.start < figure.range.end)
    };
    let placed = figures.into_iter().map(|figure| (figure.clone(), place(&figure)));
    placed.filter(|(figure, _)| !figure.quantity.is_date()).collect()
}

#[test]
fn every_question_about_a_figure_is_answered_as_the_table_says() {
    follow("frames.tsv", 151, |[language, question, text]| {
        let code = run::two_letters(Some(language));
        let lexemes = lexeme::of_text(text);
        let mut anchors: Vec<_> = figures_of(&lexemes, code).into_iter().map(|(_, place)| place).collect();
        // By what something is counted is no figure that a claim is about.
        if question == "per" {
            anchors.truncate(1);
        }
        let answers: Vec<String> = (0..anchors.len())
            .map(|me| {
                let (anchors, figures) = (anchors.clone(), anchors.clone());
                let scene = Scene { lexemes: &lexemes, language: code, anchors, me, heads: Heads::default(), figures };
                answer(question, &thing(&scene))
            })
            .collect();
        answers.join(" | ")
    });
}

#[test]
fn a_claimed_figure_stands_to_each_of_the_source_as_the_table_says() {
    follow("stands.tsv", 151, |[language, claim, source]| {
        let code = run::two_letters(Some(language));
        let marked = claim.find('{').unwrap_or_else(|| panic!("no figure in braces: {claim}"));
        let statement = claim.replace(['{', '}'], "");
        let (own, theirs) = (lexeme::of_text(&statement), lexeme::of_text(source));
        let figures = figures_of(&own, code);
        let claimed = figures.iter().find(|(_, place)| own[place.end - 1].end as usize > marked);
        let (claimed, place) = claimed.unwrap_or_else(|| panic!("no figure: {claim}")).clone();
        let scene = |lexemes, figures: &[(Figure, Range<usize>)], me: Option<usize>| {
            let like = |other: &Figure| compare(&claimed, other, &Bands::default()) != Relation::Unlike;
            let places = |keep: &dyn Fn(&Figure) -> bool| -> Vec<Range<usize>> {
                figures.iter().filter(|(figure, _)| keep(figure)).map(|(_, place)| place.clone()).collect()
            };
            let anchors = places(&like);
            let me =
                me.unwrap_or_else(|| anchors.iter().position(|anchor| *anchor == place).expect("it is like itself"));
            let figures = places(&|other| ours::is_clausal(other, &claimed));
            Scene { lexemes, language: code, anchors, me, heads: Heads::default(), figures }
        };
        let of_claim = scene(&own, &figures, None);
        let mut ours = thing(&of_claim);
        ours.name = of_claim.named();
        let figures = figures_of(&theirs, code);
        let anchors = scene(&theirs, &figures, Some(0)).anchors;
        let of_source = |at: usize| stand_word(stand(&ours, &thing(&scene(&theirs, &figures, Some(at)))));
        (0..anchors.len()).map(of_source).collect::<Vec<_>>().join(" | ")
    });
}

#[test]
fn short_words_join_in_their_own_languages_only() {
    let all = ["en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "pl", "cs", "sk", "hr", "ru"];
    let joins = |language: &str, key: &str| {
        let scene =
            Scene { lexemes: &[], language, anchors: Vec::new(), me: 0, heads: Heads::default(), figures: Vec::new() };
        scene.conjunction(key)
    };
    for (key, wanted) in [
        ("en", "nl"),
        ("a", "pl cs sk"),
        ("i", "pl hr"),
        ("e", "it pt"),
        ("y", "es"),
        ("et", "fr"),
        ("men", "da sv no"),
        ("mens", "da no"),
        ("ma", "it"),
        ("mas", "pt"),
        ("mais", "fr"),
    ] {
        let given: Vec<&str> = all.into_iter().filter(|language| joins(language, key)).collect();
        let wanted: Vec<&str> =
            all.into_iter().filter(|language| wanted.split(' ').any(|of| of == *language)).collect();
        assert_eq!(given, wanted, "{key}");
    }
    assert!(all.into_iter().all(|language| joins(language, "und")));
}

#[test]
fn a_sentence_that_is_cut_short_begins_where_it_is_cut() {
    for (text, question, whole, cut) in [
        ("So Anna counted 54 boats", "names", "anna", "-"),
        ("So Anna counted 54 boats", "opening", "-", "anna"),
        ("So Painted were 54 boats", "verbs", "-", "painted"),
        ("Some of the 500 tests by the lab, 45 failed", "beyond-whole", "- | -", "(failed) | -"),
        ("So Dropped were nine of 14 counts", "beyond-whole", "- | ()", "- | (dropped)"),
    ] {
        let lexemes = lexeme::of_text(text);
        for (from, wanted) in [(0, whole), (1, cut)] {
            let lexemes = &lexemes[from..];
            let anchors: Vec<_> = figures_of(lexemes, "en").into_iter().map(|(_, place)| place).collect();
            let answers = (0..anchors.len()).map(|me| {
                let (anchors, figures) = (anchors.clone(), anchors.clone());
                let scene = Scene { lexemes, language: "en", anchors, me, heads: Heads::default(), figures };
                answer(question, &thing(&scene))
            });
            assert_eq!(answers.collect::<Vec<_>>().join(" | "), wanted, "{text} from {from}");
        }
    }
}
