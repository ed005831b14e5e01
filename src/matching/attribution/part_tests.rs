//! Tests of attribution by parts: words and the classes they are of, blocks with authors, relative pronouns and passives.

use super::gender::Gender;
use super::papers::{holds_document, issues_document};
use super::person_noun::is_person_noun;
use super::tests::{last_block, page, tokens_of};
use super::words::{is_adverb, is_asked, is_indefinite};
use super::*;
use crate::model::{Block, CheckKind, Claim, Document, TextRange};

/// A document of blocks with their zones and authors.
fn blocks(blocks: &[(Zone, Option<&str>, &str)]) -> Document {
    let mut text = String::new();
    let mut built = Vec::new();
    for (zone, author, words) in blocks {
        let start = text.len();
        text.push_str(words);
        let mut block = Block::new(TextRange::new(start, text.len()), *zone);
        block.author = author.map(str::to_owned);
        built.push(block);
        text.push('\n');
    }
    Document { language: Some(String::from("en")), ..Document::new(text, built) }
}

#[test]
fn an_author_signs_a_block_or_quotes_in_it() {
    use Signed::{Another, No, Quoted, Theirs, Unclear};
    // What a block says outside marks, what it quotes, and what it quotes as a whole.
    for (zone, theirs, others) in [
        (Zone::Comment, [Theirs, Theirs, Theirs], [Another, Another, Another]),
        (Zone::Cue, [Theirs, Theirs, Theirs], [Another, Another, Another]),
        (Zone::Post, [Theirs, Quoted, Theirs], [Another, Unclear, Another]),
        (Zone::Blockquote, [Theirs, Quoted, Theirs], [Unclear, Unclear, Unclear]),
        (Zone::PullQuote, [Theirs, Quoted, Theirs], [Unclear, Unclear, Unclear]),
        (Zone::Paragraph, [No, No, No], [No, No, No]),
    ] {
        let document = blocks(&[
            (zone, Some("Ana Ruiz"), "The old quay is closed, and nobody says “the gate is open” here."),
            (zone, Some("Ana Ruiz"), "“The whole pier is wet.”"),
        ]);
        let index = Index::new(&document);
        for (speaker, wanted) in [("Ana Ruiz", theirs), ("Bo Lind", others)] {
            let name = Name::new(speaker, &index).expect("is a name");
            let given = ["quay", "gate", "pier"]
                .map(|word| signed::of_token("Ana Ruiz", tokens_of(word, &index).start, &name, &index));
            assert_eq!(given, wanted, "{zone:?}, {speaker}");
        }
    }
}

#[test]
fn eight_tenths_of_a_block_in_marks_are_the_whole() {
    for (words, whole) in [
        ("“Nine of ten words stand here in the marks,” Ruiz", true),
        ("“Eight of ten words stand in these marks,” Ruiz said", true),
        ("“Seven of ten words stand in marks,” Ruiz then said", false),
    ] {
        let document = blocks(&[(Zone::Post, Some("Ana Ruiz"), words)]);
        let index = Index::new(&document);
        let name = Name::new("Ana Ruiz", &index).expect("is a name");
        let wanted = if whole { Signed::Theirs } else { Signed::Quoted };
        assert_eq!(signed::of_token("Ana Ruiz", 0, &name, &index), wanted, "{words}");
    }
}

#[test]
fn a_text_of_the_first_person_is_its_authors_own() {
    let head = (Zone::Headline, None, "The quay");
    let byline = (Zone::Byline, None, "By Ana Ruiz");
    let own = (Zone::Paragraph, None, "I closed the quay.");
    let other = (Zone::Paragraph, None, "The quay is closed.");
    for (page, block, wanted) in [
        (vec![head, byline, own], 2, true),
        // Nobody says `I` in it, nor in the paragraph before.
        (vec![head, byline, other], 2, false),
        (vec![head, byline, own, other], 3, true),
        (vec![head, byline, own, other, other], 4, false),
        (vec![byline, own], 1, true),
        (vec![own, byline], 0, true),
        // The page names somebody else, or nobody.
        (vec![head, (Zone::Byline, None, "By Bo Lind"), own], 2, false),
        (vec![head, own], 1, false),
        (vec![(Zone::Headline, None, "Ana Ruiz"), own], 1, true),
        (vec![head, (Zone::Deck, None, "By the mayor, Ana Ruiz"), own], 2, true),
        // The first paragraph of the text and the next may say who writes it; a later one names whom it speaks of.
        (vec![head, (Zone::Paragraph, None, "Ana Ruiz writes:"), own], 2, true),
        (vec![head, other, (Zone::Paragraph, None, "Ana Ruiz writes:"), own], 3, true),
        (vec![head, other, other, (Zone::Paragraph, None, "Ana Ruiz left."), own], 4, false),
        (vec![head, own, (Zone::Paragraph, None, "I met Ana Ruiz.")], 1, false),
        // Of several headings the last one above.
        (vec![head, other, other, (Zone::Subheading, None, "Ana Ruiz"), own], 4, true),
        (
            vec![
                head,
                other,
                other,
                (Zone::Subheading, None, "Ana Ruiz"),
                own,
                (Zone::Subheading, None, "Bo Lind"),
                own,
            ],
            6,
            false,
        ),
        (vec![head, other, other, own, (Zone::Subheading, None, "Ana Ruiz")], 3, false),
    ] {
        let document = blocks(&page);
        let index = Index::new(&document);
        let name = Name::new("Ana Ruiz", &index).expect("is a name");
        assert_eq!(own_text::is_own_text(block, &name, &index), wanted, "{page:?}, block {block}");
    }
}

#[test]
fn every_language_says_i() {
    for (language, words) in [
        ("en", "I closed it."),
        ("de", "Ich habe ihn geschlossen."),
        ("fr", "Je l’ai fermé."),
        ("es", "Yo lo he cerrado."),
        ("pt", "Eu fechei."),
        ("it", "Io l’ho chiuso."),
        ("nl", "Wij hebben hem gesloten."),
        ("sv", "Jag har stängt den."),
        ("ru", "Я закрыл его."),
        ("zh", "我把它关了。"),
    ] {
        let mut document = blocks(&[(Zone::Byline, None, "Ana Ruiz"), (Zone::Paragraph, None, words)]);
        document.language = Some(language.to_owned());
        let index = Index::new(&document);
        let name = Name::new("Ana Ruiz", &index).expect("is a name");
        assert!(own_text::is_own_text(1, &name, &index), "{words}");
    }
}

#[test]
fn a_pronoun_of_every_language_says_what_it_says() {
    for (language, women, men) in [
        ("en", &["she"][..], &["he"][..]),
        ("", &["she"], &["he"]),
        // German `sie` is `they` as well.
        ("de", &[], &["er"]),
        ("fr", &["elle"], &["il"]),
        ("es", &["ella"], &["el"]),
        ("pt", &["ela"], &["ele"]),
        ("it", &["lei", "ella"], &["lui", "egli"]),
        ("nl", &["zij", "ze"], &["hij"]),
        ("ru", &["она"], &["он"]),
        ("uk", &["вона"], &["він"]),
        ("pl", &["ona"], &["on"]),
        ("sv", &["hon"], &["han"]),
        ("da", &["hun"], &["han"]),
        ("no", &["hun"], &["han"]),
        ("nb", &["hun"], &["han"]),
        ("tr", &[], &[]),
    ] {
        for word in [
            "she", "he", "er", "elle", "il", "ella", "el", "ela", "ele", "lei", "lui", "egli", "zij", "ze", "hij",
            "она", "он", "вона", "він", "ona", "on", "hon", "hun", "han", "they",
        ] {
            // Neighbours understand each other's pronouns.
            let known = women.contains(&word) || men.contains(&word);
            let near = matches!(language, "ru" | "uk" | "sv" | "da" | "no" | "nb");
            if known || !near {
                let wanted = if women.contains(&word) { Some(Gender::Woman) } else { known.then_some(Gender::Man) };
                assert_eq!(gender::of_pronoun(word, language), wanted, "{language} {word}");
            }
        }
    }
}

#[test]
fn an_attribution_of_forty_words_joins_and_a_longer_one_does_not() {
    // `Ana Ruiz`, the adverbs and `said`, or the two characters of `said` behind what is no word of it.
    for (language, words, joins) in [("en", 40, true), ("en", 41, false), ("zh", 20, true), ("zh", 21, false)] {
        let said = match language {
            "en" => format!("“It is closed,” Ana Ruiz said {}. “It is wet.”", vec!["there"; words - 3].join(" ")),
            _ => format!("“关了，”{}说，“湿了。”", "陈".repeat(words - 1)),
        };
        let document = page(language, &said);
        let index = Index::new(&document);
        let stretch = &quoted_spans(last_block(&index), &index)[0];
        let joint = joint_behind(index.token_from(stretch.range.end), &index);
        assert_eq!(joint.is_some(), joins, "{said}");
    }
}

#[test]
fn a_passage_stands_beside_its_speaker() {
    let document = blocks(&[
        (Zone::Paragraph, None, "The quay is closed, Ana Ruiz said."),
        (Zone::Paragraph, None, "The gate is shut."),
        (Zone::Post, Some("Ana Ruiz"), "The pier is wet."),
        (Zone::Post, Some("Bo Lind"), "The sea is cold."),
    ]);
    let index = Index::new(&document);
    for (speaker, wanted) in [
        (Some("Ana Ruiz"), [true, false, true, false]),
        (Some("Bo Lind"), [false, false, false, true]),
        (None, [false, false, false, false]),
    ] {
        let mut claim = Claim::of("x", CheckKind::Quote(vec![String::from("x")]));
        claim.speaker = speaker.map(str::to_owned);
        let asked = Asked::new(&claim, &[], None);
        let given =
            ["quay", "gate", "pier", "sea"].map(|word| speaker_beside(&tokens_of(word, &index), &asked, &index));
        assert_eq!(given, wanted, "{speaker:?}");
    }
}

#[test]
fn an_outlet_that_the_statement_names_is_no_speaker() {
    let document = page("en", "The Calder Post wrote of it. Ana Ruiz met Bo Lind. “It is closed,” Ana Ruiz said.");
    for (outlet, wanted) in [
        (None, Some(Flag::OtherSpeaker)),
        (Some("The Calder Post"), None),
        (Some("The Mill"), Some(Flag::OtherSpeaker)),
    ] {
        let document = Document { outlet: outlet.map(str::to_owned), ..document.clone() };
        let index = Index::new(&document);
        let claim = Claim::of("Calder Post: “It is closed”", CheckKind::Quote(vec![String::from("It is closed")]));
        let asked = Asked::new(&claim, &[], None).with_stated_speaker(Some(String::from("Calder Post")));
        assert_eq!(flag(&[tokens_of("It is closed", &index)], &asked, &index), wanted, "{outlet:?}");
    }
}

#[test]
fn what_others_say_in_the_authors_own_text_is_theirs() {
    let said = "The ministry contends that “it is closed”.";
    for (byline, words, wanted) in [
        ("By Ana Ruiz", said, Some(Flag::SecondHand)),
        ("By Ana Ruiz", "So “it is closed”.", None),
        ("By Bo Lind", "So “it is closed”.", Some(Flag::SecondHand)),
        ("By Ana Ruiz", "The woman contends that “it is closed”.", None),
        // Without marks the author's text is the author's.
        ("By Ana Ruiz", "On Monday it is closed.", None),
        ("By Bo Lind", "On Monday it is closed.", Some(Flag::SecondHand)),
    ] {
        let document = blocks(&[(Zone::Byline, None, byline), (Zone::Paragraph, None, words)]);
        let index = Index::new(&document);
        let mut claim = Claim::of("x", CheckKind::Quote(vec![String::from("it is closed")]));
        claim.speaker = Some(String::from("Ana Ruiz"));
        let asked = Asked::new(&claim, &[], None);
        assert_eq!(flag(&[tokens_of("it is closed", &index)], &asked, &index), wanted, "{byline}: {words}");
    }
}

#[test]
fn nouns_of_persons_are_those_of_their_language() {
    for (key, language, wanted) in [
        ("driver", "en", true),
        ("drivers", "en", true),
        ("baker", "", true),
        ("scientist", "en", true),
        ("musician", "en", true),
        ("firemen", "en", true),
        ("townspeople", "en", true),
        ("board", "en", true),
        // Too short, or a thing.
        ("user", "en", false),
        ("summer", "en", false),
        ("numbers", "en", false),
        ("table", "en", false),
        ("leute", "en", false),
        // What English alone says of a person.
        ("driver", "de", false),
        ("board", "de", false),
        ("leute", "de", true),
        ("gente", "es", true),
        // An office and an organisation are so everywhere.
        ("mayor", "de", true),
        ("ministry", "fr", true),
    ] {
        assert_eq!(is_person_noun(key, language), wanted, "{language} {key}");
    }
}

#[test]
fn an_indefinite_article_is_one_of_its_language() {
    for (language, articles) in [
        ("en", &["a", "an", "one", "several"][..]),
        ("", &["a", "an"]),
        ("de", &["ein", "eine", "mehrere"]),
        ("fr", &["un", "une", "des"]),
        ("es", &["un", "una", "unos"]),
        ("pt", &["um", "uma", "uns"]),
        ("it", &["un", "una", "uno"]),
        ("nl", &["een", "enkele"]),
        ("sv", &["en", "ett"]),
        ("da", &["en", "et"]),
        ("no", &["en", "et"]),
        ("nb", &["en", "et"]),
        ("ru", &[]),
    ] {
        for article in articles {
            assert!(is_indefinite(article, language), "{language} {article}");
        }
        for other in ["the", "der", "le", "el", "het"] {
            assert!(!is_indefinite(other, language), "{language} {other}");
        }
    }
}

#[test]
fn adverbs_end_so_or_are_listed() {
    for (key, wanted) in [
        ("quickly", true),
        ("early", true),
        ("rapidement", true),
        ("rapidamente", true),
        ("later", true),
        ("monday", true),
        // Four letters are none of these endings.
        ("only", false),
        ("ment", false),
        ("table", false),
        ("porter", false),
    ] {
        assert_eq!(is_adverb(key), wanted, "{key}");
    }
}

#[test]
fn whoever_is_asked_has_a_document_or_gives_one_out() {
    for (key, asked, holds, issues) in [
        ("asked", true, false, false),
        ("gefragt", true, false, false),
        ("received", false, true, false),
        ("erhielt", false, true, false),
        ("published", false, false, true),
        ("schrieb", false, false, true),
        ("written", false, false, false),
        ("said", false, false, false),
    ] {
        assert_eq!((is_asked(key), holds_document(key), issues_document(key)), (asked, holds, issues), "{key}");
    }
}

/// What is asked of the clause that a page of one paragraph is.
fn of_clause<T>(language: &str, words: &str, ask: impl FnOnce(&Clause<'_>, &dyn Fn(&str) -> usize) -> T) -> T {
    let document = page(language, words);
    let index = Index::new(&document);
    let tokens: Vec<usize> = index.block_tokens(last_block(&index)).collect();
    let clause = Clause { tokens: &tokens, verb: None, ahead: false, index: &index };
    ask(&clause, &|word| tokens_of(word, &index).start - tokens[0])
}

#[test]
fn a_relative_pronoun_is_the_subject_of_the_verb_behind_it() {
    for (language, words, verb, relative) in [
        ("en", "It was Ana Ruiz, who said so", Some("said"), Some("who")),
        ("en", "It was Ana Ruiz, who later said so", Some("said"), Some("who")),
        ("en", "It was Ana Ruiz, who has said so", Some("said"), Some("who")),
        ("en", "She saw the headline that read so", Some("read"), Some("that")),
        ("en", "She saw the house that read so", Some("read"), None),
        // Somebody else stands between.
        ("en", "It was Ana Ruiz, who she said knew", Some("said"), None),
        ("en", "It was Ana Ruiz, who they said knew", Some("said"), None),
        ("en", "It was Ana Ruiz, who Lind said knew", Some("said"), None),
        ("en", "It was Ana Ruiz, who heard porters said", Some("said"), None),
        // Without a word of saying one verb may.
        ("en", "She opened an envelope from Ana Ruiz, which began", None, Some("which")),
        ("en", "She opened an envelope from Ana Ruiz, which began mildly", None, Some("which")),
        ("en", "She opened an envelope from Ana Ruiz, which began page three", None, None),
        ("en", "She opened an envelope from Ana Ruiz, which Lind", None, None),
        ("fr", "C’est Ana Ruiz, qui dit cela", Some("dit"), Some("qui")),
        ("fr", "C’est Ana Ruiz, elle dit cela", Some("dit"), None),
        ("it", "È Ana Ruiz, che dice questo", Some("dice"), Some("che")),
        ("pl", "To Ana Ruiz, która mówi to", Some("mówi"), Some("która")),
    ] {
        of_clause(language, words, |clause, at| {
            let verb = verb.map_or(clause.tokens.len(), at);
            assert_eq!(clause.relative_before(verb), relative.map(at), "{words}");
        });
    }
}

#[test]
fn a_form_of_being_makes_a_verb_passive() {
    for (words, passive) in [
        ("Ana Ruiz was called so", true),
        ("Ana Ruiz has been called so", true),
        ("Ana Ruiz was once called so", true),
        ("Ana Ruiz was proudly called so", true),
        ("Ana Ruiz called so", false),
        ("Ana Ruiz was ill and called so", false),
        ("Ana Ruiz was porter who called so", false),
        ("As it was, called so", false),
        ("Ana Ruiz has called so", false),
    ] {
        of_clause("en", words, |clause, at| assert_eq!(clause.is_passive(at("called")), passive, "{words}"));
    }
}

#[test]
fn a_relative_pronoun_means_the_name_before_it_that_is_not_denied() {
    for (words, name) in [
        ("It was Ana Ruiz who said so", Some("Ana")),
        ("It was Ana Ruiz, who said so", Some("Ana")),
        ("It was Ana Ruiz, not Bo Lind, who said so", Some("Ana")),
        ("It was not Bo Lind, Ana Ruiz, who said so", Some("Ana")),
        ("It was Bo Lind, Ana Ruiz, who said so", Some("Ana")),
        ("It was Ana Ruiz and her old men who said so", None),
        ("It was not Ana Ruiz who said so", None),
        ("It was the porter who said so", None),
    ] {
        of_clause("en", words, |clause, at| {
            let given = clause.antecedent(at("who")).map(|run| run.start);
            assert_eq!(given, name.map(at), "{words}");
        });
    }
}

#[test]
fn a_title_stands_behind_its_name() {
    for (words, title) in [
        ("大沢市長は来た", true),
        ("大沢官房長官は来た", true),
        ("大沢氏", true),
        ("大沢さん", true),
        ("大沢は来た", false),
        ("大沢駅は古い", false),
    ] {
        let document = page("ja", words);
        let index = Index::new(&document);
        assert_eq!(super::titled::is_title(2, &index), title, "{words}");
        assert!(!super::titled::is_title(0, &index), "{words}");
    }
}
