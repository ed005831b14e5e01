//! Bytes announced as `text/vtt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::extract::probe::subtitles(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
