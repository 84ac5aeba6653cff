// MiniSearch and fuse.js on the lines that SearchBench wrote, beside its times.
// node bench/search.mjs FOLDER_WITH_node_modules FOLDER_OF_search-lines.tsv
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [modules, folder] = process.argv.slice(2);
const require = createRequire(resolve(modules) + "/");
const load = (name) => {
  const loaded = require(name);
  return loaded.default ?? loaded;
};
const read = (name) => readFileSync(`${folder}/${name}`, "utf8").trimEnd().split("\n").map((line) => line.split("\t"));
const lines = read("search-lines.tsv").map(([name, description], id) => ({ id, name, description }));

const mini = new (load("minisearch"))({ fields: ["name", "description"], storeFields: ["name"] });
mini.addAll(lines);
const fuse = new (load("fuse.js"))(lines, { keys: ["name", "description"], threshold: 0.3, ignoreLocation: true });

const median = (rounds, query) => {
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const begin = performance.now();
    query();
    times.push(performance.now() - begin);
  }
  return times.sort((a, b) => a - b)[rounds >> 1] * 1000;
};

console.log(`### The same on node ${process.version}, us a query\n`);
console.log("| query | MiniSearch (prefix, all words) | fuse.js | Berthbook | ratio to MiniSearch | to fuse.js | first: MiniSearch, fuse.js, Berthbook |");
console.log("|---|---|---|---|---|---|---|");
for (const [query, time, first] of read("search-times.tsv")) {
  const asked = () => mini.search(query, { prefix: true, combineWith: "AND" });
  const near = () => fuse.search(query, { limit: 10 });
  const [a, b] = [median(301, asked), median(15, near)];
  const firsts = [asked()[0]?.name ?? "nothing", near()[0]?.item.name ?? "nothing", first];
  console.log(`| ${query} | ${a.toFixed(1)} | ${b.toFixed(0)} | ${time} | ${(time / a).toFixed(2)} | ${(time / b).toFixed(4)} | ${firsts.join(", ")} |`);
}
