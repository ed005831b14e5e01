//! Adds a page as a browser rendered it, with its screenshot, to an archive: `append_rendering ARCHIVE URL HTML PNG`.
//!
//! For other people's tools that are tried on an archive with one of every kind.

use std::path::Path;

use jiff::Timestamp;
use onrecord::archive::{Archive, Mode, Rendering};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, archive, url, html, png] = arguments.as_slice() else {
        return Err("usage: append_rendering ARCHIVE URL HTML PNG".into());
    };
    let (html, png) = (std::fs::read(html)?, std::fs::read(png)?);
    let mut archive = Archive::open(Path::new(archive), Mode::Write)?;
    archive.append_rendering(&Rendering {
        requested: url,
        address: url,
        status: Some(200),
        html: &html,
        screenshot: Some(&png),
        at: Timestamp::now(),
        browser: "a browser",
    })?;
    archive.flush()?;
    Ok(())
}
