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

#[derive(Debug)]
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
}
