#!/usr/bin/env python3
"""Makes the fixtures that no editor writes by hand: PDF, DOCX, XLSX, e-mail and captures, each in its folder of
fixtures/cases. Standard library only. Every run writes the same bytes.

usage: scripts/fixture-files.py
"""
import hashlib
import io
import pathlib
import zipfile

cases = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "cases"


def write(case, name, data):
    folder = cases / case
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())


def pdf(pages, extra=""):
    """Pages of (x, y, size, text) in Helvetica; or of raw content where a page is a string."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"]
    for n, page in enumerate(pages):
        content = page if isinstance(page, str) else "".join(
            f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in page)
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> "
                       f"/Contents {5 + 2 * n} 0 R >>")
        objects.append(f"<< /Length {len(content) + 1} >>\nstream\n{content}\nendstream")
    out = "%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects):
        places.append(len(out))
        out += f"{n + 1} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{p:010} 00000 n \n" for p in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {extra}>>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def container(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 26, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def para(*runs, style=None, listed=False):
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:numPr/>" if listed else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def record(kind, uri, date, block, content_type, fields=()):
    name = hashlib.md5((kind + uri + date).encode()).hexdigest()
    identifier = f"<urn:uuid:{name[:8]}-{name[8:12]}-{name[12:16]}-{name[16:20]}-{name[20:]}>"
    head = [("WARC-Type", kind), ("WARC-Target-URI", uri), ("WARC-Record-ID", identifier), ("WARC-Date", date), *fields,
            ("WARC-Block-Digest", "sha256:" + hashlib.sha256(block).hexdigest()), ("Content-Type", content_type),
            ("Content-Length", str(len(block)))]
    return ("WARC/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in head) + "\r\n").encode() + block + b"\r\n\r\n"


def response(uri, date, body, status="200 OK", headers=()):
    head = "".join(f"{k}: {v}\r\n" for k, v in [("Content-Type", "text/html; charset=utf-8"), *headers,
                                              ("Content-Length", str(len(body.encode())))])
    return record("response", uri, date, f"HTTP/1.1 {status}\r\n{head}\r\n{body}".encode(), "application/http; msgtype=response")


# PDF: a sentence over two pages with running heads between, a word cut by a hyphen, a table.
running = lambda number: [(60, 770, 9, "Ottershaw Harbour Board, yearly report"), (290, 30, 9, str(number))]
write("source-pdf", "report.pdf", pdf([
    running(1) + [
        (60, 700, 24, "A year of fog"),
        (60, 660, 11, "The harbour master, Ines Calloway, told the board that \\223fog is the only visitor that never"),
        (60, 646, 11, "pays a fee, and never leaves a forwarding address\\224. The board took note of it without a vote, and turned"),
        (60, 632, 11, "to the lighthouse, whose lamp had been re-"),
        (60, 618, 11, "placed in the spring."),
        (60, 560, 11, "Asked about the ferry, Calloway said that \\223the timetable is a promise that the tide has never"),
    ],
    running(2) + [
        (60, 720, 11, "signed\\224, and that she would not sign it either."),
        (60, 660, 10, "Ships"), (240, 660, 10, "1,436"), (340, 660, 10, "1,209"),
        (60, 644, 10, "Ferries"), (240, 644, 10, "312"), (340, 644, 10, "298"),
    ],
    running(3) + [(60, 720, 11, "The board meets again in the autumn, when the fog is back.")],
]))
# PDFs that hold nothing that can be read, each for another reason.
write("unavailable-files", "scan.pdf", pdf(["0.9 g 0 0 600 800 re f"]))
write("unavailable-files", "locked.pdf", pdf(
    [[(60, 700, 11, "Words behind a password.")]],
    "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 2 /R 3 "
    "/Length 128 /P -44 /O <" + "5a" * 32 + "> /U <" + "a5" * 16 + "00" * 16 + "> >> "))
write("unavailable-files", "torn.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catal")
write("unavailable-files", "torn.docx", container([("word/document.xml", "<w:document>" + "x" * 5000)])[:90])
write("unavailable-files", "locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
      + "EncryptedPackage".encode("utf-16-le") + bytes(992))
write("unavailable-files", "bomb.docx", container([("word/document.xml", "<w:p>" + " " * 40_000_000)]))
write("unavailable-files", "photo.png", b"\x89PNG\r\n\x1a\n" + bytes(64))

# DOCX: a title, a list, a table, a note, a sentence deleted with changes tracked.
document = (
    para(run("Minutes of the allotment society"), style="Title")
    + para(run("The chair, Bram Oduya, said that “a compost heap is a "), run("slow letter to next year", "<w:i/>"), run("”."))
    + para(run("He was glad of it. "), f'<w:del><w:r><w:delText>He called the fence a mistake with a gate in it.</w:delText></w:r></w:del>')
    + para(run("Two plots are free"), listed=True)
    + "<w:tbl><w:tr>" + "".join(f"<w:tc>{para(run(t))}</w:tc>" for t in ("", "plots", "members")) + "</w:tr>"
    + "<w:tr>" + "".join(f"<w:tc>{para(run(t))}</w:tc>" for t in ("East field", "48", "61")) + "</w:tr></w:tbl>"
)
write("source-docx", "minutes.docx", container([
    ("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
    ("word/document.xml", f'<?xml version="1.0"?><w:document {W}><w:body>{document}</w:body></w:document>'),
    ("word/footnotes.xml", f'<?xml version="1.0"?><w:footnotes {W}><w:footnote>{para(run("The gate has been locked since the flood."))}</w:footnote></w:footnotes>'),
    ("docProps/core.xml", '<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Allotment minutes</dc:title></cp:coreProperties>'),
]))

# DOCX as a desk sends it round: hyperlinks of both kinds, notes, a comment that names the source of the words that it
# hangs on, and changes tracked: insertions, deletions, a moved sentence, a deleted end of a paragraph, formats before.
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
tracked = 'w:id="9" w:author="Desk" w:date="2024-03-22T10:00:00Z"'
inserted = lambda text: f'<w:ins {tracked}>{run(text)}</w:ins>'
deleted = lambda text: (f'<w:del {tracked}><w:r w:rsidDel="00A1"><w:rPr/><w:delText xml:space="preserve">{text}</w:delText>'
                        "</w:r></w:del>")
linked = lambda number, *runs: f'<w:hyperlink r:id="rId{number}" w:history="1">{"".join(runs)}</w:hyperlink>'
mark = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
field = lambda address, words: (mark("begin") + f'<w:r><w:instrText xml:space="preserve"> HYPERLINK "{address}" \\o "tip" '
                                f"</w:instrText></w:r>{mark('separate')}{run(words, '<w:rStyle w:val=' + chr(34) + 'Hyperlink' + chr(34) + '/>')}{mark('end')}")
article = (
    para(run("The quay closes in autumn"), style="Titel")
    + para(run("“The ferries will "), deleted("soon"), inserted("never"), run(" return to the old quay,” Mara Lindqvist told "),
           linked(4, run("Northern "), run("Wire", "<w:b/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>")), run("."))
    + para(deleted("“Nobody will miss the quay,” said Olaf Brandt. "),
           run("The council counted 1,436 complaints, according to "), field("pages/minutes.html#top", "its minutes"), run("."))
    + "<w:p><w:pPr><w:rPr>" + f"<w:del {tracked}/>" + "</w:rPr></w:pPr>" + run("“We have asked for") + "</w:p>"
    + para(run(" a second ferry,” said the harbour master, Ines Calloway."),
           '<w:r><w:footnoteReference w:id="2"/></w:r>')
    + para('<w:commentRangeStart w:id="7"/>', run("“A harbour is a door,” said Jon Hale."), '<w:commentRangeEnd w:id="7"/>',
           '<w:r><w:commentReference w:id="7"/></w:r>')
    + para(f'<w:moveFrom {tracked}>{run("“The tide is on our side,” said Ada Finch.")}</w:moveFrom>')
    + para(f'<w:moveTo {tracked}>{run("“The tide is on our side,” said Ada Finch.")}</w:moveTo>')
)
note = lambda number, *runs: f'<w:footnote w:id="{number}">{para(chr(60) + "w:r><w:footnoteRef/></w:r>", *runs)}</w:footnote>'
relation = lambda number, kind, target, more="": (
    f'<Relationship Id="rId{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    f'Target="{target}"{more}/>')
relations = lambda *all: ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                          + "".join(all) + "</Relationships>")
external = ' TargetMode="External"'
part_type = lambda name, kind: (f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-'
                                f'officedocument.wordprocessingml.{kind}+xml"/>')
write("../draft/linked", "story.docx", container([
    ("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
     '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
     + part_type("document2", "document.main") + part_type("footnotes", "footnotes") + part_type("comments", "comments")
     + part_type("styles", "styles") + "</Types>"),
    ("_rels/.rels", relations(relation(1, "officeDocument", "word/document2.xml"))),
    ("word/document2.xml", f'<?xml version="1.0"?><w:document {W} {R}><w:body>{article}</w:body></w:document>'),
    ("word/_rels/document2.xml.rels", relations(
        relation(1, "styles", "styles.xml"), relation(2, "footnotes", "footnotes.xml"), relation(3, "comments", "comments.xml"),
        relation(4, "hyperlink", "pages/wire.html", external))),
    ("word/styles.xml", f'<?xml version="1.0"?><w:styles {W}><w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/>'
     '</w:style></w:styles>'),
    ("word/footnotes.xml", f'<?xml version="1.0"?><w:footnotes {W} {R}>'
     + note(2, run("Coast Herald, page 2: "), linked(1, run("the ferries"))) + "</w:footnotes>"),
    ("word/_rels/footnotes.xml.rels", relations(relation(1, "hyperlink", "pages/herald.html", external))),
    ("word/comments.xml", f'<?xml version="1.0"?><w:comments {W}><w:comment w:id="7" w:author="Lea Dunn" w:initials="LD">'
     + para(run("From https://harbour.example/hale, please check. “He never said so,” says Kit Moor.")) + "</w:comment></w:comments>"),
]))

# XLSX: shared strings, a percentage and a date that only their formats show.
strings = ["County", "Wells drilled", "Dry wells", "Surveyed on", "Marram", "Teasel"]
shared = "".join(f"<si><t>{s}</t></si>" for s in strings)
cell = lambda place, value, kind="", style="": f'<c r="{place}"{kind}{style}><v>{value}</v></c>'
text = lambda place, number: cell(place, number, ' t="s"')
rows = [
    text("A1", 0) + text("B1", 1) + text("C1", 2) + text("D1", 3),
    text("A2", 4) + cell("B2", 1436) + cell("C2", 0.125, style=' s="1"') + cell("D2", 45374, style=' s="2"'),
    text("A3", 5) + cell("B3", 207) + cell("C3", 0.08, style=' s="1"') + cell("D3", 45380, style=' s="2"'),
]
sheet = "".join(f"<row>{row}</row>" for row in rows)
write("source-xlsx", "wells.xlsx", container([
    ("xl/workbook.xml", "<workbook/>"),
    ("xl/sharedStrings.xml", f"<sst>{shared}</sst>"),
    ("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/></cellXfs></styleSheet>'),
    ("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{sheet}</sheetData></worksheet>"),
]))

# A live blog that was captured twice: the first entry has left it by then.
entry = lambda time, words: (f'<article class="liveblog-entry"><time datetime="2024-05-02T{time}:00Z">{time}</time>'
                             f"<p>{words}</p></article>")
live = lambda *entries: ("<!doctype html><html lang=en><title>Bridge closure, live</title><main class=liveblog>"
                         "<h1>Bridge closure, live</h1>" + "".join(entries) + "</main></html>")
early = entry("06:40", "Engineer Oona Pell says: “The bridge is not closed, it is resting on our advice.” Nobody else has spoken so far.")
late = [entry("11:05", "The ferry takes over from noon, the town hall says, and it will take bicycles free of charge until the evening."),
        entry("12:30", "Oona Pell tells reporters: “We found a crack that you could post a letter through.” The works will last a week.")]
url = "https://tidepost.example/live/bridge"
write("live-blog-rolled-off", "captures.warc",
      response(url, "2024-05-02T07:00:00Z", live(early)) + response(url, "2024-05-02T13:00:00Z", live(*reversed(late))))

# A story whose address leads to the front page now.
asked = "https://tidepost.example/2023/09/the-last-ropemaker"
front = ("<!doctype html><html lang=en><title>Tide Post</title><h1>Tide Post</h1><p>The news of the day from the coast, with "
         "the weather and the tides, put together every morning before the boats go out.</p><p>Today: a new crane for the old "
         "dock, and what the ferry costs from May on, with a table of all fares.</p></html>")
write("unavailable-moved", "captures.warc",
      response(asked, "2024-05-02T07:00:00Z", "", "301 Moved Permanently", [("Location", "https://tidepost.example/")])
      + response("https://tidepost.example/", "2024-05-02T07:00:01Z", front))
