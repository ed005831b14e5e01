//! A whole article, with the shapes that a desk's articles have: chains, embedded posts, figures with bounds, headings.

use onrecord::draft::Kind;
use onrecord::engine;

use super::cases::article;

const ARTICLE: &str = include_str!("../../fixtures/draft/twin/article.txt");

#[test]
fn every_quotation_statement_figure_and_post_is_there_and_nothing_else() {
    let article = article(ARTICLE, "en");
    let drafted = engine::draft(&article, None);
    let words = |range| article.document.slice(range);
    let shown: Vec<String> = drafted
        .claims
        .iter()
        .map(|claim| {
            let figures: Vec<&str> = claim.figures.iter().map(|figure| words(*figure)).collect();
            format!(
                "{} | {} | {} | {}",
                claim.kind.word(),
                claim.speaker.as_deref().unwrap_or("-"),
                claim.via.join(", "),
                figures.join(", ")
            )
        })
        .collect();
    let expected = [
        "statement | - | Tide Ledger | at least 82",
        "statement | The harbour office |  | 60",
        "statement | - | Northern Wire | ",
        "post | @halfsailor |  | ",
        "statement | - | Northern Wire | ",
        "statement | - | Coast Herald | ",
        "post | @saltgate |  | ",
        "figure | - |  | approximately 3,000",
        "post | @tideledger |  | At least three, At least 12",
        "figure | - |  | January 2017, nearly 100, approximately 250",
        "statement | Institute for Tides and Harbours | Coast Herald | 1,500 to 2,200",
        "statement | Harbour Council’s Yearly Tide Index |  | 2018, four, exceeding $100 million",
        "figure | - |  | over 1,400",
        "statement | The league |  | ",
        "post | @portpictures |  | ",
        "statement | the council | Harbour Times | ",
        "statement | engineers | Lowland Wire | ",
        "quote | Colin Marsh | Lowland Wire | ",
        "statement | Michael Lund | Lowland Wire | ",
    ];
    assert_eq!(shown, expected);
    for claim in drafted.claims.iter().filter(|claim| claim.kind == Kind::Post) {
        let date = claim.date.map(words).unwrap_or_default();
        assert!(date == "March 22, 2024" || date == "March 23, 2024", "{date}");
        assert!(claim.name.is_some() && claim.link.as_deref().is_none_or(|link| link.starts_with("https://")));
        assert!(claim.quote.iter().all(|line| !words(*line).contains("(@")));
    }
}
