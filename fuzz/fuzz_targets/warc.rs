//! Bytes as a file of records, WARC or ARC, plain, gzip or Zstandard; and as what a record of ours holds.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord::archive::probe::warc(&onrecord_fuzz::swollen(
    bytes,
    onrecord_fuzz::LARGE
)));
