//! Pages and quotations of a size that no editor writes: how long each takes.
//!
//! `cargo bench --bench stress` prints seconds; `tests/stress.rs` holds the verdicts with smaller sizes.

#[path = "support/data.rs"]
#[expect(dead_code, reason = "only the made-up language is used here")]
mod data;
#[path = "support/stress.rs"]
mod stress;

use std::time::Instant;

fn main() {
    type Case = (&'static str, fn(usize), usize);
    let cases: [Case; 7] = [
        ("a page of 20 MB, seven quotations", stress::large_page, 20 << 20),
        ("a quotation of 100,000 characters, three pages", stress::long_quotation, 100_000),
        ("10,000 claims on one page", stress::many_claims, 10_000),
        ("one sentence 50,000 times, four quotations", stress::one_sentence, 50_000),
        ("1.25 MB of digits, separators and number words", stress::numbers, 1_250_000),
        ("2.5 MB of them", stress::numbers, 2_500_000),
        ("5 MB of them", stress::numbers, 5_000_000),
    ];
    for (name, run, size) in cases {
        let began = Instant::now();
        run(size);
        println!("{name}: {:.2} s", began.elapsed().as_secs_f64());
    }
}
