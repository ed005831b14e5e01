use super::super::clause::tests::ask;
use super::*;

#[test]
fn particles_and_words_beside_a_name_say_what_it_does() {
    use Role::{Beside, Speaks, Unclear};
    // The name stands between the marks.
    for (text, wanted) in [
        ("|王五|说", Unclear),
        ("|王五|的话", Speaks),
        ("|王五|的声明说", Speaks),
        ("|王五|的律师说", Beside),
        ("|王五|主席的话", Speaks),
        ("|王五|主席的律师", Beside),
        ("|大沢|の言葉", Speaks),
        ("|大沢|市長の秘書", Beside),
        ("他对|王五|说", Beside),
        ("他向|王五|说", Beside),
        ("他告诉|王五|说", Beside),
        ("他在关于|王五|说", Beside),
        ("他和|王五|说", Unclear),
        ("对他和|王五|说", Unclear),
        ("|大沢|に話した", Beside),
        ("|大沢|を批判した", Beside),
        ("|大沢|によると", Unclear),
        ("|大沢|によって", Unclear),
        ("|大沢|は述べた", Unclear),
        ("|大沢|", Unclear),
    ] {
        let found = ask("ja", text, |clause, at| clause.spaceless(&(at[0]..at[1])));
        assert_eq!(found, wanted, "{text}");
    }
}
