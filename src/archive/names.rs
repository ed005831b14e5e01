//! What the segments of an archive are called, and what a rewriting leaves.

/// The name of the segment with that number.
pub(crate) fn name(number: u32) -> String {
    format!("segment-{number:06}.warc.gz")
}

/// The number of a segment; `None` for other files.
pub(crate) fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix("segment-")?.strip_suffix(".warc.gz")?;
    (digits.len() >= 6 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

/// What a rewriting leaves in the new archive, by what stands behind its number: the list of what was let go, and the old
/// log with what vouched for it.
const LEFT: [&str; 4] = ["dropped.json", OLD_LOG, "signatures.jsonl", "timestamps.jsonl"];
const OLD_LOG: &str = "log.jsonl";

/// The number of a file that a rewriting left; `None` for other files.
pub(crate) fn rewriting(name: &str) -> Option<u32> {
    let (digits, ending) = name.strip_prefix("gc-")?.split_once('.')?;
    let known = LEFT.contains(&ending) && digits.len() >= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    known.then(|| digits.parse().ok())?
}

/// Whether that is an old log that a rewriting brought along.
pub(crate) fn is_old_log(name: &str) -> bool {
    rewriting(name).is_some() && name.ends_with(OLD_LOG)
}
