//! A stored HTTP answer into its status, its header fields and its body.
//!
//! Takes what crawlers have written for twenty years: no status text, HTTP/2 status lines, bare line feeds,
//! chunks left in. The status must be a number; everything else is optional.

/// An HTTP answer as it stands in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpAnswer<'a> {
    /// The protocol of the status line, as written.
    pub protocol: String,
    /// The status.
    pub status: u16,
    /// The header fields, in order.
    pub fields: Vec<(String, String)>,
    /// The bytes after the header, as stored.
    pub body: &'a [u8],
    /// What is odd about it.
    pub warnings: Vec<String>,
}

/// Data whose chunks were taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dechunked {
    pub(crate) bytes: Vec<u8>,
    /// Whether the last chunk came and nothing was wrong on the way.
    pub(crate) whole: bool,
}

const MAX_FIELDS: usize = 2000;

impl<'a> HttpAnswer<'a> {
    /// Parses the block of a response record; says what is wrong where it is no HTTP answer.
    pub fn parse(block: &'a [u8]) -> Result<Self, String> {
        let mut warnings = Vec::new();
        let (head, body) = split_head(block).unwrap_or_else(|| {
            warnings.push("its HTTP header has no end".to_owned());
            (block, &[])
        });
        let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
        let status_line = text(lines.next().unwrap_or_default());
        let mut words = status_line.split_ascii_whitespace();
        let protocol = words.next().unwrap_or_default().to_owned();
        if !protocol.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("HTTP")) {
            return Err("it does not begin with an HTTP status line".to_owned());
        }
        let status = words
            .next()
            .and_then(|word| word.parse().ok())
            .filter(|status| (100..1000).contains(status))
            .ok_or("its HTTP status is no number")?;
        if !matches!(protocol.as_str(), "HTTP/1.1" | "HTTP/1.0") {
            warnings.push(format!("its status line says {protocol}"));
        }
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in lines.filter(|line| !line.is_empty()).take(MAX_FIELDS) {
            let line = text(line);
            if line.starts_with([' ', '\t']) {
                if let Some((_, value)) = fields.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            } else {
                warnings.push("an HTTP header line has no colon".to_owned());
            }
        }
        Ok(Self { protocol, status, fields, body, warnings })
    }

    /// The first field of that name, in any case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Every entry of the lists that fields of that name hold, in lower case.
    pub(crate) fn list(&self, name: &str) -> Vec<String> {
        self.fields
            .iter()
            .filter(|(field, _)| field.eq_ignore_ascii_case(name))
            .flat_map(|(_, value)| value.split(','))
            .map(|entry| entry.trim().to_ascii_lowercase())
            .filter(|entry| !entry.is_empty())
            .collect()
    }
}

/// Header bytes as text: UTF-8 where they are, else one character per byte, so that nothing is lost.
fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}

/// Parts a block at its first empty line; `None` where there is none.
pub(crate) fn split_head(block: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut line_start = 0;
    for end in memchr::memchr_iter(b'\n', block) {
        let line = &block[line_start..end];
        if line.iter().all(|&byte| byte == b'\r') {
            return Some((&block[..line_start], &block[end + 1..]));
        }
        line_start = end + 1;
    }
    None
}

/// Takes chunks apart; `None` where the data does not begin with one.
pub(crate) fn dechunk(data: &[u8]) -> Option<Dechunked> {
    let mut bytes = Vec::new();
    let mut rest = data;
    let mut first = true;
    loop {
        let Some(size) = chunk_size(&mut rest) else {
            return (!first).then_some(Dechunked { bytes, whole: false });
        };
        first = false;
        if size == 0 {
            return Some(Dechunked { bytes, whole: true });
        }
        let whole = size <= rest.len();
        let (chunk, after) = rest.split_at(size.min(rest.len()));
        bytes.extend_from_slice(chunk);
        if !whole {
            return Some(Dechunked { bytes, whole: false });
        }
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
    }
}

/// Reads the line that announces a chunk.
fn chunk_size(rest: &mut &[u8]) -> Option<usize> {
    // sixteen digits are more than any file has; extensions are rare and short
    let end = memchr::memchr(b'\n', rest.get(..256).unwrap_or(rest))?;
    let line = std::str::from_utf8(&rest[..end]).ok()?;
    let digits = line.split(';').next()?.trim();
    if digits.is_empty() || digits.len() > 15 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let size = usize::from_str_radix(digits, 16).ok()?;
    *rest = &rest[end + 1..];
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_status_lines_are_read() {
        for (line, status) in
            [("HTTP/1.1 302", 302), ("HTTP/2 200", 200), ("HTTP/1.0  404  Not  Found", 404), ("http/1.1 200 OK", 200)]
        {
            let block = format!("{line}\r\nContent-Type: text/html\r\n\r\nbody");
            let answer = HttpAnswer::parse(block.as_bytes()).unwrap();
            assert_eq!((answer.status, answer.body), (status, &b"body"[..]), "{line}");
            assert_eq!(answer.field("content-type"), Some("text/html"));
        }
        assert!(HttpAnswer::parse(b"<html>").is_err());
        assert!(HttpAnswer::parse(b"HTTP/1.1 abc\r\n\r\n").is_err());
        assert!(HttpAnswer::parse(b"").is_err());
    }

    #[test]
    fn bare_line_feeds_end_the_header() {
        let answer = HttpAnswer::parse(b"HTTP/1.1 200 OK\nA: b\n c\n\nx\r\n\r\ny").unwrap();
        assert_eq!(answer.field("a"), Some("b c"));
        assert_eq!(answer.body, b"x\r\n\r\ny");
    }

    #[test]
    fn chunks_are_joined_and_broken_ones_are_noticed() {
        let whole = dechunk(b"5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\n\r\n").unwrap();
        assert_eq!(whole, Dechunked { bytes: b"hello world".to_vec(), whole: true });
        for cut in [&b"5\r\nhello\r\n"[..], b"5\r\nhello\r\nZZZ\r\n", b"8\r\nhello"] {
            assert_eq!(dechunk(cut).unwrap(), Dechunked { bytes: b"hello".to_vec(), whole: false });
        }
        assert_eq!(dechunk(b"<!doctype html>\n"), None);
        assert_eq!(dechunk(b"ffffffffffffffffff\r\n"), None);
        assert_eq!(dechunk(b""), None);
    }
}
