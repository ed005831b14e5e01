//! Signatures over the head of a log and over a package: who vouches for what, with a key of the user's own.
//!
//! ECDSA on P-384 with SHA-256, the signature as raw `r‖s` in base64, the key as SPKI in base64, over the words
//! `sha256:<hex>`: the one form that replay tools accept for a signature without a domain. A key is named by its
//! fingerprint, the SHA-256 of its SPKI bytes. A signature says that the holder of the key saw these bytes; it says
//! nothing about what they mean.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use data_encoding::BASE64;
use jiff::Timestamp;
use p384::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use p384::ecdsa::{Signature, SigningKey, VerifyingKey};
use p384::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, LineEnding};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::ArchiveError;
use super::index::sync_dir;
use super::warc::digest::sha256_hex;
use super::whole;

/// The name of the signatures in an archive's folder.
pub(crate) const FILE: &str = "signatures.jsonl";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 16 << 20;

/// Why a key cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// It is no private key of this kind.
    #[error("it is no P-384 private key in PKCS#8 PEM ({0})")]
    NotAKey(String),
    /// The system has no randomness to give.
    #[error("the system gives no random numbers ({0})")]
    NoRandomness(String),
}

/// A key that signs.
pub struct Key(SigningKey);

impl Key {
    /// Makes a new key.
    pub fn generate() -> Result<Self, KeyError> {
        loop {
            let mut bytes = [0; 48];
            getrandom::fill(&mut bytes).map_err(|error| KeyError::NoRandomness(error.to_string()))?;
            // fewer than one in 2^190 draws is no key
            if let Ok(key) = SigningKey::from_slice(&bytes) {
                return Ok(Self(key));
            }
        }
    }

    /// Reads a key from PKCS#8 PEM.
    pub fn from_pem(text: &str) -> Result<Self, KeyError> {
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|error| KeyError::NotAKey(error.to_string()))
    }

    /// Writes the key as PKCS#8 PEM.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = self.0.to_pkcs8_pem(LineEnding::LF).map_err(|error| KeyError::NotAKey(error.to_string()))?;
        Ok(pem.to_string())
    }

    /// The public half: SPKI in base64.
    pub fn public(&self) -> String {
        public(self.0.verifying_key())
    }

    /// The name of the key.
    pub fn fingerprint(&self) -> String {
        fingerprint(&self.public()).unwrap_or_default()
    }

    /// Signs a digest, as lower-case hexadecimal SHA-256.
    pub(crate) fn sign(&self, hex: &str) -> Result<String, KeyError> {
        let signature: Signature = self
            .0
            .sign_prehash(&Sha256::digest(format!("sha256:{hex}")))
            .map_err(|error| KeyError::NotAKey(error.to_string()))?;
        Ok(BASE64.encode(&signature.to_bytes()))
    }
}

fn public(key: &VerifyingKey) -> String {
    key.to_public_key_der().map_or_else(|_| String::new(), |der| BASE64.encode(der.as_bytes()))
}

/// The fingerprint of a public key; `None` where it is no base64.
pub(crate) fn fingerprint(public: &str) -> Option<String> {
    BASE64.decode(public.as_bytes()).ok().map(|der| sha256_hex(&der))
}

/// Whether `signature` is that of `public` over a digest.
pub(crate) fn holds(public: &str, signature: &str, hex: &str) -> bool {
    let parsed = (|| {
        let key = VerifyingKey::from_public_key_der(&BASE64.decode(public.as_bytes()).ok()?).ok()?;
        let signature = Signature::from_slice(&BASE64.decode(signature.as_bytes()).ok()?).ok()?;
        Some((key, signature))
    })();
    parsed.is_some_and(|(key, signature)| {
        key.verify_prehash(&Sha256::digest(format!("sha256:{hex}")), &signature).is_ok()
    })
}

/// A signature over the head of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeadSignature {
    /// The version of the format.
    pub(crate) v: u32,
    /// The hash of the last line that is signed.
    pub(crate) head: String,
    /// The number of that line.
    pub(crate) seq: u64,
    /// When it was signed, by the signer's clock.
    pub(crate) created: Timestamp,
    /// The program that signed.
    pub(crate) software: String,
    #[serde(rename = "publicKey")]
    pub(crate) public_key: String,
    /// Over the SHA-256 of this line with an empty `signature`.
    pub(crate) signature: String,
}

impl HeadSignature {
    fn message(&self) -> String {
        let unsigned = Self { signature: String::new(), ..self.clone() };
        sha256_hex(unsigned.line().as_bytes())
    }

    pub(crate) fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Makes a signature.
    pub(crate) fn new(head: &str, seq: u64, created: Timestamp, key: &Key) -> Result<Self, KeyError> {
        // nobody's clock is right to the nanosecond
        let created = Timestamp::from_second(created.as_second()).unwrap_or(created);
        let mut signed = Self {
            v: FORMAT,
            head: head.to_owned(),
            seq,
            created,
            software: super::SOFTWARE.to_owned(),
            public_key: key.public(),
            signature: String::new(),
        };
        signed.signature = key.sign(&signed.message())?;
        Ok(signed)
    }

    /// Whether it is what the holder of its key signed.
    pub(crate) fn holds(&self) -> bool {
        self.v == FORMAT && holds(&self.public_key, &self.signature, &self.message())
    }
}

/// The signatures of a folder: those that can be read, and the numbers of the lines that cannot.
#[derive(Debug, Default)]
pub(crate) struct Signatures {
    pub(crate) read: Vec<HeadSignature>,
    pub(crate) broken: Vec<usize>,
}

impl Signatures {
    /// Reads the bytes of a file of signatures.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let mut found = Self::default();
        let whole = bytes.is_empty() || bytes.ends_with(b"\n");
        let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
        let count = lines.len().saturating_sub(1);
        for (number, line) in lines.into_iter().enumerate() {
            if line.is_empty() && number == count {
                continue;
            }
            match serde_json::from_slice::<HeadSignature>(line) {
                Ok(signature) if signature.line().as_bytes() == line && (whole || number < count) => {
                    found.read.push(signature);
                }
                _ => found.broken.push(number + 1),
            }
        }
        found
    }
}

/// The bytes of the signatures of a folder; empty where there are none.
pub(crate) fn read(dir: &Path) -> Result<Vec<u8>, ArchiveError> {
    whole::read(&dir.join(FILE), MAX_BYTES)
}

/// Adds a signature to those of a folder: whole or not at all.
pub(crate) fn add(dir: &Path, signature: &HeadSignature) -> Result<(), ArchiveError> {
    let mut bytes = read(dir)?;
    bytes.extend_from_slice(signature.line().as_bytes());
    bytes.push(b'\n');
    let (path, half) = (dir.join(FILE), dir.join(format!("{FILE}.new")));
    File::create(&half)
        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&half, &path))
        .map_err(ArchiveError::io("write", &path))?;
    sync_dir(dir)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_file_and_names_itself() {
        let key = Key::generate().unwrap();
        let again = Key::from_pem(&key.to_pem().unwrap()).unwrap();
        assert_eq!(key.fingerprint(), again.fingerprint());
        assert_eq!(key.fingerprint().len(), 64);
        assert_ne!(key.fingerprint(), Key::generate().unwrap().fingerprint());
        assert!(Key::from_pem("nothing").is_err());
    }

    #[test]
    fn a_signature_holds_for_its_digest_and_key_alone() {
        let (key, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        let digest = sha256_hex(b"x");
        let signature = key.sign(&digest).unwrap();
        assert_eq!(BASE64.decode(signature.as_bytes()).unwrap().len(), 96);
        assert!(holds(&key.public(), &signature, &digest));
        assert!(!holds(&other.public(), &signature, &digest));
        assert!(!holds(&key.public(), &signature, &sha256_hex(b"y")));
        assert!(!holds("", "", &digest));
    }

    #[test]
    fn every_flipped_bit_of_a_signature_is_noticed() {
        let key = Key::generate().unwrap();
        let now = Timestamp::from_second(1_711_000_000).unwrap();
        let line = HeadSignature::new(&sha256_hex(b"head"), 7, now, &key).unwrap().line() + "\n";
        let good = Signatures::parse(line.as_bytes());
        assert!(good.broken.is_empty() && good.read[0].holds());
        for at in 0..line.len() {
            let mut flipped = line.clone().into_bytes();
            flipped[at] ^= 1 << (at % 8);
            let read = Signatures::parse(&flipped);
            assert!(!read.broken.is_empty() || read.read.iter().all(|signature| !signature.holds()), "byte {at}");
        }
    }
}
