//! Rolling captions: each cue shows the lines of the one before once more, with a new one below. Said is each line once.

use super::Cue;

/// Lines of a cue that are compared; captions show two or three.
const MOST: usize = 16;

/// Takes out of each cue what the cue before shows already, where the captions roll throughout. A line that is said
/// twice stays twice where they do not.
pub(super) fn unroll(cues: &mut Vec<Cue>) {
    let shown: Vec<(usize, usize)> = cues.windows(2).map(|pair| shown_before(&pair[0].lines, &pair[1].lines)).collect();
    let pairs = cues.windows(2).filter(|pair| !pair[0].lines.is_empty() && !pair[1].lines.is_empty()).count();
    let rolled = shown.iter().filter(|(lines, bytes)| lines + bytes > 0).count();
    if rolled < 2 || rolled * 5 < pairs * 3 {
        return;
    }
    for (cue, (lines, bytes)) in cues.iter_mut().skip(1).zip(shown) {
        cue.lines.drain(..lines);
        if bytes > 0
            && let Some(first) = cue.lines.first_mut()
        {
            *first = first[bytes..].trim_start().to_owned();
        }
    }
    cues.retain(|cue| !cue.lines.is_empty());
}

/// How many lines at the beginning of `next` are the last ones of `before`; and of the line behind them, how many bytes
/// are the beginning that `before` ended with.
fn shown_before(before: &[String], next: &[String]) -> (usize, usize) {
    let most = before.len().min(next.len()).min(MOST);
    if let Some(lines) = (1..=most).rev().find(|lines| before[before.len() - lines..] == next[..*lines]) {
        return (lines, 0);
    }
    // A line that grows word by word: all lines above it stand as they stood.
    for lines in (0..most).rev() {
        let (Some(last), Some(grown)) = (before.last(), next.get(lines)) else { continue };
        let kept = before.len() > lines && before[before.len() - 1 - lines..before.len() - 1] == next[..lines];
        if kept && !last.is_empty() && grown.strip_prefix(last.as_str()).is_some_and(|more| more.starts_with(' ')) {
            return (lines, last.len());
        }
    }
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unrolled(cues: &[&str]) -> Vec<String> {
        let mut cues: Vec<Cue> = cues
            .iter()
            .map(|lines| Cue { time: String::new(), lines: lines.lines().map(str::to_owned).collect(), speaker: None })
            .collect();
        unroll(&mut cues);
        cues.iter().map(|cue| cue.lines.join("|")).collect()
    }

    #[test]
    fn each_line_is_said_once() {
        assert_eq!(
            unrolled(&["the boat", "the boat\nis late", "is late\nagain today"]),
            ["the boat", "is late", "again today"]
        );
        assert_eq!(unrolled(&["a b", "a b", "a b\nc d", "c d", "c d\ne f"]), ["a b", "c d", "e f"]);
        assert_eq!(unrolled(&["the", "the boat", "the boat is\nlate"]), ["the", "boat", "is|late"]);
    }

    #[test]
    fn what_is_said_twice_stays() {
        let twice = ["no", "no", "we wait", "for the boat", "and the tide"];
        assert_eq!(unrolled(&twice), twice);
    }
}
