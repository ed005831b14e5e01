//! Calendar: names of months and days of the week, as keys, and which digits are a year.
//!
//! Below everything else: the tokenizer asks it whether `14.` ends a sentence.

use std::sync::LazyLock;

use super::table::Table;

/// Names with the number of what they name.
type Numbers = Table<&'static str, i8>;

/// The first group is number 1.
fn numbers(groups: &[&[&'static str]]) -> Numbers {
    let names = groups.iter().zip(1..).flat_map(|(group, number)| group.iter().map(move |name| (*name, number)));
    names.collect()
}

/// A month, and whether the word means nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Month {
    /// 1 to 12.
    pub(super) number: i8,
    /// Whether the word is a month wherever it stands (`may` and `march` are not).
    pub(super) certain: bool,
}

/// The month that a word names.
pub(super) fn month(key: &str) -> Option<Month> {
    const MONTHS: [&[&str]; 12] = [
        &[
            "जनवरी",
            "يناير",
            "january",
            "jan",
            "januar",
            "janner",
            "janvier",
            "enero",
            "ene",
            "janeiro",
            "gennaio",
            "januari",
            "stycznia",
            "styczen",
            "ledna",
            "leden",
            "января",
            "январь",
            "январе",
            "янв",
            "ιανουαριου",
            "ιανουαριοσ",
        ],
        &[
            "फरवरी",
            "फ़रवरी",
            "فبراير",
            "شباط",
            "february",
            "feb",
            "februar",
            "fevrier",
            "febrero",
            "fevereiro",
            "febbraio",
            "februari",
            "lutego",
            "luty",
            "unora",
            "unor",
            "февраля",
            "февраль",
            "феврале",
            "фев",
            "φεβρουαριου",
            "φεβρουαριοσ",
        ],
        &[
            "मार्च",
            "مارس",
            "آذار",
            "marts",
            "march",
            "mar",
            "marz",
            "mars",
            "marzo",
            "marco",
            "maart",
            "marca",
            "marzec",
            "brezna",
            "brezen",
            "марта",
            "март",
            "марте",
            "μαρτιου",
            "μαρτιοσ",
        ],
        &[
            "अप्रैल",
            "أبريل",
            "نيسان",
            "april",
            "apr",
            "avril",
            "abril",
            "aprile",
            "kwietnia",
            "kwiecien",
            "dubna",
            "duben",
            "апреля",
            "апрель",
            "апреле",
            "απριλιου",
            "απριλιοσ",
        ],
        &[
            "मई",
            "مايو",
            "أيار",
            "maj",
            "may",
            "mai",
            "mayo",
            "maio",
            "maggio",
            "mei",
            "maja",
            "kvetna",
            "kveten",
            "мая",
            "маи",
            "мае",
            "μαιου",
            "μαιοσ",
        ],
        &[
            "जून",
            "يونيو",
            "حزيران",
            "june",
            "jun",
            "juni",
            "juin",
            "junio",
            "junho",
            "giugno",
            "czerwca",
            "czerwiec",
            "cervna",
            "cerven",
            "июня",
            "июнь",
            "июне",
            "ιουνιου",
            "ιουνιοσ",
        ],
        &[
            "जुलाई",
            "يوليو",
            "تموز",
            "july",
            "jul",
            "juli",
            "juillet",
            "julio",
            "julho",
            "luglio",
            "lipca",
            "lipiec",
            "cervence",
            "cervenec",
            "июля",
            "июль",
            "июле",
            "ιουλιου",
            "ιουλιοσ",
        ],
        &[
            "अगस्त",
            "أغسطس",
            "آب",
            "august",
            "aug",
            "aout",
            "agosto",
            "augustus",
            "sierpnia",
            "sierpien",
            "srpna",
            "srpen",
            "августа",
            "август",
            "августе",
            "αυγουστου",
            "αυγουστοσ",
        ],
        &[
            "सितंबर",
            "सितम्बर",
            "سبتمبر",
            "أيلول",
            "september",
            "sep",
            "sept",
            "septembre",
            "septiembre",
            "setembro",
            "settembre",
            "wrzesnia",
            "wrzesien",
            "zari",
            "сентября",
            "сентябрь",
            "сентябре",
            "σεπτεμβριου",
            "σεπτεμβριοσ",
        ],
        &[
            "अक्टूबर",
            "अक्तूबर",
            "أكتوبر",
            "october",
            "oct",
            "oktober",
            "okt",
            "octobre",
            "octubre",
            "outubro",
            "ottobre",
            "pazdziernika",
            "pazdziernik",
            "rijna",
            "rijen",
            "октября",
            "октябрь",
            "октябре",
            "οκτωβριου",
            "οκτωβριοσ",
        ],
        &[
            "नवंबर",
            "नवम्बर",
            "نوفمبر",
            "november",
            "nov",
            "novembre",
            "noviembre",
            "novembro",
            "listopada",
            "listopad",
            "ноября",
            "ноябрь",
            "ноябре",
            "νοεμβριου",
            "νοεμβριοσ",
        ],
        &[
            "दिसंबर",
            "दिसम्बर",
            "ديسمبر",
            "december",
            "dec",
            "dezember",
            "dez",
            "decembre",
            "diciembre",
            "dezembro",
            "dicembre",
            "grudnia",
            "grudzien",
            "prosince",
            "prosinec",
            "декабря",
            "декабрь",
            "декабре",
            "δεκεμβριου",
            "δεκεμβριοσ",
        ],
    ];
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| numbers(&MONTHS));
    let number = *NUMBERS.get(key)?;
    let certain = !matches!(
        key,
        "may"
            | "march"
            | "mar"
            | "mars"
            | "mai"
            | "mei"
            | "maja"
            | "marca"
            | "jan"
            | "ene"
            | "sep"
            | "dec"
            | "zari"
            | "listopad"
            | "cerven"
    );
    Some(Month { number, certain })
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(key: &str) -> bool {
    weekday(key).is_some()
}

/// The day of the week that a word names: 1 is Monday.
pub(super) fn weekday(key: &str) -> Option<i8> {
    const DAYS: [&[&str]; 7] = [
        &[
            "mandag",
            "सोमवार",
            "الاثنين",
            "monday",
            "montag",
            "lundi",
            "lunes",
            "lunedi",
            "maandag",
            "poniedzialek",
            "pondeli",
            "понедельник",
        ],
        &[
            "tirsdag",
            "tisdag",
            "मंगलवार",
            "الثلاثاء",
            "tuesday",
            "dienstag",
            "mardi",
            "martes",
            "martedi",
            "dinsdag",
            "wtorek",
            "utery",
            "вторник",
        ],
        &[
            "onsdag",
            "बुधवार",
            "الأربعاء",
            "wednesday",
            "mittwoch",
            "mercredi",
            "miercoles",
            "mercoledi",
            "woensdag",
            "sroda",
            "streda",
            "среду",
            "среда",
        ],
        &[
            "torsdag",
            "गुरुवार",
            "الخميس",
            "thursday",
            "donnerstag",
            "jeudi",
            "jueves",
            "giovedi",
            "donderdag",
            "czwartek",
            "ctvrtek",
            "четверг",
        ],
        &[
            "fredag",
            "शुक्रवार",
            "الجمعة",
            "friday",
            "freitag",
            "vendredi",
            "viernes",
            "venerdi",
            "vrijdag",
            "piatek",
            "patek",
            "пятницу",
            "пятница",
        ],
        &[
            "lordag",
            "शनिवार",
            "السبت",
            "saturday",
            "samstag",
            "sonnabend",
            "samedi",
            "sabado",
            "sabato",
            "zaterdag",
            "sobota",
            "sobote",
            "субботу",
            "суббота",
        ],
        &[
            "sondag",
            "रविवार",
            "الأحد",
            "sunday",
            "sonntag",
            "dimanche",
            "domingo",
            "domenica",
            "zondag",
            "niedziela",
            "nedele",
            "воскресенье",
        ],
    ];
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| numbers(&DAYS));
    NUMBERS.get(key).copied()
}

/// Whether digits can be a year of our time.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&digits[..2], "15" | "16" | "17" | "18" | "19" | "20")
}
