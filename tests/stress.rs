//! Large pages, long quotations, many claims and endless repetition: a clear verdict for each. `cargo bench --bench
//! stress` runs the same with the sizes that the project promises.

#[path = "../benches/support/data.rs"]
#[expect(dead_code, reason = "only the made-up language is used here")]
mod data;
#[path = "../benches/support/stress.rs"]
mod stress;

#[test]
fn a_large_page() {
    stress::large_page(3 << 20);
}

#[test]
fn a_long_quotation() {
    stress::long_quotation(100_000);
}

#[test]
fn many_claims_on_one_page() {
    stress::many_claims(1_000);
}

#[test]
fn one_sentence_again_and_again() {
    stress::one_sentence(20_000);
}

#[test]
fn a_page_of_nothing_but_figures() {
    stress::numbers(200_000);
}
