use std::io::Write;

use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

use super::*;

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

fn zstd(data: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(data, ruzstd::encoding::CompressionLevel::Fastest)
}

fn answer<'a>(codings: &str, body: &'a [u8]) -> HttpAnswer<'a> {
    HttpAnswer {
        protocol: "HTTP/1.1".into(),
        status: 200,
        fields: vec![("Content-Encoding".into(), codings.into())],
        body,
        warnings: Vec::new(),
    }
}

fn run(codings: &str, body: &[u8]) -> Result<Decoded, DecodeError> {
    decode(&answer(codings, body), &DecodeLimits::default())
}

const TEXT: &[u8] = b"The harbour stayed closed for nine days, the pilot said.";

#[test]
fn each_coding_is_removed() {
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(TEXT).unwrap();
    let mut bare = DeflateEncoder::new(Vec::new(), Compression::default());
    bare.write_all(TEXT).unwrap();
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &TEXT[..], &mut brotli, &brotli::enc::BrotliEncoderParams::default()).unwrap();
    for (coding, body) in [
        ("gzip", gzip(TEXT)),
        ("X-GZIP", gzip(TEXT)),
        ("deflate", zlib.finish().unwrap()),
        ("deflate", bare.finish().unwrap()),
        ("br", brotli),
        ("zstd", zstd(TEXT)),
        ("zstd", [zstd(&TEXT[..10]), zstd(&TEXT[10..])].concat()),
        ("identity", TEXT.to_vec()),
        ("gzip, gzip", gzip(&gzip(TEXT))),
        ("gzip, identity, gzip,gzip", gzip(&gzip(&gzip(TEXT)))),
        ("gzip", [gzip(&TEXT[..10]), gzip(&TEXT[10..]), b"trailing".to_vec()].concat()),
    ] {
        let decoded = run(coding, &body).unwrap();
        assert_eq!((decoded.bytes.as_slice(), decoded.whole), (TEXT, true), "{coding}");
    }
}

#[test]
fn a_body_without_its_end_is_not_whole() {
    let packed = gzip(&TEXT.repeat(50));
    let without_trailer = run("gzip", &packed[..packed.len() - 8]).unwrap();
    assert_eq!((without_trailer.bytes, without_trailer.whole), (TEXT.repeat(50), false));
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(&TEXT.repeat(50)).unwrap();
    let packed = zlib.finish().unwrap();
    assert!(!run("deflate", &packed[..packed.len() - 6]).unwrap().whole);
    let mut flipped = gzip(TEXT);
    let last = flipped.len() - 5;
    flipped[last] ^= 1;
    assert!(!run("gzip", &flipped).unwrap().whole, "a wrong checksum is noticed");
}

#[test]
fn what_does_not_decode_is_an_error() {
    assert_eq!(run("gzip", b"notgzip"), Err(DecodeError::NotEncoded { coding: "gzip" }));
    assert!(matches!(run("deflate", b"\xff\xff\xff\xff"), Err(DecodeError::NotEncoded { .. })));
    assert!(matches!(run("br", b"<html><p>plain"), Err(DecodeError::NotEncoded { .. })));
    assert_eq!(run("compress", b"x"), Err(DecodeError::Unsupported { coding: "compress".into() }));
    assert_eq!(run("zstd", b"not so"), Err(DecodeError::NotEncoded { coding: "zstd" }));
    assert_eq!(run("gzip,gzip,gzip,gzip", b"x"), Err(DecodeError::TooManyCodings { codings: 4 }));
}

#[test]
fn bombs_stop_early() {
    let limits = DecodeLimits { bytes: 8 << 20, ..DecodeLimits::default() };
    let bomb = gzip(&vec![0; 12 << 20]);
    assert_eq!(decode(&answer("gzip", &bomb), &limits), Err(DecodeError::Bomb { ratio: 100 }));
    let twice = gzip(&bomb);
    assert_eq!(decode(&answer("gzip, gzip", &twice), &limits), Err(DecodeError::Bomb { ratio: 100 }));
    let limits = DecodeLimits { bytes: 100_000, ..DecodeLimits::default() };
    let long = gzip(&TEXT.repeat(5000));
    assert_eq!(decode(&answer("gzip", &long), &limits), Err(DecodeError::TooLarge { limit: 100_000 }));
    assert_eq!(decode(&answer("", &TEXT.repeat(5000)), &limits), Err(DecodeError::TooLarge { limit: 100_000 }));
    assert!(matches!(run("zstd", &zstd(&vec![0; 8 << 20])), Err(DecodeError::Bomb { .. })));
    let cut = run("zstd", &zstd(&TEXT.repeat(50))[..60]).unwrap();
    assert!(!cut.whole && TEXT.repeat(50).starts_with(&cut.bytes));
    let mut brotli = Vec::new();
    let quick = brotli::enc::BrotliEncoderParams { quality: 3, ..Default::default() };
    brotli::BrotliCompress(&mut &vec![0; 8 << 20][..], &mut brotli, &quick).unwrap();
    assert!(matches!(run("br", &brotli), Err(DecodeError::Bomb { .. })));
}

#[test]
fn chunks_left_in_are_joined_only_where_they_are_chunks() {
    let mut answer = answer("", b"5\r\nhello\r\n0\r\n\r\n");
    answer.fields.push(("Transfer-Encoding".into(), "chunked".into()));
    assert_eq!(decode(&answer, &DecodeLimits::default()).unwrap().bytes, b"hello");
    answer.body = b"hello\n";
    let decoded = decode(&answer, &DecodeLimits::default()).unwrap();
    assert_eq!((decoded.bytes.as_slice(), decoded.whole, decoded.warnings.len()), (&b"hello\n"[..], true, 1));
}
