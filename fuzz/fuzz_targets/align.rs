//! Any quotation at any page, word by word.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    if let Some((quotation, page)) = text.split_once('\0') {
        onrecord::matching::probe::aligning(page, quotation);
    }
});
