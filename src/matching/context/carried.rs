//! Whether what carries a quotation says that it was said: in scripts without spaces, and in Turkish and Arabic, where the verb or
//! its ending tells, and not a word of its own: `…と述べたとされる`, `…と言うべきだった`, `本应该说：“…”`, `“…” demeliydi`.

use super::saying::Unsaid;
use super::scene::Scene;
use crate::matching::lexicon;

/// What the words outside the marks of a quotation make of its being said.
pub(super) fn carried(scene: &Scene<'_>) -> Option<Unsaid> {
    if !scene.in_marks {
        return None;
    }
    match scene.language {
        "ja" => charged_in_japanese(text(scene, &scene.lead)).or_else(|| behind_japanese(text(scene, &scene.trail))),
        "zh" => before_chinese(text(scene, &scene.lead)),
        "tr" => behind_turkish(scene),
        "ar" => before_arabic(scene),
        _ => None,
    }
}

/// What the page has from the first to the last of these tokens: a quotation in between is no part of it.
fn text<'s>(scene: &Scene<'s>, tokens: &[usize]) -> &'s str {
    let text = scene.text_of(tokens);
    text.rsplit(['”', '」', '』']).next().unwrap_or(text)
}

/// Stems of Japanese verbs of saying behind the particle of what is said.
const SAYS: &[&str] = &["述べ", "語", "話", "言", "発言", "説明", "主張", "コメント", "書", "伝え", "答え"];

/// `…と述べたとされる`, `…と語ったという`, `…と言うべきだった`: how the clause right behind the marks ends.
fn behind_japanese(trail: &str) -> Option<Unsaid> {
    let clause = trail.split(['、', '。', '「']).next().unwrap_or("");
    let said = clause.strip_prefix('と').filter(|rest| SAYS.iter().any(|stem| rest.starts_with(stem)))?;
    let ends = |endings: &[&str]| endings.iter().any(|ending| said.ends_with(ending));
    if ends(&["べきだった", "べきだ", "べきである", "べきでした"]) {
        return Some(Unsaid::Supposed);
    }
    let hearsay = [
        "たとされ",
        "たと報じ",
        "たと伝え",
        "たといわれ",
        "たと言われ",
        "たとみられ",
        "たとの情報",
        "たとの報道",
        "たらしい",
        "たという噂",
    ];
    (hearsay.iter().any(|word| said.contains(word)) || ends(&["たという", "たそうだ"])).then_some(Unsaid::Alleged)
}

/// `起訴状によると、…`: a charge tells what was said.
fn charged_in_japanese(lead: &str) -> Option<Unsaid> {
    let source = lead.find("によると").or_else(|| lead.find("によれば"))?;
    let charge = ["起訴状", "訴状", "告発状", "検察"].iter().any(|word| lead[..source].ends_with(word));
    charge.then_some(Unsaid::Alleged)
}

/// `本应该说：“…”`, `据称他说：“…”`: what stands in the clause before the marks.
fn before_chinese(lead: &str) -> Option<Unsaid> {
    let clause = lead.trim_end_matches(['：', ':', '，']).rsplit(['，', '。', '；']).next().unwrap_or("");
    let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
    if !lexicon::has_saying(clause) {
        return None;
    }
    // `起诉书称，林海燕说：“…”`
    let charge = ["起诉书", "起訴書", "诉状", "检方", "控方", "举报信", "网传"];
    let charged = charge.iter().any(|word| lead.starts_with(word)) && lead.len() > clause.len() + "：".len();
    if charged {
        return Some(Unsaid::Alleged);
    }
    if has(&["本应", "本應", "本该", "本該", "应该说", "應該說", "理应说", "应当说"]) {
        return Some(Unsaid::Supposed);
    }
    has(&["据称", "據稱", "据传", "據傳", "传闻", "傳聞", "涉嫌", "疑似", "被指", "被曝"]).then_some(Unsaid::Alleged)
}

/// `“…” deseydi`, `“…” demeliydi`: by the ending of the verb.
fn behind_turkish(scene: &Scene<'_>) -> Option<Unsaid> {
    let verb = scene
        .trail
        .iter()
        .take(2)
        .map(|at| scene.key(*at))
        .find(|key| ["de", "soyle", "diye", "konus", "yaz"].iter().any(|stem| key.starts_with(stem)))?;
    let ends = |endings: &[&str]| endings.iter().any(|ending| verb.ends_with(ending));
    ends(&["seydi", "saydi", "meliydi", "maliydi", "ebilirdi", "abilirdi", "ecekti", "acakti"])
        .then_some(Unsaid::Supposed)
}

/// `يزعم أن ليلى حداد قالت: «…»`: a verb of alleging opens the sentence.
fn before_arabic(scene: &Scene<'_>) -> Option<Unsaid> {
    let opens = scene.lead.iter().take(2).any(|at| lexicon::is_allegation(scene.key(*at), "ar"));
    opens.then_some(Unsaid::Alleged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_clause_tells_what_was_said() {
        for (trail, wanted) in [
            ("と述べたとされる。", Some(Unsaid::Alleged)),
            ("と語ったという。", Some(Unsaid::Alleged)),
            ("と述べたと報じられた。", Some(Unsaid::Alleged)),
            ("と言うべきだった。", Some(Unsaid::Supposed)),
            ("と述べた。", None),
            ("と述べ、辞任するという。", None),
            ("という声がある。", None),
            ("と語ったことを認めた。", None),
        ] {
            assert_eq!(behind_japanese(trail), wanted, "{trail}");
        }
        for (lead, wanted) in [
            ("林海燕本应该说：", Some(Unsaid::Supposed)),
            ("据称林海燕说过：", Some(Unsaid::Alleged)),
            ("起诉书称，林海燕5月说：", Some(Unsaid::Alleged)),
            ("起诉书称：", None),
            ("林海燕说：", None),
            ("据称大桥已关闭，林海燕说：", None),
            ("林海燕认为应该开放，她说：", None),
        ] {
            assert_eq!(before_chinese(lead), wanted, "{lead}");
        }
    }
}
