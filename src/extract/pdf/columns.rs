//! Columns: lines that a file draws straight across two columns → the lines of the one, then those of the other.
//!
//! A gutter is a space that runs down the page: for several lines in a row nothing is set in it, words stand on both sides,
//! and those on its right begin under each other. One wide space says nothing, and cells of figures stay rows. The numbers
//! that a transcript gives to its lines stand behind such a gutter too.

use super::line::{Gap, Line, is_kept};

/// Lines with words on both sides that make a gutter.
const ROWS: usize = 4;
/// Numbers of lines that make a numbering.
const NUMBERS: usize = 5;
/// Lines of a page along which a gutter is followed.
const LONGEST: usize = 500;
/// Columns inside columns.
const DEPTH: usize = 4;
/// Spaces of one line that are tried as the beginning of a gutter.
const TRIED: usize = 6;

/// Puts the lines of columns behind each other. Lines of pages without a gutter come back as they are.
pub(super) fn apart(lines: Vec<Line>) -> Vec<Line> {
    split(lines, 0)
}

/// What stands on one height, drawn in one go: its pieces from left to right.
type Row = Vec<Line>;

fn split(lines: Vec<Line>, depth: usize) -> Vec<Line> {
    if depth >= DEPTH
        || !lines.iter().any(|line| !line.gaps.is_empty()) && !lines.windows(2).any(|pair| beside(&pair[0], &pair[1]))
    {
        return lines;
    }
    let rows = rows(lines);
    let mut out: Vec<Line> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let Some(gutter) = longest(&rows[at..]) else {
            out.extend(rows[at].iter().cloned());
            at += 1;
            continue;
        };
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for row in &rows[at..at + gutter.rows] {
            for line in row {
                divide(line, gutter.middle(), &mut left, &mut right);
            }
        }
        if gutter.numbers {
            left.iter_mut().for_each(|line| line.numbering = true);
            out.extend(split(right, depth + 1));
            out.extend(left);
        } else {
            out.extend(split(left, depth + 1));
            out.extend(split(right, depth + 1));
        }
        at += gutter.rows;
    }
    out
}

/// Lines that are drawn one behind the other on one height.
fn rows(lines: Vec<Line>) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for line in lines {
        match rows.last_mut().and_then(|row| Some((row.last()?.clone(), row))) {
            Some((last, row)) if beside(&last, &line) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    rows
}

fn beside(last: &Line, next: &Line) -> bool {
    (next.y - last.y).abs() <= last.size.max(next.size) * 0.3 && next.left >= last.right
}

/// A space that runs down some rows.
#[derive(Debug, Clone, Copy)]
struct Gutter {
    left: f64,
    right: f64,
    /// Rows that it runs down, and those of them with words on both sides.
    rows: usize,
    both: usize,
    /// Whether numbers of lines stand on its left.
    numbers: bool,
}

impl Gutter {
    fn middle(&self) -> f64 {
        (self.left + self.right) / 2.0
    }
}

/// The longest gutter that begins in the first row, if it is one.
fn longest(rows: &[Row]) -> Option<Gutter> {
    let spaces: Vec<(f64, f64)> = spaces(rows.first()?).into_iter().take(TRIED).collect();
    spaces.into_iter().filter_map(|space| follow(rows, space)).max_by_key(|gutter| (gutter.both, gutter.rows))
}

/// The spaces of a row.
fn spaces(row: &Row) -> Vec<(f64, f64)> {
    let mut spaces: Vec<(f64, f64)> =
        row.iter().flat_map(|line| line.gaps.iter().map(|gap: &Gap| (gap.left, gap.right))).collect();
    spaces.extend(row.windows(2).map(|pair| (pair[0].right, pair[1].left)));
    spaces.sort_by(|a, b| a.0.total_cmp(&b.0));
    spaces
}

/// Follows a space down the rows as far as nothing is set in it, and judges what stands on both sides.
fn follow(rows: &[Row], (left, right): (f64, f64)) -> Option<Gutter> {
    let size = rows.first()?.first()?.size;
    let least = size * 0.4;
    let mut gutter = Gutter { left, right, rows: 0, both: 0, numbers: false };
    let mut begins: Vec<f64> = Vec::new();
    let (mut words, mut numbers) = ([0_usize; 2], Vec::new());
    let mut last_y = rows.first()?.first()?.y;
    let mut last_both = 0;
    for row in rows.iter().take(LONGEST) {
        let (Some(first), Some(end)) = (row.first(), row.last()) else { break };
        let step = first.y - last_y;
        if step < -size * 0.3 || step > size * 3.0 || (first.size - size).abs() > size * 0.15 {
            break;
        }
        let narrowed = if end.right <= gutter.right - least {
            (gutter.left.max(end.right), gutter.right)
        } else if first.left >= gutter.left + least {
            (gutter.left, gutter.right.min(first.left))
        } else {
            let fits = |space: (f64, f64)| (gutter.left.max(space.0), gutter.right.min(space.1));
            let best = spaces(row).into_iter().map(fits).max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
            let Some((left, right)) = best.filter(|(left, right)| right - left >= least) else { break };
            let (mut before, mut behind) = (Vec::new(), Vec::new());
            for line in row {
                divide(line, (left + right) / 2.0, &mut before, &mut behind);
            }
            for (side, lines) in [&before, &behind].into_iter().enumerate() {
                words[side] +=
                    lines.iter().flat_map(|line| line.text.split_whitespace()).filter(|word| is_word(word)).count();
            }
            begins.extend(behind.first().map(|line| line.left));
            numbers.push(match before.as_slice() {
                [only] => only.text.trim().parse::<u32>().ok(),
                _ => None,
            });
            gutter.both += 1;
            last_both = gutter.rows + 1;
            (left, right)
        };
        if narrowed.1 - narrowed.0 < least {
            break;
        }
        (gutter.left, gutter.right) = narrowed;
        gutter.rows += 1;
        last_y = first.y;
    }
    let counted = numbers.len() >= NUMBERS
        && numbers.iter().all(Option::is_some)
        && numbers.windows(2).all(|pair| pair[0].zip(pair[1]).is_some_and(|(first, next)| next == first + 1));
    if counted {
        gutter.numbers = true;
        gutter.rows = last_both;
        return Some(gutter);
    }
    // Words that begin under each other, and enough of them to be text and no table.
    let edge = |begin: f64| begins.iter().filter(|other| (*other - begin).abs() <= size * 0.2).count();
    let aligned = begins.iter().map(|begin| edge(*begin)).max().unwrap_or(0);
    let text = words.iter().all(|words| *words * 2 >= gutter.both * 5);
    (gutter.both >= ROWS && aligned * 4 >= gutter.both * 3 && text).then_some(gutter)
}

fn is_word(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() * 2 > word.chars().count()
}

/// Puts a line, or its parts, on the side of a gutter where it stands.
fn divide(line: &Line, middle: f64, left: &mut Vec<Line>, right: &mut Vec<Line>) {
    if line.right <= middle {
        left.push(line.clone());
        return;
    }
    let Some(gap) = line.gaps.iter().find(|gap| gap.left <= middle && middle <= gap.right).copied() else {
        if line.left >= middle {
            right.push(line.clone())
        } else {
            left.push(line.clone())
        }
        return;
    };
    let mut count = 0;
    let at = line
        .text
        .char_indices()
        .find(|(_, c)| {
            let here = count == gap.before && is_kept(*c);
            count += usize::from(is_kept(*c));
            here
        })
        .map_or(line.text.len(), |(at, _)| at);
    let (before, behind) = line.text.split_at(at);
    let part = |text: &str, from: f64, to: f64, gaps: Vec<Gap>| Line {
        text: text.trim().to_owned(),
        left: from,
        right: to,
        gaps,
        ..line.clone()
    };
    let of = |keep: &dyn Fn(&Gap) -> bool| line.gaps.iter().filter(|gap| keep(gap)).copied().collect::<Vec<Gap>>();
    left.push(part(before, line.left, gap.left, of(&|other| other.before < gap.before)));
    let moved = of(&|other| other.before > gap.before);
    let moved = moved.into_iter().map(|other| Gap { before: other.before - gap.before, ..other }).collect();
    right.push(part(behind, gap.right, line.right, moved));
}

#[cfg(test)]
mod tests {
    use super::super::line::kept;
    use super::*;

    fn line(text: &str, left: f64, y: f64) -> Line {
        let right = left + text.chars().count() as f64 * 5.0;
        Line { text: text.to_owned(), left, right, y, size: 10.0, gaps: Vec::new(), numbering: false }
    }

    /// Two texts on one height, drawn as one line.
    fn across(first: &str, second: &str, at: f64, y: f64) -> Line {
        let (left, right) = (line(first, 50.0, y), line(second, at, y));
        let gaps = vec![Gap { before: kept(first), left: left.right, right: at }];
        Line { text: format!("{first} {second}"), right: right.right, gaps, ..left }
    }

    fn texts(lines: Vec<Line>) -> Vec<String> {
        apart(lines).into_iter().map(|line| line.text).collect()
    }

    const LEFT: [&str; 4] =
        ["the board met on Monday", "and the new line carried", "coal and grain before the", "harbour was closed"];
    const RIGHT: [&str; 4] =
        ["older clerks had nothing", "to tell of winter storms", "and of captains, when", "they had asked for it"];

    #[test]
    fn columns_that_are_drawn_across_are_read_one_after_the_other() {
        let read: Vec<&str> = LEFT.iter().chain(&RIGHT).copied().collect();
        let joined = (0..4).map(|row| across(LEFT[row], RIGHT[row], 190.0, row as f64 * 12.0)).collect();
        assert_eq!(texts(joined), read);
        let pieces = (0..4)
            .flat_map(|row| [line(LEFT[row], 50.0, row as f64 * 12.0), line(RIGHT[row], 300.0, row as f64 * 12.0)]);
        assert_eq!(texts(pieces.collect()), read);
    }

    #[test]
    fn figures_and_single_wide_spaces_stay_in_their_rows() {
        let table: Vec<Line> = (0..5)
            .flat_map(|row| {
                [
                    line("passengers carried in all", 50.0, f64::from(row) * 12.0),
                    line("48,213", 300.0, f64::from(row) * 12.0),
                ]
            })
            .collect();
        assert_eq!(texts(table.clone()), table.iter().map(|line| line.text.clone()).collect::<Vec<_>>());
        let three: Vec<Line> = (0..3).map(|row| across(LEFT[row], RIGHT[row], 190.0, row as f64 * 12.0)).collect();
        assert_eq!(texts(three.clone()), three.iter().map(|line| line.text.clone()).collect::<Vec<_>>());
        // Spaces that wander are no gutter.
        let wandering: Vec<Line> = (0..4)
            .map(|row| across(&LEFT[row][..9 + row * 3], RIGHT[row], 130.0 + row as f64 * 15.0, row as f64 * 12.0))
            .collect();
        assert_eq!(texts(wandering.clone()), wandering.iter().map(|line| line.text.clone()).collect::<Vec<_>>());
    }

    #[test]
    fn numbers_of_lines_stand_apart() {
        let lines: Vec<Line> = (0..6)
            .flat_map(|row| {
                [
                    line(&(row + 1).to_string(), 30.0, f64::from(row) * 12.0),
                    line(LEFT[row as usize % 4], 80.0, f64::from(row) * 12.0),
                ]
            })
            .collect();
        let read = apart(lines);
        assert!(read[..6].iter().all(|line| !line.numbering) && read[6..].iter().all(|line| line.numbering));
        assert_eq!(read[6..].iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["1", "2", "3", "4", "5", "6"]);
    }
}
