// What src/report/fragment.rs takes for granted of the way a browser searches a page for the words of a text fragment, tried
// in a real Chromium: a line of HTML, the words, and whether they are found there.
import { createServer } from "node:http";
import { PNG } from "pngjs";
import { browser, check, done, say } from "./browser.mjs";

const found = true;
const missed = false;
const rules = [
  // Spaces stand one for one; only blanks that layout folds are one space. A line break is none.
  ["alpha&nbsp;beta", "alpha beta", found],
  ["alpha\u3000beta", "alpha beta", found],
  ["alpha &nbsp;beta", "alpha beta", missed],
  ["alpha \u3000beta", "alpha \u3000beta", found],
  ["alpha \n\t beta", "alpha beta", found],
  ["alpha\u2028beta", "alpha beta", missed],
  ["alpha<br>beta", "alpha beta", missed],
  // Case and accents do not count, nor the form of quotation marks and apostrophes.
  ["Café ALPHA", "cafe alpha", found],
  ["“alpha” it’s", "\"alpha\" it's", found],
  ["１２ ﬁsh ½", "12 fish 1⁄2", found],
  // What has no width is passed over, on either side.
  ["al\u00adpha be\u200bta", "alpha beta", found],
  ["al\u200epha \u202bbeta\u202c gamma", "alpha beta gamma", found],
  // Words are found as wholes.
  ["x alphabet y", "alpha", missed],
  ["l’alpha y", "alpha", missed],
  ["rock'alpha y", "rock", missed],
  ["x·alpha y", "alpha", missed],
  ["co-alpha y", "alpha", found],
  ["x.alpha:y", "alpha", found],
  ["a_alpha y", "alpha", missed],
  ["x 3.5 y", "x 3", missed],
  ["x 3,5 y", "5 y", missed],
  ["x 3. y", "x 3", found],
  ["x 12;34 y", "34", missed],
  // A mark of direction belongs to the word before it, a soft hyphen does not keep a word from ending.
  ["x alpha\u200e y", "alpha", missed],
  ["x \u200ealpha y", "alpha", found],
  ["x alpha\u200e, y", "alpha,", found],
  ["x alpha\u2060 y", "alpha", missed],
  ["x alpha\u00ad y", "alpha", found],
  ["x alpha\u200d y", "alpha", found],
  // Scripts without spaces have words too, which a dictionary knows; between signs they certainly end.
  ["x 中国共产党 y", "产党 y", missed],
  ["海鸥站着，没有人注意它们。后来", "没有人注意它们", found],
  ["イヌはそれを見て、思いました。後で", "思いました", found],
  ["x สวัสดีชาวโลก y", "าวโลก y", missed],
  ["x ဘူး y", "ဘူး", missed],
  ["x ဘူး။ y", "ဘူး။", found],
];

const lit = "<style>::target-text{background:#ff00fe!important;color:#ff00fe!important}</style>";
let line = "";
const server = createServer((request, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
  response.end(`<!doctype html><body><p>${line}</p>${lit}`);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const context = await browser.newContext({ viewport: { width: 800, height: 300 } });
const isLit = async (words) => {
  const page = await context.newPage();
  const fragment = encodeURIComponent(words).replaceAll("-", "%2D");
  await page.goto(`http://127.0.0.1:${server.address().port}/#:~:text=${fragment}`, { waitUntil: "load" });
  let lights = false;
  for (const pause of [60, 400]) {
    await page.waitForTimeout(pause);
    const { data } = PNG.sync.read(await page.screenshot());
    for (let at = 0; at < data.length && !lights; at += 4) lights = data[at] > 245 && data[at + 1] < 100 && data[at + 2] > 245;
    if (lights) break;
  }
  await page.close();
  return lights;
};
const otherwise = [];
for (const [html, words, expected] of rules) {
  line = html;
  if ((await isLit(words)) !== expected) otherwise.push(`${JSON.stringify(words)} in ${JSON.stringify(html)}`);
}
server.close();
say(`${rules.length} rules of how a page is searched tried`);
check("the browser searches as the program supposes", otherwise, []);
await done();
