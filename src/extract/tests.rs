//! Tests of extraction on small pages.

use super::*;
use crate::model::{Where, Zone};

fn read(html: &str) -> Document {
    let reading = extract(
        &Input {
            bytes: html.as_bytes(),
            content_type: Some("text/html; charset=utf-8"),
            name: "https://page.example/",
        },
        &Limits::default(),
    );
    reading.document.expect("has text")
}

fn zones(document: &Document) -> Vec<(Zone, &str)> {
    document.blocks.iter().map(|block| (block.zone, document.slice(block.range))).collect()
}

#[test]
fn inline_elements_join_and_blocks_separate() {
    let document = read("<p>One <b>bold</b>ly, <i>t</i>wo<br>three</p><div>four</div>five");
    assert_eq!(
        zones(&document),
        [(Zone::Paragraph, "One boldly, two\nthree"), (Zone::Paragraph, "four"), (Zone::Paragraph, "five")]
    );
}

#[test]
fn boilerplate_is_labelled_and_kept() {
    let document = read(
        "<title>T</title><nav><a href=/>Home</a></nav><main><h1>Head</h1><p class=standfirst>Deck</p><p>Text of the story, long enough.</p>\
         <figure><img alt='A quay'><figcaption>Caption</figcaption></figure></main>\
         <aside class=related><p>Related: other words</p></aside><section id=comments><p>A comment</p></section><footer>Foot</footer>",
    );
    assert_eq!(
        zones(&document),
        [
            (Zone::Navigation, "Home"),
            (Zone::Headline, "Head"),
            (Zone::Deck, "Deck"),
            (Zone::Paragraph, "Text of the story, long enough."),
            (Zone::AltText, "A quay"),
            (Zone::Caption, "Caption"),
            (Zone::Related, "Related: other words"),
            (Zone::Comment, "A comment"),
            (Zone::Footer, "Foot"),
            (Zone::Metadata, "T"),
        ]
    );
}

#[test]
fn code_and_comments_are_no_text() {
    let document =
        read("<p>Seen<!-- unseen --></p><script>var unseen;</script><style>p{}</style><p hidden>Not shown</p>");
    assert_eq!(zones(&document), [(Zone::Paragraph, "Seen"), (Zone::Hidden, "Not shown")]);
}

#[test]
fn json_ld_is_metadata_and_dates_are_read() {
    let document = read(
        r#"<script type="application/ld+json">{"@graph":[{"headline":"H","datePublished":"2024-03-22T10:00:00Z","publisher":{"name":"Northern Wire"},"articleBody":"Body words"}]}</script><p>x</p>"#,
    );
    assert_eq!(document.published, "2024-03-22".parse().ok());
    assert_eq!(document.outlet.as_deref(), Some("Northern Wire"));
    assert!(
        document
            .blocks
            .iter()
            .any(|block| block.zone.place() == Where::Metadata && document.slice(block.range) == "Body words")
    );
}

#[test]
fn note_marks_and_ruby_stay_out_of_the_words() {
    let document =
        read("<p>The fleet<sup class=reference><a href=#n1>[1]</a></sup> sailed. <ruby>港<rt>みなと</rt></ruby></p>");
    assert_eq!(zones(&document), [(Zone::Paragraph, "The fleet sailed. 港")]);
}

#[test]
fn raised_digits_never_join_a_number() {
    for (markup, text) in [
        ("614<sup>3</sup> panes", "614 panes"),
        ("614<a href='#n3'>3</a> panes", "614 panes"),
        ("614<span class='footnote-ref'>3</span> panes", "614 panes"),
        ("614<span style='vertical-align: super'>3</span> panes", "614 panes"),
        ("614<sup><a href='/story#n3'>3</a></sup> panes", "614 panes"),
        ("3<sup>1</sup>/<sub>2</sub> hours", "3 1/2 hours"),
        ("10<sup>3</sup> litres and 5 × 10<sup>−6</sup>", "10³ litres and 5 × 10⁻⁶"),
        ("40 m<sup>2</sup>", "40 m²"),
        ("the 1<sup>st</sup> and H<sub>2</sub>O", "the 1st and H2O"),
        // What stands in brackets, or leads elsewhere, is text.
        ("see (<a href='#n3'>3</a>) and <a href='#p2'>2</a>", "see (3) and 2"),
        ("9<a href='#'>24</a> replies", "924 replies"),
    ] {
        assert_eq!(&*read(&format!("<p>{markup}</p>")).text, text, "{markup}");
    }
}

#[test]
fn a_page_that_sends_its_readers_on_is_moved_and_one_that_loads_itself_again_is_not() {
    let reason = |content: &str| {
        let page =
            format!("<meta http-equiv=refresh content=\"{content}\"><p>Live from the quay of Ulvholm tonight.</p>");
        extract(&Input { bytes: page.as_bytes(), content_type: Some("text/html"), name: "" }, &Limits::default())
            .obstacles
            .first()
            .map(|obstacle| obstacle.reason)
    };
    assert_eq!(reason("0; url=https://page.example/new"), Some(Reason::Moved));
    assert_eq!(reason("3;URL='/new'"), Some(Reason::Moved));
    assert_eq!(reason("60"), None);
    assert_eq!(reason("300; url=/"), None);
}

#[test]
fn a_deeply_nested_page_is_read() {
    let page = format!("{}deep{}", "<div>".repeat(2_000), "</div>".repeat(2_000));
    assert_eq!(&*read(&page).text, "deep");
}

#[test]
fn a_shell_and_a_wall_are_obstacles() {
    let wall = |html: &str| {
        let input = Input { bytes: html.as_bytes(), content_type: Some("text/html"), name: "" };
        extract(&input, &Limits::default()).obstacles.first().map(|obstacle| obstacle.reason)
    };
    assert_eq!(
        wall("<div id=root></div><script src=a.js></script><noscript>Enable JavaScript</noscript>"),
        Some(Reason::ScriptOnly)
    );
    assert_eq!(wall("<h1>Page not found</h1><p>Sorry.</p>"), Some(Reason::Soft404));
    assert_eq!(wall("<h1>Story</h1><p>The page holds a story.</p>"), None);
}

#[test]
fn what_is_not_read_says_so() {
    let reading = extract(&Input { bytes: b"%PDF-1.7", content_type: Some("text/html"), name: "" }, &Limits::default());
    assert_eq!(reading.obstacles[0].reason, Reason::Damaged);
    let reading = extract(&Input { bytes: b"\x89PNG\r\n", content_type: None, name: "" }, &Limits::default());
    assert_eq!(reading.obstacles[0].reason, Reason::UnsupportedType);
    let reading = extract(&Input { bytes: b"12345", content_type: None, name: "a.txt" }, &Limits { max_bytes: 4 });
    assert_eq!(reading.obstacles[0].reason, Reason::TooLarge);
}

#[test]
fn plain_text_has_paragraphs() {
    let reading = extract(
        &Input { bytes: b"One\r\ntwo\r\n\r\n  three \n", content_type: Some("text/plain"), name: "" },
        &Limits::default(),
    );
    let document = reading.document.expect("has text");
    assert_eq!(zones(&document), [(Zone::Paragraph, "One\ntwo"), (Zone::Paragraph, "three")]);
}

#[test]
fn blocks_are_ordered_and_cover_the_text() {
    let document = read("<p> a </p>b<p></p><ul><li>c<li> d</ul>");
    let mut at = 0;
    for block in &document.blocks {
        assert!(block.range.start >= at && !block.range.is_empty());
        at = block.range.end;
    }
}

#[test]
fn posts_comments_and_live_entries_keep_author_and_time() {
    let document = read(
        "<p>Text around it.</p>\
         <blockquote class=twitter-tweet><p>Words of a post</p>&mdash; Ada Reed (@adareed) <a href=x>May 2, 2024</a></blockquote>\
         <div class=liveblog-entry><time datetime=2024-05-02T06:40:00Z>06:40</time><p>An entry</p></div>\
         <ol class=commentlist><li class=comment><cite class=fn>Bo</cite><time>3 May 2024</time><p>A comment</p></li></ol>",
    );
    let found: Vec<_> = document
        .blocks
        .iter()
        .filter(|block| {
            !matches!(document.slice(block.range), "Text around it." | "06:40" | "Bo" | "Bo3 May 2024" | "3 May 2024")
        })
        .map(|block| (block.zone, document.slice(block.range), block.author.as_deref(), block.time.as_deref()))
        .collect();
    assert_eq!(found[0], (Zone::Post, "Words of a post", Some("Ada Reed (@adareed)"), Some("May 2, 2024")));
    assert!(found.contains(&(Zone::LiveEntry, "An entry", None, Some("2024-05-02T06:40:00Z"))), "{found:?}");
    assert!(found.contains(&(Zone::Comment, "A comment", Some("Bo"), Some("3 May 2024"))), "{found:?}");
}

#[test]
fn text_reads_as_on_the_screen() {
    let document = read(
        "<p><span class=dropcap>T</span>he <q>first</q> extra<wbr>ordinary<br>line, <s>gone</s>kept\
         <sup><a href=#n>1</a></sup>, 10<sup>2</sup> tons.</p><p>Correction: it was two.</p>",
    );
    assert_eq!(
        zones(&document),
        [
            (Zone::Paragraph, "The “first” extraordinary\nline, kept, 10² tons."),
            (Zone::Struck, "gone"),
            (Zone::Correction, "Correction: it was two."),
        ]
    );
}

#[test]
fn data_that_scripts_carry_is_searched_and_code_is_not() {
    let document = read(
        "<p>Seen.</p><script>window.__STATE__ = {\"a\": \"Words that a script would show later\"};</script>\
         <script>var x = 'words of code that nobody will ever show';</script>",
    );
    assert_eq!(
        zones(&document),
        [(Zone::Paragraph, "Seen."), (Zone::ScriptData, "Words that a script would show later")]
    );
}

/// What the fuzz targets begin with, and what they found: `fuzz/seeds`.
#[test]
fn the_seeds_of_the_fuzz_targets_hold() {
    type Probe = fn(&[u8]);
    let probes: [(&str, Probe); 4] =
        [("html", probe::html), ("docx", probe::docx), ("subtitles", probe::subtitles), ("others", probe::others)];
    for (target, probe) in probes {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
        for file in std::fs::read_dir(folder).expect("every target has seeds") {
            probe(&std::fs::read(file.expect("an entry").path()).expect("a file"));
        }
    }
}

#[test]
fn what_no_bracket_closes_is_not_looked_for_again_and_again() {
    // Minutes, where every opening bracket searches the rest.
    for piece in ["<a", "{\\a", "a\n"] {
        let text = format!(
            "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n\n00:02.000 --> 00:03.000\n{}b",
            piece.repeat(100_000),
            piece.repeat(100_000)
        );
        let input = Input { bytes: text.as_bytes(), content_type: Some("text/vtt"), name: "" };
        let document = extract(&input, &Limits::default()).document.expect("has text");
        assert_eq!(document.blocks.len(), 2, "{piece}");
    }
}

/// The reasons why a page is none.
fn reasons(body: &str) -> Vec<Reason> {
    let source = format!("<html><title>The Sluice</title><body>{body}</body></html>");
    let input = Input { bytes: source.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
    extract(&input, &Limits::default()).obstacles.into_iter().map(|obstacle| obstacle.reason).collect()
}

#[test]
fn walls_are_told_in_any_wording_and_stories_about_them_are_not() {
    const TEASER: &str =
        "<p>The council of the weir met on Monday, two weeks late, and heard the keeper of the lock at length.</p>";
    let consent = "<h1>Your choice</h1><p>We and 87 partners keep cookies on your device.</p><button>Accept</button>";
    assert_eq!(reasons(consent), [Reason::Consent]);
    for (wall, reason) in [
        ("<p>Wir und 87 Partner nutzen Cookies auf Ihrem Gerät.</p><button>Alle akzeptieren</button>", Reason::Consent),
        (
            "<p>Nous utilisons des cookies et des traceurs sur votre appareil.</p><button>Accepter</button>",
            Reason::Consent,
        ),
        ("<p>当サイトはCookieを使用して個人データを保存します。</p><button>すべて同意する</button>", Reason::Consent),
        ("<div id=CybotCookiebotDialog><p>Choose.</p></div>", Reason::Consent),
        ("<p>Registrieren Sie sich, um diesen Text weiterzulesen.</p>", Reason::Paywall),
        ("<p>You have 0 free articles remaining. Subscribe now.</p>", Reason::Paywall),
        ("<p>Dalszy ciąg dostępny dla prenumeratorów. Zaloguj się</p>", Reason::Paywall),
        ("<h1>Bitte bestätigen Sie, dass Sie kein Roboter sind</h1>", Reason::Captcha),
        ("<h1>请确认您不是机器人</h1>", Reason::Captcha),
        ("<p>Diese Seite konnte leider nicht gefunden werden.</p>", Reason::Soft404),
        ("<p>Nie znaleźliśmy strony, której szukasz.</p>", Reason::Soft404),
        ("<p>Este dominio está en venta.</p>", Reason::Soft404),
        ("<p>Запись удалена автором.</p>", Reason::Gone),
        ("<p>Ce contenu n’est pas disponible dans votre pays.</p>", Reason::Blocked),
        ("<h1>Sitio en mantenimiento</h1><p>Volvemos pronto.</p>", Reason::HttpError),
    ] {
        assert_eq!(reasons(wall).first(), Some(&reason), "{wall}");
        let below = format!("{TEASER}{wall}");
        let told = reasons(&below);
        assert_eq!(told.first(), Some(&reason).filter(|reason| **reason == Reason::Paywall), "{below}");
    }
    let long = TEASER.repeat(4);
    for story in [
        format!("{long}<p>Subscribe to continue reading our letter from the lock.</p>"),
        format!("{long}<div id=onetrust-banner-sdk><p>We use cookies.</p><button>Accept</button></div>"),
        format!("{TEASER}<p>The page about the mill could not be found, he said.</p>"),
        format!("{TEASER}<p>The post was deleted on Monday, and nobody knows by whom.</p>"),
    ] {
        assert!(reasons(&story).is_empty(), "{story}");
    }
}

#[test]
fn parts_of_a_page_are_told_by_the_names_of_their_makers_and_by_their_words() {
    let zone = |body: &str| {
        let filler =
            "<p>The keeper of the lock has filed his report, and it is longer than the lock itself.</p>".repeat(6);
        let source = format!("<html><body><article><h1>The lock</h1>{filler}</article>{body}{filler}</body></html>");
        let input = Input { bytes: source.as_bytes(), content_type: Some("text/html; charset=utf-8"), name: "" };
        let document = extract(&input, &Limits::default()).document.unwrap();
        let block = document.blocks.iter().find(|block| document.slice(block.range).contains("WORDS")).unwrap();
        block.zone
    };
    for (body, wanted) in [
        ("<div class=commento-card><p>WORDS of a reader.</p></div>", Zone::Comment),
        ("<hyvor-talk-comments><p>WORDS of a reader.</p></hyvor-talk-comments>", Zone::Comment),
        ("<section aria-label=Comments><p>WORDS of a reader.</p></section>", Zone::Comment),
        ("<section><h2>Комментарии (2)</h2><p>WORDS of a reader.</p></section>", Zone::Comment),
        ("<section><h2>Responses</h2><p>WORDS of the parties.</p></section>", Zone::Paragraph),
        ("<p><b>DON’T MISS:</b> <a href=/a>WORDS of another story</a></p>", Zone::Related),
        ("<p>【関連】<a href=/a>WORDS of another story</a></p>", Zone::Related),
        ("<p>He told <a href=/a>the Sluice</a>: WORDS.</p>", Zone::Paragraph),
        ("<p class=bildunterschrift>WORDS below a picture</p>", Zone::Caption),
        ("<div class=picture__description>WORDS below a picture</div>", Zone::Caption),
        ("<amp-img alt='WORDS of a picture'></amp-img>", Zone::AltText),
        ("<div class='no-footer'><p>WORDS of the text</p></div>", Zone::Paragraph),
        ("<div class='article-without-nav'><p>WORDS of the text</p></div>", Zone::Paragraph),
        ("<div class='cookie-recipe'><p>WORDS of the text</p></div>", Zone::Paragraph),
        ("<div class=cookie-banner><p>WORDS of a window</p></div>", Zone::Navigation),
        ("<div class=govuk-visually-hidden><p>WORDS unseen</p></div>", Zone::Hidden),
        ("<div class='hidden-xs hidden-sm hidden-md hidden-lg'><p>WORDS unseen</p></div>", Zone::Hidden),
        ("<div class='hidden-xs hidden-sm'><p>WORDS of the text</p></div>", Zone::Paragraph),
        ("<div role=table><div role=row><span role=cell>WORDS</span></div></div>", Zone::TableCell),
        ("<details><summary>WORDS that open</summary><p>More.</p></details>", Zone::Subheading),
    ] {
        assert_eq!(zone(body), wanted, "{body}");
    }
}
