//! Bytes as every other kind of source that is read in this process; the first byte chooses.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::extract::probe::others(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
