// Answers questions in a thread of its own, so that the page stays responsive.
import init, * as merestone from "./merestone.js";

const ready = init();
let files = null;

const QUESTIONS = ["borders", "enclaves", "route", "check", "ledger", "compare"];

// What a page shows of an error: of an input, of an option, or of the module itself.
function described(error) {
  if (error instanceof merestone.Fault) {
    const { kind, message, hint, file, feature, featureIndex, position, pointer } = error;
    const fault = { kind, message, hint, file, feature, featureIndex, pointer };
    fault.position = position ? Array.from(position) : undefined;
    error.free();
    return fault;
  }
  const hint = "the memory may not suffice: ask about fewer or smaller files";
  return { kind: "module", message: `the module stopped: ${error.message ?? error}`, hint, fatal: true };
}

function answer(question, options) {
  if (question === "plate") {
    const plate = merestone.plate(files, options);
    const { svg, title, scale, findings } = plate;
    plate.free();
    return { svg, title, scale, findings };
  }
  if (!QUESTIONS.includes(question)) throw new Error(`there is no question "${question}"`);
  const found = merestone[question](files, options);
  const { json, html, csv, geojson, warnings } = found;
  found.free();
  return { json, html, csv, geojson, warnings };
}

self.onmessage = async ({ data: { id, task, name, bytes, question, options } }) => {
  try {
    await ready;
    files ??= new merestone.Files();
    let result = null;
    if (task === "add") files.add(name, new Uint8Array(bytes));
    else if (task === "remove") files.remove(name);
    else if (task === "ask") result = answer(question, JSON.stringify(options));
    else if (task === "version") result = merestone.version();
    self.postMessage({ id, result });
  } catch (error) {
    self.postMessage({ id, fault: described(error) });
  }
};
