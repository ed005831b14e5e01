//! Every folder of `fixtures/claims`: a topic, with whole articles and many claims over each.
//!
//! Their verdicts were written before the program saw them; the evidence beside them (flags, passage, changes, explanation) is
//! what it gave then, so that a change of it is seen. After a change that is meant, `WRITE_EVIDENCE=1 cargo test --test
//! cases topics` writes the evidence anew; it never writes a verdict of a claim.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use onrecord::model::report::{CheckReport, ClaimReport};
use toml::Value;

use super::{check, differences, expected};

fn all() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/claims")
}

fn topic(name: &str) {
    let folder = all().join(name);
    if std::env::var_os("WRITE_EVIDENCE").is_some() {
        write(name, &folder);
    }
    let found = differences(name, &folder);
    assert!(found.is_empty(), "{} claims of {name} differ:\n\n{}", found.len(), found.join("\n\n"));
}

/// Each topic is a test, so that they share the cores.
macro_rules! topics {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(#[test]
        fn $test() {
            topic($name);
        })*

        mod derived {
            use crate::derived::unchanged;

            $(#[test]
            fn $test() {
                unchanged($name, &[super::all().join($name)]);
            })*

            #[test]
            fn cases() {
                unchanged("cases", &super::super::folders());
            }
        }

        #[test]
        fn every_topic_is_tested() {
            let mut folders: Vec<String> = std::fs::read_dir(all())
                .expect("the topics")
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.is_dir())
                .map(|path| path.file_name().map(|name| name.to_string_lossy().into_owned()).expect("a name"))
                .collect();
            folders.sort();
            let mut tested = vec![$($name),*];
            tested.sort_unstable();
            assert_eq!(folders, tested);
        }
    };
}

topics! {
    articles_in_many_languages: "articles-in-many-languages",
    carriers: "carriers",
    claims_in_seven_languages: "claims-in-seven-languages",
    columns_and_transcripts: "columns-and-transcripts",
    denials: "denials",
    described_speakers: "described-speakers",
    edits: "edits",
    figures_budget_fever_cup: "figures-budget-fever-cup",
    figures_census_air_school: "figures-census-air-school",
    figures_de_fr_es: "figures-de-fr-es",
    figures_election_company_war: "figures-election-company-war",
    figures_in_thirteen_languages: "figures-in-thirteen-languages",
    figures_it_pt_nl_da_ru_pl: "figures-it-pt-nl-da-ru-pl",
    figures_outbreak_economy: "figures-outbreak-economy",
    figures_pairs: "figures-pairs",
    figures_paraphrased: "figures-paraphrased",
    figures_plans_and_scales: "figures-plans-and-scales",
    figures_quake_court_earnings: "figures-quake-court-earnings",
    figures_results_crime_rail: "figures-results-crime-rail",
    figures_set_against: "figures-set-against",
    figures_parts_and_earlier: "figures-parts-and-earlier",
    letters_posts_and_charges: "letters-posts-and-charges",
    figures_sport_weather_tables: "figures-sport-weather-tables",
    figures_swapped_in_six_languages: "figures-swapped-in-six-languages",
    figures_trial_climate_election: "figures-trial-climate-election",
    figures_war_city_dates: "figures-war-city-dates",
    figures_zh_ja_hi_ar: "figures-zh-ja-hi-ar",
    frames_cuts_and_labels: "frames-cuts-and-labels",
    frames_in_many_languages: "frames-in-many-languages",
    governing_clauses: "governing-clauses",
    governors_and_brackets: "governors-and-brackets",
    harbour_and_hospital: "harbour-and-hospital",
    honest_quotes: "honest-quotes",
    interview_answers: "interview-answers",
    kinds_of_pages: "kinds-of-pages",
    number_words: "number-words",
    port_and_study: "port-and-study",
    quotes_court_sport_science: "quotes-court-sport-science",
    quotes_ferry_mine_court: "quotes-ferry-mine-court",
    quotes_in_thirteen_languages: "quotes-in-thirteen-languages",
    quotes_in_twelve_languages: "quotes-in-twelve-languages",
    quotes_parliament_podcast_inquest: "quotes-parliament-podcast-inquest",
    quotes_rail_fund_wire: "quotes-rail-fund-wire",
    quotes_strike_hustings_storm: "quotes-strike-hustings-storm",
    single_sentences_answers: "single-sentences-answers",
    single_sentences_context: "single-sentences-context",
    single_sentences_denied: "single-sentences-denied",
    single_sentences_speakers: "single-sentences-speakers",
    six_languages: "six-languages",
    statements_and_corrections: "statements-and-corrections",
    town_hall: "town-hall",
    transcripts: "transcripts",
    two_speakers: "two-speakers",
    whose_words: "whose-words",
    zones_and_tangles: "zones-and-tangles",
}

/// The flags of a check, sorted.
pub(crate) fn flags(check: &CheckReport) -> Vec<&'static str> {
    let mut flags: Vec<&str> = check.flags.iter().map(|flag| flag.word()).collect();
    flags.sort_unstable();
    flags
}

/// The passage; empty where there is none.
pub(crate) fn passage(check: &CheckReport) -> &str {
    check.passage.as_ref().map_or("", |passage| passage.text.as_str())
}

/// Our words, the source's, and the flag of each change.
pub(crate) fn changes(check: &CheckReport) -> Vec<[String; 3]> {
    let flag = |change: &onrecord::model::report::ChangeReport| change.flag.map_or("", |flag| flag.word()).to_owned();
    check.changes.iter().map(|change| [change.quote.clone(), change.source.clone(), flag(change)]).collect()
}

/// The explanation; empty where there is none.
pub(crate) fn detail(check: &CheckReport) -> &str {
    check.detail.as_deref().unwrap_or_default()
}

/// The score in hundredths.
pub(crate) fn score(check: &CheckReport) -> i64 {
    (check.score.unwrap_or_default() * 100.0).round() as i64
}

fn write(name: &str, folder: &Path) {
    let wanted = expected(name, folder);
    let mut text = String::from("# What each claim is meant to get, and the evidence beside it.\n");
    for claim in &check(folder).claims {
        let wanted = wanted.get(&claim.id).unwrap_or_else(|| panic!("{name}/{}: no verdict is wanted", claim.id));
        evidence(&mut text, claim, &wanted.verdict);
    }
    std::fs::write(folder.join("expected.toml"), text).expect("the evidence is written");
}

fn evidence(text: &mut String, claim: &ClaimReport, verdict: &str) {
    let quoted = |text: &str| Value::String(text.to_owned()).to_string();
    let list = |items: Vec<String>| format!("[{}]", items.join(", "));
    let unchecked = list(claim.unchecked.iter().map(|word| quoted(word)).collect());
    writeln!(text, "\n[{}]\nverdict = \"{verdict}\"\nunchecked = {unchecked}\nchecks = [", claim.id).expect("a string");
    for check in &claim.checks {
        let flags = list(flags(check).into_iter().map(quoted).collect());
        let changes =
            changes(check).iter().map(|change| list(change.iter().map(|part| quoted(part)).collect())).collect();
        let place = check.passage.as_ref().map(|passage| format!(", where = \"{}\"", passage.place.word()));
        writeln!(
            text,
            "  {{ verdict = \"{}\", flags = {flags}{}, score = {}, also = {}, passage = {}, changes = {}, detail = {} }},",
            check.verdict.word(),
            place.unwrap_or_default(),
            score(check),
            check.also.len(),
            quoted(passage(check)),
            list(changes),
            quoted(detail(check)),
        )
        .expect("a string");
    }
    text.push_str("]\n");
}
