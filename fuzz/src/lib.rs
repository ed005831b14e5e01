//! What the targets share.

use std::borrow::Cow;

/// Bytes up to which most inputs are repeated.
pub const LARGE: usize = 256 << 10;
/// The same where every byte is looked at many times, in several languages or beside several others.
pub const LESS_LARGE: usize = 32 << 10;

/// An input that begins with `*` is repeated up to so many bytes without it, any other is taken as it is: what takes more
/// than linear time in its input is noticed by the limit of time.
pub fn swollen(bytes: &[u8], large: usize) -> Cow<'_, [u8]> {
    match bytes.strip_prefix(b"*") {
        Some(rest) if !rest.is_empty() => Cow::Owned(rest.repeat(large / rest.len())),
        _ => Cow::Borrowed(bytes),
    }
}

/// An input as two: what stands before its first zero byte, and the rest.
pub fn parted(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (&[], bytes),
    }
}
