//! Figures are values, not strings: value × scale × unit × bound × range × written precision.

use rust_decimal::Decimal;

use super::document::TextRange;

/// A figure as read from a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Where it stands, from its sign or currency to its scale word and unit.
    pub range: TextRange,
    /// What it says.
    pub quantity: Quantity,
    /// Its bound or hedge.
    pub bound: Bound,
    /// Where the words of the bound stand, if they are words before the figure.
    pub bound_at: Option<TextRange>,
    /// Whether it is one value that became another: the first of `from 60 to 82`.
    pub former: bool,
    /// Whether it is four digits that nothing makes a year: they may be a count.
    pub loose_year: bool,
}

/// What a figure says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// A number of something.
    Number(Amount),
    /// A range with both ends included.
    Range(Amount, Amount),
    /// A calendar date, as precise as it is written.
    Date(DateParts),
    /// A span of days (or months): the first and the last.
    Days(DateParts, DateParts),
    /// A date that gave way to another: `postponed from 23 May to 3 June`.
    Moved(DateParts, DateParts),
    /// A time of the day.
    Time(TimeOfDay),
    /// A score: `3-1`.
    Score(u32, u32),
    /// A number that says only its size: `dozens` is from twenty to ninety-nine.
    Vague(Amount, Amount),
    /// A number that is part of a name: `Section 230`. Head and number, as keys.
    Name(String, String),
}

impl Quantity {
    /// Whether it is a day, month or year of the calendar, or two of them.
    pub fn is_date(&self) -> bool {
        matches!(self, Self::Date(_) | Self::Days(..) | Self::Moved(..))
    }
}

/// A number with its scale, unit and written precision.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The value with its scale word applied.
    pub value: Decimal,
    /// The digits as written, before the scale word was applied.
    pub digits: Decimal,
    /// Power of ten of the scale word (`million` is 6); 0 where there is none.
    pub scale: u32,
    /// Size of the last written place of the scaled value: `3.2 million` is 100,000.
    pub step: Decimal,
    /// What it is measured in.
    pub unit: Unit,
    /// Whether it is an ordinal (`fourth`).
    pub ordinal: bool,
    /// Whether it is written in words.
    pub in_words: bool,
    /// Whether its digits are grouped (`2,010`), as those of a year never are.
    pub grouped: bool,
}

/// What a number is measured in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A bare number: a count.
    Count,
    /// Percent of something.
    Percent,
    /// Percentage points.
    PercentagePoints,
    /// Money, by ISO 4217 code (`USD`), or the sign where it is ambiguous.
    Money(&'static str),
    /// A physical unit, by its symbol (`km`); a span of time (`d`) and an age (`age`) among them.
    Measure(&'static str),
    /// A year of the calendar.
    Year,
}

/// The bound or hedge of a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Bound {
    /// None: the bare number.
    #[default]
    Exact,
    /// About, around, some, approximately, roughly.
    About,
    /// Nearly, almost, close to, just under.
    Nearly,
    /// More than, over, exceeding.
    Over,
    /// At least, no fewer than.
    AtLeast,
    /// Less than, under, fewer than.
    Under,
    /// At most, up to, no more than.
    AtMost,
}

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TimeOfDay {
    /// Minutes since midnight.
    pub minutes: u16,
    /// Whether the half of the day is said (`p.m.`, or a language that counts to 24).
    pub certain: bool,
}

/// A calendar date, as precise as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DateParts {
    /// Year, where written.
    pub year: Option<i16>,
    /// Month 1 to 12, where written.
    pub month: Option<i8>,
    /// Day 1 to 31, where written.
    pub day: Option<i8>,
}

/// How far from its number a value may lie and still be meant by a bound or a hedge, as shares of the claimed value: `[bands]`
/// of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// How far above a lower bound ("over", "at least") a value may lie: its ceiling. Default a quarter.
    pub over: Decimal,
    /// How far below an upper bound ("up to", "under") a value may lie: its floor. Default a quarter.
    pub under: Decimal,
    /// How far below its number "nearly" reaches. Default a tenth.
    pub nearly: Decimal,
    /// How far on either side "about" reaches. Default a tenth.
    pub about: Decimal,
    /// From which difference on a bound that is contradicted is another number as well. Default a tenth.
    pub far: Decimal,
    /// How far a value may lie from a figure that rounds it, in units of the figure's last written place. Default a half.
    pub rounding: Decimal,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            over: Decimal::new(25, 2),
            under: Decimal::new(25, 2),
            nearly: Decimal::new(10, 2),
            about: Decimal::new(10, 2),
            far: Decimal::new(10, 2),
            rounding: Decimal::new(5, 1),
        }
    }
}
