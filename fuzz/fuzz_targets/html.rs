//! Bytes announced as `text/html` → a reading whose blocks stand in order, on character boundaries, inside the text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::extract::{Input, Limits, extract};

fuzz_target!(|bytes: &[u8]| {
    let input = Input { bytes, content_type: Some("text/html"), name: "" };
    let reading = extract(&input, &Limits { max_bytes: 4 << 20 });
    assert!(reading.document.is_some() || !reading.obstacles.is_empty());
    let Some(document) = reading.document else { return };
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.range.start >= at && !block.range.is_empty());
        assert!(document.text.get(block.range.span()).is_some());
        at = block.range.end;
    }
});
