//! Whether the words between two quoted pieces are only an attribution: `“A,” she said, “B.”`.

/// Longer stretches are sentences of their own, not attributions.
const LONGEST: usize = 90;
/// Words that an attribution may have.
const WORDS: usize = 12;

/// Verbs of saying as they stand in attributions, in several languages, sorted by language.
const VERBS: &[&str] = &[
    // English
    "said",
    "says",
    "say",
    "saying",
    "told",
    "tells",
    "added",
    "adds",
    "adding",
    "asked",
    "asks",
    "wrote",
    "writes",
    "explained",
    "explains",
    "stated",
    "states",
    "replied",
    "insisted",
    "argued",
    "argues",
    "warned",
    "warns",
    "noted",
    "notes",
    "continued",
    "recalled",
    "announced",
    "declared",
    "claimed",
    "admitted",
    "acknowledged",
    "according",
    "tweeted",
    "posted",
    "testified",
    "concluded",
    "joked",
    // German, Dutch
    "sagt",
    "sagte",
    "sagten",
    "erklärte",
    "erklärt",
    "meinte",
    "meint",
    "betonte",
    "betont",
    "fügte",
    "schrieb",
    "schreibt",
    "teilte",
    "fragte",
    "antwortete",
    "warnte",
    "zitierte",
    "so",
    "zei",
    "zegt",
    "aldus",
    "schreef",
    // French
    "dit",
    "déclaré",
    "déclare",
    "affirmé",
    "affirme",
    "ajouté",
    "ajoute",
    "expliqué",
    "explique",
    "assure",
    "assuré",
    "écrit",
    "estime",
    "estimé",
    "souligne",
    "dit-il",
    "dit-elle",
    "a-t-il",
    "a-t-elle",
    "selon",
    // Spanish, Portuguese, Italian
    "dijo",
    "dice",
    "afirmó",
    "añadió",
    "explicó",
    "señaló",
    "aseguró",
    "escribió",
    "declaró",
    "según",
    "disse",
    "diz",
    "afirmou",
    "acrescentou",
    "explicou",
    "declarou",
    "escreveu",
    "segundo",
    "detto",
    "spiegato",
    "afferma",
    "affermato",
    "aggiunto",
    "aggiunge",
    "spiega",
    "scritto",
    "secondo",
    // Swedish, Danish, Norwegian, Finnish
    "sa",
    "sade",
    "säger",
    "skrev",
    "skriver",
    "tillade",
    "förklarade",
    "sagde",
    "siger",
    "tilføjede",
    "sier",
    "sanoi",
    "sanoo",
    "kertoi",
    "totesi",
    "lisäsi",
    // Polish, Czech, Russian, Ukrainian
    "powiedział",
    "powiedziała",
    "mówi",
    "mówił",
    "mówiła",
    "dodał",
    "dodała",
    "stwierdził",
    "stwierdziła",
    "řekl",
    "řekla",
    "uvedl",
    "uvedla",
    "dodal",
    "dodala",
    "сказал",
    "сказала",
    "сказали",
    "говорит",
    "заявил",
    "заявила",
    "добавил",
    "добавила",
    "написал",
    "написала",
    "отметил",
    "отметила",
    "сказав",
    "додав",
    "додала",
    "заявив",
];

/// The same for scripts without spaces, where they stand inside a run of characters.
const UNSPACED: [&str; 12] = ["说", "說", "表示", "称", "稱", "写道", "寫道", "指出", "述べ", "語っ", "話し", "言っ"];

/// Words that begin another clause rather than an attribution.
const CONJUNCTIONS: [&str; 28] = [
    "and", "but", "then", "while", "before", "after", "or", "und", "aber", "oder", "et", "mais", "ou", "y", "pero",
    "o", "e", "ma", "mas", "och", "men", "og", "en", "i", "ale", "и", "но", "та",
];

/// Whether two quoted pieces are one quotation, split by an attribution.
pub(crate) fn joins(first: &str, between: &str) -> bool {
    if between.len() > LONGEST * 4 || between.chars().count() > LONGEST {
        return false;
    }
    let inside = first.trim_end().ends_with([',', '，', '、', '?', '!', '？', '！', '–', '—', '-', '…']);
    let text = between.trim();
    let outside = text.starts_with([',', '，', '、', '–', '—', '-']);
    // An attribution inside a quotation stands between commas or dashes; without the second one the words go on.
    let returns = text.ends_with([',', '，', '、', '–', '—', '-', ':', '：']);
    if !(inside || outside) || !returns || ends_a_sentence(text) {
        return false;
    }
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | '—' | '–' | ':' | '：'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() || words.len() > WORDS || CONJUNCTIONS.contains(&words[0].as_str()) {
        return false;
    }
    words.iter().any(|word| VERBS.contains(&word.as_str())) || UNSPACED.iter().any(|verb| text.contains(verb))
}

/// Whether a sentence ends inside the text; the point of an abbreviation or an initial ends none.
fn ends_a_sentence(text: &str) -> bool {
    let mut word_length = 0;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let at_end = characters.peek().is_none_or(|next| next.is_whitespace());
        match c {
            '。' | '！' | '？' => return true,
            '!' | '?' | ';' if at_end => return true,
            '.' if at_end && word_length > 4 => return true,
            _ if c.is_alphanumeric() => word_length += 1,
            _ => word_length = 0,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_join() {
        for between in [
            " she said, ",
            " said Mr. Lind, ",
            " Mara Lind of the league told reporters on Monday, ",
            " – ajoute Lind, ",
        ] {
            assert!(joins("The coast,", between), "{between}");
        }
        assert!(joins("Die Küste", ", sagte Lind, "));
        assert!(joins("海岸，", "林德说，"));
    }

    #[test]
    fn other_words_do_not() {
        for between in [" and said ", " she said. ", " she said yesterday. Berg said, ", ", ", " of the coast, "] {
            assert!(!joins("The coast,", between), "{between}");
        }
        assert!(!joins("fine", " she said, "), "no comma before the attribution");
        assert!(!joins("The coast,", &format!(" said {} ", "very ".repeat(30))));
    }
}
