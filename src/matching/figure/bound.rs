//! Bounds and hedges: the words around a number that say on which side of it the value lies, or how near.

use super::lexeme::Lexeme;
use crate::matching::fold::bits;
use crate::model::figure::Bound;

/// A bound and how many lexemes it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BoundAt {
    pub(super) bound: Bound,
    pub(super) length: usize,
}

/// Phrases before a number, as keys; longer ones first where one begins another.
const BEFORE: &[(&[&str], Bound)] = &[
    // English
    (&["no", "more", "than"], Bound::AtMost),
    (&["not", "more", "than"], Bound::AtMost),
    (&["no", "fewer", "than"], Bound::AtLeast),
    (&["no", "less", "than"], Bound::AtLeast),
    (&["not", "less", "than"], Bound::AtLeast),
    (&["a", "little", "over"], Bound::Over),
    (&["just", "over"], Bound::Over),
    (&["well", "over"], Bound::Over),
    (&["more", "than"], Bound::Over),
    (&["greater", "than"], Bound::Over),
    (&["higher", "than"], Bound::Over),
    (&["in", "excess", "of"], Bound::Over),
    (&["upwards", "of"], Bound::Over),
    (&["upward", "of"], Bound::Over),
    (&["north", "of"], Bound::Over),
    (&["over"], Bound::Over),
    (&["above"], Bound::Over),
    (&["exceeding"], Bound::Over),
    (&["exceeds"], Bound::Over),
    (&["exceeded"], Bound::Over),
    (&["exceed"], Bound::Over),
    (&["topping"], Bound::Over),
    (&["surpassing"], Bound::Over),
    (&["at", "least"], Bound::AtLeast),
    (&["a", "minimum", "of"], Bound::AtLeast),
    (&["minimum"], Bound::AtLeast),
    (&["just", "under"], Bound::Nearly),
    (&["close", "to"], Bound::Nearly),
    (&["nearly"], Bound::Nearly),
    (&["almost"], Bound::Nearly),
    (&["approaching"], Bound::Nearly),
    (&["nearing"], Bound::Nearly),
    (&["less", "than"], Bound::Under),
    (&["fewer", "than"], Bound::Under),
    (&["lower", "than"], Bound::Under),
    (&["under"], Bound::Under),
    (&["below"], Bound::Under),
    (&["up", "to"], Bound::AtMost),
    (&["at", "most"], Bound::AtMost),
    (&["a", "maximum", "of"], Bound::AtMost),
    (&["maximum"], Bound::AtMost),
    (&["as", "many", "as"], Bound::AtMost),
    (&["as", "much", "as"], Bound::AtMost),
    (&["an", "estimated"], Bound::About),
    (&["estimated"], Bound::About),
    (&["about"], Bound::About),
    (&["around"], Bound::About),
    (&["some"], Bound::About),
    (&["approximately"], Bound::About),
    (&["approx"], Bound::About),
    (&["roughly"], Bound::About),
    (&["circa"], Bound::About),
    (&["ca"], Bound::About),
    (&["in", "the", "region", "of"], Bound::About),
    (&["somewhere", "around"], Bound::About),
    // German
    (&["nicht", "mehr", "als"], Bound::AtMost),
    (&["nicht", "weniger", "als"], Bound::AtLeast),
    (&["mehr", "als"], Bound::Over),
    (&["uber"], Bound::Over),
    (&["mindestens"], Bound::AtLeast),
    (&["wenigstens"], Bound::AtLeast),
    (&["fast"], Bound::Nearly),
    (&["knapp"], Bound::Nearly),
    (&["beinahe"], Bound::Nearly),
    (&["nahezu"], Bound::Nearly),
    (&["weniger", "als"], Bound::Under),
    (&["unter"], Bound::Under),
    (&["bis", "zu"], Bound::AtMost),
    (&["hochstens"], Bound::AtMost),
    (&["maximal"], Bound::AtMost),
    (&["rund"], Bound::About),
    (&["etwa"], Bound::About),
    (&["ungefahr"], Bound::About),
    (&["zirka"], Bound::About),
    (&["gut"], Bound::Over),
    // French
    (&["pas", "plus", "de"], Bound::AtMost),
    (&["plus", "de"], Bound::Over),
    (&["plus", "d"], Bound::Over),
    (&["au", "moins"], Bound::AtLeast),
    (&["pres", "de"], Bound::Nearly),
    (&["presque"], Bound::Nearly),
    (&["moins", "de"], Bound::Under),
    (&["jusqu", "a"], Bound::AtMost),
    (&["au", "plus"], Bound::AtMost),
    (&["environ"], Bound::About),
    (&["quelque"], Bound::About),
    (&["autour", "de"], Bound::About),
    // Spanish, Portuguese, Italian
    (&["mas", "de"], Bound::Over),
    (&["por", "lo", "menos"], Bound::AtLeast),
    (&["al", "menos"], Bound::AtLeast),
    (&["casi"], Bound::Nearly),
    (&["menos", "de"], Bound::Under),
    (&["hasta"], Bound::AtMost),
    (&["unos"], Bound::About),
    (&["unas"], Bound::About),
    (&["cerca", "de"], Bound::About),
    (&["alrededor", "de"], Bound::About),
    (&["aproximadamente"], Bound::About),
    (&["mais", "de"], Bound::Over),
    (&["pelo", "menos"], Bound::AtLeast),
    (&["ao", "menos"], Bound::AtLeast),
    (&["quase"], Bound::Nearly),
    (&["ate"], Bound::AtMost),
    (&["piu", "di"], Bound::Over),
    (&["oltre"], Bound::Over),
    (&["almeno"], Bound::AtLeast),
    (&["quasi"], Bound::Nearly),
    (&["meno", "di"], Bound::Under),
    (&["fino", "a"], Bound::AtMost),
    (&["circa"], Bound::About),
    // Dutch
    (&["meer", "dan"], Bound::Over),
    (&["ruim"], Bound::Over),
    (&["minstens"], Bound::AtLeast),
    (&["bijna"], Bound::Nearly),
    (&["minder", "dan"], Bound::Under),
    (&["ongeveer"], Bound::About),
    (&["tot"], Bound::AtMost),
    // Polish, Czech
    (&["ponad"], Bound::Over),
    (&["wiecej", "niz"], Bound::Over),
    (&["co", "najmniej"], Bound::AtLeast),
    (&["prawie"], Bound::Nearly),
    (&["niemal"], Bound::Nearly),
    (&["blisko"], Bound::Nearly),
    (&["mniej", "niz"], Bound::Under),
    (&["okolo"], Bound::About),
    (&["nawet"], Bound::AtMost),
    (&["pres"], Bound::Over),
    (&["vice", "nez"], Bound::Over),
    (&["nejmene"], Bound::AtLeast),
    (&["temer"], Bound::Nearly),
    (&["mene", "nez"], Bound::Under),
    (&["asi"], Bound::About),
    (&["zhruba"], Bound::About),
    (&["kolem"], Bound::About),
    // Russian
    (&["не", "более"], Bound::AtMost),
    (&["не", "менее"], Bound::AtLeast),
    (&["более", "чем"], Bound::Over),
    (&["более"], Bound::Over),
    (&["больше"], Bound::Over),
    (&["свыше"], Bound::Over),
    (&["почти"], Bound::Nearly),
    (&["менее"], Bound::Under),
    (&["меньше"], Bound::Under),
    (&["до"], Bound::AtMost),
    (&["около"], Bound::About),
    (&["примерно"], Bound::About),
    (&["порядка"], Bound::About),
    // Greek
    (&["πανω", "απο"], Bound::Over),
    (&["περισσοτερα", "απο"], Bound::Over),
    (&["περισσοτεροι", "απο"], Bound::Over),
    (&["τουλαχιστον"], Bound::AtLeast),
    (&["σχεδον"], Bound::Nearly),
    (&["λιγοτερο", "απο"], Bound::Under),
    (&["εωσ"], Bound::AtMost),
    (&["μεχρι"], Bound::AtMost),
    (&["περιπου"], Bound::About),
    (&["γυρω", "στουσ"], Bound::About),
    // Chinese, Japanese
    (&["超", "过"], Bound::Over),
    (&["超", "過"], Bound::Over),
    (&["突", "破"], Bound::Over),
    (&["多", "达"], Bound::AtMost),
    (&["至", "少"], Bound::AtLeast),
    (&["接", "近"], Bound::Nearly),
    (&["将", "近"], Bound::Nearly),
    (&["近"], Bound::Nearly),
    (&["不", "到"], Bound::Under),
    (&["不", "足"], Bound::Under),
    (&["约"], Bound::About),
    (&["約"], Bound::About),
    (&["大", "约"], Bound::About),
    // Indonesian
    (&["lebih", "dari"], Bound::Over),
    (&["sedikitnya"], Bound::AtLeast),
    (&["hampir"], Bound::Nearly),
    (&["kurang", "dari"], Bound::Under),
    (&["sekitar"], Bound::About),
    (&["hingga"], Bound::AtMost),
];

/// Phrases behind a number.
const BEHIND: &[(&[&str], Bound)] = &[
    (&["or", "more"], Bound::AtLeast),
    (&["or", "so"], Bound::About),
    (&["or", "less"], Bound::AtMost),
    (&["or", "fewer"], Bound::AtMost),
    (&["oder", "mehr"], Bound::AtLeast),
    (&["ou", "plus"], Bound::AtLeast),
    (&["o", "mas"], Bound::AtLeast),
    (&["多"], Bound::Over),
    (&["余"], Bound::Over),
    (&["餘"], Bound::Over),
    (&["以", "上"], Bound::AtLeast),
    (&["以", "下"], Bound::AtMost),
    (&["未", "満"], Bound::Under),
    (&["左", "右"], Bound::About),
    (&["ほ", "ど"], Bound::About),
    (&["近", "く"], Bound::Nearly),
];

/// The bound that ends right before `at`.
pub(super) fn before(lexemes: &[Lexeme<'_>], at: usize) -> Option<BoundAt> {
    // Articles and possessives may stand between: `more than the 50`.
    let end = at;
    let mut best: Option<BoundAt> = None;
    for (phrase, bound) in BEFORE {
        let Some(start) = end.checked_sub(phrase.len()) else { continue };
        let fits = phrase.iter().enumerate().all(|(number, key)| lexemes[start + number].key == *key)
            && (start + 1..=end).all(|number| {
                lexemes
                    .get(number)
                    .is_none_or(|lexeme| lexeme.bits & bits::SENTENCE == 0 && !lexeme.gap.contains([',', ';', ':']))
            });
        if fits && best.is_none_or(|before| phrase.len() > before.length) {
            best = Some(BoundAt { bound: *bound, length: phrase.len() });
        }
    }
    best
}

/// The bound that begins right behind a number that ends before `at`.
pub(super) fn behind(lexemes: &[Lexeme<'_>], at: usize) -> Option<BoundAt> {
    if lexemes.get(at).is_some_and(|lexeme| lexeme.form == "+" && lexeme.gap.is_empty()) {
        return Some(BoundAt { bound: Bound::AtLeast, length: 1 });
    }
    BEHIND.iter().find_map(|(phrase, bound)| {
        let fits = phrase.iter().enumerate().all(|(number, key)| {
            lexemes.get(at + number).is_some_and(|lexeme| {
                lexeme.key == *key && lexeme.bits & bits::SENTENCE == 0 && !lexeme.gap.contains([',', ';', ':'])
            })
        });
        fits.then_some(BoundAt { bound: *bound, length: phrase.len() })
    })
}
