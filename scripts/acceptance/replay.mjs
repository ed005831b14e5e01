// Replays a WACZ in a real Chromium with replayweb.page, and looks for the words that were captured.
// Arguments: the folder with ui.js and sw.js of replaywebpage, the package, then pairs of an address and words of its page.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { browser, check, done } from "./browser.mjs";

const [ui, wacz, ...pairs] = process.argv.slice(2);
const bytes = readFileSync(wacz);
const file = `/${basename(wacz)}`;
let address = "";
const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  const send = (type, body) => response.writeHead(200, { "content-type": type, "accept-ranges": "bytes", "content-length": body.length }).end(request.method === "HEAD" ? undefined : body);
  if (path === "/replay.html") {
    const attributes = `source="${file}" url="${address}" replayBase="/replay/" embed="full" deepLink`;
    return send("text/html", Buffer.from(`<!doctype html><script src="/ui.js"></script><replay-web-page style="height:600px;display:block" ${attributes}></replay-web-page>`));
  }
  if (path === "/ui.js" || path === "/replay/ui.js") return send("text/javascript", readFileSync(join(ui, "ui.js")));
  if (path === "/replay/sw.js") return send("text/javascript", readFileSync(join(ui, "sw.js")));
  if (path !== file) return response.writeHead(404).end();
  const range = /^bytes=(\d*)-(\d*)$/.exec(request.headers.range ?? "");
  if (!range) return send("application/octet-stream", bytes);
  const start = range[1] ? Number(range[1]) : bytes.length - Number(range[2]);
  const end = range[1] && range[2] ? Math.min(Number(range[2]), bytes.length - 1) : bytes.length - 1;
  const part = bytes.subarray(start, end + 1);
  response.writeHead(206, { "content-range": `bytes ${start}-${end}/${bytes.length}`, "content-length": part.length, "accept-ranges": "bytes" });
  return response.end(part);
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

for (let at = 0; at < pairs.length; at += 2) {
  const words = pairs[at + 1];
  address = pairs[at];
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://localhost:${server.address().port}/replay.html`);
  let found = false;
  for (const stop = Date.now() + 60_000; Date.now() < stop && !found; await page.waitForTimeout(300)) {
    for (const frame of page.frames().filter((frame) => frame.url().includes("mp_/"))) {
      found ||= await frame.evaluate((words) => document.body?.innerText.includes(words), words).catch(() => false);
    }
  }
  check(`${address} replays with its words`, found, true);
  await context.close();
}
server.close();
await done();
