//! Timestamps of an authority over the head of a log (RFC 3161), checked without asking anybody.
//!
//! The authority signs the SHA-256 that is the head, so that `openssl ts -verify -digest HEAD` checks the same.
//! What is checked: that the answer is about this head, that its signature is that of the certificate that it
//! brings, that the certificate is one for timestamps and was valid then. Whether the authority can be trusted is
//! for people to say: its certificate is named by its fingerprint.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use aws_lc_rs::digest as lc;
use aws_lc_rs::signature as sig;
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use data_encoding::{BASE64, HEXLOWER};
use der::asn1::{Any, Null, ObjectIdentifier, OctetString};
use der::{Decode, Encode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use x509_cert::Certificate;
use x509_cert::ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier};
use x509_cert::spki::AlgorithmIdentifier;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion, TstInfo};

use super::error::ArchiveError;
use super::index::sync_dir;
use super::log;
use super::store::Archive;
use super::warc::digest::sha256_hex;
use super::whole;

/// The name of the timestamps in an archive's folder.
pub(crate) const FILE: &str = "timestamps.jsonl";
const FORMAT: u32 = 1;
const MAX_BYTES: u64 = 64 << 20;

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const EXTENDED_USE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
const KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// One timestamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stamp {
    /// The version of the format.
    pub(crate) v: u32,
    /// The hash of the last line that it is about.
    pub(crate) head: String,
    /// The number of that line.
    pub(crate) seq: u64,
    /// The authority's answer, in base64.
    pub(crate) reply: String,
    /// SHA-256 of the answer: not all of it is signed.
    pub(crate) sha256: String,
}

/// The timestamps of a folder: those that can be read, and the numbers of the lines that cannot.
#[derive(Debug, Default)]
pub(crate) struct Stamps {
    pub(crate) read: Vec<Stamp>,
    pub(crate) broken: Vec<usize>,
}

/// What a timestamp that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    pub(crate) time: Timestamp,
    /// The subject of the authority's certificate.
    pub(crate) authority: String,
    /// SHA-256 of the certificate.
    pub(crate) fingerprint: String,
}

/// Reads the bytes of a file of timestamps.
pub(crate) fn parse(bytes: &[u8]) -> Stamps {
    let mut found = Stamps::default();
    for (number, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
        match line.strip_suffix(b"\n").and_then(|line| Some((line, serde_json::from_slice::<Stamp>(line).ok()?))) {
            Some((line, stamp)) if serde_json::to_vec(&stamp).is_ok_and(|same| same == line) => found.read.push(stamp),
            _ => found.broken.push(number + 1),
        }
    }
    found
}

/// The bytes of the timestamps of a folder; empty where there are none.
pub(crate) fn read(dir: &Path) -> Result<Vec<u8>, ArchiveError> {
    whole::read(&dir.join(FILE), MAX_BYTES)
}

/// Checks a timestamp against the head that it names.
pub(crate) fn check(stamp: &Stamp) -> Result<Checked, String> {
    let reply = BASE64.decode(stamp.reply.as_bytes()).map_err(|_| "the timestamp cannot be read")?;
    if stamp.v != FORMAT || sha256_hex(&reply) != stamp.sha256 {
        return Err("the timestamp was changed after it was written".to_owned());
    }
    check_reply(&reply, &stamp.head)
}

/// Checks the answer of an authority against a digest.
fn check_reply(reply: &[u8], head: &str) -> Result<Checked, String> {
    let reply = TimeStampResp::from_der(reply).map_err(|error| format!("it is no answer of an authority ({error})"))?;
    let token = reply.time_stamp_token.ok_or("the authority refused")?;
    let signed = signed_data(&token)?;
    let content = signed.encap_content_info.econtent.as_ref().ok_or("the answer is empty")?;
    if signed.encap_content_info.econtent_type != TST_INFO {
        return Err("the answer is no timestamp".to_owned());
    }
    let content = OctetString::from_der(&content.to_der().map_err(text)?).map_err(text)?;
    let info = TstInfo::from_der(content.as_bytes()).map_err(text)?;
    let imprint = &info.message_imprint;
    if imprint.hash_algorithm.oid != SHA256 || HEXLOWER.encode(imprint.hashed_message.as_bytes()) != head {
        return Err("the timestamp is about something else".to_owned());
    }
    let [signer] = signed.signer_infos.0.as_slice() else { return Err("it has not one signature".to_owned()) };
    let certificate = certificate_of(&signed, signer).ok_or("the authority's certificate is not in the answer")?;
    let time = Timestamp::from_second(i64::try_from(info.gen_time.to_unix_duration().as_secs()).map_err(text)?)
        .map_err(text)?;
    usable(certificate, time)?;
    verify(signer, content.as_bytes(), certificate)?;
    Ok(Checked {
        time,
        authority: certificate.tbs_certificate.subject.to_string(),
        fingerprint: sha256_hex(&certificate.to_der().map_err(text)?),
    })
}

fn text(error: impl ToString) -> String {
    format!("the timestamp cannot be read ({})", error.to_string())
}

fn signed_data(token: &ContentInfo) -> Result<SignedData, String> {
    if token.content_type != SIGNED_DATA {
        return Err("the answer is not signed".to_owned());
    }
    SignedData::from_der(&token.content.to_der().map_err(text)?).map_err(text)
}

fn certificate_of<'a>(signed: &'a SignedData, signer: &SignerInfo) -> Option<&'a Certificate> {
    let certificates = signed.certificates.as_ref()?.0.iter().filter_map(|choice| match choice {
        CertificateChoices::Certificate(certificate) => Some(certificate),
        CertificateChoices::Other(_) => None,
    });
    certificates.into_iter().find(|certificate| {
        let body = &certificate.tbs_certificate;
        match &signer.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                named.issuer == body.issuer && named.serial_number == body.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => extension(certificate, KEY_ID)
                .and_then(|(value, _)| SubjectKeyIdentifier::from_der(value).ok())
                .is_some_and(|id| id == *named),
        }
    })
}

fn extension(certificate: &Certificate, id: ObjectIdentifier) -> Option<(&[u8], bool)> {
    let extensions = certificate.tbs_certificate.extensions.as_ref()?;
    let found = extensions.iter().find(|extension| extension.extn_id == id)?;
    Some((found.extn_value.as_bytes(), found.critical))
}

/// Whether a certificate may vouch for times, and could then (RFC 3161, section 2.3).
fn usable(certificate: &Certificate, time: Timestamp) -> Result<(), String> {
    let uses = extension(certificate, EXTENDED_USE);
    let only = uses.and_then(|(value, critical)| Some((ExtendedKeyUsage::from_der(value).ok()?, critical)));
    if !only.is_some_and(|(uses, critical)| critical && uses.0 == [TIME_STAMPING]) {
        return Err("the authority's certificate is not one for timestamps".to_owned());
    }
    let validity = &certificate.tbs_certificate.validity;
    let second = u64::try_from(time.as_second()).unwrap_or(0);
    let (from, until) =
        (validity.not_before.to_unix_duration().as_secs(), validity.not_after.to_unix_duration().as_secs());
    if !(from..=until).contains(&second) {
        return Err("the authority's certificate was not valid at that time".to_owned());
    }
    Ok(())
}

/// Whether the signature is that of the certificate over the content.
fn verify(signer: &SignerInfo, content: &[u8], certificate: &Certificate) -> Result<(), String> {
    let attributes = signer.signed_attrs.as_ref().ok_or("the signature covers no attributes")?;
    let attribute = |id: ObjectIdentifier| {
        let mut found = attributes.iter().filter(|attribute| attribute.oid == id);
        match (found.next(), found.next()) {
            (Some(attribute), None) => attribute.values.get(0).filter(|_| attribute.values.len() == 1),
            _ => None,
        }
    };
    let kind = attribute(CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
    if kind != Some(TST_INFO) {
        return Err("the signature is about something else".to_owned());
    }
    let hash = match signer.digest_alg.oid {
        SHA256 => &lc::SHA256,
        SHA384 => &lc::SHA384,
        SHA512 => &lc::SHA512,
        other => return Err(format!("the signature uses the digest {other}, which is not checked")),
    };
    let says = attribute(MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
    if says.is_none_or(|says| says.as_bytes() != lc::digest(hash, content).as_ref()) {
        return Err("the timestamp was changed after it was signed".to_owned());
    }
    let key = &certificate.tbs_certificate.subject_public_key_info;
    let curve = key.algorithm.parameters.as_ref().and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
    let algorithm: &'static dyn sig::VerificationAlgorithm = match (key.algorithm.oid, curve, signer.digest_alg.oid) {
        (RSA, _, SHA256) => &sig::RSA_PKCS1_2048_8192_SHA256,
        (RSA, _, SHA384) => &sig::RSA_PKCS1_2048_8192_SHA384,
        (RSA, _, SHA512) => &sig::RSA_PKCS1_2048_8192_SHA512,
        (EC, Some(P256), SHA256) => &sig::ECDSA_P256_SHA256_ASN1,
        (EC, Some(P256), SHA384) => &sig::ECDSA_P256_SHA384_ASN1,
        (EC, Some(P256), SHA512) => &sig::ECDSA_P256_SHA512_ASN1,
        (EC, Some(P384), SHA256) => &sig::ECDSA_P384_SHA256_ASN1,
        (EC, Some(P384), SHA384) => &sig::ECDSA_P384_SHA384_ASN1,
        (EC, Some(P384), SHA512) => &sig::ECDSA_P384_SHA512_ASN1,
        (EC, Some(P521), SHA256) => &sig::ECDSA_P521_SHA256_ASN1,
        (EC, Some(P521), SHA384) => &sig::ECDSA_P521_SHA384_ASN1,
        (EC, Some(P521), SHA512) => &sig::ECDSA_P521_SHA512_ASN1,
        (ED25519, ..) => &sig::ED25519,
        (other, ..) => return Err(format!("the signature is of a kind that is not checked ({other})")),
    };
    let message = attributes.to_der().map_err(text)?;
    let bytes = key.subject_public_key.as_bytes().ok_or("the authority's key cannot be read")?;
    sig::UnparsedPublicKey::new(algorithm, bytes)
        .verify(&message, signer.signature.as_bytes())
        .map_err(|_| "the signature is not that of the authority's certificate".to_owned())
}

impl Archive {
    /// The question to an authority about the head of the log, as bytes to be sent to it.
    pub fn timestamp_query(&self) -> Result<Vec<u8>, ArchiveError> {
        let damaged = |message: String| ArchiveError::Damaged { record: log::FILE.to_owned(), message };
        let head = self.head()?.ok_or_else(|| damaged("nothing was written yet".to_owned()))?;
        query(&head).map_err(|error| damaged(error.to_string()))
    }

    /// Keeps the answer of an authority, if it holds for the head of the log; says what it says.
    pub fn add_timestamp(&mut self, reply: &[u8]) -> Result<String, ArchiveError> {
        self.writer()?;
        let log = log::read(&self.path)?.unwrap_or_default();
        let damaged = |message: String| ArchiveError::Damaged { record: "the timestamp".to_owned(), message };
        // the log may have gone on since the question was asked
        let mut error = "nothing was written yet".to_owned();
        let mut found = None;
        for entry in log.entries.iter().rev() {
            match check_reply(reply, &entry.hash) {
                Ok(checked) => {
                    found = Some((entry, checked));
                    break;
                }
                Err(message) => error = message,
            }
        }
        let (entry, checked) = found.ok_or_else(|| damaged(error))?;
        let stamp = Stamp {
            v: FORMAT,
            head: entry.hash.clone(),
            seq: entry.seq,
            reply: BASE64.encode(reply),
            sha256: sha256_hex(reply),
        };
        let mut bytes = read(&self.path)?;
        bytes.extend(serde_json::to_vec(&stamp).map_err(|error| damaged(error.to_string()))?);
        bytes.push(b'\n');
        let (path, half) = (self.path.join(FILE), self.path.join(format!("{FILE}.new")));
        File::create(&half)
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| std::fs::rename(&half, &path))
            .map_err(ArchiveError::io("write", &path))?;
        sync_dir(&self.path)?;
        Ok(format!("{}, says {} (certificate {})", checked.time, checked.authority, checked.fingerprint))
    }
}

/// A question about a digest that asks for the certificate as well.
fn query(head: &str) -> Result<Vec<u8>, der::Error> {
    let digest = HEXLOWER.decode(head.as_bytes()).map_err(|_| der::ErrorKind::Failed)?;
    let parameters = Some(Any::encode_from(&Null)?);
    TimeStampReq {
        version: TspVersion::V1,
        message_imprint: MessageImprint {
            hash_algorithm: AlgorithmIdentifier { oid: SHA256, parameters },
            hashed_message: OctetString::new(digest)?,
        },
        req_policy: None,
        nonce: None,
        cert_req: true,
        extensions: None,
    }
    .to_der()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer that `openssl ts` made with a certificate of its own, about this digest.
    const REPLY: &[u8] = include_bytes!("../../fixtures/timestamps/reply.tsr");
    const HEAD: &str = "6dcaea8fcb6da6d09c068aa6f1062aa5f292280789e05a3d4747dda0bcdb914c";

    #[test]
    fn an_answer_holds_for_its_digest_alone() {
        let checked = check_reply(REPLY, HEAD).unwrap();
        assert_eq!(checked.authority, "CN=Time of the test");
        assert_eq!(checked.time, "2026-11-26T08:15:03Z".parse().unwrap());
        assert!(check_reply(REPLY, &sha256_hex(b"x")).is_err());
        for length in 0..REPLY.len() {
            assert!(check_reply(&REPLY[..length], HEAD).is_err(), "cut to {length}");
        }
    }

    #[test]
    fn every_flipped_bit_of_a_timestamp_is_noticed() {
        let reply = BASE64.encode(REPLY);
        let stamp = Stamp { v: FORMAT, head: HEAD.into(), seq: 3, reply, sha256: sha256_hex(REPLY) };
        assert!(check(&stamp).is_ok());
        let line = serde_json::to_string(&stamp).unwrap() + "\n";
        for at in 0..line.len() {
            let mut flipped = line.clone().into_bytes();
            flipped[at] ^= 1 << (at % 7);
            let stamps = parse(&flipped);
            let kept = |stamp: &Stamp| stamp.seq == 3 && check(stamp).is_ok();
            assert!(!stamps.broken.is_empty() || !stamps.read.iter().all(kept), "byte {at}");
        }
        // what is signed is what counts: nothing of it can change even where the digest beside it is made anew
        let mut changed = 0;
        for at in 0..REPLY.len() {
            let mut flipped = REPLY.to_vec();
            flipped[at] ^= 1;
            changed += usize::from(check_reply(&flipped, HEAD).is_err());
        }
        assert!(changed * 10 > REPLY.len() * 3, "{changed} of {}", REPLY.len());
    }

    #[test]
    fn a_question_is_what_openssl_asks() {
        let question = query(HEAD).unwrap();
        // version 1, SHA-256 with null, the digest, certificate asked for
        assert_eq!(HEXLOWER.encode(&question[..24]), "30390201013031300d060960864801650304020105000420");
        assert_eq!(HEXLOWER.encode(&question[24..]), format!("{HEAD}0101ff"));
    }
}
