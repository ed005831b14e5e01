//! Bytes as a package.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = onrecord::archive::entries_of_zip(data);
});
