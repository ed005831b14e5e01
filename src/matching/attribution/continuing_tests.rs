use super::super::clause::tests::{marked, table};
use super::*;
use crate::matching::attribution::clause_around;
use crate::matching::attribution::quoted::{around, quoted_spans};
use crate::model::{CheckKind, Claim};

#[test]
fn every_language_stands_once() {
    let mut codes: Vec<&str> = TOLD.iter().map(|(code, ..)| *code).collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), all);
}

#[test]
fn a_clause_that_names_nobody_goes_on() {
    let rows = [
        ("ar", "وأضاف للصحفيين لاحقا", true),
        ("ar", "قال علي", false),
        ("ar", "قال للصحفيين لاحقا قائلا لاحقا", false),
        ("ar", "هو قال اليوم هنا", true),
        ("ar", "هي قالت اليوم هنا صباحا", false),
        ("ar", "لاحقا للصحفيين", false),
        ("fa", "او گفت همه چیز خوب است", true),
        ("fa", "وی گفت", true),
        ("fa", "گفت", true),
        ("fa", "علی گفت", false),
        ("he", "הוא אמר את זה אתמול", true),
        ("he", "היא אמרה", true),
        ("he", "אמר עוד", true),
        ("he", "דן אמר", false),
        ("hi", "उन्होंने कहा", true),
        ("hi", "फिर उन्होंने कहा", true),
        ("hi", "फिर आज उन्होंने कहा", false),
        ("hi", "अली ने कहा", false),
        ("hi", "उन्होंने देखा", false),
        ("ko", "그는 말했다", true),
        ("ko", "그녀가 말했다", true),
        ("ko", "김은 말했다", false),
        ("vi", "Ông nói", true),
        ("vi", "bà cũng nói", true),
        ("vi", "ông Nam nói", false),
        ("vi", "Nam nói", false),
        ("vi", "ông đi", false),
        ("th", "เธอกล่าวว่า", true),
        ("th", "เขากล่าวว่า", true),
        ("th", "นายดำกล่าวว่า", false),
        ("th", "เธอไป", false),
        ("en", "he said", false),
        ("ar", "", false),
    ];
    table(&rows, |clause, _| goes_on(clause.tokens, clause.index));
}

/// The flag for the quotation that the mark of a text stands before, against a speaker.
fn flagged(language: &str, text: &str, speaker: &str, via: &[&str]) -> Option<Option<Flag>> {
    let (document, marks) = marked(language, text);
    let mut claim = Claim::of("They said so.", CheckKind::Statement);
    claim.via = via.iter().map(|via| (*via).to_owned()).collect();
    let asked = Asked::new(&claim, &[], None);
    let index = Index::new(&document);
    let all = quoted_spans(0, &index);
    let here = around(index.token_from(marks[0]), all, &index)[0];
    let clause = clause_around(here, all, 0, &index);
    let name = Name::new(speaker, &index).expect("a name");
    flag(&clause, here, all, 0, &name, &asked, &index)
}

#[test]
fn whoever_spoke_before_goes_on() {
    let (clean, other) = (Some(None), Some(Some(Flag::SecondHand)));
    let rows = [
        ("ar", "قال علي حسن: «ندفع». وأضاف: |«غدا».", "علي حسن", clean),
        ("ar", "قال علي حسن: «ندفع». وأضاف: |«غدا».", "سامي نور", other),
        ("ar", "قال علي حسن: «ندفع». وأضاف: «غدا». وأضاف: |«هنا».", "علي حسن", clean),
        ("ar", "قال علي حسن: «ندفع». وقال سامي نور: «لا». وأضاف: |«هنا».", "علي حسن", other),
        ("ar", "قال علي حسن: |«ندفع».", "علي حسن", None),
        ("ar", "قال: |«ندفع».", "علي حسن", other),
        ("th", "“จ่าย” นายดำกล่าวว่า “วันนี้” เธอกล่าวว่า |“พรุ่งนี้”", "นายดำ", clean),
        ("th", "“จ่าย” นายแดงกล่าวว่า “วันนี้” เธอกล่าวว่า |“พรุ่งนี้”", "นายดำ", other),
        ("th", "นายดำกล่าวว่า “วันนี้” เธอกล่าวว่า |“พรุ่งนี้”", "นายดำ", clean),
        ("th", "นายดำกล่าวว่า “จ่าย” นายแดงกล่าวว่า “วันนี้” เธอกล่าวว่า |“พรุ่งนี้”", "นายดำ", other),
        ("th", "เธอกล่าวว่า |“พรุ่งนี้” นายดำไป", "นายดำ", other),
    ];
    let wrong = rows.iter().filter_map(|(language, text, speaker, wanted)| {
        let found = flagged(language, text, speaker, &[]);
        (found != *wanted).then(|| format!("{language}: {text}, {speaker}: {found:?} instead of {wanted:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_somebody_was_told_is_not_theirs() {
    let told = Some(Some(Flag::SecondHand));
    let rows = [
        ("zh", "王五说，李四对他说：|“付。”", "王五", told),
        ("zh", "王五说，李四来了：|“付。”", "王五", None),
        ("zh", "李四对他说，王五说：|“付。”", "王五", None),
        ("zh", "有人说，王五对他说：|“付。”", "王五", None),
        ("zh", "|“付，”王五说，李四对他说。", "王五", None),
        ("vi", "Trần Nam kể lại rằng mẹ từng dặn: |“Trả.”", "Trần Nam", told),
        ("vi", "Trần Nam kể lại rằng ông từng dặn: |“Trả.”", "Trần Nam", None),
        ("id", "Budi Santoso bercerita ayahnya berpesan: |“Bayar.”", "Budi Santoso", told),
        ("id", "Budi Santoso bercerita: |“Bayar.”", "Budi Santoso", None),
        ("fa", "علی حسنی گفت که پدرش به او گفت: |«بده».", "علی حسنی", told),
        ("ko", "김철수는 말했 그에게 말: |“간다.”", "김철수", told),
        ("hi", "अली हसन ने कहा कि पिता ने उनसे कहा: |“दो।”", "अली हसन", told),
        ("he", "דן לוי סיפר כי אביו אמר לו: |“תן”.", "דן לוי", told),
        ("th", "นายดำเล่าว่า แม่บอกเขาว่า |“จ่าย”", "นายดำ", told),
        ("en", "Ruiz says that Lind told him: |“Pay.”", "Ana Ruiz", None),
    ];
    let wrong = rows.iter().filter_map(|(language, text, speaker, wanted)| {
        let found = flagged(language, text, speaker, &[]);
        (found != *wanted).then(|| format!("{language}: {text}, {speaker}: {found:?} instead of {wanted:?}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Whom the manifest declares may stand between.
    assert_eq!(flagged("zh", "王五说，李四对他说：|“付。”", "王五", &["李四"]), None);
}
