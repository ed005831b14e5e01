//! Hints: the words of class and id that publishing systems share, and the zones that they name.

use crate::model::Zone;

/// Classes that the platforms' own embedding code gives to a post.
const EMBEDS: [&str; 14] = [
    "twitter-tweet",
    "twitter-video",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "telegram-post",
    "tgme_widget_message",
    "fb-post",
    "fb-video",
    "text-post-media",
    "threads-post",
    "reddit-embed-bq",
    "reddit-card",
];

/// What readers' comments are called in other languages than English.
pub(super) const COMMENTS: [&str; 23] = [
    "kommentare",
    "commentaires",
    "comentarios",
    "comentários",
    "commenti",
    "reacties",
    "kommentarer",
    "komentarze",
    "комментарии",
    "комментарий",
    "коментарі",
    "обсуждение",
    "コメント",
    "评论",
    "評論",
    "网友评论",
    "留言",
    "댓글",
    "yorumlar",
    "komentáře",
    "kommentit",
    "σχόλια",
    "التعليقات",
];

/// What their sections are called by writers of pages, and by widely used plugins.
const SECTIONS: [&str; 22] = [
    "leserkommentare",
    "kommentarbereich",
    "lesermeinungen",
    "wpdcom",
    "disqus",
    "usercomments",
    "commento",
    "isso",
    "giscus",
    "utterances",
    "cusdis",
    "graphcomment",
    "insticator",
    "viafoura",
    "spcv",
    "remark42",
    "fyre",
    "livefyre",
    "kommentarii",
    "pinglun",
    "hyvor",
    "openweb",
];

/// What a word of class or id hints at, in lower case, and the share of the page (percent) up to which it is believed.
pub(super) fn hint_word(word: &str) -> Option<(Zone, u64)> {
    let parts: Vec<&str> = word.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let has = |wanted: &[&str]| parts.iter().any(|part| wanted.contains(part));
    // Most words lack a letter of what is looked for.
    let letters = letters(word);
    let contains = |wanted: &str| self::letters(wanted) & !letters == 0 && word.contains(wanted);
    // `no-footer`, `article-without-nav` say what is not there.
    if has(&["no", "not", "without"]) {
        return None;
    }
    if consent_manager(word).is_some() {
        return Some((Zone::Navigation, 60));
    }
    let first = parts.first().copied().unwrap_or("");
    let last = parts.last().copied().unwrap_or("");
    if matches!(
        word,
        "sr-only"
            | "sronly"
            | "visually-hidden"
            | "visuallyhidden"
            | "visually-hidden-focusable"
            | "u-visually-hidden"
            | "screen-reader-text"
            | "screen-reader-only"
            | "screenreader"
            | "screenreader-only"
            | "a11y-hidden"
            | "assistive-text"
            | "element-invisible"
            | "offscreen"
            | "off-screen"
            | "u-hidden"
            | "is-hidden"
            | "d-none"
            | "hidden"
            | "hide"
            | "invisible"
            | "uk-hidden"
            | "is-invisible"
    ) || word.ends_with("-visually-hidden")
    {
        return Some((Zone::Hidden, 20));
    }
    if matches!(word, "line-through" | "strikethrough" | "striked" | "struck" | "text-decoration-line-through") {
        return Some((Zone::Struck, 20));
    }
    if EMBEDS.contains(&word) {
        return Some((Zone::Post, 50));
    }
    if (contains("liveblog") || contains("live-blog") || contains("live_blog") || first == "live")
        && matches!(last, "entry" | "post" | "item" | "update" | "event" | "block" | "card" | "message")
        || matches!(word, "liveblog-entry" | "live-update" | "livepost" | "liveupdate")
    {
        return Some((Zone::LiveEntry, 100));
    }
    if matches!(
        word,
        "comments"
            | "comment-list"
            | "commentlist"
            | "comment-body"
            | "comment-content"
            | "comment-text"
            | "disqus_thread"
            | "comments-area"
            | "comments-list"
            | "comments-section"
            | "reader-comments"
    ) || (first == "comment" || first == "comments")
        && matches!(
            last,
            "list" | "body" | "content" | "text" | "section" | "thread" | "item" | "wrapper" | "container"
        )
    {
        return Some((Zone::Comment, 90));
    }
    if matches!(word, "comment-area" | "comment_area" | "comment-wrap" | "comment_wrap" | "commentarea" | "commentbox")
        || last == "comments"
        || has(&COMMENTS)
        || has(&SECTIONS)
        || ["usercomment", "user-comment", "readercomment", "leserkommentar", "wpd-comment"]
            .iter()
            .any(|own| contains(own))
    {
        return Some((Zone::Comment, 60));
    }
    if matches!(last, "footnotes" | "endnotes") {
        return Some((Zone::Footnote, 30));
    }
    if has(&["correction", "corrections", "erratum", "editorsnote"]) {
        return Some((Zone::Correction, 20));
    }
    if is_pull_quote(word) {
        return Some((Zone::PullQuote, 20));
    }
    let pictured = parts.iter().any(|part| {
        ["foto", "photo", "picture", "image", "bild", "zdj", "img", "figure", "media", "imagen"]
            .iter()
            .any(|own| part.starts_with(own))
    });
    if has(&[
        "bildunterschrift",
        "bildtext",
        "bildlegende",
        "didascalia",
        "cutline",
        "bijschrift",
        "kuvateksti",
        "billedtekst",
        "bildetekst",
        "legende",
        "piedefoto",
        "bildbeschreibung",
    ]) || pictured
        && has(&["pie", "podpis", "popisek", "description", "legenda", "leyenda", "beschreibung", "epigrafe"])
    {
        return Some((Zone::Caption, 25));
    }
    if matches!(last, "caption" | "captions" | "credit" | "credits" | "legend" | "figcaption")
        || contains("wp-caption-text")
        || word == "image-caption"
    {
        return Some((Zone::Caption, 25));
    }
    if has(&["author", "authors", "autor", "auteur"])
        && has(&["bio", "biography", "box", "card", "info", "profile", "about"])
        || matches!(word, "about-author" | "about-the-author" | "authorbio" | "bio-box")
    {
        return Some((Zone::Related, 25));
    }
    if matches!(last, "byline" | "dateline" | "timestamp" | "pubdate" | "author" | "authors")
        || matches!(word, "entry-meta" | "post-meta" | "article-meta")
    {
        return Some((Zone::Byline, 15));
    }
    // `lead` is left out: as often as not it is the first paragraph of the text, or all of it.
    if matches!(last, "standfirst" | "deck" | "dek" | "subheadline" | "subhead" | "subtitle" | "chapo" | "vorspann") {
        return Some((Zone::Deck, 25));
    }
    if matches!(
        word,
        "entry-title" | "post-title" | "article-title" | "article-headline" | "story-headline" | "headline"
    ) {
        return Some((Zone::Headline, 10));
    }
    if has(&[
        "related",
        "recommended",
        "recommendations",
        "recirc",
        "trending",
        "mostread",
        "promo",
        "promos",
        "newsletter",
        "outbrain",
        "taboola",
        "sponsored",
        "advert",
        "advertisement",
        "teaser",
        "teasers",
        "readmore",
        "donation",
        "donations",
        "donate",
    ]) || word == "wp-embedded-content"
        || contains("most-read")
        || contains("most-popular")
        || contains("more-stories")
        || contains("read-more")
        || contains("read-next")
        || contains("see-also")
        || matches!(word, "sidebar" | "widget" | "widget-area" | "rightcol" | "right-rail" | "rail")
    {
        return Some((Zone::Related, 35));
    }
    if matches!(last, "footer" | "colophon" | "copyright") {
        return Some((Zone::Footer, 30));
    }
    if has(&[
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "toolbar",
        "masthead",
        "share",
        "sharing",
        "social",
        "consent",
        "login",
        "subscribe",
        "signup",
        "topbar",
        "skip",
    ]) || has(&["cookie", "cookies"]) && (parts.len() == 1 || has(&COOKIE_PARTS))
    {
        return Some((Zone::Navigation, 30));
    }
    None
}

/// What the windows that ask about cookies are called beside their cookies.
const COOKIE_PARTS: [&str; 19] = [
    "banner",
    "bar",
    "notice",
    "consent",
    "policy",
    "popup",
    "modal",
    "message",
    "law",
    "warning",
    "overlay",
    "container",
    "wrapper",
    "dialog",
    "settings",
    "info",
    "alert",
    "accept",
    "hinweis",
];

/// The manager of consent whose window a class or id names.
pub(in crate::extract) fn consent_manager(word: &str) -> Option<&'static str> {
    const WINDOWS: [(&str, &str); 16] = [
        ("onetrust-", "OneTrust"),
        ("cybotcookiebot", "Cookiebot"),
        ("usercentrics", "Usercentrics"),
        ("didomi-", "Didomi"),
        ("sp_message_", "Sourcepoint"),
        ("qc-cmp2", "Quantcast"),
        ("fc-consent-root", "Google"),
        ("truste-", "TrustArc"),
        ("cmpbox", "consentmanager"),
        ("iubenda-cs", "iubenda"),
        ("axeptio_", "Axeptio"),
        ("klaro", "Klaro"),
        ("borlabs-cookie", "Borlabs"),
        ("cky-consent", "CookieYes"),
        ("cmplz-", "Complianz"),
        ("osano-cm", "Osano"),
    ];
    WINDOWS.iter().find(|(window, _)| word.starts_with(window)).map(|(_, manager)| *manager)
}

/// Which letters a text has, a bit for each.
fn letters(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii_lowercase).fold(0, |found, letter| found | 1 << (letter - b'a'))
}

/// Whether a word names a pull quote.
pub(super) fn is_pull_quote(word: &str) -> bool {
    let parts = || word.split(['-', '_']).filter(|part| !part.is_empty());
    let quotes = |part: &str| matches!(part, "quote" | "quotes" | "quotation" | "blockquote");
    word.contains('q') && word.contains("pullquote")
        || word == "pull"
        // `pull-quote`, `quote-box`, `callout_quote`, `blockquote--pull`
        || word.contains("quote")
            && parts().any(quotes)
            && parts().any(|part| matches!(part, "pull" | "pulled" | "box" | "callout" | "highlight" | "highlighted" | "big" | "large"))
        || matches!(word, "quotebox" | "bigquote" | "big-quote")
}
