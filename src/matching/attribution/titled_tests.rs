use super::super::clause::tests::marked;
use super::*;
use crate::matching::attribution::name::name_keys;

#[test]
fn a_title_may_stand_for_the_rest_of_a_name() {
    for (text, name, wanted) in [
        ("大沢恵子が来た。大沢市長は述べた。", "大沢恵子", 2),
        ("大沢市長は述べた。", "大沢恵子", 0),
        ("大沢恵子が来た。大沢は述べた。", "大沢恵子", 0),
        ("大沢恵子市長が来た。", "大沢恵子", 0),
        ("大沢恵子が来た。大沢市長は述べた。大沢一郎市長は来た。", "大沢恵子", 0),
        ("大沢恵子が来た。大沢市長は述べた。大沢川の橋。", "大沢恵子", 2),
        ("大沢恵子が来た。大沢市長は述べた。大沢一二三市長は来た。", "大沢恵子", 0),
        ("大沢恵子が来た。大沢市長は述べた。大沢一二三四市長は来た。", "大沢恵子", 2),
        ("大沢恵子が来た。大沢市長は述べた。大沢12市長は来た。", "大沢恵子", 2),
        ("王小明来了。王主席说。", "王小明", 1),
        ("王小明来了。李主席说。", "王小明", 0),
        ("大沢恵子が来た。大沢恵", "大沢恵子", 0),
        ("来た。", "大沢恵子", 0),
    ] {
        let (document, _) = marked("ja", text);
        let index = Index::new(&document);
        assert_eq!(titled_surname(&name_keys(name, &index), &index), wanted, "{text}");
    }
    let (document, _) = marked("ja", "市長と長");
    let index = Index::new(&document);
    assert_eq!([0, 1, 2, 3, 4].map(|at| is_title(at, &index)), [true, false, false, false, false]);
    assert_eq!(titled_surname(&[], &index), 0);
}
