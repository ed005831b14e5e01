//! Bytes announced as `text/html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::extract::probe::html(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
