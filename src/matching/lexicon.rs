//! Closed word classes of the languages that are read: negations, modals, hedges, words of saying and the like.
//!
//! Every table holds keys (lower case, without accents, as [`super::fold::key`] writes them), sorted by language. They
//! are general vocabulary: no entry stands here for the sake of one text. A word that two languages use for
//! different things is listed only where it cannot mislead.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Negations, in every language together.
const NEGATIONS: &[&str] = &[
    // English
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "nowhere", "without", "cannot", "cant", "dont", "doesnt", "didnt",
    "isnt", "arent", "wasnt", "werent", "wont", "wouldnt", "couldnt", "shouldnt", "hasnt", "havent", "hadnt", "hardly", "scarcely", "barely",
    // German
    "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand", "nichts", "weder", "ohne", "nirgends", "kaum",
    // French
    "ne", "pas", "jamais", "aucun", "aucune", "rien", "personne", "ni", "sans", "guere",
    // Spanish, Portuguese, Italian
    "nunca", "jamas", "ningun", "ninguno", "ninguna", "nada", "nadie", "tampoco", "sin", "nao", "nenhum", "nenhuma", "ninguem", "nem", "sem",
    "non", "mai", "nessun", "nessuno", "nessuna", "niente", "nulla", "ne", "senza",
    // Dutch, Danish, Swedish, Norwegian
    "niet", "geen", "nooit", "niemand", "niets", "noch", "zonder", "ikke", "aldrig", "ingen", "intet", "inte", "uden", "utan", "uten", "aldri", "inga", "inget",
    // Polish, Czech, Slovak
    "nie", "nigdy", "zaden", "zadna", "zadne", "zadnego", "nikt", "nic", "bez", "ani", "nikdy", "nikdo", "zadny", "zadneho", "neni", "nelze", "nebyl", "nebyla", "nebylo", "nebude", "nema", "nejsou",
    // Russian, Ukrainian, Bulgarian
    "не", "ни", "нет", "никогда", "никто", "ничто", "ничего", "никакои", "никакие", "никаких", "без", "нельзя", "немає", "ніколи", "ніхто", "нищо", "никога", "няма",
    // Greek
    "δεν", "δε", "μη", "μην", "ουτε", "ποτε", "κανεισ", "κανενασ", "κανενα", "καμια", "τιποτα", "χωρισ", "οχι",
    // Indonesian, Turkish, Arabic, Hindi, Korean
    "tidak", "bukan", "tanpa", "belum", "tak", "degil", "asla", "hic", "yok", "لا", "لم", "لن", "ليس", "ليست", "غير", "بدون", "ما", "नहीं", "न", "मत", "बिना",
    "안", "못", "없다", "않다", "않는다", "않았다", "없는", "없이", "아니다", "않을",
];

/// Negations that are characters or endings of scripts without spaces.
const NEGATION_CHARACTERS: &[&str] = &[
    "不", "没", "沒", "未", "无", "無", "非", "否", "勿", "ない", "なかった", "ません", "ませんでした", "なく", "ず", "ぬ", "なし", "ไม่", "မ",
];

/// Modal verbs: what they change is how sure a thing is.
const MODALS: &[&str] = &[
    "may", "might", "can", "could", "will", "would", "shall", "should", "must", "ought",
    "kann", "konnen", "konnte", "konnten", "soll", "sollen", "sollte", "sollten", "muss", "mussen", "musste", "mussten", "durfte", "durften", "darf", "durfen", "wurde", "wurden", "wird", "werden", "will", "wollen", "wollte",
    "peut", "peuvent", "pourrait", "pourraient", "doit", "doivent", "devrait", "devraient", "devait", "pouvait",
    "puede", "pueden", "podria", "podrian", "debe", "deben", "deberia", "deberian", "pode", "podem", "poderia", "deve", "devem", "deveria",
    "puo", "possono", "potrebbe", "potrebbero", "dovrebbe", "dovrebbero", "deve", "devono",
    "kan", "kunnen", "kon", "zou", "zouden", "moet", "moeten", "mag", "mogen", "zal", "zullen",
    "moze", "moga", "moglby", "powinien", "powinna", "powinno", "musi", "musza", "muze", "mohou", "mel", "mela",
    "может", "могут", "мог", "могла", "могли", "должен", "должна", "должны", "должно", "следует",
    "μπορει", "μπορουν", "πρεπει", "θα", "ισωσ",
    "dapat", "bisa", "harus", "akan", "mungkin",
];

/// Hedges that say how sure a source is.
const HEDGES: &[&str] = &[
    "allegedly", "reportedly", "apparently", "possibly", "probably", "perhaps", "maybe", "likely", "supposedly", "purportedly", "presumably", "seemingly", "potentially", "arguably",
    "angeblich", "mutmasslich", "vermutlich", "moglicherweise", "wahrscheinlich", "vielleicht", "offenbar", "wohl", "eventuell",
    "pretendument", "apparemment", "peut-etre", "probablement", "vraisemblablement", "semble", "semblerait",
    "supuestamente", "presuntamente", "posiblemente", "probablemente", "quizas", "quiza", "aparentemente", "supostamente", "provavelmente", "possivelmente", "talvez",
    "presumibilmente", "probabilmente", "forse", "apparentemente", "vermoedelijk", "waarschijnlijk", "mogelijk", "misschien", "naar verluidt",
    "rzekomo", "prawdopodobnie", "podobno", "byc moze", "udajne", "pravdepodobne", "mozna", "якобы", "возможно", "вероятно", "предположительно", "видимо", "пожалуи", "ισωσ", "πιθανον", "πιθανωσ", "φερεται",
    "可能", "或许", "也许", "据称", "おそらく", "たぶん", "かもしれない", "とみられる",
];

/// Words of saying and writing, by which an attribution is known.
const SAYINGS: &[&str] = &[
    // English
    "said", "says", "say", "saying", "added", "adds", "told", "tells", "explained", "explains", "noted", "notes", "wrote", "writes", "stated", "states", "argued", "argues", "asked", "asks",
    "warned", "warns", "insisted", "insists", "claimed", "claims", "announced", "declared", "replied", "continued", "concluded", "recalled", "admitted", "commented", "according", "tweeted", "posted", "remarked", "observed", "joked", "acknowledged", "testified", "reported", "reports", "denied", "denies", "answered", "countered", "retorted", "responded", "agreed", "replies", "told", "quipped", "lamented", "complained", "boasted", "predicted", "promised", "vowed", "urged", "shouted", "quoted", "quotes", "quoting", "quote", "cited", "cites", "citing", "described", "describes", "called", "calls", "reads", "read", "adding", "confirmed", "confirms", "suggested", "suggests", "stressed", "emphasised", "emphasized", "pointed",
    // German
    "sagte", "sagt", "sagten", "erklarte", "erklart", "so", "betonte", "betont", "fugte", "meinte", "meint", "schrieb", "schreibt", "teilte", "berichtete", "laut", "zufolge", "hiess", "kritisierte", "warnte", "sprach", "kommentierte", "erganzte", "entgegnete", "erwiderte", "antwortete", "rief", "forderte", "mahnte", "versicherte", "behauptete", "sprach", "urteilte", "lobte",
    // French
    "dit", "declare", "declarait", "explique", "expliquait", "ajoute", "ajoutait", "affirme", "affirmait", "selon", "precise", "souligne", "raconte", "estime", "indique", "indiquait", "assure", "ecrit", "poursuit", "confie", "lance", "annonce", "d'apres", "repond", "repondu", "retorque", "indique", "confirme", "rappelle", "previent", "deplore", "regrette",
    // Spanish
    "dijo", "dice", "senalo", "explico", "agrego", "anadio", "afirmo", "segun", "indico", "aseguro", "declaro", "sostuvo", "preciso", "comento", "manifesto", "expreso", "conto", "apunto", "recalco", "advirtio", "escribio", "informo",
    // Portuguese, Italian
    "disse", "diz", "afirmou", "explicou", "segundo", "acrescentou", "declarou", "contou", "ressaltou", "destacou", "escreveu", "conforme",
    "dice", "afferma", "ha detto", "spiega", "aggiunge", "secondo", "dichiarato", "detto", "spiegato", "aggiunto", "affermato", "sostiene", "scrive",
    // Dutch, Danish, Swedish
    "zei", "zegt", "aldus", "volgens", "verklaarde", "vertelde", "schreef", "antwoordde", "reageerde", "svarade", "berattade", "svarede", "forklarede", "fortalte", "skrev", "menade", "sa", "siger", "sagde", "ifolge", "sade", "sager", "enligt",
    // Polish, Czech
    "powiedzial", "powiedziala", "mowi", "mowil", "mowila", "dodal", "dodala", "dodaje", "stwierdzil", "stwierdzila", "podkreslil", "podkreslila", "wyjasnil", "wyjasnila", "wyjasnia", "poinformowal", "poinformowala", "zaznaczyl", "zaznaczyla", "wedlug", "oznajmil", "napisal", "napisala", "tlumaczy",
    "rekl", "rekla", "uvedl", "uvedla", "podle", "dodal", "prohlasil", "prohlasila", "vysvetlil", "rika", "sdelil", "sdelila", "napsal",
    // Russian, Ukrainian
    "сказал", "сказала", "говорит", "говорил", "заявил", "заявила", "отметил", "отметила", "добавил", "добавила", "сообщил", "сообщила", "пояснил", "пояснила", "подчеркнул", "подчеркнула", "рассказал", "рассказала", "написал", "написала", "считает", "по словам", "словам", "утверждает", "сказав", "заявив", "уточнил", "уточнила", "объяснил", "объяснила", "пишет", "зазначив", "заявив", "каже", "додав",
    // Greek
    "ειπε", "δηλωσε", "ανεφερε", "τονισε", "σημειωσε", "προσθεσε", "λεει", "συμφωνα", "υποστηριξε", "εξηγησε", "υπογραμμισε", "κατα",
    // Indonesian, Turkish, Arabic, Hindi
    "odpowiedzial", "odpowiedziala", "odparl", "odparla", "ответил", "ответила", "возразил", "возразила", "απαντησε", "respondio", "respondeu", "rispose", "ha risposto", "risposto", "kata", "ujar", "tutur", "katanya", "ujarnya", "menurut", "dedi", "soyledi", "قال", "قالت", "اضاف", "أضاف", "صرح", "وفقا", "कहा", "बताया",
    "말했다", "밝혔다", "전했다", "덧붙였다", "설명했다", "강조했다",
];

/// Words of saying in scripts without spaces.
const SAYING_CHARACTERS: &[&str] = &[
    "说", "說", "表示", "指出", "称", "稱", "认为", "認為", "强调", "介绍", "告诉", "回应", "写道", "透露", "坦言", "补充", "解释", "直言",
    "と述べ", "と話", "と語", "と説明", "という", "と言", "によると", "とし", "と指摘", "とコメント", "は述べ", "は説明", "は語", "は話", "กล่าว", "ပြော",
];

/// Contents of brackets that say something about the quotation and stand for nothing of it.
const NOTES: &[&str] = &[
    "sic", "sic!", "emphasis added", "emphasis mine", "my emphasis", "our emphasis", "emphasis in original", "italics added", "italics mine", "emphasis ours", "laughs", "laughter", "applause", "pause", "inaudible", "crosstalk", "ed.", "ed", "editor's note", "editor’s note", "translated", "translation", "red.", "przyp. red.", "прим. ред.", "прим.ред.", "примечание редакции", "ред.", "ndlr", "ndr", "n.d.r.", "ndt", "nota del redattore", "nota de la redaccion", "nota de la redacción", "n. de la r.", "n. da r.", "n.d.l.r.", "anm. d. red.", "anm. d. r.", "anm. der redaktion", "anm.", "hervorhebung durch die redaktion", "σ.σ.", "σ.σ", "原文如此", "原文ママ", "ママ", "编者注", "編者注", "編者註", "编者按", "筆者注", "訳注", "注", "pozn. red.", "pozn.", "red", "nvdr", "red. anm.", "souligné par nous", "risas", "rires", "lacht", "смеётся", "смеется", "смех",
];

/// Words that name a part of a page or of a publication: a statement says with them where it found something (keys).
const PLACE_WORDS: &[&str] = &[
    "headline", "caption", "captions", "comment", "comments", "commenter", "reader", "readers", "title", "titled", "headlined", "captioned", "article", "report", "story", "page", "website", "site", "newspaper", "interview", "statement",
    "uberschrift", "schlagzeile", "bildunterschrift", "leser", "leserin", "kommentar", "titre", "legende", "commentaire", "titular", "pie", "comentario", "titolo", "didascalia", "commento", "заголовке", "подпись", "комментарии", "tytul", "komentarz", "kop", "bijschrift", "reactie",
];

/// Pairs of words that say the opposite of each other, English (keys).
const ANTONYMS: &[(&str, &str)] = &[
    ("rise", "fall"), ("rose", "fell"), ("rises", "falls"), ("rising", "falling"), ("risen", "fallen"), ("increase", "decrease"), ("increased", "decreased"), ("increases", "decreases"), ("increasing", "decreasing"),
    ("up", "down"), ("more", "less"), ("more", "fewer"), ("most", "least"), ("high", "low"), ("higher", "lower"), ("highest", "lowest"), ("good", "bad"), ("better", "worse"), ("best", "worst"),
    ("win", "lose"), ("won", "lost"), ("gain", "loss"), ("gains", "losses"), ("support", "oppose"), ("supported", "opposed"), ("supports", "opposes"), ("accept", "reject"), ("accepted", "rejected"), ("approve", "reject"), ("approved", "rejected"),
    ("always", "never"), ("before", "after"), ("true", "false"), ("right", "wrong"), ("guilty", "innocent"), ("open", "closed"), ("opened", "closed"), ("large", "small"), ("larger", "smaller"), ("big", "small"), ("bigger", "smaller"),
    ("strong", "weak"), ("stronger", "weaker"), ("safe", "dangerous"), ("safe", "unsafe"), ("legal", "illegal"), ("first", "last"), ("all", "none"), ("all", "some"), ("everyone", "nobody"), ("everything", "nothing"), ("friend", "enemy"), ("friends", "enemies"),
    ("above", "below"), ("over", "under"), ("early", "late"), ("earlier", "later"), ("old", "new"), ("older", "younger"), ("old", "young"), ("success", "failure"), ("succeeded", "failed"), ("begin", "end"), ("began", "ended"), ("start", "stop"), ("started", "stopped"),
    ("buy", "sell"), ("bought", "sold"), ("expand", "shrink"), ("improve", "worsen"), ("improved", "worsened"), ("allow", "forbid"), ("allowed", "forbidden"), ("allowed", "banned"), ("include", "exclude"), ("included", "excluded"), ("public", "private"), ("possible", "impossible"), ("likely", "unlikely"), ("agree", "disagree"), ("agreed", "disagreed"), ("able", "unable"), ("happy", "unhappy"), ("with", "without"), ("positive", "negative"), ("warm", "cold"), ("warmer", "colder"), ("hot", "cold"), ("hotter", "colder"), ("wet", "dry"), ("full", "empty"), ("deep", "shallow"), ("wide", "narrow"), ("heavy", "light"), ("winter", "summer"), ("north", "south"), ("east", "west"), ("left", "right"), ("guilty", "acquitted"), ("wider", "narrower"), ("deeper", "shallower"), ("cheap", "expensive"), ("cheaper", "dearer"), ("louder", "quieter"), ("loud", "quiet"), ("steigen", "sinken"), ("steigen", "fallen"), ("steigt", "sinkt"), ("steigt", "fallt"), ("stieg", "sank"), ("stieg", "fiel"), ("gestiegen", "gesunken"), ("gestiegen", "gefallen"), ("mehr", "weniger"), ("gross", "klein"), ("gut", "schlecht"), ("besser", "schlechter"), ("hoher", "niedriger"), ("langer", "kurzer"), ("immer", "nie"), ("vor", "nach"), ("alle", "keine"), ("plus", "moins"), ("toujours", "jamais"), ("hausse", "baisse"), ("augmente", "diminue"), ("avant", "apres"), ("avec", "sans"), ("mas", "menos"), ("siempre", "nunca"), ("sube", "baja"), ("subio", "bajo"), ("antes", "despues"), ("con", "sin"), ("mais", "menos"), ("sempre", "nunca"), ("piu", "meno"), ("sempre", "mai"), ("meer", "minder"), ("altijd", "nooit"), ("langre", "kortare"), ("mer", "mindre"), ("storre", "mindre"), ("wiecej", "mniej"), ("zawsze", "nigdy"), ("vice", "mene"), ("vzdy", "nikdy"), ("больше", "меньше"), ("более", "менее"), ("всегда", "никогда"), ("до", "после"), ("вырос", "упал"), ("выросла", "упала"), ("maximum", "minimum"), ("majority", "minority"), ("love", "hate"), ("peace", "war"), ("alive", "dead"), ("survived", "died"), ("fast", "slow"), ("faster", "slower"), ("easy", "hard"), ("easy", "difficult"), ("simple", "complex"), ("many", "few"), ("often", "rarely"), ("long", "short"), ("longer", "shorter"), ("rich", "poor"), ("deny", "admit"), ("denied", "admitted"), ("denied", "confirmed"), ("and", "or"),
];

/// Words that carry little meaning of their own, in the languages that are read (keys).
const STOP_WORDS: &[&str] = &[
    "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "as", "and", "or", "but", "if", "that", "this", "these", "those", "it", "its", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do", "does", "did", "he", "she", "they", "we", "i", "you", "his", "her", "their", "our", "my", "your", "him", "them", "us", "me", "which", "who", "whom", "whose", "what", "when", "where", "why", "how", "there", "here", "than", "then", "so", "such", "also", "just", "only", "very", "not", "no", "into", "onto", "about", "over", "under", "after", "before", "between", "during", "through", "while", "because", "although", "though", "since", "until", "s", "t", "re", "ve", "ll", "d", "m", "more", "most", "some", "any", "all", "each", "other", "another", "one", "up", "down", "out", "off", "will", "would", "can", "could", "may", "might", "should", "must", "shall", "said", "says", "say", "according", "told", "least", "nearly", "almost", "around", "approximately", "roughly", "exceeding", "per", "both", "either", "yet", "still", "now", "too", "own", "same", "against", "among", "within", "across", "upon",
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "und", "oder", "aber", "in", "im", "an", "am", "auf", "aus", "bei", "mit", "nach", "von", "vom", "zu", "zum", "zur", "fur", "um", "uber", "unter", "vor", "ist", "sind", "war", "waren", "sei", "wird", "werden", "wurde", "wurden", "hat", "haben", "hatte", "hatten", "er", "sie", "es", "wir", "ihr", "ich", "sich", "sein", "seine", "seiner", "ihre", "ihrer", "dass", "als", "wie", "auch", "noch", "nur", "schon", "so", "mehr", "sagte", "laut",
    "le", "la", "les", "un", "une", "du", "de", "des", "et", "ou", "mais", "en", "dans", "sur", "sous", "par", "pour", "avec", "sans", "au", "aux", "ce", "cet", "cette", "ces", "il", "elle", "ils", "elles", "on", "nous", "vous", "je", "se", "sa", "son", "ses", "leur", "leurs", "qui", "que", "quoi", "dont", "est", "sont", "etait", "etaient", "ete", "etre", "a", "ont", "avait", "avoir", "plus", "selon", "l", "d", "qu", "n", "s", "c", "j",
    "el", "los", "las", "una", "unos", "unas", "y", "o", "pero", "del", "al", "con", "por", "para", "sin", "sobre", "entre", "es", "son", "era", "eran", "fue", "fueron", "ser", "ha", "han", "habia", "se", "su", "sus", "lo", "le", "les", "que", "como", "mas", "segun", "dijo",
    "o", "os", "as", "um", "uma", "e", "do", "da", "dos", "das", "no", "na", "nos", "nas", "em", "com", "por", "para", "foi", "foram", "sao", "seu", "sua", "seus", "suas", "mais", "segundo",
    "il", "lo", "gli", "i", "uno", "ed", "di", "del", "della", "dei", "delle", "nel", "nella", "che", "chi", "sono", "stato", "stata", "suo", "sua", "piu", "secondo", "ha", "hanno",
    "de", "het", "een", "en", "van", "op", "te", "dat", "die", "is", "zijn", "was", "waren", "heeft", "hebben", "had", "door", "bij", "voor", "met", "aan", "om", "ook", "maar", "volgens",
    "w", "we", "z", "ze", "na", "do", "od", "za", "o", "i", "a", "ale", "oraz", "ze", "to", "ten", "ta", "te", "jest", "sa", "byl", "byla", "bylo", "byly", "sie", "jego", "jej", "ich", "jak", "po", "przez", "dla", "przy",
    "v", "ve", "s", "k", "ke", "je", "jsou", "by", "byl", "se", "si", "pro", "pri", "az", "podle",
    "в", "во", "на", "с", "со", "к", "ко", "о", "об", "от", "до", "из", "у", "за", "по", "для", "при", "и", "а", "но", "или", "что", "как", "это", "этот", "эта", "эти", "он", "она", "они", "его", "ее", "их", "мы", "вы", "я", "был", "была", "было", "были", "быть", "есть", "же", "ли", "бы", "также",
    "ο", "η", "το", "οι", "τα", "του", "τησ", "των", "τον", "την", "τουσ", "τισ", "στο", "στη", "στην", "στον", "στα", "στισ", "σε", "με", "για", "απο", "και", "που", "να", "θα", "ειναι", "ηταν", "εχει", "εχουν", "οτι", "ωσ", "κατα",
    "的", "了", "在", "是", "和", "与", "有", "也", "就", "都", "而", "及", "着", "或", "于", "其", "这", "那", "の", "に", "は", "を", "が", "で", "と", "も", "た", "し", "て", "だ", "い", "る", "れ", "さ", "な", "か",
    "di", "dan", "yang", "ke", "dari", "untuk", "dengan", "pada", "ini", "itu", "adalah",
];

/// Personal, possessive and demonstrative pronouns that a bracket may stand for (keys).
const PRONOUNS: &[&str] = &[
    "he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "us", "me", "his", "its", "their", "our", "my", "your", "this", "that", "these", "those", "who", "hers", "theirs", "ours", "mine", "yours", "here", "there", "then",
    "er", "sie", "es", "wir", "ihr", "ich", "ihn", "ihm", "ihnen", "uns", "mir", "mich", "seine", "ihre", "unser", "dieser", "diese", "dieses",
    "il", "elle", "ils", "elles", "nous", "vous", "je", "lui", "leur", "eux", "ce", "cela", "ca", "son", "sa", "ses", "notre", "nos", "mon", "ma",
    "el", "ella", "ellos", "ellas", "nosotros", "yo", "esto", "eso", "su", "sus", "nuestro", "nuestra", "ele", "ela", "eles", "elas", "eu", "isso", "isto", "seu", "sua", "nosso", "nossa",
    "lui", "lei", "loro", "noi", "io", "questo", "hij", "zij", "wij", "ik", "ze", "hun", "haar", "zijn", "dit", "dat", "on", "ona", "oni", "one", "my", "ja", "jego", "jej", "ich", "nas", "to",
    "он", "она", "оно", "они", "мы", "я", "его", "ее", "их", "нас", "это", "этот", "эта", "эти", "наш", "наша", "αυτοσ", "αυτη", "αυτο", "αυτοι", "εμεισ", "εγω", "του", "τησ", "τουσ", "μασ",
    "他", "她", "它", "我", "这", "那", "彼", "私", "これ", "それ",
];

macro_rules! table {
    ($($(#[$doc:meta])* $name:ident => $list:ident;)*) => {$(
        $(#[$doc])*
        pub(super) fn $name(key: &str) -> bool {
            static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| $list.iter().copied().collect());
            SET.contains(key)
        }
    )*};
}

table! {
    /// Whether a key is a word of negation.
    is_negation => NEGATIONS;
    /// Whether a key is a modal verb.
    is_modal => MODALS;
    /// Whether a key is a hedge.
    is_hedge => HEDGES;
    /// Whether a key is a word of saying.
    is_saying => SAYINGS;
    /// Whether a key carries little meaning of its own.
    is_stop_word => STOP_WORDS;
    /// Whether a key names a part of a page.
    is_place_word => PLACE_WORDS;
    /// Whether a key is a pronoun.
    is_pronoun => PRONOUNS;
}

/// Whether two keys say the opposite of each other: by the table, or by a negating prefix.
pub(super) fn are_antonyms(left: &str, right: &str) -> bool {
    let opposite = |a: &str, b: &str| {
        ANTONYMS.contains(&(a, b))
            || ["un", "in", "im", "il", "ir", "dis", "non"].iter().any(|prefix| b.len() > 5 && b.strip_prefix(prefix) == Some(a))
    };
    opposite(left, right) || opposite(right, left)
}

/// Whether a text has a word of saying.
pub(super) fn has_saying(text: &str) -> bool {
    let mut found = SAYING_CHARACTERS.iter().any(|word| text.contains(word));
    let (mut form, mut key) = (String::new(), String::new());
    super::fold::tokenize(text, |raw| {
        if !found {
            super::fold::form(raw.text, raw.kind, &mut form);
            super::fold::key(&form, &mut key);
            found = is_saying(&key);
        }
    });
    found
}

/// Whether a text of a script without spaces holds a negation.
pub(super) fn has_negation_characters(text: &str) -> bool {
    NEGATION_CHARACTERS.iter().any(|word| text.contains(word))
}

/// Whether the inside of a bracket is a note about the quotation, such as `sic`.
pub(super) fn is_editorial_note(content: &str) -> bool {
    let content = content.trim().to_lowercase();
    NOTES.contains(&content.as_str()) || content.starts_with("sic ") || content.ends_with(" added") && content.len() < 24
}
