//! Bytes as an index and as a log.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::archive::probe::cdxj(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
