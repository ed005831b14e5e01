//! The page of a bundle for whoever checks it: what is in the file, how to check it with this program and without it, and
//! what that does and does not show. It says nothing of the article, so that no text of others stands in it.

const STYLE: &str = "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif;\
color-scheme:light dark}pre{overflow:auto;padding:.6rem;border:1px solid}dt{font-weight:bold}";

/// Renders the page. `public` says whether the bundle's report is the one for readers, `captures` whether it has any.
pub fn verifier(public: bool, captures: bool) -> String {
    let digest = data_encoding::BASE64.encode(&<sha2::Sha256 as sha2::Digest>::digest(STYLE));
    let package = if captures {
        "<dt>captures.wacz</dt><dd>The archived pages that the report rests on, as they came from their servers. \
         Replay tools for web archives (WACZ) open it.</dd>\n"
    } else {
        "<dt>captures.wacz</dt><dd>is missing: the report rests on no capture that could be put in.</dd>\n"
    };
    let withheld = if public {
        "<p>This is a bundle for readers. The report shows excerpts, and leaves out claims that the article does not \
         print, the desk’s own files and notes, and copies that people supplied; those copies are not among the captures \
         either, and passages of theirs cannot be checked here.</p>\n"
    } else {
        "<p>This is a bundle for a desk: its report has everything that the desk sees. <code>onrecord bundle \
         --public</code> makes one for readers.</p>\n"
    };
    format!(
        "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{digest}'\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>How to check this bundle</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>How to check this bundle</h1>
<p>A bundle holds a report on the sources of an article, and the captures of those sources. It lets anybody see what the \
sources carried when they were captured, without asking the sources again.</p>
{withheld}<h2>What is in it</h2>
<dl>
<dt>report.html</dt><dd>The report, to be read in a browser. It opens no connection.</dd>
<dt>report.json</dt><dd>The same report as data.</dd>
{package}<dt>SHA256SUMS</dt><dd>The digests of these files.</dd>
<dt>bundle.json, bundle-digest.json</dt><dd>The list of all files with their digests; the digest of that list, and a \
signature where there is one.</dd>
</dl>
<h2>With onrecord</h2>
<pre>onrecord bundle verify FILE</pre>
<p>It compares every byte with the list, the captures with their own description, and the report with the captures: each \
passage must stand in its capture at the place that the report gives. It says what damage touches. It ends with 0 where \
everything holds, 1 where something does not, 2 where the file cannot be read. <code>--key</code> compares the \
signature’s key with one that you know, <code>--head</code> the digest with one that was published.</p>
<h2>Without onrecord</h2>
<ol>
<li>Unpack the file and compare the digests:<pre>unzip FILE
sha256sum --check SHA256SUMS
sha256sum bundle.json</pre>The last line must be the digest in <code>bundle-digest.json</code>, and the one that was \
published, if one was.</li>
<li>Open <code>report.html</code>, and beside it <code>captures.wacz</code> in a replay tool. Compare passages, \
dates and addresses by eye.</li>
<li>Positions in the report count Unicode code points of the text that <code>onrecord text</code> prints.</li>
</ol>
<h2>What it shows, and what it does not</h2>
<p>That nothing was changed since the bundle was made, and that the captures carry what the report quotes. Without a \
signature or a digest from elsewhere, whoever made the bundle could have made another one. It does not show that a server \
meant what it sent, and never that a claim is true.</p>
</main>
</body>
</html>
"
    )
}
