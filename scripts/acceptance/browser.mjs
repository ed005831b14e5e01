// What the checks share: Debian's Chromium, pages that remember what they asked for and complained of, and a tally.
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failures = 0;
let held = 0;

/** Opens an address in a window of its own. */
export const open = async (url, options = {}) => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.requests = [];
  page.messages = [];
  page.on("console", (message) => page.messages.push(message.text()));
  page.on("pageerror", (error) => page.messages.push(error.message));
  page.on("dialog", (dialog) => { page.messages.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (request.url() !== url.split("#")[0]) page.requests.push(request.url()); });
  await page.goto(url);
  const close = page.close.bind(page);
  page.close = async () => { await close(); await context.close(); };
  return page;
};

/** Compares, and goes on. */
export const check = (what, found, expected) => {
  const same = JSON.stringify(found) === JSON.stringify(expected);
  if (same) held += 1;
  else {
    failures += 1;
    console.error(`FAILED ${what}\n  found    ${JSON.stringify(found)}\n  expected ${JSON.stringify(expected)}`);
  }
  return same;
};

/** Says a measured value. */
export const say = (text) => console.log(`  ${text}`);

/** Closes the browser and ends with what was found. */
export const done = async () => {
  await browser.close();
  console.log(`  ${held} checks hold, ${failures} fail`);
  process.exitCode = failures ? 1 : 0;
};
