//! Terms of quantity: scale words, units, months, weekdays and number words, as keys.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The power of ten of a scale word.
pub(super) fn scale(key: &str) -> Option<u32> {
    Some(match key {
        "hundred" | "hundreds" | "hundert" | "cent" | "cien" | "cento" | "百" | "sto" | "сто" => 2,
        "thousand" | "thousands" | "tausend" | "mille" | "mil" | "mila" | "duizend" | "tusind" | "tusen" | "tysiac"
        | "tysiecy" | "tysiace" | "tys" | "tisic" | "тысяча" | "тысячи" | "тысяч" | "тыс" | "χιλιαδεσ" | "χιλιεσ"
        | "ribu" | "千" | "천" => 3,
        "万" | "萬" | "만" => 4,
        "lakh" | "lakhs" | "लाख" => 5,
        "million"
        | "millions"
        | "mn"
        | "mln"
        | "mio"
        | "millionen"
        | "millon"
        | "millones"
        | "milhao"
        | "milhoes"
        | "milione"
        | "milioni"
        | "miljoen"
        | "miljon"
        | "miljoner"
        | "millioner"
        | "milion"
        | "miliony"
        | "milionow"
        | "milionu"
        | "миллион"
        | "миллиона"
        | "миллионов"
        | "млн"
        | "εκατομμυριο"
        | "εκατομμυρια"
        | "εκατ"
        | "juta" => 6,
        "crore" | "crores" | "कर\u{94b}ड\u{93c}" => 7,
        "亿" | "億" | "억" => 8,
        "billion"
        | "billions"
        | "bn"
        | "bln"
        | "milliarde"
        | "milliarden"
        | "mrd"
        | "milliard"
        | "milliards"
        | "miliardo"
        | "miliardi"
        | "miljard"
        | "miljarder"
        | "milliarder"
        | "miliard"
        | "miliardy"
        | "miliardow"
        | "miliarda"
        | "mld"
        | "миллиард"
        | "миллиарда"
        | "миллиардов"
        | "млрд"
        | "δισεκατομμυρια"
        | "δισεκατομμυριο"
        | "δισ"
        | "miliar"
        | "bilhao"
        | "bilhoes" => 9,
        "trillion"
        | "trillions"
        | "tn"
        | "billionen"
        | "billones"
        | "trilhao"
        | "trilhoes"
        | "triliun"
        | "триллион"
        | "триллионов"
        | "триллиона"
        | "трлн"
        | "兆" => 12,
        _ => return None,
    })
}

/// The unit that a word names, by its symbol.
pub(super) fn unit(key: &str) -> Option<&'static str> {
    Some(match key {
        "percent" | "pct" | "prozent" | "procent" | "procenta" | "proc" | "процент" | "процента" | "процентов"
        | "persen" => "%",
        "kilometre"
        | "kilometres"
        | "kilometer"
        | "kilometers"
        | "kilometern"
        | "km"
        | "kms"
        | "kilometros"
        | "kilometre(s)"
        | "kilometro"
        | "chilometri"
        | "chilometro"
        | "kilometrow"
        | "kilometru"
        | "километр"
        | "километра"
        | "километров"
        | "км"
        | "χιλιομετρα"
        | "公里" => "km",
        "metre" | "metres" | "meter" | "meters" | "metros" | "metri" | "metrow" | "метр" | "метра" | "метров"
        | "米" => "m",
        "centimetre" | "centimetres" | "centimeter" | "centimeters" | "cm" | "zentimeter" => "cm",
        "mile" | "miles" | "meilen" | "milles" | "millas" | "миль" | "мили" => "mi",
        "foot" | "feet" | "ft" => "ft",
        "inch" | "inches" => "in",
        "yard" | "yards" => "yd",
        "hectare" | "hectares" | "hektar" | "ha" | "hectareas" | "гектаров" | "гектара" => "ha",
        "acre" | "acres" => "acre",
        "kilogram"
        | "kilograms"
        | "kilogramme"
        | "kilogrammes"
        | "kilogramm"
        | "kg"
        | "kilos"
        | "kilo"
        | "кг"
        | "килограммов" => "kg",
        "gram" | "grams" | "gramme" | "grammes" => "g",
        "tonne" | "tonnes" | "ton" | "tons" | "tonnen" | "toneladas" | "tonnellate" | "тонн" | "тонны" => "t",
        "pound" | "pounds" | "lb" | "lbs" => "lb",
        "litre" | "litres" | "liter" | "liters" | "litros" | "литров" => "l",
        "gallon" | "gallons" => "gal",
        "celsius" => "°C",
        "fahrenheit" => "°F",
        "dollar" | "dollars" | "usd" | "dolares" | "dolar" | "dolarow" | "долларов" | "доллара" | "доллар"
        | "δολαρια" | "δολαριων" | "dolari" | "美元" => "USD",
        "euro" | "euros" | "eur" | "евро" | "ευρω" => "EUR",
        "gbp" | "sterling" => "GBP",
        "yen" | "jpy" => "JPY",
        "yuan" | "renminbi" | "rmb" | "cny" => "CNY",
        "rupee" | "rupees" | "inr" | "रुपये" | "रुपए" => "INR",
        "rouble" | "roubles" | "ruble" | "rubles" | "rub" | "рублеи" | "рубля" | "рубль" | "руб" => {
            "RUB"
        }
        "zloty" | "zlotych" | "zl" | "pln" => "PLN",
        "koruna" | "korun" | "czk" => "CZK",
        "franc" | "francs" | "franken" | "chf" => "CHF",
        _ => return None,
    })
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
    static NUMBERS: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let all = MONTHS.iter().enumerate().flat_map(|(number, names)| names.iter().map(move |name| (*name, number)));
        all.fold(HashMap::new(), |mut numbers, (name, number)| {
            numbers.entry(name).or_insert(number);
            numbers
        })
    });
    let number = NUMBERS.get(key).copied()?;
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
    Some(Month { number: number as i8 + 1, certain })
}

/// Whether a word names a day of the week.
pub(super) fn is_weekday(key: &str) -> bool {
    const DAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonnabend",
        "sonntag",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "lunes",
        "martes",
        "miercoles",
        "jueves",
        "viernes",
        "sabado",
        "domingo",
        "lunedi",
        "martedi",
        "mercoledi",
        "giovedi",
        "venerdi",
        "sabato",
        "domenica",
        "poniedzialek",
        "wtorek",
        "sroda",
        "czwartek",
        "piatek",
        "sobota",
        "niedziela",
        "понедельник",
        "вторник",
        "среда",
        "среду",
        "четверг",
        "пятница",
        "пятницу",
        "суббота",
        "субботу",
        "воскресенье",
    ];
    DAYS.contains(&key)
}

/// The value of a small number word in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish or Russian.
pub(super) fn number_word(key: &str) -> Option<u32> {
    const WORDS: &[(u32, &[&str])] = &[
        (0, &["zero", "null", "cero"]),
        (1, &["one"]),
        (
            2,
            &[
                "two", "zwei", "deux", "dos", "dois", "duas", "due", "twee", "dwa", "dwie", "dva", "dve", "два", "две",
                "δυο",
            ],
        ),
        (3, &["three", "drei", "trois", "tres", "tre", "drie", "trzy", "tri", "три", "τρεισ", "τρια"]),
        (
            4,
            &[
                "four",
                "vier",
                "quatre",
                "cuatro",
                "quatro",
                "quattro",
                "cztery",
                "ctyri",
                "четыре",
                "τεσσερισ",
                "τεσσερα",
            ],
        ),
        (5, &["five", "funf", "cinq", "cinco", "cinque", "vijf", "piec", "pet", "пять", "πεντε"]),
        (6, &["six", "sechs", "seis", "sei", "zes", "szesc", "sest", "шесть", "εξι"]),
        (7, &["seven", "sieben", "sept", "siete", "sete", "sette", "zeven", "siedem", "sedm", "семь", "επτα"]),
        (8, &["eight", "acht", "huit", "ocho", "oito", "otto", "osiem", "osm", "восемь", "οκτω"]),
        (9, &["nine", "neun", "neuf", "nueve", "nove", "negen", "dziewiec", "devet", "девять", "εννεα"]),
        (10, &["ten", "zehn", "dix", "diez", "dez", "dieci", "tien", "dziesiec", "deset", "десять", "δεκα"]),
        (11, &["eleven", "elf", "onze", "once", "undici", "jedenascie", "одиннадцать"]),
        (12, &["twelve", "zwolf", "douze", "doce", "doze", "dodici", "twaalf", "dwanascie", "двенадцать", "dozen"]),
        (13, &["thirteen", "dreizehn", "treize", "trece", "treze", "tredici"]),
        (14, &["fourteen", "vierzehn", "quatorze", "catorce", "quattordici"]),
        (15, &["fifteen", "funfzehn", "quinze", "quince", "quindici"]),
        (16, &["sixteen", "sechzehn", "seize"]),
        (17, &["seventeen", "siebzehn"]),
        (18, &["eighteen", "achtzehn"]),
        (19, &["nineteen", "neunzehn"]),
        (20, &["twenty", "zwanzig", "vingt", "veinte", "vinte", "venti", "twintig", "dwadziescia", "двадцать"]),
        (30, &["thirty", "dreissig", "trente", "treinta", "trinta", "trenta", "dertig"]),
        (40, &["forty", "vierzig", "quarante", "cuarenta", "quarenta", "quaranta"]),
        (50, &["fifty", "funfzig", "cinquante", "cincuenta", "cinquenta", "cinquanta"]),
        (60, &["sixty", "sechzig", "soixante", "sesenta"]),
        (70, &["seventy", "siebzig"]),
        (80, &["eighty", "achtzig"]),
        (90, &["ninety", "neunzig"]),
    ];
    // Asked of every word of every page.
    static VALUES: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
        let all = WORDS.iter().flat_map(|(value, words)| words.iter().map(|word| (*word, *value)));
        all.fold(HashMap::new(), |mut values, (word, value)| {
            values.entry(word).or_insert(value);
            values
        })
    });
    VALUES.get(key).copied()
}

/// Whether a character of a script without spaces is a numeral.
pub(super) fn is_numeral(key: &str) -> bool {
    matches!(
        key,
        "〇" | "零"
            | "一"
            | "二"
            | "三"
            | "四"
            | "五"
            | "六"
            | "七"
            | "八"
            | "九"
            | "十"
            | "百"
            | "千"
            | "万"
            | "萬"
            | "亿"
            | "億"
            | "两"
            | "兩"
    )
}

/// The day of the week that a word names: 1 is Monday.
pub(super) fn weekday(key: &str) -> Option<i8> {
    const DAYS: [&[&str]; 7] = [
        &["monday", "montag", "lundi", "lunes", "lunedi", "maandag", "poniedzialek", "pondeli", "понедельник"],
        &["tuesday", "dienstag", "mardi", "martes", "martedi", "dinsdag", "wtorek", "utery", "вторник"],
        &[
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
        &["thursday", "donnerstag", "jeudi", "jueves", "giovedi", "donderdag", "czwartek", "ctvrtek", "четверг"],
        &["friday", "freitag", "vendredi", "viernes", "venerdi", "vrijdag", "piatek", "patek", "пятницу", "пятница"],
        &[
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
        &["sunday", "sonntag", "dimanche", "domingo", "domenica", "zondag", "niedziela", "nedele", "воскресенье"],
    ];
    DAYS.iter().position(|names| names.contains(&key)).map(|day| day as i8 + 1)
}

/// How many days a word like `yesterday` lies from the day on which it is written.
pub(super) fn day_offset(key: &str) -> Option<i64> {
    Some(match key {
        "yesterday" | "gestern" | "hier" | "ayer" | "ontem" | "ieri" | "gisteren" | "wczoraj" | "vcera" | "вчера" => {
            -1
        }
        "today" | "tonight" | "heute" | "hoy" | "hoje" | "oggi" | "vandaag" | "dzisiaj" | "dzis" | "dnes"
        | "сегодня" => 0,
        "tomorrow" | "manana" | "amanha" | "domani" | "morgen" | "jutro" | "zitra" | "завтра" => 1,
        _ => return None,
    })
}

/// Whether digits can be a year of our time.
pub(super) fn is_year(digits: &str) -> bool {
    digits.len() == 4
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(&digits[..2], "15" | "16" | "17" | "18" | "19" | "20")
}
