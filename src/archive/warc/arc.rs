//! ARC records: the format before WARC, whose whole header is one line.
//!
//! `URL address date type length`, or in its second version with result, checksum, redirect, offset and file
//! name before the length. URLs may contain spaces, so lines are read from their end. The fields become the
//! WARC header that says the same.

use super::record::Header;

/// A line that begins an ARC record, as the header of a WARC record, and what is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArcLine {
    pub(crate) header: Header,
    pub(crate) warnings: Vec<String>,
}

/// Whether an ARC record may begin like this.
pub(crate) fn may_begin(bytes: &[u8]) -> bool {
    ["filedesc:", "http:", "https:", "dns:", "ftp:"].iter().any(|scheme| bytes.starts_with(scheme.as_bytes()))
}

/// Reads the line that begins a record; `None` where it is none.
pub(crate) fn parse(line: &[u8]) -> Option<ArcLine> {
    if !may_begin(line) {
        return None;
    }
    let text = String::from_utf8_lossy(line);
    let words: Vec<&str> = text.trim_end().split(' ').collect();
    // version 1 has four fields after the URL, version 2 has nine
    let date_at = [3, 8].into_iter().filter_map(|back| words.len().checked_sub(back)).find(|&at| {
        at >= 2 && words.get(at).is_some_and(|date| date.len() >= 12 && date.bytes().all(|byte| byte.is_ascii_digit()))
    })?;
    let url = words[..date_at - 1].join(" ");
    let [address, date, kind] = [words[date_at - 1], words[date_at], words[date_at + 1]];
    let mut warnings = Vec::new();
    let length = words.last().and_then(|length| length.parse::<u64>().ok()).unwrap_or_else(|| {
        warnings.push("has no usable length; its block is taken to be empty".to_owned());
        0
    });
    let mut header = Header::default();
    let about_file = url.starts_with("filedesc:");
    let http = url.starts_with("http:") || url.starts_with("https:");
    header.push(
        "WARC-Type",
        if about_file {
            "warcinfo"
        } else if http {
            "response"
        } else {
            "resource"
        },
    );
    if about_file {
        header.push("WARC-Filename", url.trim_start_matches("filedesc:").trim_start_matches("//"));
    } else {
        header.push("WARC-Target-URI", url);
    }
    if date.len() != 14 {
        warnings.push(format!("its date {date} does not have fourteen digits"));
    }
    header.push("WARC-Date", date.get(..14).unwrap_or(date));
    header.push("WARC-IP-Address", address);
    header.push("Content-Type", if http { "application/http; msgtype=response" } else { kind });
    header.push("Content-Length", length.to_string());
    Some(ArcLine { header, warnings })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(line: &str) -> Vec<String> {
        let header = parse(line.as_bytes()).unwrap().header;
        ["WARC-Type", "WARC-Target-URI", "WARC-Date", "Content-Length"]
            .map(|name| header.get(name).unwrap_or_default().to_owned())
            .to_vec()
    }

    #[test]
    fn both_versions_and_odd_lines_are_read() {
        assert_eq!(
            fields("http://daily.example/a b 192.0.2.1 20140216050221 text/html 1591"),
            ["response", "http://daily.example/a b", "20140216050221", "1591"]
        );
        assert_eq!(
            fields("http://daily.example/ 192.0.2.1 20140216050221 text/html 200 SUM - 0 x.arc.gz 12"),
            ["response", "http://daily.example/", "20140216050221", "12"]
        );
        assert_eq!(fields("filedesc://x.arc 0.0.0.0 20140216050221 text/plain 75")[0], "warcinfo");
        assert_eq!(fields("dns:daily.example 192.0.2.1 20140216050221 text/dns 9")[0], "resource");
        let odd = parse(b"http://daily.example/ 192.0.2.1 201402160502210000 text/html abc").unwrap();
        assert_eq!((odd.header.get("Content-Length"), odd.warnings.len()), (Some("0"), 2));
    }

    #[test]
    fn other_lines_are_none() {
        for line in
            ["", "URL IP-address Archive-date Content-type Archive-length", "<p>a 1 20140216050221 b 3", "http:"]
        {
            assert_eq!(parse(line.as_bytes()), None, "{line}");
        }
    }
}
