//! Close spellings: how alike two words are that begin with the same letter.

/// How alike two spellings are that begin with the same letter.
pub(super) fn near(ours: &str, theirs: &str) -> f32 {
    let shorter = ours.len().min(theirs.len());
    let shared = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    if shared * 4 >= shorter * 3 && shared >= 4 {
        return 0.5;
    }
    let may = ours.len().abs_diff(theirs.len()) <= 2 && !letters_differ(ours, theirs);
    if may && quarter_differs(ours, theirs) { 0.5 } else { 0.0 }
}

/// Whether at most a quarter of the longer word's letters, changed, makes the other.
pub(super) fn quarter_differs(ours: &str, theirs: &str) -> bool {
    if !ours.is_ascii() || !theirs.is_ascii() {
        return strsim::normalized_levenshtein(ours, theirs) >= 0.75;
    }
    let most = ours.len().max(theirs.len()) / 4;
    // What both begin and end with changes nothing.
    let front = ours.bytes().zip(theirs.bytes()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[front..], &theirs[front..]);
    let back = ours.bytes().rev().zip(theirs.bytes().rev()).take_while(|(a, b)| a == b).count();
    let (ours, theirs) = (&ours[..ours.len() - back], &theirs[..theirs.len() - back]);
    match (ours.len(), theirs.len()) {
        (0, rest) | (rest, 0) => rest <= most,
        (1, 1) => most >= 1,
        _ => most >= 2 && strsim::levenshtein(ours, theirs) <= most,
    }
}

/// Whether so many letters stand in one word alone that no quarter of the longer one's letters, changed, makes the other.
pub(super) fn letters_differ(ours: &str, theirs: &str) -> bool {
    let letters = |word: &str| word.bytes().fold(0u64, |all, byte| all | 1 << (byte & 63));
    let (left, right) = (letters(ours), letters(theirs));
    let alone = (left & !right).count_ones().max((right & !left).count_ones()) as usize;
    alone * 4 > ours.len().max(theirs.len()) && ours.is_ascii() && theirs.is_ascii()
}
