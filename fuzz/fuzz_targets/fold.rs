//! Any text at the tokenizer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    onrecord::matching::probe::folding(&String::from_utf8_lossy(&onrecord_fuzz::swollen(bytes, onrecord_fuzz::LARGE)));
});
