//! Bytes as a Word document, and as the parts of one.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::extract::probe::docx(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
