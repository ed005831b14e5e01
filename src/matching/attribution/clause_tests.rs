use super::*;
use crate::matching::attribution::name::runs;
use crate::matching::attribution::quoted::{outside, quoted_spans};
use crate::model::Document;

/// A page of one paragraph in a language, and the bytes at which the marks (`|`) of its text stand, which it has not.
pub(in crate::matching::attribution) fn marked(language: &str, text: &str) -> (Document, Vec<u32>) {
    let text = if text.is_empty() { "Nothing." } else { text };
    let mut document = crate::matching::tests::document(&text.replace('|', ""));
    document.language = Some(language.to_owned());
    let marks = text.match_indices('|').enumerate().map(|(number, (at, _))| (at - number) as u32).collect();
    (document, marks)
}

/// Asks about the clause that a text is, quotations left out, with the positions behind its marks (`|`).
pub(in crate::matching::attribution) fn ask<T>(
    language: &str,
    text: &str,
    question: impl FnOnce(&Clause<'_>, &[usize]) -> T,
) -> T {
    let (document, marks) = marked(language, text);
    let index = Index::new(&document);
    let mut tokens = outside(&index.block_tokens(0), quoted_spans(0, &index), &index);
    tokens.retain(|_| !text.is_empty());
    let clause = Clause { tokens: &tokens, verb: None, ahead: true, index: &index };
    let place = |byte: &u32| tokens.iter().filter(|at| index.tokens()[**at].start < *byte).count();
    question(&clause, &marks.iter().map(place).collect::<Vec<_>>())
}

/// What a question about a clause answers, asked of each row, against what the row wants.
pub(in crate::matching::attribution) fn table<'t, T: PartialEq + std::fmt::Debug>(
    rows: &[(&'t str, &'t str, T)],
    question: impl Fn(&Clause<'_>, &[usize]) -> T,
) {
    let wrong = rows.iter().filter_map(|(language, text, wanted)| {
        let found = ask(language, text, &question);
        (found != *wanted).then(|| format!("{language}: {text}: {found:?} instead of {wanted:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asserts that what is found among the positions of a clause stands behind the marks of each text.
pub(in crate::matching::attribution) fn found(rows: &[(&str, &str)], find: impl Fn(&Clause<'_>) -> Vec<usize>) {
    let wrong = rows.iter().filter_map(|(language, text)| {
        ask(language, text, |clause, wanted| {
            let found = find(clause);
            (found != wanted).then(|| format!("{language}: {text}: {found:?} instead of {wanted:?}"))
        })
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Asserts that what is true of a clause's positions is true just behind the marks of each text.
pub(in crate::matching::attribution) fn marks(rows: &[(&str, &str)], is: impl Fn(&Clause<'_>, usize) -> bool) {
    found(rows, |clause| (0..clause.tokens.len()).filter(|at| is(clause, *at)).collect());
}

#[test]
fn a_segment_begins_behind_a_pause_a_sentence_or_a_quotation() {
    let opens = |clause: &Clause<'_>, at: usize| clause.opens(at);
    marks(
        &[
            ("en", "|Ana Ruiz, |the mayor of Calder-Brae – |a half-blind town – |said: |yes; |no"),
            ("en", "|Ruiz left. |She said so"),
            ("en", "|Ruiz’s office in Calder–Brae said"),
            ("en", "|Ruiz called it “a farce” |on Monday"),
            ("en", "|Ruiz (the mayor) said"),
            ("en", "|the Leighs’ |wife said"),
            ("en", "|a farce,” |Ruiz said"),
        ],
        opens,
    );
    marks(
        &[
            ("en", "Ana Ruiz, |the mayor of Calder-Brae – |a half-blind town – |said: |yes; |no. She said “no” again"),
            ("ar", "قالت آنا رويز، |رئيسة البلدية"),
        ],
        |clause, at| clause.pauses(at),
    );
    ask("en", "Ruiz, the old mayor said", |clause, _| {
        let found =
            [(4, 3), (4, 2), (3, 2), (3, 9), (1, 0), (1, 5), (0, 0)].map(|(at, reach)| clause.opening(at, reach));
        assert_eq!(found, [Some(1), None, Some(1), Some(1), Some(1), Some(1), Some(0)]);
    });
}

#[test]
fn a_closed_word_is_small_or_no_word_at_all() {
    marks(
        &[
            ("en", "|The mayor |and |her |12 guards |of |it |$ |?"),
            ("de", "Lange sprach |er |über |die Brücke"),
            ("ru", "Вчера |он сказал |и ушел"),
        ],
        |clause, at| clause.is_closed(at),
    );
}

#[test]
fn what_somebody_owns_begins_behind_the_ending_that_owns() {
    // Every name of the text is asked; marks stand before what one owns.
    let rows = [
        ("en", "Baird's |wife said"),
        ("en", "Baird’s |company and Lind said"),
        ("en", "the Leighs’ |house and Max’ |dog, said Ruiz"),
        ("en", "the Lind’ house"),
        ("en", "the Leighs house"),
        ("en", "Leigh, s was said"),
        ("en", "Corvins wife"),
        ("en", "Baird’ll go"),
        ("en", "it was Baird"),
        ("de", "Corvins |Mutter sagte"),
        ("de", "Corvins |Brief sagte"),
        ("nl", "Corvins |actrice zei"),
        ("de", "Corvins Haus"),
        ("de", "Corvin Mutter"),
        ("de", "Corvins, Mutter von drei"),
        ("sv", "Corvins |syster sade"),
        ("da", "Corvins |søster sagde"),
        ("no", "Corvins |bror sa"),
        ("nb", "Corvins |bror sa"),
        ("nl", "Corvins |dochter zei"),
        ("fr", "Corvins mère"),
    ];
    found(&rows, |clause| runs(clause.tokens, clause.index).iter().filter_map(|run| owner_end(run, clause)).collect());
}

#[test]
fn a_preposition_makes_a_name_its_complement() {
    // Every name of the text is asked; marks stand before those that are complements.
    let rows = [
        ("en", "a critic of |Ruiz said"),
        ("en", "met by the old |Bo Lind"),
        ("en", "Lind said"),
        ("en", "Lind of |Calder said"),
        ("en", "the work of |Holt & |Co said"),
        ("en", "the firm Holt & Co said"),
        ("en", "on his successor, |Lind"),
        ("en", "on his spokesman, |Lind"),
        ("en", "his successor, Lind"),
        ("en", "on his bridge, Lind"),
        ("en", "He spoke. Lind left"),
        ("en", "for his part Lind left"),
        ("en", "for his old friend |Lind"),
        ("en", "for the part |Lind left"),
        ("en", "of one two three four five |Lind"),
        ("en", "of one two three four five six Lind"),
        ("en", "in |Calder, Lind"),
        ("en", "of what was said Lind knew"),
        ("en", "of all who Lind knew"),
        ("en", "by |Ruiz the porter Lind"),
        ("en", "by |Ruiz Lind"),
        ("de", "von der Mutter, |Lind"),
        ("fr", "une lettre de |Lind"),
    ];
    found(&rows, |clause| {
        let starts = runs(clause.tokens, clause.index).into_iter().map(|run| run.start);
        starts.filter(|start| is_complement(*start, clause)).collect()
    });
}

#[test]
fn a_relative_clause_begins_behind_its_pronoun() {
    marks(
        &[
            ("en", "Skene, to whom |Deas |has |written, |said no"),
            ("en", "who was it"),
            ("en", "Skene said who |it |was, |she said"),
            ("en", "Skene which |1 |2 |3 |4 |5 |6 |7 |8 |9 |10 11 12"),
            ("de", "Skene, die Deas kennt"),
            ("fr", "Skene, qui |connaît |Deas"),
        ],
        |clause, at| is_in_relative_clause(at, clause),
    );
}

#[test]
fn relative_pronouns_of_each_language_mean_persons() {
    let languages = [
        ("en", "who whom whose which"),
        ("fr", "qui dont"),
        ("it", "che cui"),
        ("es", "quien quienes"),
        ("pt", "quem"),
        ("ru", "который которая которые которого которой которому"),
        ("pl", "ktory ktora ktorzy ktorego ktorej"),
        ("de", ""),
    ];
    for (language, words) in languages {
        for (other, more) in languages {
            for word in more.split_whitespace() {
                assert_eq!(
                    is_relative(word, language),
                    words.split_whitespace().any(|own| own == word),
                    "{word} in {language}, of {other}"
                );
            }
        }
    }
    assert!(is_relative("who", ""));
}

#[test]
fn words_of_saying_are_told_from_names_and_nouns() {
    marks(
        &[
            ("en", "Ruiz |said so. |Says who, in Said Street"),
            ("en", "a farce” |Says Ruiz"),
            ("de", "Das |sagte Ruiz, |so der Bericht"),
            ("ar", "|وقال علي، |فقال له، |قال"),
            ("fa", "وقال علي"),
            ("vi", "Ông |nói, |kể, |dặn, |đáp, |hỏi, |viết, noi, ke, |cho biết, cho ai"),
            ("vi", "Ông |nói cho"),
            ("en", "nói cho biết"),
        ],
        |clause, at| clause.is_verb(at),
    );
    let rows = [
        ("en", "Ruiz said so", true),
        ("en", "Ruiz left", false),
        ("en", "", false),
        ("zh", "阮鹤说", true),
        ("zh", "阮鹤来", false),
        ("ja", "市長は述べた", true),
        ("en", "the word 说", true),
        ("en", "a word", false),
    ];
    table(&rows, |clause, _| says(clause.tokens, clause.index));
    // Scripts without spaces alone.
    let unspaced = rows.map(|(language, text, wanted)| (language, text, wanted && !text.starts_with("Ruiz")));
    table(&unspaced, |clause, _| has_saying_characters(clause.tokens, clause.index));
}
