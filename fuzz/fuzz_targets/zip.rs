//! Bytes as a package, and as the contents of one of ours.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::archive::probe::zip(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
