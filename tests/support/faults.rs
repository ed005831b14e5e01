//! What servers do wrong, by path: every answer here breaks something, and `/ok` and `/figure` do not.

use std::io::Write;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::server::{Connection, Request, Server};

/// The sentence that claims quote; it stands on every page that arrives.
pub const WORDS: &str = "The ferry will not sail before Thursday";
/// A sentence that stands at the end of a page, behind everything that breaks.
pub const LAST: &str = "The crane was inspected twice last winter";

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";

/// A page with both sentences, and enough text to be one.
pub fn page() -> String {
    format!("{}{}", first_part(), last_part())
}

/// The page's beginning, with the first sentence.
pub fn first_part() -> String {
    format!(
        "<html><head><title>Quay closed</title></head><body><article><h1>Quay closed</h1><p>“{WORDS},” said Ada Nyland, \
         the harbour master of Skerry Point.</p><p>The storm tore 1,436 roof tiles from the customs house on Monday \
         night.</p>"
    )
}

fn last_part() -> String {
    format!("<p>{}</p><p>“{LAST},” said Ada Nyland.</p></article></body></html>", "Gulls sat on the quay. ".repeat(20))
}

/// Bytes, packed.
pub fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A server of faults.
pub fn server() -> Server {
    // building them takes longer than a client waits
    GZIP_BOMB.get_or_init(|| gzip(&vec![b' '; 32 << 20]));
    BROTLI_BOMB.get_or_init(brotli_bomb);
    Server::start(answer)
}

fn encoded(connection: &mut Connection, coding: &str, body: &[u8]) {
    connection.answer("200 OK", &format!("Content-Type: text/html\r\nContent-Encoding: {coding}\r\n"), body);
}

static GZIP_BOMB: OnceLock<Vec<u8>> = OnceLock::new();
static BROTLI_BOMB: OnceLock<Vec<u8>> = OnceLock::new();

fn brotli_bomb() -> Vec<u8> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 1, 22).write_all(&vec![b' '; 32 << 20]).expect("memory takes it");
    packed
}

/// Answers one request.
#[expect(clippy::too_many_lines, reason = "it is a table")]
pub fn answer(request: &Request, connection: &mut Connection) {
    let announced = |length: usize| format!("{HEAD}Content-Length: {length}\r\n\r\n");
    let path = request.path.split('?').next().unwrap_or_default().trim_start_matches('/').to_owned();
    if let Some(left) = path.strip_prefix("chain") {
        let left: usize = left.parse().unwrap_or(0);
        connection.redirect(&if left == 0 { "/ok".to_owned() } else { format!("/chain{}", left - 1) });
        return;
    }
    match path.as_str() {
        "ok" => connection.page(&page()),
        "slowheader" => {
            connection.send("HTTP/1.1 200 OK\r\nX-A: ");
            while connection.send("a") {
                sleep(Duration::from_millis(100));
            }
        }
        "slowbody" => {
            connection.send(announced(100_000) + &first_part());
            while connection.send("x") {
                sleep(Duration::from_millis(100));
            }
        }
        "reset" => {
            connection.send(announced(100_000) + &first_part());
            connection.tear();
        }
        "reset-at-once" => connection.tear(),
        "short" => {
            connection.send(announced(100_000) + &first_part());
        }
        "long" => {
            let page = page();
            connection.send(format!("{HEAD}Content-Length: {}\r\nConnection: close\r\n\r\n{page}EXTRA", page.len()));
        }
        "cl2" => {
            connection.send(format!("{HEAD}Content-Length: 5\r\nContent-Length: 9\r\n\r\nhelloEXTR"));
        }
        "clte" => {
            let page = page();
            connection.send(format!(
                "{HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{page}\r\n0\r\n\r\n",
                page.len()
            ));
        }
        "badchunk" | "chunkcut" => {
            let part = first_part();
            let end = if path == "badchunk" { "ZZZ\r\n" } else { "" };
            connection.send(format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{part}\r\n{end}", part.len()));
        }
        "infinite" => {
            connection.send(format!("{HEAD}\r\n{}", first_part()));
            while connection.send([b'z'; 65536]) {}
        }
        "infheader" => {
            connection.send(HEAD);
            while connection.send(format!("X-A: {}\r\n", "h".repeat(1000))) {}
        }
        "bomb" => encoded(connection, "gzip", GZIP_BOMB.get().map_or(&[], Vec::as_slice)),
        "brbomb" => encoded(connection, "br", BROTLI_BOMB.get().map_or(&[], Vec::as_slice)),
        // a frame of zstd whose window would be two gigabytes
        "zstdwindow" => encoded(connection, "zstd", &[0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00]),
        "nested" => encoded(connection, "gzip, gzip, gzip, gzip", &gzip(&gzip(&gzip(&gzip(page().as_bytes()))))),
        "nested3" => encoded(connection, "gzip, gzip, gzip", &gzip(&gzip(&gzip(page().as_bytes())))),
        "badgzip" => encoded(connection, "gzip", page().as_bytes()),
        "gziptrunc" => {
            let packed = gzip(page().as_bytes());
            encoded(connection, "gzip", &packed[..packed.len() - 8]);
        }
        "loop" => connection.redirect("/pool"),
        "pool" => connection.redirect("/loop"),
        "tofile" => connection.redirect("file:///etc/passwd"),
        "toftp" => connection.redirect("ftp://wire.example/ok"),
        "todata" => connection.redirect("data:text/html,The%20ferry%20will%20not%20sail%20before%20Thursday"),
        "503" => connection.answer("503 Busy", "Retry-After: 2\r\n", "busy"),
        "503date" => connection.answer("503 Busy", "Retry-After: Wed, 21 Oct 2099 07:28:00 GMT\r\n", "busy"),
        "503absurd" => connection.answer("503 Busy", "Retry-After: 99999999999999999999999\r\n", "busy"),
        "429" => connection.answer("429 Too Many Requests", "Retry-After: 3600\r\n", "slow down"),
        "1xx" => {
            for _ in 0..500 {
                connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
            }
            connection.page(&page());
        }
        "1xx-few" => {
            connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(3));
            connection.page(&page());
        }
        "nul" => {
            let page = page();
            connection.send(format!("{HEAD}X-A: a\0b\r\nContent-Length: {}\r\n\r\n{page}", page.len()));
        }
        "http09" => {
            connection.send(page());
        }
        "soft404" => {
            connection.page("<title>Oops</title><h1>Page not found</h1><p>The page you are looking for is gone.</p>")
        }
        "consent" => connection.page("<h1>Before you continue</h1><p>We and our partners store cookies.</p>"),
        "login" => connection.page("<h1>Sign in</h1><form><input type=password></form>"),
        "paywall" => connection.page("<h1>Quay closed</h1><p>Subscribe to continue reading.</p>"),
        "captcha" => connection.page("<h1>One moment</h1><p>Please verify you are human.</p>"),
        "scripts" => connection.page("<div id=root></div><script>document.body.innerHTML='x'</script>"),
        "latin" => {
            let text = format!("<meta charset=utf-8><p>“{WORDS},” said the café’s owner.</p>");
            let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&text);
            connection.answer("200 OK", "Content-Type: text/html; charset=windows-1252\r\n", &bytes);
        }
        "liar" => {
            let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode("<p>港の長は言った。フェリーは木曜日まで出ない。</p>");
            connection.answer("200 OK", "Content-Type: text/html; charset=utf-8\r\n", &bytes);
        }
        "big" => connection.page(&(first_part() + &"<p>Lorem ipsum</p>\n".repeat(200_000) + &last_part())),
        "deep" => connection.page(&format!("{}{}{}", "<div>".repeat(10_000), first_part(), "</div>".repeat(10_000))),
        "hugeattr" => {
            connection.page(&format!("<p title=\"{}\">“{WORDS},” said Ada Nyland.</p>", "a".repeat(2_000_000)));
        }
        "bytes" => connection.answer(
            "200 OK",
            "Content-Type: text/html; charset=utf-8\r\n",
            [b"<p>a\0b \xff\xfe \r lone</p>".as_slice(), first_part().as_bytes(), b"\xc3"].concat(),
        ),
        "regex" => connection.page(&format!("<p>{}</p>{}", "a".repeat(100_000), page())),
        "secret" => {
            connection.answer("200 OK", "Content-Type: text/html\r\nSet-Cookie: session=hunter2-renewed\r\n", page())
        }
        _ => connection.answer("404 Not Found", "Content-Type: text/html\r\n", "<h1>Not found</h1>"),
    }
}
