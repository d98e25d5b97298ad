// Bundles src/ into viewer.min.js and gathers the licences of what went into it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

const result = await build({
  absWorkingDir: here,
  entryPoints: ["src/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
  define: { "process.env.NODE_ENV": '"production"' },
});

const script = result.outputFiles[0].text;
// The bundle stands inside <script>; these would end it or change how it is read.
for (const bad of [/<\/script/i, /<!--/, /<script/i]) {
  if (bad.test(script)) throw new Error(`the bundle contains ${bad}`);
}
writeFileSync(join(here, "viewer.min.js"), script.endsWith("\n") ? script : `${script}\n`);

const used = new Set();
for (const output of Object.values(result.metafile.outputs)) {
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const match = bytesInOutput > 0 && path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//);
    if (match) used.add(match[1]);
  }
}
const parts = [...used].sort().map((name) => {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ships no licence text`);
  const text = readFileSync(join(folder, file), "utf8").replace(/\r\n/g, "\n").trim();
  return `${"=".repeat(78)}\n${name} ${version} (${license})\n${"=".repeat(78)}\n\n${text}\n`;
});
writeFileSync(
  join(here, "THIRD_PARTY_LICENSES.txt"),
  `viewer.min.js contains the following packages from the npm registry.\n\n${parts.join("\n")}`,
);
console.log(`viewer.min.js ${(script.length / 1024).toFixed(0)} kB with ${[...used].sort().join(", ")}`);
