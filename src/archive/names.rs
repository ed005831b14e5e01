//! What the segments of an archive are called.

/// The name of the segment with that number.
pub(crate) fn name(number: u32) -> String {
    format!("segment-{number:06}.warc.gz")
}

/// The number of a segment; `None` for other files.
pub(crate) fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("segment-")?.strip_suffix(".warc.gz")?;
    (digits.len() >= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}
