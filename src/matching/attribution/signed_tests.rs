use super::*;
use crate::matching::attribution::clause::tests::marked;

#[test]
fn what_an_author_signs_is_theirs_by_its_zone() {
    use Signed::{Another, No, Quoted, Theirs, Unclear};
    // The token stands behind the mark.
    for (zone, author, text, wanted) in [
        (Zone::Comment, "Ana Ruiz", "We |open the gate.", Theirs),
        (Zone::Comment, "Bo Lind", "We |open the gate.", Another),
        (Zone::Cue, "Ana Ruiz", "We “|open” the gate.", Theirs),
        (Zone::Cue, "Bo Lind", "We |open the gate.", Another),
        (Zone::Post, "Ana Ruiz", "We |open the gate.", Theirs),
        (Zone::Post, "Ana Ruiz", "We “|open” the gate.", Quoted),
        (Zone::Post, "Bo Lind", "We |open the gate.", Another),
        (Zone::Post, "Bo Lind", "We “|open” the gate.", Unclear),
        (Zone::Blockquote, "Ana Ruiz", "We |open the gate.", Theirs),
        (Zone::Blockquote, "Ana Ruiz", "“We |open the gate.”", Theirs),
        (Zone::Blockquote, "Bo Lind", "We |open the gate.", Unclear),
        (Zone::PullQuote, "Bo Lind", "“We |open the gate.”", Unclear),
        (Zone::PullQuote, "Ana Ruiz", "We “|open” the gate.", Quoted),
        (Zone::Paragraph, "Ana Ruiz", "We |open the gate.", No),
        // Marks around most of it are the page's: four fifths of the words.
        (Zone::Post, "Ana Ruiz", "1 2 “|3 4 5 6 7 8 9” 10", Quoted),
        (Zone::Post, "Ana Ruiz", "1 2 “|3 4 5 6 7 8 9 10”", Theirs),
        (Zone::Post, "Ana Ruiz", "1 “|2 3 4 5 6 7 8 9 10”", Theirs),
    ] {
        let (mut document, marks) = marked("en", text);
        document.blocks[0].zone = zone;
        let index = Index::new(&document);
        let name = Name::new("Ana Ruiz", &index).expect("a name");
        assert_eq!(of_token(author, index.token_from(marks[0]), &name, &index), wanted, "{zone:?} {author} {text}");
    }
}
