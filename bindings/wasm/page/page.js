// The page: files, their roles, a question, its answer. The questions themselves are asked in worker.js.

const ROLES_OF_PLATES = [
  ["", "as the data say"],
  ["territory", "territories"],
  ["line", "boundary lines"],
  ["route", "routes"],
  ["place", "places"],
  ["mark", "boundary marks"],
  ["water", "water"],
  ["river", "rivers"],
  ["proposal", "land of a proposal"],
];

// For each question: what it asks, the roles of files (the first is the default; a role with `one` is held by one file),
// and its options.
const QUESTIONS = {
  borders: {
    name: "Borders: which territories touch, along which lines, how long?",
    roles: [["territories", "territories"]],
    options: [
      ["pair", "Only these two territories (A, B)", "list"],
      ["toleranceM", "Also lines that run within so many metres of each other", "number"],
      ["byScale", "Lengths at the scales of maps, too", "yes"],
    ],
  },
  enclaves: {
    name: "Enclaves and exclaves: in whom, how large, how far away?",
    roles: [["territories", "territories"], ["routes", "routes to measure the distance to", "one"]],
    options: [["kind", "Only parts of these kinds (enclave, exclave, island, main)", "list"]],
  },
  route: {
    name: "Route: how long in which territory, where does it cross?",
    roles: [["routes", "routes"], ["territories", "territories"]],
    options: [["accuracyM", "Accuracy (1 sigma) in metres of what states none", "number"]],
  },
  check: {
    name: "Check: what is wrong with the files?",
    roles: [["files", "to be checked"], ["reference", "territories to hold them against", "one"]],
    options: [
      ["coverage", "Which files are one coverage", ["auto", "each", "all", "none"]],
      ["accuracyM", "Accuracy of the positions in metres", "number"],
      ["role", "What every feature must be", ["", "territory", "line", "route", "place"]],
    ],
  },
  ledger: {
    name: "Ledger: what land passes from whom to whom?",
    roles: [["before", "territories before"], ["after", "territories after, or a proposal"],
      ["places", "settlements", "one"], ["routes", "routes", "one"]],
    options: [["sliverWidthM", "Greatest width of a sliver in metres", "number"]],
  },
  compare: {
    name: "Compare: how far are two versions of a line apart?",
    roles: [["a", "first version"], ["b", "second version"]],
    options: [
      ["pair", "The border of these two territories (A, B)", "list"],
      ["rings", "With the rings around enclaves", "yes"],
      ["toleranceM", "Offsets up to so many metres are agreement", "number"],
      ["withinM", "Is it within so many metres?", "number"],
    ],
  },
  plate: {
    name: "Plate: a map sheet as SVG",
    roles: ROLES_OF_PLATES,
    options: [["title", "Title", "text"]],
  },
};

const READING = [
  ["idField", "Property that identifies the features", "text"],
  ["where", "Only features that meet a condition (admin_level = 8)", "text"],
  ["from", "Reference system, where the file does not state it (EPSG:32640)", "text"],
  ["axes", "Order of axes", ["", "xy", "yx"]],
  ["edges", "Edges between positions", ["", "lonlat", "geodesic", "rhumb"]],
  ["encoding", "Encoding of text (CP1251)", "text"],
  ["lang", "Languages of names, best first (en, de)", "list"],
  ["skipInvalid", "Leave out invalid features", "yes"],
];

const FORMAT = "merestone-work/1";

const state = { files: [], question: "borders", options: {}, reading: {} };
const $ = (id) => document.getElementById(id);
const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// The worker, started again if the module stopped; the page holds the files, so that none is lost.
let worker = null;
let sent = new Set();
let next = 0;
const waiting = new Map();

function started() {
  if (worker) return worker;
  worker = new Worker("worker.js", { type: "module" });
  sent = new Set();
  const stop = (message) => {
    worker?.terminate();
    worker = null;
    for (const { reject } of waiting.values()) reject({ kind: "module", message, hint: "ask again" });
    waiting.clear();
  };
  worker.onmessage = ({ data: { id, result, fault } }) => {
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (fault?.fatal) {
      worker.terminate();
      worker = null;
    }
    if (fault) reject?.(fault);
    else resolve?.(result);
  };
  worker.onerror = (event) => stop(`the module cannot run: ${event.message ?? "it was not loaded"}`);
  return worker;
}

function tell(message, transfer = []) {
  return new Promise((resolve, reject) => {
    const id = next++;
    waiting.set(id, { resolve, reject });
    started().postMessage({ id, ...message }, transfer);
  });
}

async function ask(question, options) {
  started();
  const held = new Set(state.files);
  for (const file of sent) {
    if (!held.has(file)) {
      await tell({ task: "remove", name: file.name });
      sent.delete(file);
    }
  }
  for (const file of state.files) {
    if (!sent.has(file)) {
      const bytes = await file.blob.arrayBuffer();
      await tell({ task: "add", name: file.name, bytes }, [bytes]);
      sent.add(file);
    }
  }
  return tell({ task: "ask", question, options });
}

// Files.

const isWork = (name) => name.toLowerCase().endsWith(".merestone");

async function add(list) {
  for (const one of list) {
    if (isWork(one.name)) {
      await open(one);
      continue;
    }
    state.files = state.files.filter((file) => file.name !== one.name);
    state.files.push({ name: one.name, blob: one, roles: {} });
  }
  showFiles();
  const count = state.files.length;
  say(`${count} ${count === 1 ? "file" : "files"}`);
}

// The role of a file: as chosen, else by its place among the files.
function roleOf(file) {
  const { roles } = QUESTIONS[state.question];
  const chosen = file.roles[state.question];
  if (chosen !== undefined && roles.some(([role]) => role === chosen)) return chosen;
  const place = state.files.indexOf(file);
  if (["route", "ledger", "compare"].includes(state.question)) return roles[Math.min(place, 1)][0];
  return roles[0][0];
}

const size = (bytes) =>
  bytes < 1e3 ? `${bytes} bytes` : bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;

function showFiles() {
  const body = $("files").tBodies[0];
  body.replaceChildren(...state.files.map((file) => {
    const select = element("select", { ariaLabel: `Role of ${file.name}` });
    for (const [role, words] of QUESTIONS[state.question].roles) {
      select.append(element("option", { value: role, textContent: words, selected: role === roleOf(file) }));
    }
    select.onchange = () => { file.roles[state.question] = select.value; };
    const remove = element("button", { type: "button", textContent: "Remove", ariaLabel: `Remove ${file.name}` });
    remove.onclick = () => {
      state.files = state.files.filter((other) => other !== file);
      showFiles();
      say(`${file.name} is removed`);
      $("choose").focus();
    };
    return element("tr", {}, element("th", { scope: "row", textContent: file.name }),
      element("td", { textContent: size(file.blob.size) }), element("td", {}, select), element("td", {}, remove));
  }));
  $("files").hidden = state.files.length === 0;
}

// Options.

function field([name, words, kind], values) {
  const id = `option-${name}`;
  let input;
  if (Array.isArray(kind)) {
    input = element("select", { id });
    for (const word of kind) input.append(element("option", { value: word, textContent: word || "as the data say" }));
    input.value = values[name] ?? kind[0];
  } else if (kind === "yes") {
    input = element("input", { id, type: "checkbox", checked: values[name] === true });
  } else {
    input = element("input", { id, type: "text", value: [values[name] ?? ""].flat().join(", ") });
    if (kind === "number") input.inputMode = "decimal";
  }
  input.onchange = () => {
    const text = kind === "yes" ? input.checked : input.value.trim();
    if (text === "" || text === false) delete values[name];
    else if (kind === "list") values[name] = text.split(",").map((word) => word.trim()).filter(Boolean);
    // What is no number is left as it is, so that the module says so.
    else if (kind === "number") values[name] = Number.isFinite(Number(text)) ? Number(text) : text;
    else values[name] = text;
  };
  return element("div", { className: "field" }, element("label", { htmlFor: id, textContent: words }), input);
}

function showOptions() {
  const question = QUESTIONS[state.question];
  const values = (state.options[state.question] ??= {});
  $("question").value = state.question;
  $("options").replaceChildren(...question.options.map((option) => field(option, values)));
  $("reading").replaceChildren(...READING.map((option) => field(option, state.reading)));
}

// The options of a question with its files by their roles.
function asked() {
  const { question } = state;
  const options = { ...state.reading, ...state.options[question] };
  if (question === "plate") {
    options.layers = state.files.map((file) => ({ file: file.name, role: roleOf(file) || null }));
    return options;
  }
  for (const [role, , one] of QUESTIONS[question].roles) {
    const names = state.files.filter((file) => roleOf(file) === role).map((file) => file.name);
    if (!one) options[role] = names;
    else if (names.length > 0) options[role] = names[0];
  }
  return options;
}

// Answers.

const say = (text) => { $("status").textContent = text; };
let links = [];

function download(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  links.push(url);
  return element("a", { href: url, download: name, className: "button", textContent: `Download ${name}` });
}

function forget() {
  links.forEach((url) => URL.revokeObjectURL(url));
  links = [];
  $("answer").hidden = true;
  $("fault").hidden = true;
  $("plate").hidden = true;
}

function showAnswer(question, found) {
  // Tables have the warnings below them.
  $("notes").replaceChildren(...(found.findings ?? []).map((text) => element("li", { textContent: text })));
  if (question === "plate") {
    const link = download("plate.svg", found.svg, "image/svg+xml");
    const image = $("plate").querySelector("img");
    Object.assign(image, { src: link.href, alt: `${found.title}, 1:${Math.round(found.scale)}` });
    $("plate").hidden = false;
    $("downloads").replaceChildren(link);
    $("tables").replaceChildren();
  } else {
    $("downloads").replaceChildren(download(`${question}.json`, found.json, "application/json"),
      download(`${question}.csv`, found.csv, "text/csv"),
      download(`${question}.geojson`, found.geojson, "application/geo+json"));
    // The module escapes all text of files.
    $("tables").innerHTML = found.html;
  }
  $("answer").hidden = false;
  $("answer").focus();
}

function showFault({ message, hint, file, feature, featureIndex, position, pointer }) {
  $("fault-message").textContent = message;
  const facts = [["File", file], ["Feature", feature], ["Number in the file", featureIndex],
    ["Position", position?.join(", ")], ["JSON pointer", pointer]];
  const told = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  $("fault-facts").replaceChildren(...told.flatMap(([name, value]) =>
    [element("dt", { textContent: name }), element("dd", { textContent: value })]));
  $("fault-hint").textContent = hint ? `Hint: ${hint}` : "";
  $("fault").hidden = false;
  $("fault").focus();
}

async function answer() {
  const { question } = state;
  forget();
  $("ask").disabled = true;
  say("Working …");
  const start = performance.now();
  try {
    const found = await ask(question, asked());
    showAnswer(question, found);
    say(`Answered in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  } catch (fault) {
    showFault(fault.message ? fault : { message: String(fault) });
    say("There is no answer.");
  }
  $("ask").disabled = false;
}

// The work as one file: a line of JSON with the options and the sizes of the files, then their bytes.

async function save() {
  const { question, options, reading } = state;
  const files = state.files.map(({ name, blob, roles }) => ({ name, size: blob.size, roles }));
  const head = JSON.stringify({ format: FORMAT, question, options, reading, files });
  const blob = new Blob([head, "\n", ...state.files.map((file) => file.blob)]);
  const url = URL.createObjectURL(blob);
  element("a", { href: url, download: "work.merestone" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  say("The work is saved as work.merestone");
}

async function open(blob) {
  const refuse = (reason) => {
    forget();
    const hint = "choose a file that was saved by this page; the files of the page are kept as they were";
    showFault({ message: `${blob.name}: ${reason}`, file: blob.name, hint });
  };
  // The first line is far below a megabyte.
  const start = new Uint8Array(await blob.slice(0, 1 << 20).arrayBuffer());
  const end = start.indexOf(10);
  let head;
  try {
    head = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(start.subarray(0, end)));
  } catch {
    return refuse("it is no work that was saved here");
  }
  const valid = head?.format === FORMAT && Array.isArray(head.files) && Object.hasOwn(QUESTIONS, head.question)
    && head.files.every(({ name, size }) => typeof name === "string" && Number.isSafeInteger(size) && size >= 0);
  if (!valid) return refuse("it is no work that was saved here");
  const sizes = head.files.reduce((sum, { size }) => sum + size, end + 1);
  if (sizes !== blob.size) return refuse("it is damaged: its size is not that of its files");
  let at = end + 1;
  state.files = head.files.map(({ name, size, roles }) => {
    const part = blob.slice(at, at + size);
    at += size;
    return { name, blob: part, roles: roles ?? {} };
  });
  Object.assign(state, { question: head.question, options: head.options ?? {}, reading: head.reading ?? {} });
  forget();
  showFiles();
  showOptions();
}

// Events.

for (const [name, { name: words }] of Object.entries(QUESTIONS)) {
  $("question").append(element("option", { value: name, textContent: words }));
}
$("question").onchange = () => {
  state.question = $("question").value;
  forget();
  showFiles();
  showOptions();
};
$("choose").onchange = async () => {
  await add([...$("choose").files]);
  $("choose").value = "";
};
const drop = $("drop");
document.ondragover = (event) => {
  event.preventDefault();
  drop.classList.add("over");
};
document.ondragleave = () => drop.classList.remove("over");
document.ondrop = (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  add([...event.dataTransfer.files]);
};
$("ask").onclick = answer;
$("save").onclick = save;
$("clear").onclick = () => {
  Object.assign(state, { files: [], options: {}, reading: {} });
  forget();
  showFiles();
  showOptions();
  say("");
};
showOptions();
tell({ task: "version" }).then((version) => { $("version").textContent = `merestone ${version}`; }, showFault);
