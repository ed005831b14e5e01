//! Any quotation at any page, word by word.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (quotation, page) = onrecord_fuzz::parted(bytes);
    let (quotation, page) = (
        onrecord_fuzz::swollen(quotation, onrecord_fuzz::LESS_LARGE),
        onrecord_fuzz::swollen(page, onrecord_fuzz::LESS_LARGE),
    );
    onrecord::matching::probe::aligning(&String::from_utf8_lossy(&page), &String::from_utf8_lossy(&quotation));
});
