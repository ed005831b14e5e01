//! Dates as a manifest writes them: bare or in quotation marks, as days or as instants.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use toml::value::{Datetime, Offset};

/// The day of a TOML date; an instant with an offset becomes its day in UTC. `None` for a bare time.
pub(crate) fn of_datetime(written: &Datetime) -> Option<Date> {
    let day = written.date?;
    let day =
        Date::new(i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?, i8::try_from(day.day).ok()?).ok()?;
    let (Some(time), Some(offset)) = (written.time, written.offset) else { return Some(day) };
    let minutes = match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => i64::from(minutes),
    };
    let instant = day.at(i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?, 0, 0);
    instant.checked_sub(Span::new().try_minutes(minutes).ok()?).ok().map(|utc| utc.date())
}

/// The day of a date in quotation marks: `2024-03-23`, or an instant with an offset, which becomes its day in UTC.
pub(crate) fn of_text(written: &str) -> Option<Date> {
    let written = written.trim();
    let days = written.get(..10).filter(|days| has_form(days))?;
    let day = days.parse::<Date>().ok()?;
    if written.len() == 10 {
        return Some(day);
    }
    let instant: Timestamp = written.parse().ok()?;
    Some(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// Whether a text has the form 2024-03-23; the parser of dates alone would take others.
fn has_form(days: &str) -> bool {
    let bytes = days.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn bare(text: &str) -> Option<Date> {
        of_datetime(&text.parse().expect("a TOML date"))
    }

    #[test]
    fn bare_dates_and_instants() {
        assert_eq!(bare("2024-03-23"), Some(date(2024, 3, 23)));
        assert_eq!(bare("2024-03-23T23:30:00"), Some(date(2024, 3, 23)));
        assert_eq!(bare("2024-03-23T23:30:00-02:00"), Some(date(2024, 3, 24)));
        assert_eq!(bare("2024-03-01T00:30:00+01:00"), Some(date(2024, 2, 29)));
        assert_eq!(bare("2024-03-23T23:59:60Z"), Some(date(2024, 3, 23)));
        assert_eq!(bare("07:32:00"), None);
        assert_eq!(bare("0000-01-01T00:00:00+23:00"), Some(date(-1, 12, 31)));
    }

    #[test]
    fn dates_in_quotation_marks() {
        assert_eq!(of_text("2024-03-23"), Some(date(2024, 3, 23)));
        assert_eq!(of_text(" 2024-03-23 "), Some(date(2024, 3, 23)));
        assert_eq!(of_text("2024-03-23T23:30:00-02:00"), Some(date(2024, 3, 24)));
        for wrong in [
            "",
            "20240323",
            "2024-3-23",
            "2024-02-30",
            "23.03.2024",
            "2024-03-23x",
            "2024-03-23T25:00:00Z",
            "20日4-03-23",
        ] {
            assert_eq!(of_text(wrong), None, "{wrong}");
        }
    }
}
