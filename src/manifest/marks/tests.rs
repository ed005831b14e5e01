use super::*;

/// Quotations separated by ` | `, fragments by ` / `.
fn read(statement: &str) -> String {
    let found = quotations(statement);
    found.quotations.iter().map(|fragments| fragments.join(" / ")).collect::<Vec<_>>().join(" | ")
}

#[test]
fn marks_of_several_languages() {
    for (statement, expected) in [
        ("Lind said the league \"has turned to the coast\".", "has turned to the coast"),
        ("Lind said the league “has turned to the coast”.", "has turned to the coast"),
        ("Lind sagte, die Liga habe „sich der Küste zugewandt“.", "sich der Küste zugewandt"),
        ("Lind sagte, die Liga habe »sich zugewandt«.", "sich zugewandt"),
        ("Lind sa att ligan ”har vänt sig mot kusten”.", "har vänt sig mot kusten"),
        ("Lind sa att ligan »har vänt sig».", "har vänt sig"),
        ("Lind a dit que la ligue « s’est tournée vers la côte ».", "s’est tournée vers la côte"),
        ("Lind dijo que la liga «mira a la costa».", "mira a la costa"),
        ("Lind powiedziała, że liga „patrzy na wybrzeże”.", "patrzy na wybrzeże"),
        ("Линд сказала, что лига «смотрит на берег».", "смотрит на берег"),
        ("林德说联盟“已经转向海岸”。", "已经转向海岸"),
        ("リンド氏は「海岸に目を向けた」と述べた。", "海岸に目を向けた"),
        ("林德說：『聯盟轉向海岸』。", "聯盟轉向海岸"),
        ("林德说\"已经转向海岸\"。", "已经转向海岸"),
        ("Lind said it was ‘nothing new’.", "nothing new"),
        ("Lind said it was 'nothing new' to her.", "nothing new"),
    ] {
        assert_eq!(read(statement), expected, "{statement}");
    }
}

#[test]
fn apostrophes_are_no_marks() {
    for statement in [
        "The league's coast isn't Lind's.",
        "The leagues' coast and the teams' hills.",
        "‘Tis the coast of the ’90s, rock ’n’ roll.",
        "It was the league’s and the teams’ coast.",
        "A 5\" pipe and a 6' wall.",
        "Nothing is quoted here",
        "An opening “that nobody closes",
        "An empty “” and a dotted “…”",
    ] {
        assert_eq!(read(statement), "", "{statement}");
    }
    assert_eq!(read("Lind said ‘it’s the teams’ coast,’ and left."), "it’s the teams’ coast,");
    assert_eq!(read("Lind said 'it isn't over' on Monday."), "it isn't over");
}

#[test]
fn inner_marks_belong_to_the_words() {
    assert_eq!(read("“She told me ‘never’ twice,” Lind said."), "She told me ‘never’ twice,");
    assert_eq!(read("\"She told me 'never' twice,\" Lind said."), "She told me 'never' twice,");
    assert_eq!(read("„Er nannte es „Küste“ und ging“, sagte Lind."), "Er nannte es „Küste“ und ging");
    assert_eq!(read("「彼は『海岸』と言った」と述べた。"), "彼は『海岸』と言った");
    assert_eq!(read("« Il a dit « la côte » hier », dit Lind."), "Il a dit « la côte » hier");
}

#[test]
fn separate_quotations_and_split_ones() {
    assert_eq!(read("Lind called it “fine” and “over”."), "fine | over");
    assert_eq!(read("“The coast,” she said, “is next.”"), "The coast, / is next.");
    assert_eq!(
        read("\"The coast,\" said Mr. Lind, \"is next,\" she added, \"and last.\""),
        "The coast, / is next, / and last."
    );
    assert_eq!(read("„Die Küste“, sagte Lind, „ist die nächste.“"), "Die Küste / ist die nächste.");
    assert_eq!(read("「海岸だ」と彼は述べ、「次だ」"), "海岸だ | 次だ", "no comma of a split before the attribution");
    assert_eq!(read("“The coast is next,” she said. “We are ready.”"), "The coast is next, | We are ready.");
    assert_eq!(read("“Fine,” said Lind, and Berg called it “over”."), "Fine, | over");
    assert_eq!(read("He said it was “fine” and said that “nothing” happened."), "fine | nothing");
}

#[test]
fn what_is_outside_has_no_quoted_words() {
    let found = quotations("Over 1,400 people, “all 20 of us,” heard it.");
    assert_eq!(found.outside, "Over 1,400 people, “” heard it.");
    assert_eq!(quotations("no marks").outside, "no marks");
}

#[test]
fn openings_without_end_take_no_time() {
    for mark in ["“", "«a ", "\"a ", " ‘a", " 'a", "„", "「", "” a", "„a“"] {
        assert!(quotations(&mark.repeat(50_000)).quotations.len() <= 50_000);
    }
}
