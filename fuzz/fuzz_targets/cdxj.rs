//! Bytes as an index, as a log and as what else stands beside the segments.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let _ = onrecord::archive::lines_of_index(data);
    let _ = onrecord::archive::faults_of_log(data);
});
