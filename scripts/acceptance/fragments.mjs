// Every text fragment of a report in a real Chromium: does it light up its passage on the captured page, and nothing else?
// Arguments: the report's JSON, the most passages to try, and folders with the pages as they were captured (found by digest).
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { gunzipSync } from "node:zlib";
import { join } from "node:path";
import { PNG } from "pngjs";
import { browser, check, done, say } from "./browser.mjs";

const [data, most, ...folders] = process.argv.slice(2);
const report = JSON.parse(readFileSync(data, "utf8"));
const pages = new Map();
const take = (path) => {
  if (statSync(path).isDirectory()) return readdirSync(path).forEach((name) => take(join(path, name)));
  const raw = readFileSync(path);
  const bytes = path.endsWith(".gz") ? gunzipSync(raw) : raw;
  pages.set(createHash("sha256").update(bytes).digest("hex"), bytes);
};
folders.forEach(take);

const lit = "<style>::target-text{background:#ff00fe!important;color:#ff00fe!important}*{animation:none!important;transition:none!important;scroll-behavior:auto!important}</style>";
let serving = null;
const server = createServer((request, response) => {
  if (request.url !== "/page") return response.writeHead(404).end();
  response.writeHead(200, { "content-type": serving.type, "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" });
  // Behind the page, so that nothing before it moves; plain text keeps the browser's own colour.
  response.end(serving.type.includes("plain") ? serving.bytes : Buffer.concat([serving.bytes, Buffer.from(lit)]));
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
// The report does not say what charset the server named. Bytes that are UTF-8 were sent as such, also where the page itself
// says otherwise.
const html = (bytes) => {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "text/html; charset=utf-8";
  } catch {
    return "text/html";
  }
};
const base = `http://127.0.0.1:${server.address().port}/page`;

// Where the passage stands on the page, found without our fragment: by its letters alone, spaces left out.
const place = ({ text, before }) => {
  const letters = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const keep = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/u;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.parentElement.checkVisibility() || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(node.parentElement.tagName)) continue;
    [...node.data].reduce((at, c) => { if (!keep.test(c)) letters.push({ c, node, at }); return at + c.length; }, 0);
  }
  const all = letters.map((one) => one.c);
  const bare = (words) => [...words].filter((c) => !keep.test(c));
  const wanted = bare(text);
  const lead = bare(before).slice(-24);
  const find = (needle) => {
    outer: for (let at = 0; at + needle.length <= all.length; at += 1) {
      for (let next = 0; next < needle.length; next += 1) if (all[at + next] !== needle[next]) continue outer;
      return at;
    }
    return -1;
  };
  let at = find([...lead, ...wanted]);
  at = at < 0 ? find(wanted) : at + lead.length;
  if (at < 0) return null;
  const range = document.createRange();
  range.setStart(letters[at].node, letters[at].at);
  const last = letters[at + wanted.length - 1];
  range.setEnd(last.node, last.at + last.c.length);
  const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  // Some pages hide themselves until a script of theirs has run, and none runs here.
  const hidden = !last.node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  return boxes.length ? { hidden, top: Math.min(...boxes.map((box) => box.top)), bottom: Math.max(...boxes.map((box) => box.bottom)) } : null;
};

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\d]/u;
// What lights up on a page, held against where the passage stands.
const look = async (page, passage) => {
  const box = await page.evaluate(place, passage).catch(() => undefined);
  // A page that takes itself elsewhere cannot be looked at.
  if (box === undefined || !page.url().startsWith(base)) return { is: "left" };
  const { data: pixels, width, height } = PNG.sync.read(await page.screenshot());
  let [top, bottom] = [Infinity, -1];
  for (let at = 0; at < pixels.length; at += 4) {
    const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]];
    // A teaser that fades out lies over its words, and lightens what is lit.
    if ((red > 245 && green < 205 && blue > 245) || (red === 233 && green === 210 && blue === 253)) {
      const row = Math.floor(at / 4 / width);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row);
    }
  }
  if (bottom < 0) return box?.hidden ? { is: "left" } : { is: "wrong", says: "nothing lights up" };
  if (!box) return { is: "unplaced" };
  const [from, to] = [Math.max(0, box.top), Math.min(height, box.bottom)];
  // In scripts without spaces a passage that ends inside a sentence lights up to the next sign.
  const runsOn = (left, right) => (spaceless.test([...left].at(-1) ?? "") && spaceless.test([...right][0] ?? "") ? 60 : 14);
  const more = [runsOn(passage.before, passage.text), runsOn(passage.text, passage.after)];
  const fits = from - top <= more[0] && top - from <= 14 && bottom - to <= more[1] && to - bottom <= 14;
  return fits ? { is: "well" } : { is: "wrong", says: `lights up rows ${top}-${bottom}, the passage stands in ${Math.round(from)}-${Math.round(to)}` };
};

let tried = 0;
let without = 0;
let unplaced = 0;
let left = 0;
const wrong = [];
const seen = new Set();
const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, javaScriptEnabled: false });
for (const claim of report.claims) {
  for (const of of claim.checks) {
    if (tried >= Number(most)) break;
    const looks = [of, ...of.others].filter((look) => look.passage && look.capture && pages.has(look.capture.sha256));
    for (const { passage, capture } of looks) {
      if (!/^text\/(html|plain)|xhtml/.test(capture.media_type ?? "text/html")) continue;
      const key = `${capture.sha256} ${passage.start} ${passage.end}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if (!passage.fragment) {
        without += ["metadata", "hidden"].includes(passage.where) ? 0 : 1;
        continue;
      }
      serving = { bytes: pages.get(capture.sha256), type: capture.media_type?.includes("plain") ? "text/plain; charset=utf-8" : process.env.CONTENT_TYPE ?? html(pages.get(capture.sha256)) };
      const page = await context.newPage();
      await page.goto(`${base}#${passage.fragment}`, { waitUntil: "load" });
      const name = `${claim.id}: ${passage.fragment}`;
      let answer;
      // A busy computer takes its time to lay a page out and to scroll.
      for (const pause of [80, 400, 1500]) {
        await page.waitForTimeout(pause);
        answer = await look(page, passage);
        if (answer.is === "well") break;
      }
      tried += ["well", "unplaced", "wrong"].includes(answer.is) ? 1 : 0;
      if (answer.is === "left") left += 1;
      if (answer.is === "unplaced") { unplaced += 1; if (process.env.VERBOSE) say(`not found by its letters: ${name}`); }
      if (answer.is === "wrong") wrong.push(`${name}: ${answer.says}`);
      await page.close();
    }
  }
}
server.close();
say(`${tried} passages tried, ${tried - wrong.length} lit up in their place, ${unplaced} of them where the passage could not be measured; ${without} visible passages have no fragment, ${left} pages went elsewhere or hide themselves without their scripts`);
check("every fragment leads to its passage", wrong, []);
check("some were tried", tried > 0, true);
await done();
