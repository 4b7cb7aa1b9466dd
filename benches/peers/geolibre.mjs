// Neighbouring countries by geolibre-wasm's `polygon_neighbors`: geolibre.mjs FILE OUTPUT.json
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const installed = createRequire(new URL("../../target/peers/npm/", import.meta.url));
const tools = installed.resolve("geolibre-wasm/tools");
const { initTools, runTool } = await import(pathToFileURL(tools));
await initTools(await readFile(new URL("geolibre-cli.wasm", pathToFileURL(tools))));
const [file, output] = process.argv.slice(2);
// The tool sees its files in a folder of its own, in memory.
const inside = (name) => ["", "work", name].join("/");
const { exitCode, stdout, files } = await runTool("polygon_neighbors", {
  args: [`--input=${inside("in.geojson")}`, `--output=${inside("out.geojson")}`, "--id_field=A3"],
  input: { "in.geojson": await readFile(file) },
});
if (exitCode !== 0 || Object.keys(files).length === 0) {
  console.error(stdout.join("\n"));
  process.exit(2);
}
await writeFile(output, Object.values(files)[0]);
