//! What a part of a page is by its words: a line that leads to another story, a heading above
//! readers' comments.

use super::hints;

/// The longest label before a link to another story, in bytes.
const LABEL: usize = 60;

/// Whether a paragraph, so many of whose characters are linked, leads to another story: by its first words where half of
/// it is a link, or as a short label with nothing behind it but a link.
pub(in crate::extract) fn leads_elsewhere(text: &str, linked: usize) -> bool {
    if linked == 0 {
        return false;
    }
    linked * 2 >= text.len() && begins_to_lead(text) || is_label_with_link(text, linked)
}

fn begins_to_lead(text: &str) -> bool {
    const WORDS: [&str; 68] = [
        "related:",
        "read more:",
        "read also",
        "also read",
        "see also",
        "read next",
        "more on this",
        "don't miss",
        "watch:",
        "recommended:",
        "lesen sie auch",
        "lesen sie mehr",
        "lies auch",
        "mehr zum thema",
        "auch interessant",
        "zum thema:",
        "à lire aussi",
        "à voir aussi",
        "lire aussi",
        "voir aussi",
        "à lire également",
        "sur le même sujet",
        "lea también",
        "lee también",
        "lea además",
        "lee más",
        "te puede interesar",
        "ver también",
        "leggi anche",
        "guarda anche",
        "leia também",
        "leia mais",
        "veja também",
        "lees ook",
        "lees meer",
        "läs också",
        "läs även",
        "läs mer",
        "les også",
        "læs også",
        "lue myös",
        "czytaj też",
        "czytaj także",
        "zobacz też",
        "zobacz także",
        "przeczytaj",
        "читайте также",
        "читать также",
        "читайте ещё",
        "по теме",
        "смотрите также",
        "читайте також",
        "čtěte také",
        "olvassa el",
        "ilgili haber",
        "διαβάστε επίσης",
        "延伸阅读",
        "延伸閱讀",
        "相关阅读",
        "相关新闻",
        "相關新聞",
        "相关报道",
        "関連記事",
        "関連：",
        "あわせて読みたい",
        "관련기사",
        "관련 기사",
        "اقرأ أيضا",
    ];
    let start: String = text.chars().take(30).flat_map(char::to_lowercase).collect();
    let start = start.trim_start_matches(|c: char| !c.is_alphabetic()).replace('’', "'");
    WORDS.iter().any(|word| start.starts_with(word))
}

/// `DON’T MISS: <a>…</a>`, `【関連記事】<a>…</a>`: what stands behind the label is the link and nothing else.
fn is_label_with_link(text: &str, linked: usize) -> bool {
    let mut from = LABEL.min(text.len());
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    let Some(end) = text[..from].find([':', '：', '|', '｜', '】', '▶', '►', '»', '>']) else { return false };
    let (label, rest) = text.split_at(end);
    let rest = rest.trim_start_matches(|c: char| {
        matches!(c, ':' | '：' | '|' | '｜' | '】' | '▶' | '►' | '»' | '>') || c.is_whitespace()
    });
    let written = |text: &str| text.bytes().filter(|byte| !matches!(byte, b' ' | b'\n')).count();
    let words = label.split_whitespace().count();
    let plain = !label.contains(['“', '"', '«', '„', '.', '?', '!', ',']);
    let behind = written(rest);
    // A full stop may stand behind the link; a label may be a part of it.
    (1..=5).contains(&words) && plain && behind >= 12 && linked + 3 >= behind
}

/// Whether a heading stands above readers' comments: it says how many they are, or whose.
pub(in crate::extract) fn heads_comments(text: &str) -> bool {
    const WORDS: [&str; 4] = ["comments", "comment", "kommentar", "commentaire"];
    const READERS: [&str; 38] = [
        "reader comments",
        "readers' comments",
        "reader responses",
        "readers respond",
        "your comments",
        "have your say",
        "join the conversation",
        "join the discussion",
        "leave a reply",
        "leave a comment",
        "post a comment",
        "add a comment",
        "what do you think?",
        "leserkommentare",
        "lesermeinungen",
        "leserstimmen",
        "kommentare der leser",
        "ihre meinung",
        "vos réactions",
        "vos commentaires",
        "réactions des lecteurs",
        "commentaires des lecteurs",
        "réagir à cet article",
        "comentarios de los lectores",
        "opiniones de los lectores",
        "comenta esta noticia",
        "commenti dei lettori",
        "comentários dos leitores",
        "reacties van lezers",
        "komentarze czytelników",
        "opinie czytelników",
        "комментарии читателей",
        "отзывы читателей",
        "読者のコメント",
        "みんなのコメント",
        "网友热评",
        "網友評論",
        "독자 댓글",
    ];
    let names = |word: &str| WORDS.contains(&word) || hints::COMMENTS.contains(&word);
    // Names of comments that stand alone above them; as words they are too common elsewhere.
    let alone = |word: &str| names(word) && !WORDS[..2].contains(&word) && !word.is_ascii();
    if text.len() > 90 {
        return false;
    }
    let lower = text.to_lowercase().replace('’', "'");
    let lower = lower.trim().trim_end_matches([':', '：']);
    let parts: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    READERS.contains(&lower)
        || match parts.as_slice() {
            [word] => alone(word),
            [word, count] if text.len() <= 60 => names(word) && number(count) || number(word) && names(count),
            // `3 Responses to “…”`, as WordPress writes it.
            [count, "responses" | "thoughts" | "response" | "thought", "to" | "on", ..] => {
                number(count) || *count == "one"
            }
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_and_a_link_lead_elsewhere() {
        let leads = |label: &str, link: &str, behind: &str| {
            let linked = link.bytes().filter(|byte| *byte != b' ').count();
            leads_elsewhere(&format!("{label}{link}{behind}"), linked)
        };
        assert!(leads("DON’T MISS: ", "The mill that never closed", ""));
        assert!(leads("【関連記事】", "製粉所の火災", ""));
        assert!(leads("Zobacz także: ", "Młyn nad rzeką", "."));
        assert!(!leads("He told ", "the paper of his mill", ": “It never closed.”"));
        assert!(!leads("“We know: ", "the mill never closed", ""));
        assert!(!leads("The report says it plainly, in one place: ", "the mill never closed", ""));
        assert!(!leads("The mayor: ", "the mill", " never closed, whatever they say."));
    }

    #[test]
    fn headings_above_comments_are_told() {
        for heading in [
            "3 Comments",
            "Kommentare (3)",
            "コメント",
            "Комментарии (2)",
            "댓글 3",
            "3 Responses to “Mill”",
            "Vos réactions",
            "Join the conversation",
        ] {
            assert!(heads_comments(heading), "{heading}");
        }
        for heading in
            ["Comments", "Responses", "Comments from the hall", "The most read letter", "Kommentar", "3 responses"]
        {
            assert!(!heads_comments(heading), "{heading}");
        }
    }
}
