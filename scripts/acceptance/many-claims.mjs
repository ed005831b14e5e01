// Writes a manifest of many claims with an article and sources of its own. Arguments: a folder, and how many claims.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, number] = process.argv.slice(2);
mkdirSync(join(folder, "pages"), { recursive: true });
const names = ["Lind", "Berg", "Tamm", "Ostby", "Kessel", "Brandt", "Marchetal"];
let manifest = 'archive = "archive"\nlanguage = "en"\n\n[article]\ntitle = "The register of the ferries"\nfile = "article.html"\npublished = 2024-03-23\n';
let article = "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>The register of the ferries</title><article><h1>The register of the ferries</h1>";
let page = "";
for (let at = 0; at < Number(number); at += 1) {
  const source = Math.floor(at / 50);
  const [name, count] = [names[at % names.length], 1000 + at];
  const wrong = at % 10 === 3;
  const quote = at % 2 === 0;
  const statement = quote
    ? `${name} of pier ${at} said the quay was “closed for ${count} hours and then opened again”.`
    : `Ferry ${at} of the line ${name} carried ${count} passengers in the year of the flood.`;
  const there = quote
    ? `“It was closed for ${count} hours and then ${wrong ? "never " : ""}opened again,” said ${name} of pier ${at} about the quay.`
    : `Ferry ${at} of the line ${name} carried ${wrong ? count + 7000 : count} passengers in the year of the flood.`;
  manifest += `\n[[claim]]\nid = "claim-${at}"\nstatement = "${statement}"\nsource = "pages/${source}.html"\n`;
  if (at % 5 === 0) article += `${at ? "</p>" : ""}<p>The register goes on with what nobody checked. `;
  article += `${statement} `;
  page += `<p>${there} The weather was fair and the harbour office wrote nothing more about it.</p>`;
  if (at % 50 === 49 || at + 1 === Number(number)) {
    writeFileSync(join(folder, "pages", `${source}.html`), `<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Register ${source}</title><article><h1>Register ${source}</h1>${page}</article>`);
    page = "";
  }
}
writeFileSync(join(folder, "article.html"), `${article}</p></article></html>`);
writeFileSync(join(folder, "claims.toml"), manifest);
