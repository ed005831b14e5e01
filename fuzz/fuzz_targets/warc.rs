//! Bytes as a file of records: WARC or ARC, plain, gzip or Zstandard; every body decoded.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use onrecord::archive::warc::coding::decode;
use onrecord::archive::warc::{DecodeLimits, HttpAnswer, ReadLimits, Reader};

fuzz_target!(|data: &[u8]| {
    let limits = ReadLimits { block: 1 << 20, ..ReadLimits::default() };
    let Ok(mut reader) = Reader::open(Cursor::new(data), "input", limits) else { return };
    while let Ok(Some(record)) = reader.next_record() {
        let _ = (record.date(), record.target(), record.kind());
        if let Ok(answer) = HttpAnswer::parse(&record.block) {
            let _ = decode(&answer, &DecodeLimits { bytes: 1 << 20, ..DecodeLimits::default() });
        }
    }
});
