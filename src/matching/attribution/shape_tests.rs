use super::super::clause::tests::{ask, found, marks, table};
use super::*;

#[test]
fn a_word_of_the_open_classes_may_be_a_verb() {
    marks(
        &[
            ("en", "The |porter who and quickly of it 12 |snapped"),
            ("fr", "il |a dit qui |vite |lui et |criant rapidement"),
        ],
        |clause, at| clause.may_be_verb(at),
    );
    marks(&[("en", "|ruiz Said |and 12 |a % 阮")], |clause, at| clause.is_lower_word(at));
}

#[test]
fn auxiliaries_and_clitics_are_those_of_their_language() {
    let rows = [
        ("fr", "|a |ont |avait |avaient |s’|est |sont |lui |leur |m’|t’|nous ha si"),
        ("it", "|ha |hanno |aveva |si |è |gli |le |ci |mi a se"),
        ("es", "|ha |han |había |le |les |se |me |nos a si"),
        ("pt", "|tem |têm |tinha |lhe |se |me |nos ha si"),
        ("pl", "|się |mu |jej |jim |se |si |mi |nam |sa ha me"),
        ("cs", "|si |mu nos"),
        ("sk", "|sa |si nos"),
        ("de", "a ha si se się"),
        ("en", "a ha si se się"),
    ];
    marks(&rows, |clause, at| clause.is_auxiliary_or_clitic(at));
}

#[test]
fn a_subject_opens_with_an_article_a_possessive_or_a_name() {
    marks(
        &[
            ("en", "|the porter and |her brother |Bo met |somebody |my |our |she with |a guard"),
            ("fr", "|le portier a vu |sa voisine et |elle nous a lui"),
            ("de", "dann kam |der alte und |ein kleiner"),
            ("ru", "вчера |он и |Руис"),
        ],
        |clause, at| clause.opens_subject(at),
    );
}

#[test]
fn the_verb_behind_a_quotation_is_told_by_its_shape() {
    let rows = [
        // Behind the subject: English alone.
        ("en", "the porter |snapped"),
        ("en", "the old porter quickly |snapped at him"),
        ("en", "Ruiz |snaps"),
        ("en", "she |barks"),
        ("en", "somebody |shouted"),
        ("en", "somebody snaps"),
        ("en", "the porter, a pass"),
        ("en", "Ruiz pass"),
        ("en", "Ruiz, bars"),
        ("en", "the porter keys"),
        ("en", "the red brick"),
        ("en", "a two three four five six seven eight |sneered"),
        ("en", "a two three four five six seven eight nine sneered"),
        ("", "Ruiz |spat"),
        ("de", "der Pförtner brüllte"),
        // Before it, with what belongs to the verb.
        ("en", "|snapped the porter"),
        ("en", "|snapped Ruiz"),
        ("en", "snapped, the porter"),
        ("en", "brown the porter"),
        ("en", "Snapped the porter"),
        ("en", "shot |back Ruiz"),
        ("en", "piped |up a sailor"),
        ("en", "shot of back Ruiz"),
        ("en", "shot glass Ruiz"),
        ("en", "added |angrily the porter"),
        ("en", "put in out |back Ruiz"),
        ("en", "put in out back again Ruiz"),
        ("de", "|brüllte der Pförtner"),
        ("de", "und der Pförtner"),
        ("de", "mit der Pförtner"),
        ("de", "12 der Pförtner"),
        ("fr", "a |lancé un marin"),
        ("fr", "|lance un marin"),
        ("fr", "s’est |écrié le marin"),
        ("fr", "lui a |lancé le marin"),
        ("fr", "marin lancé le marin"),
        ("it", "ha |gridato un marinaio"),
        ("es", "le |gritó el marinero"),
        ("pl", "|warknął portier"),
        ("pl", "warknął, portier"),
        ("sv", "|fnös portvakten"),
        ("uk", "|буркнув портьє"),
        ("el", "φώναξε ένας ναύτης"),
        ("el", "φώναξε Ρασκ"),
        ("en", ""),
    ];
    found(&rows, |clause| verb_behind(clause.tokens, clause.index).into_iter().collect());
}

#[test]
fn the_verb_before_a_quotation_is_told_by_its_shape() {
    let rows = [
        ("en", "a sailor |snapped"),
        ("en", "the old captain |snapped that"),
        ("en", "Rask |maintained that"),
        ("en", "Rask |maintains"),
        ("en", "Rask maintain"),
        ("en", "Rask Maintained"),
        ("en", "residents contend that"),
        ("en", "the residents |contend that"),
        ("en", "the residents contend"),
        ("en", "the resident contend that"),
        ("en", "the Residents contend that"),
        ("en", "the residents back that"),
        ("en", "the residents of that"),
        ("en", "residents that"),
        ("en", "contend that"),
        ("en", "that"),
        ("en", ""),
        ("en", "when we arrived, Rask |snapped"),
        ("en", "and Rask |snapped"),
        ("en", "while Rask |snapped"),
        ("en", "of Rask snapped"),
        ("en", "Rask, snapped"),
        ("en", "the old grey tall thin calm wise kind bold |snapped"),
        ("en", "the very old grey tall thin calm wise kind bold snapped"),
        ("en", "far the old grey tall thin calm wise kind bold |snapped"),
        ("de", "der Matrose |brüllte"),
        ("de", "der Matrose |meint, dass"),
        ("de", "matrose brüllte"),
        ("fr", "le marin |lance que"),
        ("es", "el marinero |grita que"),
        ("it", "il marinaio |urla che"),
        ("nl", "de matroos |brult dat"),
        ("sv", "en matros |skrek att"),
        ("da", "en matros |skreg at"),
        ("pl", "Rask |twierdził, że"),
        ("ru", "Раск |настаивал, что"),
        ("uk", "Раск |наполягав, що"),
        ("el", "ο Ρασκ φώναξε"),
        ("el", "Ρασκ φώναξε"),
    ];
    found(&rows, |clause| verb_ahead(clause.tokens, clause.index).into_iter().collect());
}

#[test]
fn a_bare_noun_behind_a_verb_is_a_subject_where_no_article_stands() {
    // The verb stands first; the mark before the subject.
    let rows = [
        ("pl", "warknął |portier"),
        ("pl", "warknął |portier, stary człowiek"),
        ("pl", "warknął |portier z mostu"),
        ("pl", "warknął portier stary"),
        ("pl", "warknął, portier"),
        ("pl", "warknął Portier"),
        ("pl", "warknął syn"),
        ("pl", "warknął portierowi"),
        ("pl", "warknął wczoraj"),
        ("pl", "warknął przez"),
        ("pl", "warknął które"),
        ("pl", "warknął jest"),
        ("pl", "warknął mówił"),
        ("cs", "zavrčel |vrátný"),
        ("cs", "zavrčel vrátného"),
        ("sk", "zavrčal |vrátnik"),
        ("sk", "zavrčal vrátnikovi"),
        ("ru", "буркнул |портье"),
        ("ru", "буркнул |сторож"),
        ("ru", "буркнул сторожу"),
        ("ru", "буркнул тогда"),
        ("uk", "буркнув |сторож"),
        ("uk", "буркнув сторожеві"),
        ("bg", "извика |пазач"),
        ("bg", "извика дълго"),
        ("sv", "fnös |portvakten"),
        ("sv", "fnös |chefer"),
        ("sv", "fnös högt"),
        ("da", "brølede |vagten"),
        ("da", "brølede højt"),
        ("no", "brølte |vakten"),
        ("nb", "brølte |vakten"),
        ("nb", "brølte høyt"),
        ("en", "snapped porter"),
        ("de", "brüllte portier"),
    ];
    found(&rows, |clause| (1..clause.tokens.len()).filter(|at| clause.is_bare_subject(0, *at)).collect());
    ask("pl", "warknął głośno portier", |clause, _| {
        assert!(!clause.is_bare_subject(0, 2) && clause.is_bare_subject(1, 2))
    });
}

#[test]
fn a_verb_that_opens_its_segment_has_its_subject_behind_it() {
    // The mark stands before the verb.
    let rows = [
        ("en", "|snapped the porter", true),
        ("en", "yesterday |snapped the porter", true),
        ("en", "the porter |snapped", false),
        ("en", "in Calder, |said Ruiz", true),
        ("en", "chimed |in the porter", true),
        ("en", "chimed in |said", false),
        ("en", "shouted out |said", false),
        ("fr", "s’est |écrié le marin", true),
        ("fr", "lui a |lancé", true),
        ("fr", "le marin a |lancé", false),
        ("fr", "a s a lui a |dit", false),
        ("fr", "a lui a s |dit", true),
        ("de", "In einem Brief |schreibt der Rat", true),
        ("de", "In einem Brief, |schreibt der Rat", true),
        ("de", "Der Rat |schreibt", false),
        ("nl", "Op de brug |zei de wacht", true),
        ("nl", "Na de brand |zei de wacht", true),
        ("sv", "I ett brev |skrev rådet", true),
        ("da", "På broen |sagde vagten", true),
        ("no", "I et brev |skrev rådet", true),
        ("nb", "I et brev |skrev rådet", true),
        ("en", "In a letter |writes the council", false),
        ("de", "In 1 2 3 4 5 6 7 |schreibt", true),
        ("de", "In 1 2 3 4 5 6 7 8 |schreibt", false),
    ];
    table(&rows, |clause, verb| clause.is_inverted(verb[0]));
}

#[test]
fn who_is_only_named_as_anothers_does_not_speak() {
    // The mark stands before the verb.
    let rows = [
        ("en", "Lind’s company |said", true),
        ("en", "her cook |said", true),
        ("en", "the cook |said", false),
        ("en", "Lind |said", false),
        ("en", "Lind’s statement |said", false),
        ("en", "her letter |said", false),
        ("en", "her cook Vera |said", false),
        ("en", "her |said", false),
        ("en", "the head of Lind’s company |said", false),
        ("en", "Bo Lind’s company |said", true),
        ("en", "In May, her cook |said", true),
        ("en", "her one two three four five six |said", true),
        ("en", "her one two three four five six seven |said", false),
        ("en", "|said her cook", true),
        ("en", "|said Lind’s company in May", true),
        ("en", "|said Lind’s company", true),
        ("en", "|said the cook", false),
        ("en", "|said her cook, Vera Noll", false),
        ("en", "|said her cook, who left", true),
        ("en", "|said her", false),
        ("en", "|said in her cook", false),
        ("en", "|said the friend of Lind’s company", false),
        ("en", "|said, her cook", false),
        ("en", "|said her old cook Vera", false),
        ("de", "Linds Anwalt |sagte", true),
        ("de", "Linds Brief |sagte", false),
    ];
    table(&rows, |clause, verb| Clause { verb: Some(verb[0]), ..*clause }.is_possessed_subject());
    table(&[("en", "her cook left", false)], |clause, _| clause.is_possessed_subject());
}

#[test]
fn classes_of_words() {
    let all = |is: fn(&str) -> bool, yes: &str, no: &str| {
        let wrong: Vec<&str> =
            yes.split(' ').filter(|word| !is(word)).chain(no.split(' ').filter(|word| is(word))).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    };
    all(is_verb_form, "snapped snaps said wrote bit lied put", "red as pass focus porter us bed");
    all(is_particle, "in up out back off on away over aloud again not", "the said of");
    all(is_somebody, "somebody nobody quelqu jemand кто-то", "porter who");
    all(is_contrast, "while whereas wahrend tandis mientras пока", "and but");
    all(is_bare_adverb, "вчера тогда potem dnes senare siden", "портье portier");
    for (language, oblique, other) in [
        ("ru", "сторожам коням дому коню домом конем домами тихо моего моему рукою", "сторож мост"),
        ("uk", "сторожеві синові рукою", "сторож"),
        ("bg", "тихо", "пазач"),
        ("pl", "portierowi domem rękami koniem głośno starego staremu pytac domach domu", "portier"),
        ("cs", "portierovi domum domem rukou hodne dobreho jeho jejich radach", "portier"),
        ("sv", "hogt snabbt", "vakten huset vakterna chefer pojkar"),
        ("en", "", "snappily домам"),
    ] {
        for word in oblique.split_whitespace() {
            assert!(is_oblique(word, language), "{language}: {word}");
        }
        for word in other.split_whitespace() {
            assert!(!is_oblique(word, language), "{language}: {word}");
        }
    }
}
