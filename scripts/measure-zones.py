#!/usr/bin/env python3
"""Measures the zones of `onrecord text` on pages that say themselves what their parts are. Standard library only.

usage: scripts/measure-zones.py FOLDER [--bin target/release/onrecord] [--errors ZONE]

FOLDER holds pages as .html or .html.gz. Labels come from each page's own markup by rule: the JSON-LD headline is a
headline, sentences of the JSON-LD articleBody are body, figcaption is caption, containers of comments hold comments,
nav and footer are navigation, elements that are hidden by attribute or by a style
of their own are hidden, the description is metadata. Text that two
rules label differently, or that the page does not show, is left out. Prints, per place, how many labelled texts there are, and precision and recall of
the place that the program gives them; then the confusion.
"""
import argparse, collections, gzip, html.parser, json, pathlib, re, subprocess, sys, tempfile, unicodedata

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--bin", default="target/release/onrecord")
parser.add_argument("--errors", help="show texts that were labelled so and placed elsewhere")
options = parser.parse_args()

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
COMMENTS = {"comments", "comment-list", "commentlist", "comment-body", "comment-content", "comment-text", "disqus_thread"}


def norm(text):
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")
    return " ".join(re.findall(r"\w+", text.lower()))


class Labels(html.parser.HTMLParser):
    """Gathers labelled texts on the way through a page."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.stack, self.found, self.ld, self.script = [], [], [], None

    def label(self, tag, attributes):
        words = {w.lower() for w in (attributes.get("class") or "").split()} | {(attributes.get("id") or "").lower()}
        if "hidden" in attributes or "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
            return "hidden"
        if tag == "figcaption":
            return "caption"
        if words & COMMENTS:
            return "comment"
        if tag in ("nav", "footer"):
            return "navigation"
        return None

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "meta" and (attributes.get("name") or attributes.get("property")) in ("description", "og:description"):
            self.found.append(("metadata", attributes.get("content") or ""))
        if tag == "script":
            self.script = "" if (attributes.get("type") or "").lower() == "application/ld+json" else None
        if tag not in VOID:
            self.stack.append((tag, self.label(tag, attributes)))

    def handle_endtag(self, tag):
        if tag == "script" and self.script is not None:
            self.ld.append(self.script)
            self.script = None
        if any(name == tag for name, _ in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if self.script is not None:
            self.script += data
        elif not any(name in ("script", "style", "noscript", "template", "svg", "head") for name, _ in self.stack):
            # What is hidden is hidden wherever it stands, and the footer of a comment belongs to the comment.
            labels = {label for _, label in self.stack}
            for label in ("hidden", "comment", "navigation", "caption"):
                if label in labels:
                    self.found.append((label, data))
                    break


def values(data):
    if isinstance(data, list):
        for item in data:
            yield from values(item)
    elif isinstance(data, dict):
        yield data
        for item in data.values():
            yield from values(item)


def labelled(source):
    labels = Labels()
    try:
        labels.feed(source)
    except Exception:  # a page that Python's parser gives up on has no labels
        return {}
    found = [(label, text) for label, text in labels.found]
    for script in labels.ld:
        try:
            data = json.loads(script)
        except ValueError:
            continue
        for item in values(data):
            kind = str(item.get("@type"))
            if "Article" in kind or "Posting" in kind:
                if isinstance(item.get("headline"), str):
                    found.append(("headline", item["headline"]))
                if isinstance(item.get("articleBody"), str):
                    body = re.sub(r"<[^>]*>", " ", item["articleBody"])
                    sentences = re.split(r"(?<=[.!?])\s+", body)
                    found.extend(("body", s) for s in sentences[1:30] if 60 <= len(s) <= 300)
    by_text = collections.defaultdict(set)
    for label, text in found:
        key = norm(text)
        if len(key) >= (12 if label == "headline" else 25):
            by_text[key].add(label)
    return {text: labels.pop() for text, labels in by_text.items() if len(labels) == 1}


confusion = collections.Counter()
pages = errors = 0
paths = sorted([*options.folder.glob("**/*.html"), *options.folder.glob("**/*.html.gz")])
with tempfile.TemporaryDirectory() as work:
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        file = pathlib.Path(work) / "page.html"
        file.write_bytes(raw)
        done = subprocess.run([options.bin, "text", str(file), "--format", "json", "--archive", str(pathlib.Path(work) / "archive")], capture_output=True)
        if done.returncode:
            continue
        read = json.loads(done.stdout)
        try:
            source = raw.decode(read["charset"].lower(), "replace")
        except LookupError:
            continue
        wanted = labelled(source)
        blocks = [(norm(block["text"]), block["where"], block["zone"]) for block in read["blocks"]]
        whole = " ".join(text for text, _, _ in blocks)
        visible = " ".join(text for text, where, zone in blocks if where != "metadata" and zone != "script-data")
        pages += bool(wanted)
        for text, label in wanted.items():
            holding = [block for block in blocks if text in block[0]]
            if label != "metadata":
                holding = [block for block in holding if block[1] != "metadata" and block[2] != "script-data"]
            if not holding and text not in visible:
                continue  # the page's data speaks of something that the page does not show
            if not holding:
                confusion[label, "in several blocks" if text in whole else "nowhere"] += 1
                continue
            # Of several places the one that holds least beside it.
            place = min(holding, key=lambda block: (len(block[0]), block[1] != label))[1]
            confusion[label, place] += 1
            if options.errors == label and place != label and errors < 60:
                errors += 1
                print(f"{path.name}: {place} {min(holding, key=lambda b: len(b[0]))[2]}: {text[:100]}")

places = ["headline", "body", "caption", "comment", "navigation", "metadata", "hidden"]
print(f"{pages} pages with labels, of {len(paths)}")
print(f"{'place':12} {'labelled':>8} {'precision':>10} {'recall':>8}")
for place in places:
    own = sum(count for (label, _), count in confusion.items() if label == place)
    given = sum(count for (_, found), count in confusion.items() if found == place)
    right = confusion[place, place]
    if own:
        precision = f"{100 * right / given:.1f} %" if given else "-"
        print(f"{place:12} {own:8} {precision:>10} {100 * right / own:6.1f} %")
columns = [*places, "in several blocks", "nowhere"]
print("\nlabelled \\ found " + " ".join(f"{column[:10]:>10}" for column in columns))
for place in places:
    print(f"{place:17}" + " ".join(f"{confusion[place, column]:10}" for column in columns))
