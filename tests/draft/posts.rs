//! Embedded posts, block quotations and gaps: what the markup of an article says, and that nothing of it goes unseen.

use std::path::Path;

use onrecord::draft::{Kind, json, manifest as printed};
use onrecord::engine::{self, ArticleText};
use onrecord::extract::{self, Input, Limits};
use onrecord::manifest;
use onrecord::matching::figure;

fn page(embed: &str) -> ArticleText {
    let html = format!(
        "<html lang=en><head><title>Storm over Skarn</title></head><body><article><h1>Storm over Skarn</h1>\
         <p>The ferries stay in port, the harbour office said on Monday.</p>{embed}\
         <p>The storm has passed the islands and people are going home.</p></article></body></html>"
    );
    let input = Input { bytes: html.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "story.html" };
    let read = extract::extract_linked(&input, &Limits::default());
    ArticleText { document: read.reading.document.expect("there is text"), links: read.links, at: Default::default() }
}

/// Handle, address and words of the one post of a page.
fn post(embed: &str) -> (String, String, Vec<String>) {
    let article = page(embed);
    let drafted = engine::draft(&article, None);
    let posts: Vec<_> = drafted.claims.iter().filter(|claim| claim.kind == Kind::Post).collect();
    assert_eq!(posts.len(), 1, "{embed}");
    let source = posts[0].source.map(|at| drafted.sources[at].address.clone()).unwrap_or_default();
    let words = posts[0].quote.iter().map(|range| article.document.slice(*range).to_owned()).collect();
    (posts[0].speaker.clone().unwrap_or_default(), source, words)
}

#[test]
fn the_source_of_a_post_is_its_own_address_whatever_it_links_to() {
    let (handle, source, words) = post(
        "<blockquote class=twitter-tweet><p>No ferry today. <a href='https://t.co/abc'>pic.twitter.com/abc</a></p>\
         &mdash; Skarn Ferries (@skarnferries) <a href='https://twitter.com/skarnferries/status/181?ref_src=x'>June 3, 2025</a></blockquote>",
    );
    assert_eq!((handle.as_str(), source.as_str()), ("@skarnferries", "https://twitter.com/skarnferries/status/181"));
    assert_eq!(words, ["No ferry today."]);
    let (handle, source, words) = post(
        "<blockquote class=bluesky-embed data-bluesky-uri='at://did:plc:q/app.bsky.feed.post/3l'><p>The sea is flat.\
         <br><br><a href='https://bsky.app/profile/did:plc:q/post/3l?ref_src=embed'>[image or embed]</a></p>&mdash; Ada Brandt \
         (<a href='https://bsky.app/profile/did:plc:q?ref_src=embed'>@ada.example</a>) <a \
         href='https://bsky.app/profile/did:plc:q/post/3l?ref_src=embed'>June 3, 2025 at 1:12 PM</a></blockquote>",
    );
    assert_eq!((handle.as_str(), source.as_str()), ("@ada.example", "https://bsky.app/profile/did:plc:q/post/3l"));
    assert_eq!(words, ["The sea is flat."], "what the platform puts there is nobody's words");
    let (handle, source, words) = post(
        "<div class=tgme_widget_message data-post='skarnwatch/22'><a class=tgme_widget_message_owner_name \
         href='https://t.me/skarnwatch'>Skarn Watch</a><div class=tgme_widget_message_text>Water stands a metre high in \
         Quay Street.</div></div>",
    );
    assert_eq!(source, "https://t.me/skarnwatch/22");
    assert!(!handle.is_empty());
    assert!(words.iter().any(|line| line.contains("a metre high")), "{words:?}");
}

#[test]
fn an_embed_without_words_is_told_by_its_address() {
    for (embed, address) in [
        (
            "<script async src='https://telegram.org/js/telegram-widget.js' data-telegram-post='skarnwatch/22'></script>",
            "https://t.me/skarnwatch/22",
        ),
        ("<iframe src='https://t.me/skarnwatch/22?embed=1'></iframe>", "https://t.me/skarnwatch/22"),
        (
            "<iframe src='https://brine.example/@petra/115/embed' class=mastodon-embed></iframe>",
            "https://brine.example/@petra/115",
        ),
        (
            "<blockquote class=instagram-media data-instgrm-permalink='https://www.instagram.com/p/Cx/?utm=1'><a href='https://www.instagram.com/p/Cx/'>View this post on Instagram</a></blockquote>",
            "https://www.instagram.com/p/Cx/",
        ),
        ("<iframe src='https://platform.twitter.com/embed/Tweet.html?id=181'></iframe>", "https://x.com/i/status/181"),
    ] {
        let article = page(embed);
        let drafted = engine::draft(&article, None);
        assert_eq!(drafted.embeds, [address], "{embed}");
        let text = printed(&drafted, &article.document, &article.at);
        assert!(text.contains(&format!("# source = \"{address}\"")), "{text}");
        assert_eq!(json(&drafted, &article.document)["embeds"][0], address);
        let parsed = manifest::parse("claims.toml".as_ref(), &text, &figure::written).expect("a draft is a manifest");
        assert_eq!(engine::gaps(&article, &drafted, &parsed.manifest).embeds, [address], "a comment covers nothing");
        let named = format!("{text}\n[sources.post]\nurl = \"{address}\"\n");
        let parsed = manifest::parse("claims.toml".as_ref(), &named, &figure::written).expect("it parses");
        assert!(engine::gaps(&article, &drafted, &parsed.manifest).embeds.is_empty(), "{named}");
    }
    for embed in [
        "<iframe src='https://maps.example/embed'></iframe>",
        "<iframe src='javascript:alert(1)//@a/embed'></iframe>",
        "<script data-telegram-post='../x'></script>",
    ] {
        assert!(engine::draft(&page(embed), None).embeds.is_empty(), "{embed}");
    }
}

#[test]
fn a_block_quotation_is_whose_signature_stands_below_it() {
    for embed in [
        "<blockquote><p>The bell will ring again when the storm is over.</p><footer>Ines Calloway</footer></blockquote>",
        "<blockquote><p>The bell will ring again when the storm is over.</p><p>— Ines Calloway, in a letter</p></blockquote>",
        "<p>Ines Calloway wrote:</p><blockquote><p>The bell will ring again when the storm is over.</p></blockquote>",
    ] {
        let article = page(embed);
        let drafted = engine::draft(&article, None);
        let quoted: Vec<_> = drafted.claims.iter().filter(|claim| claim.kind == Kind::Quote).collect();
        assert_eq!(quoted.len(), 1, "{embed}");
        assert_eq!(quoted[0].speaker.as_deref(), Some("Ines Calloway"), "{embed}");
        assert!(article.document.slice(quoted[0].quote[0]).starts_with("The bell"), "{embed}");
    }
    let unsigned = "<blockquote><p>The bell will ring again when the storm is over.</p></blockquote>";
    assert!(engine::draft(&page(unsigned), None).claims.iter().all(|claim| claim.kind != Kind::Quote));
}

#[test]
fn every_stretch_in_marks_that_no_claim_touches_is_a_gap() {
    let empty = manifest::parse("claims.toml".as_ref(), "[[claim]]\nstatement = \"x\"\n", &figure::written)
        .expect("it parses")
        .manifest;
    for (text, language, gaps) in [
        ("The rain had stopped. “Nobody will ever row again,” stood on the wall.", "en", 1),
        ("Ein Sturm? „Das war höchstens ein kräftiger Wind.“", "de", 1),
        ("The ship was called “The Grey Heron”.", "en", 0),
    ] {
        let article = super::cases::article(text, language);
        let drafted = engine::draft(&article, Some(language));
        let found = engine::gaps(&article, &drafted, &empty);
        let listed =
            found.quotations.len() + found.claims.iter().filter(|at| drafted.claims[**at].kind != Kind::Figure).count();
        assert_eq!(listed, gaps, "{text}: {found:?}");
    }
    // A claim that has some of the words, and a dismissal, settle it.
    let text = "The rain had stopped. “Nobody will ever row again,” stood on the wall.";
    let article = super::cases::article(text, "en");
    let drafted = engine::draft(&article, Some("en"));
    for settled in [
        "[[claim]]\nstatement = \"x\"\nquote = \"ever row again\"\n",
        "[[claim]]\nstatement = \"x\"\n[[dismissed]]\nstatement = \"Nobody will ever row again\"\n",
    ] {
        let manifest =
            manifest::parse(Path::new("claims.toml"), settled, &figure::written).expect("it parses").manifest;
        assert!(engine::gaps(&article, &drafted, &manifest).quotations.is_empty(), "{settled}");
    }
}
