use std::fmt::Write as _;

use html5ever::tendril::TendrilSink;

use super::*;

/// The tree in one line, as it is told apart here: names, attributes, text, and where something else stands.
fn told(tree: &Tree) -> String {
    let mut out = String::new();
    for edge in tree.edges() {
        match edge {
            Edge::Open(node) => match node.value() {
                Value::Text(text) => write!(out, "{:?}", &**text).unwrap(),
                Value::Element(element) => {
                    write!(out, "<{}|{}", &*element.name.ns, &*element.name.local).unwrap();
                    for attribute in &element.attributes {
                        write!(out, " {:?}={:?}", attribute.name, &*attribute.value).unwrap();
                    }
                    out.push('>');
                }
                Value::Other => out.push('('),
            },
            Edge::Close(node) => match node.value() {
                Value::Text(_) => {}
                Value::Element(_) => out.push_str("</>"),
                Value::Other => out.push(')'),
            },
        }
    }
    out
}

/// Compares the tree of a page with the one that html5ever makes all by itself, and that of its beginnings.
fn compare(source: &str) {
    let theirs = html5ever::parse_document(sink::Sink::new(), Default::default()).one(source);
    assert_eq!(told(&Tree::page(source)), told(&theirs), "{source:?}");
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let parser = html5ever::parse_fragment(sink::Sink::new(), Default::default(), body, Vec::new(), false);
    assert_eq!(told(&Tree::fragment(source)), told(&parser.one(source)), "{source:?}");
}

/// Pieces of pages, good and bad.
const PIECES: &[&str] = &[
    "word",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\u{c}",
    "\0",
    "é",
    "\u{feff}",
    "<",
    ">",
    "&",
    ";",
    "=",
    "\"",
    "'",
    "/",
    "-",
    "!",
    "--",
    "-->",
    "--!>",
    "<!--",
    "<!-->",
    "<!--->",
    "<!---->",
    "<!-- a -- b -->",
    "<!--a<!--b-->",
    "<!---!>",
    "<!doctype html>",
    "<!DOCTYPE html PUBLIC \"x\">",
    "<?xml?>",
    "<![CDATA[a]]>",
    "</>",
    "</ a>",
    "< a>",
    "<!>",
    "&amp;",
    "&lt;",
    "&amp",
    "&nbsp",
    "&nbsp;",
    "&notit;",
    "&not",
    "&hellip;",
    "&#8230;",
    "&#x2014;",
    "&#x80;",
    "&#0;",
    "&#13;",
    "&#xd800;",
    "&#99999999999;",
    "&#",
    "&#x",
    "&x;",
    "&copy=1",
    "&copy1",
    "&page=2",
    "&section",
    "&NotEqualTilde;",
    "<p>",
    "</p>",
    "<P CLASS=A>",
    "<p class=\"a b\" id='c'>",
    "<p a>",
    "<p a b = c d= \"e\">",
    "<p a=1 a=2 A=3>",
    "<p/>",
    "<br/>",
    "<br / >",
    "<p/a/b=c/>",
    "<p a=>",
    "<p =a>",
    "<p \"a\">",
    "<p a='b'c=d>",
    "<p a=\"b\"c>",
    "<a href=\"?a=1&amp;b=2&c=3&copy=4&lt\">",
    "<a href=?x&amp=1&lt;&gt>",
    "<a href='&#39;&#x27;&hellip;&hellip'>",
    "<a href=x>",
    "</a>",
    "<p a=\"\r\n\">",
    "<p a=\"",
    "<p a",
    "<p",
    "</p",
    "</p a=b>",
    "</p/>",
    "</P >",
    "<p\na>",
    "<=>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<table>",
    "<tr>",
    "<td>",
    "</td>",
    "</table>",
    "<caption>",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "<pre>",
    "<pre>\n\n",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<title>&amp;&x",
    "<script>",
    "</script>",
    "</SCRIPT >",
    "</script/>",
    "</scripty>",
    "<script>if (a </b/ && c) \"<!--\"",
    "<script><!--<script>",
    "<style>",
    "</style>",
    "<style>a{b:'</p>'}</style>",
    "<noscript>",
    "</noscript>",
    "<iframe>",
    "</iframe>",
    "<xmp>",
    "</xmp>",
    "<plaintext>",
    "<svg>",
    "</svg>",
    "<svg><title>",
    "<math><mi>",
    "<svg viewbox=1 xlink:href=2 xml:lang=3>",
    "<foreignObject>",
    "<html lang=en>",
    "<html a=b>",
    "<body class=x>",
    "</body>",
    "</html>",
    "<head>",
    "</head>",
    "<meta charset=utf-8>",
    "<frameset>",
    "<form>",
    "</form>",
    "<li>",
    "<h1>",
    "</h2>",
    "<hr>",
    "<img src=x>",
    "<image>",
    "<my-element a-b=c>",
    "<o:p>",
    "<é>",
    "<p é=ü>",
    "<nobr>",
    "<button>",
    "<dd>",
    "<ruby>",
    "<rt>",
];

#[test]
fn every_piece_makes_the_tree_that_html5ever_makes() {
    for piece in PIECES {
        compare(piece);
        compare(&format!("a{piece}b<p>c"));
        compare(&format!("<!doctype html><title>{piece}</title><p>{piece}"));
        compare(&format!("<div a=\"{piece}\" b='{piece}' c={piece}>d"));
        compare(&format!("<script>{piece}</script>{piece}"));
    }
}

#[test]
fn any_order_of_pieces_makes_the_tree_that_html5ever_makes() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for round in 0..6_000 {
        let count = 1 + next(if round % 10 == 0 { 40 } else { 8 });
        let source: String = (0..count).map(|_| PIECES[next(PIECES.len())]).collect();
        compare(&source);
    }
}

#[test]
fn the_way_through_a_part_stays_inside_it() {
    let tree = Tree::fragment("<ul><li>a<b>c</b></li><li>d</li></ul>e");
    let item = tree.edges().find_map(|edge| match edge {
        Edge::Open(node) if node.element().is_some_and(|element| *element.name() == local_name!("li")) => Some(node),
        _ => None,
    });
    let texts: Vec<&str> = item.unwrap().inside().filter_map(NodeRef::text).collect();
    assert_eq!(texts, ["a", "c"]);
    assert_eq!(item.unwrap().ancestors().filter(|node| node.element().is_some()).count(), 2);
    assert_eq!(tree.text(), "acde");
}

#[test]
fn attributes_are_found_by_name_outside_of_foreign_ones() {
    let tree = Tree::fragment("<svg xlink:href=x class='b a  b'></svg>");
    let svg = tree.edges().find_map(|edge| match edge {
        Edge::Open(node) => node.element().filter(|element| *element.name() == local_name!("svg")),
        Edge::Close(_) => None,
    });
    let svg = svg.unwrap();
    assert_eq!(svg.attr(&local_name!("href")), None);
    assert_eq!(svg.classes().collect::<Vec<_>>(), ["b", "a", "b"]);
    assert_eq!(svg.id(), None);
}
