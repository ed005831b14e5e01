// A report of thousands of claims: how long it takes to open and to filter. Argument: the report, and how many claims it has.
import { check, open, done, say } from "./browser.mjs";

const [file, number] = process.argv.slice(2);
const url = `file://${file}`;
const start = performance.now();
const page = await open(url, { viewport: { width: 1280, height: 860 } });
await page.waitForFunction(() => !document.getElementById("filters").hidden);
await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
const opened = performance.now() - start;
const timed = async (what, act) => {
  const from = performance.now();
  await act();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const took = performance.now() - from;
  say(`${what}: ${Math.round(took)} ms`);
  return took;
};
say(`open: ${Math.round(opened)} ms`);
const times = [
  await timed("filter by state", () => page.click("button[data-show=need]")),
  await timed("all again", () => page.click("button[data-show='']")),
  await timed("filter by finding", () => page.selectOption("#verdict", "mismatch")),
  await timed("search", async () => { await page.fill("#search", "ferry 1234"); await page.waitForFunction(() => document.getElementById("shown").textContent); }),
  await timed("clear", async () => { await page.fill("#search", ""); await page.selectOption("#verdict", ""); }),
  await timed("open a card from the article", () => page.locator("#article a.m").nth(2500).click()),
];
check("claims", await page.$$eval(".item", (all) => all.length), Number(number));
check("opens in under two seconds", opened < 2000, true);
check("each filter takes under two seconds", times.every((time) => time < 2000), true);
check("quiet", [page.requests, page.messages], [[], []]);
await done();
