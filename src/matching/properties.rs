//! What holds for any text: tried on made-up pages in many scripts.

use proptest::prelude::*;
use proptest::sample::select;

use super::fold;
use super::tests::document;
use super::{Asked, Control, Prepared, control, find, locate, probe};
use crate::extract::{Input, Limits, extract};
use crate::model::{CheckKind, CheckVerdict, Claim, Document, Finding, PointTable};

/// Words by script, and what stands between them; what is written without spaces comes as characters or syllables.
const SCRIPTS: &[(&str, &str)] = &[
    (" ", "the harbour ferry not is of Lindqvist will old quay moved stone by hand 43,548 17 never island bell and"),
    (
        " ",
        "Fähre Straße nicht über die Brücke kommt morgen früh an Kai größer 1.400 Hafen und kein Mensch weiß warum so",
    ),
    (
        " ",
        "порт снова закрыт не людей ждут парома на пристани третий час ещё 12 камень и никто знает когда это кончится",
    ),
    (
        " ",
        "το λιμάνι είναι κλειστό δεν ξέρει κανείς γιατί σήμερα πλοίο νησί παλιά 25 άνθρωποι και πέτρα χέρι ήταν πρωί μεγάλο",
    ),
    (" ", "الميناء مغلق لا أحد يعرف لماذا السفينة قديمة اليوم ٤٣ رجال حجر إلى الجزيرة في الصباح لن تعود مرة أخرى"),
    (" ", "बंदरगाह बंद है नहीं कोई जानता क्यों नाव पुरानी आज १२ आदमी पत्थर हाथ से और द्वीप सुबह फिर कभी"),
    (
        " ",
        "항구는 오늘 다시 닫혔다 아무도 모른다 않는다 배는 섬으로 17명 돌을 손으로 옮겼다 아침에 그리고 오래된 부두 종이 울렸다 왜",
    ),
    ("", "港 口 今 天 早 上 再 次 关 闭 码 头 没 有 人 知 道 不 船 岛"),
    ("", "港 は 今 朝 ま た 閉 鎖 し て い ま せ ん 船 島 石 手 誰 も"),
    ("", "ท่า เรือ ปิด อีก ครั้ง ใน เช้า นี้ ไม่ มี ใคร รู้ ว่า ทำไม เกาะ หิน มือ คน เก่า และ"),
    ("", "ဆိပ် ကမ်း ပိတ် ထား သည် မည် သူ မျှ မ သိ ပါ လှေ ကျွန်း ကျောက် လက် ယနေ့ နံနက် နှင့် အို ဟောင်း"),
    ("", "កំពង់ ផែ បិទ ម្ដង ទៀត ព្រឹក នេះ មិន មាន នរណា ដឹង ទូក កោះ ថ្ម ដៃ មនុស្ស ចាស់ និង ហេតុ អ្វី"),
];

/// Scraps of pages and quotations: words, marks, figures, and whatever may lean on them.
const SCRAPS: &[&str] = &[
    "<p>",
    "<h1>",
    "<table><tr><td>",
    "<li>",
    "\n",
    " ",
    " ",
    " ",
    " ",
    ". ",
    ", ",
    "? ",
    "!",
    "…",
    "[…]",
    "[...]",
    "[sic]",
    "[the group]",
    "[t]",
    "(",
    ")",
    "(sic)",
    "“",
    "”",
    "\"",
    "'",
    "’",
    "«",
    "»",
    "「",
    "」",
    "„",
    "—",
    "-",
    "–",
    "\u{ad}",
    "\u{200b}",
    "\u{301}",
    "|",
    "&amp;",
    "%",
    "$",
    "€",
    "<",
    "=",
    "²",
    "½",
    "٤٣",
    "４３",
    "43",
    "43,548",
    "1.400",
    "0.42",
    "17",
    "million",
    " percent",
    "nearly ",
    "over ",
    "not ",
    "never ",
    "the ",
    "The ",
    "ferry ",
    "harbour ",
    "quay",
    "Mara Lindqvist ",
    "she said",
    "said ",
    "if ",
    "denied ",
    "It is a lie that ",
    "ﬁrst",
    "Straße",
    "ẞ",
    "İ",
    "ǅ",
    "港口",
    "关闭",
    "を",
    "ท่าเรือ",
    "ပိတ်",
    "한국",
    "𝒊",
    "🌊",
    "U.S.",
    "e.g.",
    "well-known ",
    "conta-\nins ",
    "3:1",
    "12/03/2024",
    "March 12, 2024",
    "two thirds",
    "one in five ",
];

/// A page: words of one script, in sentences, in paragraphs.
#[derive(Debug, Clone)]
struct Page {
    text: String,
    /// The sentences, without their full stops.
    sentences: Vec<Vec<&'static str>>,
    space: &'static str,
    words: Vec<&'static str>,
}

prop_compose! {
    fn page()(script in select(SCRIPTS))(
        sentences in prop::collection::vec(
            prop::collection::vec(select(script.1.split(' ').collect::<Vec<_>>()), 6..22),
            2..14,
        ),
        space in Just(script.0),
        words in Just(script.1.split(' ').collect::<Vec<_>>()),
    ) -> Page {
        let lines: Vec<String> = sentences.iter().map(|words| words.join(space) + ".").collect();
        let text = lines.chunks(3).map(|lines| lines.join(" ")).collect::<Vec<_>>().join("\n");
        Page { text, sentences, space, words }
    }
}

/// Cases of each property: `PROPTEST_CASES` for a long run.
fn env_cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(256)
}

fn forms(text: &str) -> Vec<String> {
    let (mut all, mut form) = (Vec::new(), String::new());
    fold::tokenize(text, |raw| {
        fold::form(raw.text(), raw.kind, &mut form);
        all.push(form.clone());
    });
    all
}

fn look(quote: &str, document: &Document) -> Finding {
    let claim = Claim::of(quote, CheckKind::Quote(vec![quote.to_owned()]));
    find(&claim.checks[0], &Asked::new(&claim, &[], None), &Prepared::new(document))
}

/// Whether the words stand in the text side by side, the case of the first letter aside: told without the index.
fn stands(words: &[String], text: &[String]) -> bool {
    let first = |word: &String| word.to_lowercase();
    text.windows(words.len()).any(|run| first(&run[0]) == first(&words[0]) && run[1..] == words[1..])
}

/// What the fuzz targets begin with, and what they found: `fuzz/seeds`.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let files = std::fs::read_dir(folder).expect("every target has seeds");
    files.map(|file| std::fs::read(file.expect("an entry").path()).expect("a file")).collect()
}

#[test]
fn the_seeds_of_the_fuzz_targets_hold() {
    let parted = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.split_once('\0').map_or((String::new(), text.clone()), |(left, right)| (left.to_owned(), right.to_owned()))
    };
    for bytes in seeds("fold") {
        probe::folding(&String::from_utf8_lossy(&bytes));
    }
    for bytes in seeds("figures") {
        probe::figures(&String::from_utf8_lossy(&bytes));
    }
    for (quotation, page) in seeds("align").iter().map(|bytes| parted(bytes)) {
        probe::aligning(&page, &quotation);
    }
    for (quotation, page) in seeds("find").iter().map(|bytes| parted(bytes)) {
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        if let Some(document) = extract(&input, &Limits::default()).document {
            probe::finding(&document, &quotation);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: env_cases(), ..ProptestConfig::default() })]

    #[test]
    fn folding_twice_changes_nothing_and_loses_nothing(text in "[\\PC\\n]{0,120}") {
        probe::folding(&text);
    }

    #[test]
    fn alignments_use_every_word_once(page in page(), words in prop::collection::vec(0..30usize, 1..40), pick in any::<prop::sample::Index>()) {
        let sentence = &page.sentences[pick.index(page.sentences.len())];
        // Words of the page, of one sentence, and marks.
        let quote: Vec<&str> = words.iter().map(|number| match number {
            0..10 => page.words[*number],
            10..26 => sentence[number % sentence.len()],
            26 => "…",
            27 => "[a bracket]",
            28 => "[sic]",
            _ => "unheard",
        }).collect();
        probe::aligning(&page.text, &quote.join(" "));
    }

    #[test]
    fn any_quotation_can_be_looked_for_on_any_page(
        page in prop::collection::vec(select(SCRAPS), 1..60),
        quotation in prop::collection::vec(select(SCRAPS), 0..24),
    ) {
        let page = page.concat();
        let input = Input { bytes: page.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        if let Some(document) = extract(&input, &Limits::default()).document {
            probe::finding(&document, &quotation.concat());
        }
    }

    #[test]
    fn what_is_planted_is_found_and_its_place_has_the_same_characters(page in page(), pick in any::<prop::sample::Index>()) {
        let document = document(&page.text);
        let words = &page.sentences[pick.index(page.sentences.len())];
        let quote = words.join(page.space);
        let found = look(&quote, &document);
        prop_assert_eq!(found.verdict, CheckVerdict::Verbatim, "{}", quote);
        let passage = found.passage.expect("what is found has a place");
        let slice = document.slice(passage.range);
        let (mut ours, mut theirs) = (forms(&quote), forms(slice));
        ours[0] = ours[0].to_lowercase();
        theirs[0] = theirs[0].to_lowercase();
        prop_assert_eq!(ours, theirs);
        // The same characters by code points, as the report counts them.
        let [start, end] = PointTable::new(&document.text).range(passage.range);
        let counted: String = document.text.chars().skip(start).take(end - start).collect();
        prop_assert_eq!(counted.as_str(), slice);
        let place = locate(&[quote], &Prepared::new(&document)).expect("it stands there");
        prop_assert_eq!(forms(document.slice(place)).len(), forms(slice).len());
    }

    #[test]
    fn what_stands_there_is_verbatim_and_with_one_edit_it_is_not(page in page()) {
        probe::standing(&document(&page.text));
    }

    #[test]
    fn one_edit_inside_is_never_verbatim_or_edited(
        page in page(),
        pick in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        edit in 0..4usize,
    ) {
        let document = document(&page.text);
        let mut words: Vec<&str> = page.sentences[pick.index(page.sentences.len())].clone();
        let at = 2 + at.index(words.len() - 4);
        let other = page.words[other.index(page.words.len())];
        match edit {
            0 => words[at] = other,
            1 => drop(words.remove(at)),
            2 => words.insert(at, other),
            _ => words.swap(at, at + 1),
        }
        let quote = words.join(page.space);
        prop_assume!(!stands(&forms(&quote), &forms(&document.text)));
        let found = look(&quote, &document);
        prop_assert!(!found.verdict.is_good(), "{:?} {}\nin\n{}", found.verdict, quote, page.text);
    }

    #[test]
    fn one_digit_inside_is_never_verbatim_or_edited(page in page(), number in 10u32..99_999, digit in 1..10u32) {
        let other = number / 10 * 10 + (number + digit) % 10;
        let text = format!("{}\nThey counted {number} boats at the old quay", page.text);
        prop_assume!(!forms(&text).contains(&other.to_string()));
        let found = look(&format!("They counted {other} boats at the old quay"), &document(&text));
        prop_assert!(!found.verdict.is_good(), "{number} {other} {:?}", found);
    }

    #[test]
    fn controls_pass_on_every_page(page in page()) {
        let document = document(&page.text);
        let control = control(&Prepared::new(&document));
        prop_assert!(!matches!(control, Control::Failed(_)), "{:?}\n{}", control, page.text);
    }

    #[test]
    fn controls_pass_on_whatever_a_page_holds(text in "[\\PC\\n.,!? ]{1,400}") {
        let page = document(&format!("x{text}"));
        let control = control(&Prepared::new(&page));
        prop_assert!(!matches!(control, Control::Failed(_)), "{:?}", control);
    }
}
