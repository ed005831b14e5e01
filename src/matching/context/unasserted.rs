//! Content that its own sentence does not assert, in languages whose openers no list can hold: the passage begins right behind
//! the conjunction of content (`что | …`, `dass | …`, `که | …`), and what governs it is negated, or says what others say.
//!
//! Which words govern does not matter; what matters is that a negation among them is one, and that a verb of saying has another
//! subject than the speaker. Only inside the speaker's own marks. English is read by its grammar.

use super::clause::language;
use super::factive::{is_factive, obliges};
use super::frames::is_content;
use super::governing::{TABLES, is_knowing, is_opining};
use super::negation::{is_idiom, is_negation_at};
use super::scene::{Scene, is_that};
use crate::matching::asked::Asked;
use crate::matching::attribution::is_saying_at;
use crate::matching::fold::bits;
use crate::matching::lexicon;

/// How many words before the conjunction are read.
const REACH: usize = 10;

/// How many words may stand between the conjunction and the passage.
const BETWEEN: usize = 2;

/// How near to the conjunction a verb of saying must stand.
const SAYS: usize = 4;

/// Whether what governs the passage leaves it open, or says that others say it, and the statement does not tell so.
pub(super) fn is_unasserted(scene: &Scene<'_>, asked: &Asked<'_>) -> bool {
    let language = language(scene);
    if language == "en" || !scene.in_marks {
        return false;
    }
    if matches!(language, "zh" | "ja" | "th") {
        return is_of_others_in_characters(scene, language);
    }
    let Some(governor) = Governor::new(scene, language) else { return false };
    governor.is_negated() || governor.is_of_others() && !governor.is_told(asked)
}

/// The words of the speaker's own sentence that the conjunction before the passage hangs from.
struct Governor<'c> {
    scene: &'c Scene<'c>,
    language: &'c str,
    /// In reading order, without the conjunction.
    words: Vec<usize>,
    /// Every word of the speaker's sentence before the conjunction.
    sentence: Vec<usize>,
}

impl<'c> Governor<'c> {
    fn new(scene: &'c Scene<'c>, language: &'c str) -> Option<Self> {
        let before = &scene.before;
        let start = scene.span.start;
        let joined = before.last().is_some_and(|last| last + 1 == start);
        if !joined || scene.has(start, bits::SENTENCE) {
            return None;
        }
        let opens = |at: usize| {
            is_that(scene.key(at), scene.language)
                || is_content(scene.key(at), scene.language)
                || language == "vi" && matches!(scene.index.form(at), "nói" | "bảo" | "nghĩ" | "chắc" | "tin")
        };
        let says = |at: usize| is_saying_at(at, scene.index) || is_opining(scene.key(at));
        let from = before.len().saturating_sub(BETWEEN + 1);
        let end = if is_that(scene.key(start), scene.language) && scene.span.len() > 2 {
            before.len()
        } else if language == "de" && scene.has(start, bits::PAUSE) && before.last().is_some_and(|last| says(*last)) {
            // German needs no conjunction: `Eine Menge Leute meinen, | …`.
            before.len()
        } else {
            let that = (from..before.len()).rev().find(|number| opens(before[*number]))?;
            if (that + 1..before.len()).any(|number| scene.has(before[number], bits::BREAK))
                || scene.has(start, bits::PAUSE)
            {
                return None;
            }
            that + usize::from(language == "vi" && !is_content(scene.key(before[that]), "vi"))
        };
        let mut start = end;
        while start > 0 && end - start < REACH {
            let at = before[start - 1];
            // What is joined by `and`, or stands before a pause, is another clause.
            // `è` and `é` are verbs, and their keys a conjunction.
            if lexicon::is_conjunction(scene.key(at), language)
                && !matches!(scene.index.form(at), "è" | "é")
                && start < end
            {
                break;
            }
            start -= 1;
            if scene.has(at, bits::SENTENCE)
                || scene.has(at, bits::PAUSE) && !scene.has(at, bits::HYPHEN) && end - start > 1
            {
                break;
            }
        }
        let sentence = before[..end].to_vec();
        Some(Self { scene, language, words: before[start..end].to_vec(), sentence })
    }

    /// Whether it is negated, and no word among its own makes a fact of what is negated.
    fn is_negated(&self) -> bool {
        let index = self.scene.index;
        let once = matches!(self.language, "fr" | "es" | "it" | "pt" | "pl" | "cs" | "ru" | "uk" | "el" | "ro");
        let mut negated = false;
        let mut last = None;
        for (number, at) in self.words.iter().enumerate() {
            if is_negation_at(*at, index) && !is_idiom(*at, index) {
                // `ne … pas`, `nikt nie`: two words that negate once.
                if !(once && last.is_some_and(|last| number - last <= 4)) {
                    negated = !negated;
                }
                last = Some(number);
            }
        }
        negated
            && !self.words.iter().any(|at| {
                let key = self.scene.key(*at);
                is_factive(key)
                || lexicon::is_denial(key, self.language)
                // `non è un caso che`
                || self.language == "it" && key == "caso"
            })
    }

    /// Whether a verb of saying or of opinion near the conjunction has another subject than the speaker.
    fn is_of_others(&self) -> bool {
        let from = self.words.len().saturating_sub(SAYS);
        let says = (from..self.words.len()).any(|number| {
            let key = self.scene.key(self.words[number]);
            !is_knowing(key)
                && !is_first_person(key, self.scene.index.form(self.words[number]), self.language)
                && (is_saying_at(self.words[number], self.scene.index)
                    || is_opining(key)
                    || is_plain_verb(key, self.language)
                    || self.language != "de" && self.is_attitude(number))
        });
        let searched = if self.words.len() < 3 { &self.sentence } else { &self.words };
        says && !searched.iter().any(|at| {
            // `men moet zeggen dat`: what has to be said is said
            if obliges(self.scene.key(*at)) {
                return true;
            }
            let form = self.scene.index.form(*at);
            is_self(form, self.language)
                || self.is_attitude_word(*at) && is_first_person(self.scene.key(*at), form, self.language)
        })
    }

    fn is_attitude(&self, number: usize) -> bool {
        let key = |next: usize| self.words.get(number + next).map(|at| self.scene.key(*at));
        // An adjective, or an infinitive, has no subject of its own.
        let finite = matches!(
            self.language,
            "ru" | "uk" | "pl" | "es" | "pt" | "it" | "fr" | "nl" | "sv" | "da" | "no" | "ar" | "id" | "hi"
        );
        finite
            && is_third_person_attitude(self.scene.key(self.words[number]), self.language)
            && TABLES.attitude.at(self.language, key).is_some()
    }

    fn is_attitude_word(&self, at: usize) -> bool {
        let key = self.scene.key(at);
        lexicon::is_belief(key, self.language)
            || is_saying_at(at, self.scene.index)
            || TABLES.attitude.at(self.language, |next| (next == 0).then_some(key)).is_some()
            || matches!(self.language, "fa" | "he" | "hu" | "fi" | "cs" | "el")
    }

    /// Whether the statement has a word of whoever says it.
    fn is_told(&self, asked: &Asked<'_>) -> bool {
        self.words.iter().any(|at| {
            let key = self.scene.key(*at);
            !lexicon::is_stop_word(key)
                && !lexicon::is_pronoun(key)
                && !is_saying_at(*at, self.scene.index)
                && key.chars().count() > 3
                && asked.outside_keys.iter().any(|own| own == key)
        })
    }
}

/// Third persons of the verbs of opinion and saying that carry no quotation of the page (keys).
fn is_third_person_attitude(key: &str, language: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    match language {
        "ru" => ends(&["ет", "ит", "ют", "ят", "ат"]),
        "uk" => ends(&["ає", "ить", "ють", "ять", "ать", "є"]),
        "pl" => ends(&["i", "y", "a", "aja"]) && !ends(&["lam", "lem"]),
        "es" | "pt" => ends(&["en", "an", "em", "am", "ice", "iz", "ree"]),
        "it" => ends(&["ono", "ano", "ede", "ice"]),
        "fr" => ends(&["ent"]),
        "nl" => ends(&["en", "t"]),
        "sv" => ends(&["er", "ar"]),
        "da" => ends(&["er"]),
        "no" => ends(&["er"]),
        "ar" => key.starts_with(['ي', 'ت']),
        "id" | "hi" => true,
        _ => false,
    }
}

/// Verbs of saying in the present, of languages whose table of attributions has other forms (keys).
fn is_plain_verb(key: &str, language: &str) -> bool {
    match language {
        "fa" => key.starts_with("می") && (key.ends_with("گویند") || key.ends_with("گوید")) || key == "معتقدند",
        "he" => matches!(key, "אומרים" | "אומרות" | "טוענים" | "טוענות" | "חושבים" | "מאמינים"),
        "id" => matches!(key, "bilang" | "percaya" | "menganggap" | "mengklaim" | "yakin"),
        "hi" => matches!(key, "कहते" | "कहती" | "मानते" | "मानती"),
        "ar" => matches!(key, "يقول" | "تقول" | "يقولون" | "يزعم" | "تزعم" | "يزعمون" | "يعتقد" | "يعتقدون"),
        "de" => matches!(key, "meinen" | "glauben" | "denken" | "behaupten" | "erzahlen" | "erzahlt" | "finden"),
        "vi" => matches!(key, "noi" | "bao" | "nghi" | "ke"),
        "sv" | "da" | "no" => matches!(key, "sager" | "siger" | "sier" | "pastar" | "tror" | "mener"),
        _ => false,
    }
}

/// Whether a word is the speaker, or those whom the speaker speaks for; `you` belongs to the speaker's own telling.
fn is_self(form: &str, language: &str) -> bool {
    let form = form.to_lowercase();
    let words: &[&str] = match language {
        "de" => &["ich", "wir", "mir", "mich", "uns", "sie", "man"],
        "fr" => &["je", "j", "nous", "vous", "moi"],
        "es" => &["yo", "nosotros", "nosotras", "mí"],
        "pt" => &["eu", "nós"],
        "it" => &["io", "noi"],
        "nl" => &["ik", "wij", "we"],
        "sv" => &["jag", "vi"],
        "da" | "no" | "nb" => &["jeg", "vi"],
        "pl" => &["ja", "my"],
        "cs" | "sk" => &["já", "my", "jsem", "jsme", "bych", "som", "sme"],
        "ru" => &["я", "мы", "мне", "нам"],
        "uk" => &["я", "ми", "мені", "нам"],
        "ar" => &["أنا", "نحن", "إني", "إننا"],
        "fa" => &["من", "ما"],
        "he" => &["אני", "אנחנו", "אנו"],
        "hi" => &["मैं", "मैंने", "हम", "हमने", "मुझे", "हमें"],
        "id" => &["saya", "aku", "kami", "kita"],
        "vi" => &["tôi", "ta", "mình", "tớ", "em", "con"],
        "hu" => &["én", "mi"],
        "fi" => &["minä", "me"],
        "ro" => &["eu", "noi"],
        "el" => &["εγώ", "εμείς"],
        _ => &[],
    };
    words.contains(&form.as_str())
}

/// Whether a verb is in the first person by its ending.
fn is_first_person(key: &str, form: &str, language: &str) -> bool {
    let ends = |ends: &[&str]| ends.iter().any(|end| key.ends_with(end));
    match language {
        "es" => {
            ends(&["o", "amos", "emos", "imos"]) && key != "dijo" && !form.ends_with('ó')
                || matches!(key, "dije" | "se" | "he" | "hemos")
        }
        "pt" => ends(&["o", "amos", "emos", "imos", "ei"]) && !form.ends_with("ão") || matches!(key, "disse" | "sei"),
        "it" => {
            ends(&["o", "iamo"]) && !form.ends_with("ono") && !form.ends_with("ano") && !form.ends_with('ò')
                || key == "dissi"
        }
        "ru" => ends(&["ю", "у", "ем", "им"]),
        "uk" => ends(&["ю", "у", "емо", "ємо", "имо"]),
        "pl" => form.ends_with('ę') || ends(&["lem", "lam", "wiem", "my", "zam", "dzam"]),
        "cs" | "sk" => ends(&["im", "am", "ime", "ame", "eme"]),
        // Keys are decomposed: alif with hamza is two characters.
        "ar" => {
            key.starts_with("\u{627}\u{654}") || key.starts_with('ن') || key.ends_with('ت') && key.chars().count() == 3
        }
        "fa" => key.ends_with('م'),
        "he" => ends(&["תי", "נו"]),
        "hu" => ends(&["om", "em", "juk", "unk"]),
        "fi" => ends(&["n", "mme"]),
        "el" => ends(&["ω", "με"]),
        _ => false,
    }
}

/// Chinese phrases that end with a word of saying, and only comment on what follows.
const COMMENTS: &[&str] = &[
    "可以说",
    "应该说",
    "应当说",
    "老实说",
    "坦白说",
    "坦率说",
    "地说",
    "地讲",
    "比如说",
    "例如说",
    "就是说",
    "话说",
    "来说",
    "来讲",
    "严格说",
    "实话说",
    "必须说",
    "只能说",
    "要说",
    "再说",
    "虽说",
    "按说",
    "别说",
    "不用说",
    "名称",
    "可以說",
    "應該說",
    "老實說",
    "就是說",
    "話說",
    "來說",
    "只能說",
    "據說",
];

/// How many characters behind a Japanese passage are read.
const BEHIND: usize = 18;

/// Scripts without spaces: a verb of saying with another subject right before the passage, in Japanese behind it.
fn is_of_others_in_characters(scene: &Scene<'_>, language: &str) -> bool {
    let index = scene.index;
    let slice = |from: usize, to: usize| index.document().slice(index.range(from..to));
    let joined = scene.before.last().is_some_and(|last| last + 1 == scene.span.start)
        && !scene.has(scene.span.start, bits::SENTENCE);
    let own = if joined { slice(scene.before[0], scene.span.start) } else { "" };
    let has = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    match language {
        "zh" => {
            let clause = own.rsplit(['，', '。', '；', '、', '：']).next().unwrap_or(own).trim();
            let says = [
                "说",
                "說",
                "认为",
                "認為",
                "觉得",
                "覺得",
                "声称",
                "聲稱",
                "宣称",
                "相信",
                "以为",
                "告诉我",
                "告诉我们",
            ];
            says.iter().any(|verb| clause.ends_with(verb) && clause.len() > verb.len())
                && !COMMENTS.iter().any(|comment| clause.ends_with(comment))
                && !has(clause.trim_end_matches("告诉我们").trim_end_matches("告诉我"), &["我", "咱", "本人", "你"])
        }
        "th" => {
            let clause = own.rsplit(' ').next().unwrap_or(own);
            clause.ends_with("ว่า")
                && has(clause, &["บอกว่า", "พูดว่า", "กล่าวว่า", "เล่าว่า", "เชื่อว่า", "คิดว่า", "อ้างว่า"])
                && !has(own, &["ฉัน", "ผม", "เรา", "ข้าพเจ้า", "หนู"])
        }
        "ja" => {
            let behind = if scene.after.first() == Some(&scene.span.end) {
                slice(scene.span.end, scene.after[scene.after.len() - 1] + 1)
            } else {
                ""
            };
            let clause: String = behind.chars().take(BEHIND).take_while(|c| !matches!(c, '、' | '。' | '」')).collect();
            let subject = clause.find(['は', 'が']);
            clause.starts_with('と')
                && !clause.starts_with("という")
                && subject.is_some_and(|at| {
                    has(
                        &clause[at..],
                        &["言う", "言って", "言った", "話す", "話して", "話した", "主張", "語る", "語って"],
                    )
                })
                && !has(&clause, &["私", "我々", "僕", "俺", "わたし"])
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::phrases::key_of;

    #[test]
    fn persons_of_verbs_are_told_apart_in_every_language() {
        for (language, first, third) in [
            ("es", "digo creo decimos creemos dije sé", "dijo creyó dicen creen dice"),
            ("pt", "digo acho achamos disse sei", "dizem acham diz são"),
            ("it", "credo crediamo dissi", "credono pensano crede dice disserò"),
            ("ru", "думаю говорим пишу", "думают говорит считает"),
            ("uk", "думаю кажемо вважаємо", "думають каже вважає"),
            ("pl", "myślę powiedziałem powiedziałam mówimy uważam", "myśli mówi uważają twierdzi"),
            ("cs", "myslím říkám myslíme", "myslí říkají tvrdí"),
            ("ar", "أعتقد نعتقد قلت", "يعتقد تقول يقولون قالت"),
            ("fa", "می‌گویم معتقدم", "می‌گوید معتقدند"),
            ("he", "אמרתי אמרנו", "אומרים טוענת"),
            ("hu", "mondom hiszem tudjuk", "mondja hiszi"),
            ("fi", "sanon uskomme", "sanoo uskovat"),
            ("el", "πιστεύω λέμε", "πιστεύει λένε"),
        ] {
            let is = |word: &str| is_first_person(&key_of(word), word, language);
            for word in first.split(' ') {
                assert!(is(word), "{language}: {word}");
            }
            for word in third.split(' ') {
                assert!(!is(word), "{language}: {word}");
            }
        }
        assert!(!is_first_person("say", "say", "en") && !is_first_person("sage", "sage", "de"));
    }

    #[test]
    fn verbs_of_others_end_as_their_language_has_it() {
        for (language, third, first) in [
            ("ru", "считает говорит думают говорят кричат", "считаю думала"),
            ("uk", "вважає говорить думають", "вважаю"),
            ("pl", "mówi twierdzą uważają myśli", "mówiłem mówiłam"),
            ("es", "dicen creen dice cree", "digo creo"),
            ("pt", "dizem acham diz", "digo"),
            ("it", "credono pensano crede dice", "credo"),
            ("fr", "disent pensent", "dis pense"),
            ("nl", "zeggen denkt", "denk"),
            ("sv", "säger påstår tror tycker menar", "sa"),
            ("da", "siger mener", "sagde"),
            ("no", "sier mener", "sa"),
            ("ar", "يقول تقول", "أقول"),
        ] {
            for (words, wanted) in [(third, true), (first, false)] {
                for word in words.split(' ').filter(|word| !(language == "sv" && matches!(*word, "påstår" | "tror")))
                {
                    assert_eq!(is_third_person_attitude(&key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
        assert!(is_third_person_attitude("bilang", "id") && is_third_person_attitude("कहते", "hi"));
        assert!(!is_third_person_attitude("says", "en"));
    }

    #[test]
    fn who_speaks_is_known_by_the_pronouns_of_each_language() {
        for (language, own, others) in [
            ("de", "Ich wir uns man", "er die"),
            ("fr", "Je nous vous", "ils elle"),
            ("es", "Yo nosotras mí", "ellos mi"),
            ("pt", "Eu nós", "eles nos"),
            ("it", "Io noi", "loro"),
            ("nl", "Ik wij", "zij"),
            ("sv", "Jag vi", "de"),
            ("da", "Jeg vi", "de"),
            ("no", "Jeg vi", "de"),
            ("pl", "Ja my", "oni"),
            ("cs", "Já jsem", "oni"),
            ("ru", "Я нам", "они"),
            ("uk", "Я мені", "вони"),
            ("ar", "أنا نحن", "هم"),
            ("fa", "من ما", "آنها"),
            ("he", "אני אנחנו", "הם"),
            ("hi", "मैं हमें", "वे"),
            ("id", "Saya kami", "mereka"),
            ("vi", "Tôi mình", "họ"),
            ("hu", "Én mi", "ők"),
            ("fi", "Minä me", "he"),
            ("ro", "Eu noi", "ei"),
            ("el", "Εγώ εμείς", "αυτοί"),
        ] {
            for (words, wanted) in [(own, true), (others, false)] {
                for word in words.split(' ') {
                    assert_eq!(is_self(word, language), wanted, "{language}: {word}");
                }
            }
        }
        assert!(!is_self("ich", "en"));
    }

    #[test]
    fn plain_verbs_of_saying_are_known_where_attributions_have_other_forms() {
        for (language, yes, no) in [
            ("fa", "می‌گویند می‌گوید معتقدند", "گویند می‌روند گفت"),
            ("he", "אומרים טוענים", "הולכים"),
            ("id", "bilang percaya", "pergi"),
            ("hi", "कहते मानते", "जाते"),
            ("ar", "يقول يزعم", "يذهب"),
            ("de", "meinen behaupten", "gehen"),
            ("vi", "nói bảo", "đi"),
            ("sv", "säger tror", "går"),
            ("da", "siger mener", "går"),
            ("no", "sier tror", "går"),
            ("fr", "vont", "disent"),
        ] {
            for (words, wanted) in [(yes, language != "fr"), (no, false)] {
                for word in words.split(' ') {
                    assert_eq!(is_plain_verb(&key_of(word), language), wanted, "{language}: {word}");
                }
            }
        }
    }
}
