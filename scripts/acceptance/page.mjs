// The HTML report in a real Chromium: quiet, self-contained, usable by keyboard, accessible, every claim in reach.
// Arguments: the report, its JSON, and a folder for screenshots.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { check, open, done } from "./browser.mjs";

const [file, data, pictures] = process.argv.slice(2);
const report = JSON.parse(readFileSync(data, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const url = `file://${file}`;

const desk = { viewport: { width: 1280, height: 860 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

// Nothing is asked for and nothing complains.
const page = await open(url, { ...desk, colorScheme: "light" });
check("no request", page.requests, []);
check("no console message", page.messages, []);

// Every claim has a card, and its place in the article leads to it.
const cards = await page.$$eval(".card .foot code", (all) => all.map((one) => one.textContent));
check("a card for each claim", [...cards].sort(), report.claims.map((claim) => claim.id).sort());
const unreached = await page.evaluate(() => {
  const linked = new Set([...document.querySelectorAll("#article a.m")].map((link) => link.getAttribute("href")));
  return [...document.querySelectorAll(".card > .body")].map((body) => `#${body.id}`).filter((place) => !linked.has(place));
});
check("every claim is linked from the article", unreached, []);
const links = await page.$$eval("#article a.m", (all) => all.map((one) => one.getAttribute("href")));
for (const href of links) {
  await page.focus(`#article a.m[href="${href}"]`);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement.tagName === "SUMMARY", null, { timeout: 5000 }).catch(() => {});
  const seen = await page.evaluate((href) => {
    const body = document.getElementById(decodeURIComponent(href.slice(1)));
    const box = body.closest(".item").getBoundingClientRect();
    return { open: body.closest("details").open, visible: body.checkVisibility() && box.bottom > 0 && box.top < innerHeight,
      focus: document.activeElement === body.closest("details").querySelector("summary") };
  }, href);
  check(`${href} opens its card`, seen, { open: true, visible: true, focus: true });
}
// Each link inside leads somewhere.
const dead = await page.$$eval("a[href^='#']", (all) => all.map((one) => one.getAttribute("href"))
  .filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))));
check("no dead link inside", dead, []);
const ids = await page.$$eval("[id]", (all) => all.map((one) => one.id));
check("no id twice", ids.filter((id, at) => ids.indexOf(id) !== at), []);

// Filters, with the mouse and the keyboard.
const visible = () => page.$$eval(".item", (all) => all.filter((one) => one.checkVisibility()).length);
const needs = report.summary.failed + report.summary.open;
await page.evaluate(() => history.replaceState(null, "", location.pathname));
if (needs) {
  await page.click("button[data-show=need]");
  check("needs a person", await visible(), needs);
}
await page.click("button[data-show='']");
check("all", await visible(), report.claims.length);
await page.focus("#search");
await page.keyboard.type("Lindqvist coast");
await page.waitForTimeout(150);
const found = await visible();
check("the search finds", found > 0 && found < report.claims.length, true);
await page.fill("#search", "no such words anywhere");
await page.waitForTimeout(150);
check("the search says when nothing fits", await page.isVisible("#none"), true);
await page.click("#reset");
check("and shows all again", await visible(), report.claims.length);
const verdict = report.claims[0].verdict;
await page.selectOption("#verdict", verdict);
check("by finding", await visible(), report.claims.filter((claim) => claim.verdict === verdict).length);
await page.selectOption("#verdict", "");

// By keyboard alone: the first stop skips to the claims, Enter opens a card, the arrows go on.
await page.reload();
await page.keyboard.press("Tab");
check("the first stop", await page.evaluate(() => document.activeElement.className), "skip");
await page.keyboard.press("Enter");
await page.keyboard.press("Tab");
const summary = () => page.evaluate(() => [...document.querySelectorAll(".card > summary")].indexOf(document.activeElement));
check("then the first card", await summary(), 0);
await page.keyboard.press("Enter");
check("Enter opens it", await page.$eval("details.card", (card) => card.open), true);
await page.keyboard.press("ArrowDown");
check("down", await summary(), 1);
await page.keyboard.press("End");
check("end", await summary(), report.claims.length - 1);
await page.keyboard.press("Home");
check("home", await summary(), 0);

// A link that somebody sends opens its card even without the script.
const last = report.claims.at(-1).id;
const plain = await open(`${url}#c-${last}`, { ...desk, javaScriptEnabled: false });
await plain.screenshot({ path: `${pictures}/no-script.png` });
await plain.close();
const sent = await open(`${url}#c-${last}`, desk);
check("a link to a claim", await sent.$eval(`[id="c-${last}"]`, (body) => body.closest("details").open), true);
await sent.close();

// Accessibility, with every card open, in light, dark and on a phone.
for (const [name, options] of [["light", { ...desk, colorScheme: "light" }], ["dark", { ...desk, colorScheme: "dark" }], ["phone", phone]]) {
  const one = await open(url, { ...options, bypassCSP: true });
  await one.evaluate(() => document.querySelectorAll("details").forEach((card) => (card.open = true)));
  // What is not rendered yet has no place of its own, and would be judged by what lies there.
  await one.addStyleTag({ content: "*{content-visibility:visible!important}" });
  await one.evaluate(axe);
  const results = await one.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  const violations = results.violations.map((one) => `${one.id}: ${one.nodes.length} of ${one.nodes[0].html.slice(0, 160)} ${one.nodes[0].failureSummary}`);
  check(`axe, ${name}: ${results.passes.length} rules pass`, violations, []);
  const wide = await one.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(`nothing is wider than the window, ${name}`, wide <= 0, true);
  await one.close();
}

// Pictures to look at.
const shot = async (name, options, claim) => {
  const one = await open(url, options);
  if (claim) await one.click(`#article a.m[href="#c-${claim}"]`);
  await one.waitForTimeout(200);
  await one.screenshot({ path: `${pictures}/${name}.png` });
  if (name === "light") {
    await one.emulateMedia({ media: "print" });
    await one.pdf({ path: `${pictures}/print.pdf`, format: "A4" });
    await one.setViewportSize({ width: 794, height: 1123 });
    await one.evaluate(() => scrollTo(0, 0));
    await one.screenshot({ path: `${pictures}/print.png` });
  }
  await one.close();
};
const telling = report.claims.find((claim) => claim.verdict === "altered")?.id ?? report.claims[0].id;
await shot("light", { ...desk, colorScheme: "light" }, telling);
await shot("dark", { ...desk, colorScheme: "dark" }, telling);
await shot("top", { ...desk, colorScheme: "light" });
await shot("phone", { ...phone, colorScheme: "light" });
await shot("phone-card", { ...phone, colorScheme: "light" }, telling);
await done();
