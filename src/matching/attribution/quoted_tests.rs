use super::super::clause::tests::marked;
use super::*;
use crate::model::Document;

fn words(tokens: &[usize], index: &Index<'_>) -> String {
    tokens.iter().map(|at| index.document().slice(index.range(*at..at + 1))).collect::<Vec<_>>().join(" ")
}

fn spans_of(document: &Document) -> Vec<String> {
    let index = Index::new(document);
    let slice = |span: &Quoted| document.text[span.range.start as usize..span.range.end as usize].to_owned();
    (0..document.blocks.len()).flat_map(|block| quoted_spans(block, &index)).map(slice).collect()
}

#[test]
fn what_stands_between_marks_is_quoted() {
    let rows: &[(&str, &str, &[&str])] = &[
        ("en", "Ruiz said “yes” and \"no\" and ‘so’.", &["yes", "no", "so"]),
        ("en", "“He said ‘no’ to us again,” she said.", &["He said ‘no’ to us again,", "no"]),
        ("en", "He said 'no' to Ruiz's dog and Lind’s cat.", &["no"]),
        ("en", "It is Ruiz’s. The Leighs’ dog. The ’90s.", &[]),
        ("en", "She said: “We open. And", &["We open. And"]),
        ("en", "She said: 'We open. And", &[]),
        ("en", "a 5\" pipe and a 6\" pipe", &[]),
        ("en", "a\"b\" c", &[]),
        ("en", "a“b” c", &["b"]),
        ("en", "“ b ” c", &[]),
        ("en", "« b » c", &[" b "]),
        ("en", "He \"said \"no\" twice", &["said \"no\" twice", "no"]),
        ("en", "a \"b \"c \"d \"e \"f\" g", &["b \"c \"d \"e \"f\" g", "e \"f"]),
        ("en", "no marks", &[]),
        ("de", "„Ja“, sagte sie, ‚nein‘.", &["Ja", "nein"]),
        ("de", "»Ja«, sagte sie", &["Ja"]),
        ("sv", "Hon sade ’ja’ och gick.", &["ja"]),
        ("fi", "Hän sanoi ’ei’ ja lähti.", &["ei"]),
        ("en", "She said ’yes’ and left.", &[]),
        ("sv", "Linds’ hund’ gick", &[]),
        ("ko", "그는 ‘간다’고 말했다", &["간다"]),
        ("en", "He ‘did’nt’ go", &["did’nt"]),
        ("zh", "她说“是”。", &["是"]),
        ("ja", "彼は「行く『今』」と", &["行く『今』", "今"]),
        ("ja", "彼は「行く", &["行く"]),
        // Speech behind dashes.
        ("ru", "— Откроем, — сказала Руис. — И скоро.", &[" Откроем, ", " И скоро."]),
        ("ru", "— Откроем, — и скоро, — сказала Руис.", &[" Откроем, ", " и скоро, "]),
        ("ru", "Откроем, — сказала Руис.", &[]),
        ("ru", "— Откроем-ка сегодня–завтра.", &[" Откроем-ка сегодня–завтра."]),
        ("pl", "– Otworzymy – powiedziała wczoraj rano Ruiz – i już.", &[" Otworzymy ", " i już."]),
        (
            "pl",
            "– Otworzymy – wczoraj rano o świcie powiedziała Ruiz.",
            &[" Otworzymy ", " wczoraj rano o świcie powiedziała Ruiz."],
        ),
        ("es", "—Abrimos —dijo Ruiz—. Y pronto.", &["Abrimos ", ". Y pronto."]),
        ("es", "—Abrimos —dijo Ruiz—, y pronto.", &["Abrimos ", ", y pronto."]),
        ("es", "—", &[]),
    ];
    let wrong = rows.iter().filter_map(|(language, text, wanted)| {
        let found = spans_of(&marked(language, text).0);
        (found != *wanted).then(|| format!("{language}: {text}: {found:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // What a page sets apart is quoted as a whole, where it has no marks.
    for (text, zone, wanted) in [
        ("We open.", Zone::Blockquote, "We open."),
        ("We open.", Zone::PullQuote, "We open."),
        ("We “open”.", Zone::Blockquote, "open"),
        ("We open.", Zone::Paragraph, ""),
    ] {
        let mut document = marked("en", text).0;
        document.blocks[0].zone = zone;
        assert_eq!(spans_of(&document).concat(), wanted, "{text} {zone:?}");
    }
}

/// The clause around the quotation that the mark of a text stands before: its side, its words, and the verb that only its
/// place makes one.
fn clause_of(language: &str, text: &str) -> String {
    let (document, marks) = marked(language, text);
    let index = Index::new(&document);
    let all = quoted_spans(0, &index);
    let stretch = around(index.token_from(marks[0]), all, &index)[0];
    let found = clause_around(stretch, all, 0, &index);
    let verb = found.verb.map_or(String::new(), |verb| format!(" [{}]", words(&found.tokens[verb..verb + 1], &index)));
    let before = if found.before { " before" } else { "" };
    format!("{:?}{before}: {}{verb}", found.side, words(&found.tokens, &index))
}

fn assert_clauses(rows: &[(&str, &str, &str)]) {
    let wrong = rows.iter().filter_map(|(language, text, wanted)| {
        let found = clause_of(language, text);
        (found != *wanted).then(|| format!("{language}: {text}\n    {found}\n    {wanted}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clause_behind_a_quotation() {
    assert_clauses(&[
        ("en", "|“We pay,” said Ana Ruiz on Monday. She left.", "Behind: said Ana Ruiz on Monday"),
        ("en", "Ana Ruiz said: |“We pay.” Lind said no.", "Ahead before: Ana Ruiz said"),
        ("en", "Ruiz said |“we pay”; Lind said no.", "Ahead before: Ruiz said"),
        ("en", "|“We pay,” said Margaret “Peg” Lanyon of Calder.", "Behind: said Margaret Lanyon of Calder"),
        ("en", "|“We pay,” said Ruiz, “and you know it.”", "Behind: said Ruiz"),
        ("en", "|“We pay,” Ruiz said, and Lind said: “No.”", "Behind: Ruiz said"),
        // What opens a sentence and ends with a colon belongs to the next.
        ("en", "|“We pay” Ruiz replied: “We do.”", "Elsewhere: Ruiz replied"),
        ("en", "|“Is it?” Ruiz replied: “It is.”", "Elsewhere: Ruiz replied"),
        ("en", "“Is it?” Ruiz replied: |“It is.”", "Ahead before: Ruiz replied"),
        ("en", "|“It is,” Ruiz replied: “It is.”", "Behind: Ruiz replied"),
        ("en", "|“It is” replied Ruiz: “It is.”", "Behind: replied Ruiz"),
        // Behind a question a sentence may say who asked it.
        ("en", "“No,” Lind said. |“Is it?” Ruiz asked.", "Behind: Ruiz asked"),
        ("en", "“No,” Lind said. |“It is!” Ruiz shouted on Monday.", "Behind: Ruiz shouted on Monday"),
        ("en", "“No,” Lind said. |“Is it?” Ruiz asked, and left.", "Behind: Ruiz asked and left"),
        ("en", "“No,” Lind said. |“Is it?” Ruiz asked the court.", "Behind: Ruiz asked the court"),
        ("en", "“No,” Lind said. |“Is it?” Ruiz said yesterday.", "Behind: Ruiz said yesterday"),
        ("en", "“No,” Lind said. |“Is it?” Ruiz said it was.", "Ahead before: Lind said"),
        ("en", "“No,” Lind said. |“Is it?” The wall fell.", "Ahead before: Lind said"),
        ("en", "“No,” Lind said. |“It is.” Ruiz said on Monday.", "Ahead before: Lind said"),
        ("en", "Lind asked: |“Is it?” Ruiz said on Monday.", "Ahead before: Lind asked"),
        ("en", "Lind asked |“is it?” Ruiz said on Monday.", "Ahead before: Lind asked"),
        ("en", "|“Is it?” asked Ruiz.", "Behind: asked Ruiz"),
        // Another verb than one of saying.
        ("en", "|“We pay,” snapped the porter.", "Behind: snapped the porter [snapped]"),
        ("en", "|“Who pays?” snapped the porter.", "Behind: snapped the porter [snapped]"),
        ("en", "|“We pay” – snapped the porter.", "Behind: snapped the porter [snapped]"),
        ("en", "|“We pay” snapped the porter.", "Nowhere: snapped the porter"),
        ("en", "He was |“paid,” snapped the porter.", "Nowhere: snapped the porter He was"),
        ("fr", "|« On paie », a tonné un marin.", "Behind: a tonné un marin [tonné]"),
        ("tr", "|“Öderiz,” güldü bekçi.", "Nowhere: güldü bekçi"),
        // A signature.
        ("en", "The wall fell. |“We pay” (Whitlock, of the trust).", "Behind: Whitlock of the trust"),
        (
            "en",
            "The wall fell. |“We pay” (Whitlock of the old mill trust too).",
            "Nowhere: Whitlock of the old mill trust too The wall fell",
        ),
        ("en", "The wall fell. |“we pay” Whitlock.", "Nowhere: Whitlock The wall fell"),
        ("en", "The wall fell. |“we pay” (the trust).", "Nowhere: the trust The wall fell"),
    ]);
    let far = |words: usize| format!("|“We pay,” {}said Ruiz.", "and ".repeat(words));
    assert!(clause_of("en", &far(39)).starts_with("Behind"));
    assert!(!clause_of("en", &far(40)).starts_with("Behind"));
    let far = |words: usize| format!("Ruiz {}said: |“We pay.”", "and ".repeat(words));
    assert!(clause_of("en", &far(38)).starts_with("Ahead before: Ruiz"));
    assert!(clause_of("en", &far(39)).starts_with("Ahead before: and"));
}

#[test]
fn the_clause_before_a_quotation() {
    assert_clauses(&[
        ("en", "She left. Ana Ruiz said: |“We pay.”", "Ahead before: Ana Ruiz said"),
        ("en", "Margaret “Peg” Lanyon said: |“We pay.”", "Ahead before: Margaret Lanyon said"),
        ("en", "Ruiz: |“We pay.”", "Ahead before: Ruiz"),
        ("en", "The mayor was blunt: |“We pay.”", "Ahead before: The mayor was blunt"),
        ("en", "It is so! In short: |“We pay.”", "Ahead before: In short"),
        ("en", "The wall fell! but: |“We pay.”", "Nowhere before: but"),
        ("en", "In a letter by Ruiz |“we pay”.", "Ahead before: In a letter by Ruiz"),
        ("en", "It was the words |“we pay”.", "Nowhere before: It was the words"),
        ("en", "A sailor snapped: |“We pay.”", "Ahead before: A sailor snapped [snapped]"),
        ("en", "A sailor maintained that |“we pay”.", "Ahead before: A sailor maintained that [maintained]"),
        ("en", "A sailor snapped |“we pay”.", "Nowhere before: A sailor snapped"),
        ("en", "Ruiz said of Lind: |“He pays.”", "Ahead before: Ruiz said of Lind"),
        // Who calls somebody so may stand behind.
        ("en", "Lind was called |“a fraud” by Ana Ruiz.", "Ahead before: Lind was called by Ana Ruiz"),
        ("en", "Lind was called |“a fraud” in Calder.", "Ahead before: Lind was called"),
        ("en", "Lind was |“a fraud” by all accounts.", "Nowhere: by all accounts Lind was"),
        // What confirms it does not say it.
        ("en", "Ruiz said |“we pay”, her office confirmed.", "Ahead before: Ruiz said"),
        ("en", "|“We pay”, her office confirmed.", "Behind: her office confirmed"),
        ("en", "Lind came |“to pay”, her office confirmed.", "Behind: her office confirmed"),
        ("en", "Lind cited Ruiz’s |“fine work” said to be “new”.", "Ahead before: Lind cited Ruiz s"),
        ("en", "Lind cited Ruiz, |“fine work” said to be “new”.", "Behind: said to be"),
        // Scripts that put the verb last: the subject stands before, the verb behind.
        ("ja", "市長は|「払う」と述べた。", "Behind: 市 長 は と 述 べ た"),
        ("ko", "시장은 |“간다”고 말했다.", "Behind: 시장은 고 말했다"),
        ("hi", "रुइज़ ने |“हम देंगे” कहा।", "Behind: रुइज़ ने कहा"),
        ("tr", "Ayşe Kaya |“öderiz” dedi.", "Behind: Ayşe Kaya dedi"),
        ("tr", "Ayşe Kaya geldi. Sonra |“öderiz” dedi.", "Behind: Sonra dedi"),
        ("tr", "Ayşe Kaya “yok” dedi ve |“öderiz” dedi.", "Behind: dedi"),
        ("en", "Ruiz |“we pay” said.", "Behind: said"),
    ]);
}

#[test]
fn each_quotation_of_a_sentence_has_its_own_clause() {
    assert_clauses(&[
        ("en", "Ruiz said |“we pay”, Lind said “no”.", "Ahead before: Ruiz said"),
        ("en", "Ruiz said “we pay”, Lind said |“no”.", "Ahead before: Lind said"),
        ("en", "Ruiz called it |“a farce” and Lind called it “a joke”.", "Ahead before: Ruiz called it"),
        ("en", "Ruiz called it “a farce” and Lind called it |“a joke”.", "Ahead before: and Lind called it"),
        ("en", "The wall is |“a farce” and Lind called it “a joke”.", "Behind: and Lind called it"),
        ("en", "|“We pay,” Ruiz said but |“not now”.", "Behind: Ruiz said but"),
        ("en", "Ruiz said “yes” and Lind |“no”.", "Ahead before: and Lind"),
        ("en", "Ruiz said “yes” and the old porter |“no”.", "Elsewhere: Ruiz said and the old porter"),
        ("en", "Ruiz said “yes”, while the porter snapped: |“No.”", "Ahead before: while the porter snapped [snapped]"),
        ("en", "|“We pay.” The wall fell. “No,” Ruiz said.", "Elsewhere: The wall fell Ruiz said"),
        ("en", "A report by Ruiz found |“no fault” but “flaws”.", "Ahead before: A report by Ruiz found"),
        ("en", "A report by Ruiz found “no fault” but |“flaws”.", "Ahead before: A report by Ruiz found"),
        ("en", "A report by Ruiz found “no fault” and the |“flaws”.", "Ahead before: A report by Ruiz found"),
        ("en", "A report by Ruiz found “no fault” but in the |“flaws”.", "Nowhere before: but in the"),
        ("en", "A report by Ruiz found “no fault” but old |“flaws”.", "Nowhere before: but old"),
        ("en", "A report by Ruiz found “no fault” but |“flaws” in it.", "Nowhere: in it but"),
        ("en", "The wall, |“a ruin”, fell.", "Nowhere: fell The wall"),
        ("en", "The wall is |“a ruin”.", "Nowhere before: The wall is"),
        ("en", "|“A ruin”", "Nowhere: "),
    ]);
}

#[test]
fn a_new_sentence_begins_behind_the_closing_mark() {
    for (language, text, introduced, wanted) in [
        ("en", "“We pay.” |Lind left", false, true),
        ("en", "“We pay.”, |Lind left", false, false),
        ("en", "“We pay.” – |Lind left", false, false),
        ("en", "“We pay,” |Lind left", false, false),
        ("en", "“We pay.” |he left", false, false),
        ("en", "“We pay?” |he left", true, false),
        ("en", "“Who pays?” |Lind left", false, true),
        ("zh", "“付。”|李四走", false, false),
        ("zh", "“付。”|李四走", true, true),
        ("zh", "“付”。|李四走", false, true),
        ("zh", "“付”，|李四走", true, false),
        ("zh", "“付吗？”|李四走", true, true),
        ("zh", "“付吗？”|李四走", false, false),
        ("hi", "“देंगे।” |रुइज़", true, true),
        ("ar", "«ندفع». |جاء", false, true),
        ("ar", "«ندفع.» |جاء", true, true),
        ("ar", "«ندفع.» |جاء", false, false),
    ] {
        let (document, marks) = marked(language, text);
        let index = Index::new(&document);
        let found = begins_anew(index.token_from(marks[0]), introduced, &index);
        assert_eq!(found, wanted, "{language}: {text}, {introduced}");
    }
}

#[test]
fn a_name_in_marks_is_nobodys_speech() {
    let rows = [
        ("ru", "Институт |«Мостпроект» сказал да", true),
        ("en", "Margaret |“Peg” Lanyon said", true),
        ("en", "the firm |“Old Mill Stone Works” said", true),
        ("en", "the firm |“Old Mill And Stone Works” said", false),
        ("en", "the firm |“old mill” said", false),
        ("en", "the firm, |“Mill” said", false),
        ("en", "The firm. |“Mill” said", false),
        ("en", "|“Mill” said", false),
        ("en", "the 12 |“Mill” said", false),
        ("en", "the firm |“Mill,” said", false),
        ("en", "the firm |“Mill!” said", false),
        ("en", "the firm |“Mill”: said", false),
        ("en", "the firm |“Mill”; said", false),
        ("en", "Ruiz said |“Mill” said", false),
        ("en", "all of |“Mill” said", false),
        ("en", "near |“Mill” said", false),
        ("en", "for him |“Mill” said", false),
        ("en", "was dubbed |“Mill” there", false),
        ("en", "the firm |“Mill.” Said", false),
        ("en", "the firm |“Mill”. Ruiz left", false),
        ("en", "the firm |“Mill”", false),
        ("en", "the firm |“12” said", false),
        ("zh", "公司|“山”说", false),
    ];
    for (language, text, wanted) in rows {
        let (document, marks) = marked(language, text);
        let index = Index::new(&document);
        let stretch = around(index.token_from(marks[0]), quoted_spans(0, &index), &index)[0];
        assert_eq!(is_aside(stretch, &index), wanted, "{language}: {text}");
    }
}

#[test]
fn an_account_speaks_where_something_goes_with_it() {
    let rows = [
        ("en", "In her telling the wall fell", true),
        ("en", "A report by Ruiz", true),
        ("en", "one two three report by Ruiz", true),
        ("en", "one two three four report by Ruiz", false),
        ("en", "the words", false),
        ("en", "the words “no” again", false),
        ("en", "the wall fell", false),
    ];
    super::super::clause::tests::table(&rows, |clause, _| is_account(clause.tokens, clause.index));
}
