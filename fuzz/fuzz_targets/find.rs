//! Any bytes as a page, any quotation.
#![no_main]

use onrecord::extract::{Input, Limits, extract};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    let (quotation, page) = bytes.split_at(at);
    let input = Input { bytes: page, content_type: Some("text/html; charset=utf-8"), name: "" };
    if let Some(document) = extract(&input, &Limits::default()).document {
        onrecord::matching::probe::finding(&document, &String::from_utf8_lossy(quotation));
    }
});
