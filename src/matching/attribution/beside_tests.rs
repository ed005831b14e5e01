use super::super::clause::tests::{marks, table};
use crate::matching::attribution::clause::is_saying_at;

#[test]
fn a_capital_may_only_describe_the_noun_behind_it() {
    marks(
        &[
            ("en", "the |Arvenian foreign minister said"),
            ("en", "an |Arvenian minister said"),
            ("en", "her |Arvenian minister said"),
            ("en", "our Arvenian minister said"),
            ("en", "the Old |Arvenian minister said"),
            ("en", "the Old, Arvenian minister said"),
            ("en", "the, Arvenian minister said"),
            ("en", "said Arvenian minister"),
            ("en", "|Arvenian minister Orlo said"),
            ("en", "|Arvenian old foreign minister Orlo said"),
            ("en", "Arvenian 1 2 3 old foreign minister Orlo said"),
            ("en", "Arvenian very old foreign trade minister Orlo said"),
            ("en", "Arvenian minister, Orlo said"),
            ("en", "Arvenian minister said"),
            ("en", "Arvenian bridge Orlo said"),
            ("en", "the Arvenian bridge said"),
            ("en", "the Arvenian, minister"),
            ("en", "the Arvenian’s minister"),
            ("en", "the Arvenian said minister"),
            ("en", "the Arvenian of minister"),
            ("en", "the Arvenian then minister"),
            ("en", "the Arvenian she minister"),
            ("en", "the Minister"),
            ("", "the |Arvenian minister said"),
            ("de", "the Arvenian minister said"),
        ],
        |clause, at| clause.is_name(at) && clause.is_attributive(at),
    );
}

#[test]
fn what_somebody_was_asked_ends_at_the_pause_before_the_main_clause() {
    let rows = [
        ("en", "Asked whether Lind would come, she said", Some(0..5)),
        ("en", "Pressed on Lind, she said", Some(0..3)),
        ("en", "Asked on Monday, at the gate, if it would close, its owner said", Some(0..10)),
        ("en", "Asked on Monday, whether it closed, she said", Some(0..6)),
        ("en", "Asked about half-blind Lind, she said", Some(0..5)),
        ("en", "Asked, she said", None),
        ("en", "Asked if Lind came she said", None),
        ("en", "She asked, when Lind came, and said", None),
        ("en", "Told of Lind, she said", None),
        ("en", "said", None),
        ("de", "Gefragt nach Lind, sagte sie", Some(0..3)),
        ("fr", "Interrogée sur Lind, elle dit", Some(0..3)),
        ("es", "Preguntado por Lind, dijo", Some(0..3)),
        ("pl", "Zapytana o Lind, powiedziała", Some(0..3)),
    ];
    table(&rows, |clause, _| {
        // The last word of saying.
        let verb = clause.tokens.iter().rposition(|at| is_saying_at(*at, clause.index)).expect("says");
        clause.asked(verb)
    });
}
