//! The ten families of falsified quotations that tools of this kind let through, each with the honest claim beside it.
//!
//! Gating on similarity, or folding punctuation away, accepts them; demanding the exact text rejects the honest ones. Each
//! family is a test of its own, run from manifest to verdict as a desk runs it.

use onrecord::engine::{self, Settings};
use onrecord::manifest;
use onrecord::matching::figure;
use onrecord::model::report::Report;

/// A claim of a family: the quotation and what it must come to.
struct Claim {
    quote: &'static str,
    verdict: &'static str,
    /// A flag that must stand beside it; empty for an honest one, which has none at all.
    flag: &'static str,
}

fn honest(quote: &'static str) -> Claim {
    Claim { quote, verdict: "on-record", flag: "" }
}

fn falsified(quote: &'static str, verdict: &'static str, flag: &'static str) -> Claim {
    Claim { quote, verdict, flag }
}

/// Checks quotations against the body of one page.
fn family(body: &str, claims: &[Claim]) {
    let report = check(body, claims);
    assert_eq!(report.claims.len(), claims.len());
    let mut wrong = Vec::new();
    for (claim, given) in claims.iter().zip(&report.claims) {
        let check = &given.checks[0];
        let flags: Vec<&str> = check.flags.iter().map(|flag| flag.word()).collect();
        let fits = if claim.flag.is_empty() { flags.is_empty() } else { flags.contains(&claim.flag) };
        if given.verdict.word() != claim.verdict || !fits {
            wrong.push(format!(
                "“{}”: {} {flags:?} instead of {} [{}]",
                claim.quote,
                given.verdict.word(),
                claim.verdict,
                claim.flag
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(body: &str, claims: &[Claim]) -> Report {
    let folder = tempfile::tempdir().expect("a folder");
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>The flood</title></head>\
         <body><article><h1>The flood</h1>{body}</article></body></html>"
    );
    std::fs::write(folder.path().join("page.html"), page).expect("the page is written");
    let mut text = String::new();
    for (number, claim) in claims.iter().enumerate() {
        text.push_str(&format!(
            "[[claim]]\nid = \"c{number}\"\nlanguage = \"en\"\nstatement = '“{0}”'\nquote = '{0}'\nsource = \"page.html\"\n\n",
            claim.quote
        ));
    }
    let path = folder.path().join("claims.toml");
    std::fs::write(&path, &text).expect("the manifest is written");
    let parsed = manifest::parse(&path, &text, &figure::written)
        .unwrap_or_else(|problems| panic!("{}", manifest::render_all(&problems, "claims.toml")));
    let settings = Settings {
        offline: true,
        archive: Some(folder.path().join("archive")),
        threads: 1,
        ..Settings::at("2026-11-24T12:00:00Z".parse().expect("a time"))
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(engine::check(&parsed.manifest, &settings, &|_| ())).expect("the claims are checked")
}

#[test]
fn a_figure_cut_by_the_quotation_s_edge() {
    family(
        "<p>By Friday the toll rose to 43,548 across both valleys. The dam lost 12 million litres in a night.</p>\
         <p>The water stood minus 12 degrees cold, and the repair cost five hundred crowns.</p>",
        &[
            honest("the toll rose to 43,548 across both valleys"),
            honest("lost 12 million litres in a night"),
            falsified("the toll rose to 43", "out-of-context", "cuts-number"),
            falsified("548 across both valleys", "out-of-context", "cuts-number"),
            falsified("The dam lost 12", "out-of-context", "cuts-number"),
            falsified("12 degrees cold", "out-of-context", "cuts-number"),
            falsified("the repair cost five", "out-of-context", "cuts-number"),
        ],
    );
}

#[test]
fn a_carrier_that_denies_the_words() {
    family(
        "<p>“It is a lie that we took money from the builders of the dam,” said the mayor.</p>\
         <p>She denied that the gates were left open. There is no evidence that the sirens had been sold.</p>\
         <p>It is not true that the guard had been drinking. The engineer said that the gauge had been read at noon.</p>",
        &[
            honest("the gauge had been read at noon"),
            falsified("we took money from the builders of the dam", "out-of-context", "denied"),
            falsified("the gates were left open", "out-of-context", "denied"),
            falsified("the sirens had been sold", "out-of-context", "denied"),
            falsified("the guard had been drinking", "out-of-context", "denied"),
        ],
    );
}

#[test]
fn text_that_stands_only_in_a_related_box() {
    family(
        "<p>The dam was inspected twice before the flood, and both reports were filed.</p>\
         <aside class=\"related\"><h2>Related</h2><ul><li><a href=\"/a\">Mayor resigns after the dam report vanishes</a></li>\
         <li><a href=\"/b\">Town sues builder over cracked spillway</a></li></ul></aside>",
        &[
            honest("both reports were filed"),
            falsified("Mayor resigns after the dam report vanishes", "review", "outside-body"),
            falsified("Town sues builder over cracked spillway", "review", "outside-body"),
        ],
    );
}

#[test]
fn pieces_in_the_reverse_order() {
    family(
        "<p>The river broke the lower dam at night, then the bridge gave way, and at noon the school was under water.</p>",
        &[
            Claim {
                quote: "The river broke the lower dam at night … the school was under water",
                verdict: "on-record",
                flag: "",
            },
            falsified("the school was under water … The river broke the lower dam", "altered", "order"),
            falsified("then the bridge gave way [...] The river broke the lower dam at night", "altered", "order"),
        ],
    );
}

#[test]
fn pieces_out_of_two_mouths() {
    family(
        "<p>“We warned the ministry in March,” said Ana Ruiz. “We warned it again in April.”</p>\
         <p>“Nobody in the ministry can read,” said Bo Lind.</p>\
         <p>“The ministry has a fine library,” said Cy Holm, but Dora Finch called it “a room with a locked door”.</p>",
        &[
            honest("We warned the ministry in March … We warned it again in April"),
            falsified("We warned the ministry in March … Nobody in the ministry can read", "altered", "splice"),
            falsified("The ministry has a fine library … a room with a locked door", "altered", "splice"),
        ],
    );
}

#[test]
fn an_ellipsis_that_swallows_a_not() {
    family(
        "<p>“The council did not, in my view, open the gates,” she said. “We will never, under any mayor, sell the dam.”</p>\
         <p>“The gates, which are not new, were open,” she said.</p>",
        &[
            honest("The gates … were open"),
            falsified("The council did … open the gates", "out-of-context", "omits-negation"),
            falsified("We will … sell the dam", "out-of-context", "omits-negation"),
        ],
    );
}

#[test]
fn a_sign_that_was_folded_away() {
    family(
        "<p>The level changed by -0.42 metres against the mean, and the gauge drifted by +3 in a week.</p>",
        &[
            honest("changed by -0.42 metres against the mean"),
            falsified("changed by 0.42 metres against the mean", "altered", "sign"),
            falsified("changed by +0.42 metres against the mean", "altered", "sign"),
            falsified("the gauge drifted by -3 in a week", "altered", "sign"),
        ],
    );
}

#[test]
fn a_comparison_that_was_folded_away() {
    family(
        "<p>The effect was clear (p < 0.05) in every valley, and the flow was > 300 at dusk.</p>"
            .replace("p <", "p &lt;")
            .replace("was >", "was &gt;")
            .as_str(),
        &[
            honest("The effect was clear (p < 0.05) in every valley"),
            falsified("The effect was clear (p = 0.05) in every valley", "altered", "sign"),
            falsified("The effect was clear (p > 0.05) in every valley", "altered", "sign"),
            falsified("the flow was < 300 at dusk", "altered", "sign"),
        ],
    );
}

#[test]
fn a_currency_that_was_folded_away() {
    family(
        "<p>The repair cost $100 million in the first year, and the gauge £40 at a fair.</p>",
        &[
            honest("The repair cost $100 million in the first year"),
            falsified("The repair cost €100 million in the first year", "altered", "unit"),
            falsified("The repair cost 100 million in the first year", "altered", "unit"),
            falsified("the gauge $40 at a fair", "altered", "unit"),
        ],
    );
}

#[test]
fn a_number_found_inside_another() {
    family(
        "<p>The flood took 43,548 sheep and 1,206 carts; the dam holds 14.5 metres of water.</p>",
        &[
            honest("The flood took 43,548 sheep and 1,206 carts"),
            falsified("The flood took 548 sheep and 1,206 carts", "altered", "number"),
            falsified("The flood took 43,548 sheep and 206 carts", "altered", "number"),
            falsified("the dam holds 14 metres of water", "altered", "number"),
            falsified("the dam holds 145 metres of water", "altered", "number"),
        ],
    );
}

#[test]
fn numbers_whose_digits_are_shared_out_anew() {
    family(
        "<p>The flood took 56 7 and 40 of the gates, and bank 1, 23 and 4 were dry.</p>",
        &[
            honest("bank 1, 23 and 4 were dry"),
            falsified("bank 12, 3 and 4 were dry", "altered", "number"),
            falsified("bank 123 and 4 were dry", "altered", "number"),
            falsified("The flood took 5 67 and 40 of the gates", "altered", "number"),
            falsified("The flood took 567 and 40 of the gates", "altered", "number"),
        ],
    );
}
