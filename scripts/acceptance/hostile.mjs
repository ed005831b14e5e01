// The well-known naughty strings, and some of ours, as quotation, title, source and page text: through every format, back
// through a parser of its own, and the page in Chromium. Arguments: the program, a folder to work in, the repository.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import markdown from "markdown-it";
import { check, open, done, say } from "./browser.mjs";

const [program, folder, root] = process.argv.slice(2);
const naughty = createRequire(import.meta.url)("big-list-of-naughty-strings");
const ours = [
  "</script><script>window.pwned = 1</script>", "\"><img src=x onerror=window.pwned=1>", "' onfocus='window.pwned=1' autofocus='",
  "=cmd|' /C calc'!A0", "@SUM(1)", "::error file=x,line=1::pwned", "##[error]pwned", "]]> <!-- -->", "{{7*7}}", "[a](javascript:window.pwned=1)",
];
const strings = [...naughty, ...ours].map((one) => one.replaceAll("\u0000", "")).filter((one) => one.trim());
mkdirSync(join(folder, "pages"), { recursive: true });
writeFileSync(join(folder, "strings.json"), JSON.stringify(strings));
const toml = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007f").replace(/[\ud800-\udfff](?![\udc00-\udfff])(?<![\ud800-\udbff][\udc00-\udfff])/g, "?");
const html = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
let manifest = `archive = "archive"\n[article]\ntitle = ${toml(ours[0])}\n`;
let page = "";
strings.forEach((text, at) => {
  const quote = /[\p{L}\p{N}]/u.test(text) ? `quote = ${toml(text)}\n` : "";
  manifest += `\n[[claim]]\nid = "s-${at}"\nstatement = ${toml(`It says ${text}`)}\n${quote}speaker = ${toml(`Lind ${text}`)}\nvia = [${toml(`Wire ${text}`)}]\nsource = "pages/all.html"\n`;
  page += `<p>Line ${at} of the page says “${html(text)}” and then goes on with other things.</p>\n`;
});
writeFileSync(join(folder, "pages", "all.html"), `<!DOCTYPE html><meta charset=utf-8><title>${html(ours[0])}</title><article>${page}</article>`);
writeFileSync(join(folder, "claims.toml"), manifest);

const formats = { text: "txt", json: "json", jsonl: "jsonl", markdown: "md", html: "html", junit: "xml", sarif: "sarif", csv: "csv", github: "log" };
try {
  const outputs = Object.entries(formats).flatMap(([format, ending]) => ["--format", `${format}=report.${ending}`]);
  execFileSync(program, ["check", "--offline", "--quiet", "--keep-runs", "0", ...outputs], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
} catch (error) {
  if (![1, 3].includes(error.status)) throw error;
}
const read = (format) => readFileSync(join(folder, `report.${formats[format]}`), "utf8");
say(`${strings.length} strings`);

// JSON, by its schema, and equal.
const report = JSON.parse(read("json"));
const reportSchema = JSON.parse(readFileSync(join(root, "schemas", "report.schema.json"), "utf8"));
const schemaOf = new Ajv2020({ strict: false, logger: false });
addFormats(schemaOf);
check("JSON is valid", schemaOf.validate(reportSchema, report) || schemaOf.errors, true);
check("every statement comes back", report.claims.map((claim) => claim.statement), strings.map((text) => JSON.parse(toml(`It says ${text}`))));
check("lines are the claims", read("jsonl").trimEnd().split("\n").map((line) => JSON.parse(line)), report.claims);

// SARIF, by its schema where one is at hand, and equal.
const sarif = JSON.parse(read("sarif"));
if (process.env.SARIF_SCHEMA) {
  const sarifSchema = JSON.parse(readFileSync(process.env.SARIF_SCHEMA, "utf8"));
  const of = new Ajv({ strict: false, validateSchema: false, logger: false, unicodeRegExp: false });
  addFormats(of);
  // Draft 4 calls its address id.
  delete sarifSchema.$schema;
  delete sarifSchema.id;
  check("SARIF is valid", of.validate(sarifSchema, sarif) || of.errors, true);
}
check("SARIF has them all", sarif.runs[0].results.map((result) => result.properties.statement), report.claims.map((claim) => claim.statement));

// Text and annotations: no sequence, no command but ours.
for (const format of ["text", "github"]) {
  check(`${format} has no control character`, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(read(format)), false);
}
check("commands are ours", read("github").split("\n").filter((line) => line.startsWith("::")).every((line) => /^::(error|warning) file=claims\.toml,line=\d+,title=[^:,]*::/.test(line)), true);
check("no command in text", read("text").split("\n").some((line) => line.trimStart().startsWith("::") || line.includes("##[")), false);

// Markdown: rendered, it has no link, no picture and no markup but ours.
const rendered = markdown({ html: true, linkify: true }).render(read("markdown"));
check("Markdown is text", rendered.match(/<(?!\/?(?:h1|h2|h3|p|table|thead|tbody|tr|th|td|ul|li|strong|code|blockquote|br)\b)[a-z!/][^>]*>/gi) ?? [], []);

// The page: nothing runs, nothing is asked for, and every statement reads as it was.
const view = await open(`file://${join(folder, "report.html")}`, { viewport: { width: 1280, height: 860 } });
check("nothing ran", await view.evaluate(() => [window.pwned ?? null, document.querySelectorAll("script:not([type]), style").length]), [null, 2]);
check("quiet", [view.requests, view.messages], [[], []]);
const shown = await view.$$eval(".item", (items) => Object.fromEntries(items.map((item) => {
  const text = (node) => [...node.childNodes].map((one) => one.nodeType === 3 ? one.data
    : one.dataset?.c ? String.fromCodePoint(parseInt(one.dataset.c, 16)) : one.classList?.contains("vh") ? "" : text(one)).join("");
  const statement = item.querySelector(".statement, .ours");
  return [item.querySelector(".foot code").textContent, statement ? text(statement) : null];
})));
const wrong = report.claims.filter((claim) => shown[claim.id] !== claim.statement).map((claim) => [claim.id, claim.statement, shown[claim.id]]);
check("every statement reads as it was", wrong.slice(0, 3), []);
await view.evaluate(() => document.querySelectorAll("details").forEach((card) => (card.open = true)));
check("still nothing ran", await view.evaluate(() => window.pwned ?? null), null);
await done();
