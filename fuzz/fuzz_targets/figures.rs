//! Figures of any text, in any language: read, and looked for in a page that is the same text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::matching::figure;

fuzz_target!(|text: &str| {
    for language in [None, Some("en"), Some("de"), Some("fr"), Some("zh"), Some("hi"), Some("ar")] {
        for found in figure::read(text, language) {
            // Ranges lie in the text, on boundaries of characters.
            assert!(text.get(found.range.start as usize..found.range.end as usize).is_some());
        }
        figure::written(text, language);
    }
});
