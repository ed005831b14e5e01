//! Digests as WARC headers write them: `algorithm:value`, in hexadecimal, base32 or base64. MD5 proves nothing against
//! an attacker, and still shows what was damaged by chance.

use data_encoding::{BASE32, BASE64, BASE64URL, HEXLOWER};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

/// Returns the SHA-256 of `bytes` in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// Returns the digest of `bytes` as we write it into a header.
pub(crate) fn label(bytes: &[u8]) -> String {
    format!("sha256:{}", sha256_hex(bytes))
}

/// SHA-256 of everything that is written to it.
pub(crate) struct Hashing(Sha256);

impl Hashing {
    pub(crate) fn new() -> Self {
        Self(Sha256::new())
    }

    /// Takes in more bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest in lower-case hexadecimal.
    pub(crate) fn hex(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }
}

impl std::io::Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A digest that a header announces, being compared with what is read.
#[derive(Debug)]
pub(crate) struct Comparison {
    expected: String,
    state: State,
}

#[derive(Debug, Clone)]
enum State {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Box<Sha512>),
}

impl Comparison {
    /// Begins to compare with `label`; `None` where its algorithm is not known.
    pub(crate) fn new(label: &str) -> Option<Self> {
        let (algorithm, expected) = label.trim().split_once(':')?;
        let state = match algorithm.to_ascii_lowercase().replace('-', "").as_str() {
            "md5" => State::Md5(Md5::new()),
            "sha1" => State::Sha1(Sha1::new()),
            "sha256" => State::Sha256(Sha256::new()),
            "sha512" => State::Sha512(Box::new(Sha512::new())),
            _ => return None,
        };
        Some(Self { expected: expected.trim().to_owned(), state })
    }

    /// Takes in more of the bytes.
    pub(crate) fn update(&mut self, bytes: &[u8]) {
        match &mut self.state {
            State::Md5(hash) => hash.update(bytes),
            State::Sha1(hash) => hash.update(bytes),
            State::Sha256(hash) => hash.update(bytes),
            State::Sha512(hash) => hash.update(bytes),
        }
    }

    /// Whether the bytes were what the label says, in any notation.
    pub(crate) fn holds(self) -> bool {
        let bytes = match self.state {
            State::Md5(hash) => hash.finalize().to_vec(),
            State::Sha1(hash) => hash.finalize().to_vec(),
            State::Sha256(hash) => hash.finalize().to_vec(),
            State::Sha512(hash) => hash.finalize().to_vec(),
        };
        let expected = self.expected.trim_end_matches('=');
        expected.eq_ignore_ascii_case(&HEXLOWER.encode(&bytes))
            || expected.eq_ignore_ascii_case(BASE32.encode(&bytes).trim_end_matches('='))
            || [BASE64, BASE64URL].iter().any(|form| expected == form.encode(&bytes).trim_end_matches('='))
    }
}

/// Bytes that two digests take in by turns: a block of each of the 64-byte algorithms.
const STEP: usize = 64;

/// Takes bytes of its own into each of two digests, a step of the one and a step of the other by turns. A step waits for
/// the one before it in the same digest, not for those of the other: the processor works on both at once, and the second
/// costs a third of what it costs alone (docs/benchmarks.md).
fn update_in_step<D: Digest>(one: &mut D, of_one: &[u8], other: &mut D, of_other: &[u8]) {
    let (steps_of_one, rest_of_one) = of_one.as_chunks::<STEP>();
    let (steps_of_other, rest_of_other) = of_other.as_chunks::<STEP>();
    let both = steps_of_one.len().min(steps_of_other.len());
    for (step_of_one, step_of_other) in steps_of_one.iter().zip(steps_of_other) {
        one.update(step_of_one);
        other.update(step_of_other);
    }
    for (digest, steps, rest) in [(one, steps_of_one, rest_of_one), (other, steps_of_other, rest_of_other)] {
        digest.update(steps[both..].as_flattened());
        digest.update(rest);
    }
}

/// Whether the bytes of each of two labels have its digest; `None` where its algorithm is not known. The same bytes are
/// read once where both are of one algorithm, other bytes in step.
pub(crate) fn both_hold(
    (one, of_one): (&str, &[u8]),
    (other, of_other): (&str, &[u8]),
) -> (Option<bool>, Option<bool>) {
    let (Some(mut one), Some(mut other)) = (Comparison::new(one), Comparison::new(other)) else {
        return (holds(one, of_one), holds(other, of_other));
    };
    let same = std::ptr::eq(of_one, of_other);
    match (&mut one.state, &mut other.state) {
        (State::Sha256(a), State::Sha256(b)) if !same => update_in_step(a, of_one, b, of_other),
        (State::Sha1(a), State::Sha1(b)) if !same => update_in_step(a, of_one, b, of_other),
        (State::Sha256(_), State::Sha256(_)) | (State::Sha1(_), State::Sha1(_)) => {
            one.update(of_one);
            other.state = one.state.clone();
        }
        _ => {
            one.update(of_one);
            other.update(of_other);
        }
    }
    (Some(one.holds()), Some(other.holds()))
}

/// Whether `bytes` have the digest of `label`; `None` where its algorithm is not known.
pub(crate) fn holds(label: &str, bytes: &[u8]) -> Option<bool> {
    let mut comparison = Comparison::new(label)?;
    comparison.update(bytes);
    Some(comparison.holds())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_notations_and_any_case_are_compared() {
        // digests of the empty string
        for label in [
            "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "SHA-1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        ] {
            assert_eq!(holds(label, b""), Some(true), "{label}");
            assert_eq!(holds(label, b"x"), Some(false), "{label}");
        }
        for label in
            ["md5:d41d8cd98f00b204e9800998ecf8427e", "md5:1B2M2Y8AsgTpgAmY7PhCfg==", "sha1:2jmj7l5rSw0yVb_vlWAYkK_YBwk"]
        {
            assert_eq!(holds(label, b""), Some(true), "{label}");
            assert_eq!(holds(label, b"x"), Some(false), "{label}");
        }
        assert_eq!(holds("blake2b:d41d8cd98f00b204e9800998ecf8427e", b""), None);
        assert_eq!(holds("no label", b""), None);
    }

    #[test]
    fn two_digests_in_step_are_those_of_their_own_bytes() {
        let bytes: Vec<u8> = (0..1000_usize).map(|number| (number * 31 % 251) as u8).collect();
        let hex = |algorithm: &str, bytes: &[u8]| match algorithm {
            "md5" => HEXLOWER.encode(&Md5::digest(bytes)),
            "sha1" => HEXLOWER.encode(&Sha1::digest(bytes)),
            "sha256" => HEXLOWER.encode(&Sha256::digest(bytes)),
            _ => HEXLOWER.encode(&Sha512::digest(bytes)),
        };
        let algorithms = ["md5", "sha1", "sha256", "sha512"];
        for (one, other) in algorithms.iter().flat_map(|one| algorithms.map(|other| (*one, other))) {
            for (length, from) in
                [(0, 0), (1, 0), (64, 1), (127, 0), (128, 64), (640, 63), (1000, 0), (1000, 187), (1000, 1000)]
            {
                let (block, payload) = (&bytes[..length], &bytes[from..length]);
                let right = (format!("{one}:{}", hex(one, block)), format!("{other}:{}", hex(other, payload)));
                let both = both_hold((&right.0, block), (&right.1, payload));
                assert_eq!(both, (Some(true), Some(true)), "{one} {other} {length} {from}");
                // and either way round
                assert_eq!(both_hold((&right.1, payload), (&right.0, block)), (Some(true), Some(true)));
                let mut wrong = block.to_vec();
                if let Some(last) = wrong.last_mut() {
                    *last ^= 1;
                    let both = both_hold((&right.0, &wrong), (&right.1, payload));
                    assert_eq!(both, (Some(false), Some(true)), "{one} {other} {length} {from}");
                    let wrong_payload = (right.1.as_str(), &wrong[from..]);
                    let both = both_hold((&right.0, block), wrong_payload);
                    assert_eq!(both, (Some(true), Some(from == length)), "{one} {other} {length} {from}");
                }
            }
        }
        assert_eq!(both_hold(("crc:0", b""), ("md5:d41d8cd98f00b204e9800998ecf8427e", b"")), (None, Some(true)));
    }
}
