//! Tests of the calendar: every language's names have their numbers.

use super::*;

#[test]
fn months_are_numbered_in_every_language() {
    for (names, first) in [
        ("january february march april may june july august september october november december", 1),
        ("januar februar marz april mai juni juli august september oktober november dezember", 1),
        ("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre", 1),
        ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", 1),
        ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря", 1),
    ] {
        let names: Vec<&str> = names.split(' ').collect();
        for (name, number) in names.iter().zip(first..) {
            assert_eq!(month(name).map(|month| month.number), Some(number), "{name}");
        }
        assert_eq!(names.len(), 12);
    }
    assert_eq!(month("monday"), None);
    assert_eq!(month(""), None);
    // Names that are other words as well.
    for (name, certain) in [
        ("may", false),
        ("march", false),
        ("mars", false),
        ("mai", false),
        ("dec", false),
        ("listopad", false),
        ("june", true),
        ("october", true),
        ("мая", true),
    ] {
        assert_eq!(month(name).map(|month| month.certain), Some(certain), "{name}");
    }
}

#[test]
fn days_are_numbered_from_monday_in_every_language() {
    for names in [
        "monday tuesday wednesday thursday friday saturday sunday",
        "montag dienstag mittwoch donnerstag freitag samstag sonntag",
        "lundi mardi mercredi jeudi vendredi samedi dimanche",
        "lunes martes miercoles jueves viernes sabado domingo",
        "mandag tirsdag onsdag torsdag fredag lordag sondag",
        "poniedzialek wtorek sroda czwartek piatek sobota niedziela",
        "понедельник вторник среда четверг пятница суббота воскресенье",
    ] {
        for (name, number) in names.split(' ').zip(1..) {
            assert_eq!(weekday(name), Some(number), "{name}");
            assert!(is_weekday(name), "{name}");
        }
    }
    assert!(weekday("june").is_none() && !is_weekday("june") && !is_weekday(""));
}

#[test]
fn four_digits_of_our_time_are_a_year() {
    for (digits, year) in [
        ("1500", true),
        ("1998", true),
        ("2024", true),
        ("2099", true),
        ("1499", false),
        ("2100", false),
        ("998", false),
        ("19980", false),
        ("199x", false),
        ("1,998", false),
        ("", false),
    ] {
        assert_eq!(is_year(digits), year, "{digits}");
    }
}
