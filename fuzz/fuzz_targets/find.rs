//! Any bytes as a page, any quotation; and what stands on the page, as it is and with one edit.
#![no_main]

use onrecord::extract::{Input, Limits, extract};
use onrecord::matching::probe;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (quotation, page) = onrecord_fuzz::parted(bytes);
    let (quotation, page) = (
        onrecord_fuzz::swollen(quotation, onrecord_fuzz::LESS_LARGE),
        onrecord_fuzz::swollen(page, onrecord_fuzz::LESS_LARGE),
    );
    let input = Input { bytes: &page, content_type: Some("text/html; charset=utf-8"), name: "" };
    if let Some(document) = extract(&input, &Limits::default()).document {
        probe::finding(&document, &String::from_utf8_lossy(&quotation));
    }
});
