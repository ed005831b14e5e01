//! `onrecord sign`: lets a claim stand, with name and reason, in the manifest itself.

use anyhow::Context;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::Sign;
use super::exit::Exit;
use super::{load, output, wait};
use crate::model::{Claim, Manifest, Signature};
use crate::report::{self, Format, Style, Verbosity};
use crate::{engine, manifest};

pub(super) fn run(options: &Sign) -> anyhow::Result<Exit> {
    let (by, why) = (options.by.trim(), options.why.trim());
    anyhow::ensure!(!by.is_empty(), "--by is empty: a sign-off needs a name");
    anyhow::ensure!(!why.is_empty(), "--why is empty: a sign-off needs a reason");
    let manifest = load::manifest(&options.manifest)?;
    let number = claim_named(&manifest, &options.claim)?;
    let claim = &manifest.claims[number];
    // The whole manifest is checked: what speaks against a claim may stand in the source of another one.
    let settings = engine::Settings {
        offline: true,
        refresh: engine::Refresh::Never,
        ..load::settings(&options.sources, load::folder(&options.manifest))?
    };
    let report = wait(engine::check(&manifest, &settings, &|_| {}))??;
    let judged = &report.claims[number];
    let on = options.on.unwrap_or_else(|| Timestamp::now().to_zoned(TimeZone::system()).date());
    let signature = Signature {
        by: by.to_owned(),
        on,
        why: why.to_owned(),
        seal: Some(manifest::seal(claim, judged.verdict, &judged.checks)),
    };
    let file = options.manifest.display();
    let text = std::fs::read_to_string(&options.manifest).with_context(|| format!("cannot read {file}"))?;
    let signed = manifest::sign(&text, number, &signature).with_context(|| format!("cannot sign in {file}"))?;
    ensure_only_signed(&manifest, &options.manifest, &signed, number, &signature)?;
    output::replace(&options.manifest, signed.as_bytes())?;
    let shown = report::only(&report, number);
    let style = Style { verbosity: Verbosity::Verbose, ..Style::default() };
    output::print(&report::render(&shown, Format::Text, &style))?;
    output::print(format!("\n{}\n", report::escape::terminal(&said(claim, &signature), true)).as_bytes())?;
    Ok(Exit::Good)
}

fn said(claim: &Claim, signature: &Signature) -> String {
    format!(
        "signed {} by {} on {}: {}; it stands until the claim or its passage changes",
        claim.id, signature.by, signature.on, signature.why
    )
}

/// Finds a claim by its id.
pub(super) fn claim_named(manifest: &Manifest, id: &str) -> anyhow::Result<usize> {
    if let Some(number) = manifest.claims.iter().position(|claim| claim.id.0 == id) {
        return Ok(number);
    }
    let close = |claim: &&Claim| strsim::jaro_winkler(&claim.id.0, id);
    let meant = manifest.claims.iter().max_by(|a, b| close(a).total_cmp(&close(b))).filter(|claim| close(claim) > 0.8);
    match meant {
        Some(meant) => anyhow::bail!("no claim has the id {id:?}; did you mean {}?", meant.id),
        None => anyhow::bail!("no claim has the id {id:?}; `onrecord check -v` lists them"),
    }
}

/// Makes sure that the new text says what the old one did, and the signature.
fn ensure_only_signed(
    before: &Manifest,
    path: &std::path::Path,
    text: &str,
    number: usize,
    signature: &Signature,
) -> anyhow::Result<()> {
    let parsed = manifest::parse(path, text, &crate::matching::figure::written);
    let mut after =
        parsed.map_err(|_| anyhow::anyhow!("the signed manifest would not parse; nothing was written"))?.manifest;
    let same = after.claims.len() == before.claims.len()
        && after.claims.get(number).and_then(|claim| claim.signed.as_ref()) == Some(signature);
    for (after, before) in after.claims.iter_mut().zip(&before.claims) {
        after.signed.clone_from(&before.signed);
        after.place = before.place;
        for (after, before) in after.checks.iter_mut().zip(&before.checks) {
            after.place = before.place;
        }
    }
    anyhow::ensure!(
        same && after.claims == before.claims,
        "signing would change more than the sign-off; nothing was written"
    );
    Ok(())
}
