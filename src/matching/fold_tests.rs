//! Folding: what is equal, what is not, and where tokens stand.

use super::*;

fn forms(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut buffer = String::new();
    tokenize(text, |raw| {
        form(raw.text(), raw.kind, &mut buffer);
        out.push(buffer.clone());
    });
    out
}

#[test]
fn what_is_folded_is_equal() {
    for (left, right) in [
        ("“He said ‘no’ — twice”", "\"He said 'no' - twice\""),
        ("soft\u{ad}ly", "softly"),
        ("of\u{fb01}ce", "office"),
        ("cafe\u{301}", "café"),
        ("１００ ％", "100%"),
        ("東京 は", "東京は"),
        ("zero\u{200b}width", "zerowidth"),
        ("٤٣", "43"),
        ("၁၂၃", "123"),
        ("១២៣ នាក់", "123 នាក់"),
        ("໑໒໓", "123"),
        ("๑๒๓", "123"),
        ("the U.S’s port", "the U.S's port"),
        ("the U.S—by sea", "the U.S-by sea"),
        ("e.g\u{a0}this", "e.g this"),
    ] {
        assert_eq!(forms(left), forms(right), "{left} / {right}");
    }
}

#[test]
fn what_is_not_folded_differs() {
    for (left, right) in [
        ("$5", "€5"),
        ("5%", "5"),
        ("-0.42", "0.42"),
        ("a < b", "a = b"),
        ("43,548", "43.548"),
        ("43", "43,548"),
        ("Really?", "Really!"),
        ("Polish", "polish"),
        ("km²", "km2"),
        (".5", "5"),
        ("résumé", "resume"),
        ("10:30", "10.30"),
    ] {
        assert_ne!(forms(left), forms(right), "{left} / {right}");
    }
}

#[test]
fn tokens_say_where_they_stand() {
    let text = "It’s 43,548 – no, \"43\".";
    let mut seen = Vec::new();
    tokenize(text, |raw| seen.push(&text[raw.start..raw.end]));
    assert_eq!(seen, ["It", "s", "43,548", "no", "43"]);
}

#[test]
fn joints_are_told_apart() {
    let mut seen = Vec::new();
    tokenize("well-known conta-\nins can't 19-37 \u{2212}5", |raw| {
        seen.push((raw.text(), raw.bits & (bits::HYPHEN | bits::LINE_HYPHEN | bits::APOSTROPHE)))
    });
    assert_eq!(
        seen,
        [
            ("well", 0),
            ("known", bits::HYPHEN),
            ("conta", 0),
            ("ins", bits::LINE_HYPHEN),
            ("can", 0),
            ("t", bits::APOSTROPHE),
            ("19", 0),
            ("37", bits::HYPHEN),
            ("\u{2212}", 0),
            ("5", 0)
        ]
    );
}

/// What is read many bytes at once is read as it would be one character after the other.
#[test]
fn plain_words_are_read_as_any_other() {
    const WORDS: [&str; 19] = [
        "a",
        "U",
        "Ruiz",
        "Prof",
        "prof",
        "Harbour",
        "NATO",
        "12",
        "3rd",
        "x1",
        "20145",
        "élan",
        "Élan",
        "Ёж",
        "проф",
        "ΑΒ",
        "日本",
        "e\u{301}t",
        "soft\u{ad}ly",
    ];
    const PARTED: [&str; 24] = [
        " ", "\n", ", ", ",", ";\n", ": ", ":", ". ", ".\n", ".", ".  ", "-", " -", "\u{ad}-", "'", "’", " '", "’ ",
        " “", "” ", ") ", "%", "—", "",
    ];
    let read = |raw: Raw<'_>| (raw.start, raw.end, raw.kind, raw.bits, raw.plain);
    for (number, first) in WORDS.iter().enumerate() {
        for parted in PARTED {
            for (place, second) in WORDS.iter().enumerate() {
                // Every place of a block of 64 bytes comes to be a border.
                let before = "b".repeat((number * 7 + place * 11) % 67);
                let text =
                    format!("{before} {first}{parted}{second}{}May{parted}{first}", PARTED[(number + place) % 24]);
                let mut at_once = Vec::new();
                tokenize(&text, |raw| at_once.push(read(raw)));
                let mut scan = Scan::new(&text);
                let one_by_one: Vec<_> = std::iter::from_fn(|| scan.any().map(read)).collect();
                assert_eq!(at_once, one_by_one, "{text:?}");
            }
        }
    }
}

/// The tokens of a text, each with the bits that say what stands before it and how it is written.
fn told(text: &str) -> String {
    const LETTERS: [(u16, char); 9] = [
        (bits::SENTENCE, 's'),
        (bits::PAUSE, 'p'),
        (bits::QUOTE_MARK, 'q'),
        (bits::HYPHEN, 'h'),
        (bits::LINE_HYPHEN, 'l'),
        (bits::APOSTROPHE, 'a'),
        (bits::ADJACENT, 'j'),
        (bits::CAPITAL, 'C'),
        (bits::ALL_CAPITALS, 'A'),
    ];
    let mut all = Vec::new();
    tokenize(text, |raw| {
        let bits: String = LETTERS.iter().filter(|(bit, _)| raw.bits & bit != 0).map(|(_, letter)| letter).collect();
        let kind = match raw.kind {
            Kind::Word => "",
            Kind::Number => "#",
            Kind::Sign => "!",
            Kind::Character => "*",
        };
        all.push(format!("{}:{kind}{bits}", raw.text()));
    });
    all.join(" ")
}

#[test]
fn tokens_are_told_from_what_stands_between_them() {
    let mut wrong = Vec::new();
    for (text, wanted) in [
        ("The ferry. The quay", "The:sC ferry: The:sC quay:"),
        ("The ferry. the quay", "The:sC ferry: the: quay:"),
        ("The ferry.the quay", "The:sC ferry: the:j quay:"),
        ("The ferry.\nthe quay", "The:sC ferry: the:s quay:"),
        ("The ferry. “The quay", "The:sC ferry: The:sqC quay:"),
        ("said Prof. Holm", "said:s Prof:C Holm:C"),
        ("am 14. Dezember", "am:s 14:# Dezember:C"),
        ("am 14. Haus", "am:s 14:# Haus:sC"),
        ("am 14. kam", "am:s 14:# kam:"),
        ("am x. Dezember", "am:s x: Dezember:sC"),
        ("no? Yes", "no:s ?:!j Yes:sC"),
        ("no?yes", "no:s ?:!j yes:s"),
        ("no! yes", "no:s !:!j yes:s"),
        ("so… and", "so:s and:s"),
        ("港。口", "港:*s 口:*sj"),
        ("港、口", "港:*s 口:*pj"),
        ("x; y: z,w", "x:s y:p z:p w:pj"),
        ("well-known", "well:s known:ph"),
        ("a – b", "a:s b:p"),
        ("a -b", "a:s b:p"),
        ("a- b", "a:s b:p"),
        ("a—“b”", "a:s b:pqj"),
        ("-5 and 3-5", "-:!s 5:#j and: 3:# 5:#ph"),
        ("(−5) =-5 “-5", "−:!s 5:#j =:! -:!j 5:#j -:!q 5:#j"),
        ("-x -.5 -. -$5", "x:sp -:! .5:#j -:!sp $:!j 5:#j"),
        ("can’t l'eau", "can:s t:qaj l: eau:qaj"),
        ("'tis rock 'n' roll", "tis:sq rock: n:q roll:q"),
        ("the boys' club", "the:s boys: club:q"),
        ("a'b'c 3'4", "a:s b:qaj c:qaj 3'4:#"),
        ("’a a’b", "a:sq a: b:qaj"),
        ("“Yes,” he said", "Yes:sqC he:pq said:"),
        ("3.5 .5 a.5 $.5 3.a", "3.5:#s .5:# a: 5:#sj $:! .5:#j 3:# a:j"),
        ("U.S. e.g. U.S.A x.yz x.y.é", "U.S:sCA e.g: U.S.A:sCA x: yz:j x.y: é:j"),
        ("W3.6 3W.6 ab.c", "W3.6:sC 3W:# 6:#sj ab: c:j"),
        ("10:30 10,5 10/5 10'000 10’000 10:x", "10:30:#s 10,5:# 10/5:# 10'000:# 10’000:# 10:# x:pj"),
        ("٣٫٥ ٣٬٥ ٣٫x", "٣٫٥:#s ٣٬٥:# ٣:# x:j"),
        ("5% $5 5€ <5 5>", "5:#s %:!j $:! 5:#j 5:# €:!j <:! 5:#j 5:# >:!j"),
        ("conta-\nins", "conta:s ins:pl"),
        ("conta- ins", "conta:s ins:p"),
        ("conta-\u{2028}ins conta-\u{2029}ins", "conta:s ins:pl conta: ins:pl"),
        ("conta-\u{a0}ins conta-\u{2003}ins", "conta:s ins:p conta: ins:p"),
        ("conta -\nins", "conta:s ins:p"),
        ("x\u{ad}y x\u{ad} y", "x\u{ad}y:s x: y:"),
        ("\u{200b}x y\u{200b}", "x:s y:"),
        ("A AB ABc Ab a", "A:sC AB:CA ABc:C Ab:C a:"),
        ("É ÉÉ Éé éÉ", "É:sC ÉÉ:CA Éé:C éÉ:"),
        ("A1 A1B 1A A-B", "A1:sC A1B:CA 1A:# A:C B:phC"),
        ("日本 語", "日:*s 本:*j 語:*"),
        ("か\u{3099}き ｶﾞ", "か\u{3099}:*s き:*j ｶ\u{ff9e}:*"),
        ("x日x", "x:s 日:*j x:j"),
        ("1st 2nd x² ½", "1st:#s 2nd:# x: ²:!j ½:!"),
        ("x/y x_y (x) [y] @x", "x:s y:j x: y:j x: y: x:"),
        ("a\u{2028}b a\u{a0}b", "a:s b: a: b:"),
        ("x?y x!“y", "x:s ?:!j y:s x: !:!j y:sqj"),
        ("", ""),
        (" .,- ", ""),
    ] {
        let given = told(text);
        if given != wanted {
            wrong.push(format!("        ({text:?}, {given:?}),"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn folded_forms_have_one_width_one_kind_of_digit_and_no_points() {
    for (text, kind, wanted) in [
        ("U.S.", Kind::Word, "US"),
        ("U.S", Kind::Word, "US"),
        ("W3.6", Kind::Word, "W3.6"),
        ("3.5", Kind::Number, "3.5"),
        ("Quay", Kind::Word, "Quay"),
        ("％", Kind::Sign, "%"),
        ("﹪", Kind::Sign, "%"),
        ("٪", Kind::Sign, "%"),
        ("？", Kind::Sign, "?"),
        ("؟", Kind::Sign, "?"),
        ("！", Kind::Sign, "!"),
        ("−", Kind::Sign, "-"),
        ("＄", Kind::Sign, "$"),
        ("￡", Kind::Sign, "£"),
        ("＞", Kind::Sign, ">"),
        ("²", Kind::Sign, "²"),
        ("½", Kind::Sign, "½"),
        ("€", Kind::Sign, "€"),
        ("$", Kind::Sign, "$"),
        ("so\u{ad}f\u{200b}t", Kind::Word, "soft"),
        ("e\u{301}te\u{301}", Kind::Word, "été"),
        ("oﬃce", Kind::Word, "office"),
        ("Ｑuay", Kind::Word, "Quay"),
        ("٤٣٫٥", Kind::Number, "43.5"),
        ("١٬٢٣٤", Kind::Number, "1,234"),
        ("10’000", Kind::Number, "10'000"),
        ("४३", Kind::Number, "43"),
        ("๔๓", Kind::Number, "43"),
        ("４３", Kind::Number, "43"),
        ("é٤", Kind::Word, "é4"),
        ("d’eau", Kind::Word, "d’eau"),
    ] {
        let mut given = String::from("before");
        form(text, kind, &mut given);
        assert_eq!(given, wanted, "{text}");
    }
    for (zero, nine) in ["09", "٠٩", "۰۹", "०९", "০৯", "๐๙", "໐໙", "༠༩", "၀၉", "០៩", "０９"]
        .map(|digits| (digits.chars().next(), digits.chars().next_back()))
    {
        let of = |c: Option<char>| {
            let mut given = String::new();
            form(&c.map(String::from).unwrap_or_default(), Kind::Number, &mut given);
            given
        };
        assert_eq!((of(zero), of(nine)), ("0".to_owned(), "9".to_owned()), "{zero:?}");
    }
}

#[test]
fn keys_are_their_own_keys() {
    for (form, wanted) in [
        ("Quay", "quay"),
        ("ÉTÉ", "ete"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Порт", "порт"),
        ("é\u{301}", "e"),
        ("港口", "港口"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ] {
        let mut given = String::from("before");
        key(form, &mut given);
        assert_eq!(given, wanted, "{form}");
        assert!(is_key(&given), "{given}");
        assert_eq!(is_key(form), form == wanted, "{form}");
    }
    assert!("$£¥¢＄￡￥￦€₹".chars().all(is_currency) && !"%5a°".chars().any(is_currency));
}
