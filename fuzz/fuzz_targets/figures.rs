//! Figures of any text, in any language: read, and looked for in a page that is the same text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    onrecord::matching::probe::figures(&String::from_utf8_lossy(&onrecord_fuzz::swollen(
        bytes,
        onrecord_fuzz::LESS_LARGE,
    )));
});
