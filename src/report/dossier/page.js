"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const svgNamespace = "http://www.w3.org/2000/svg";
  const byId = (id) => document.getElementById(id);
  let language = data.languages[0];

  // Names and headings in the language chosen, else in English, else in whatever there is.
  const nameOf = (feature) =>
    feature.names[language] || feature.names.en || feature.names.und || Object.values(feature.names)[0] || feature.id;
  const textOf = (key) => (data.texts[language] || {})[key] || data.texts.en[key] || key;

  // Positions: differences of 1e-5 degree, drawn in longitude and latitude with the scale of the middle parallel.
  let west = Infinity, east = -Infinity, south = Infinity, north = -Infinity;
  for (const layer of data.layers) for (const feature of layer.features) {
    feature.chains = feature.chains.map((packed) => {
      const chain = [];
      let x = 0, y = 0;
      for (let i = 0; i < packed.length; i += 2) {
        x += packed[i];
        y += packed[i + 1];
        chain.push([x / 1e5, y / 1e5]);
      }
      return chain;
    });
    for (const chain of feature.chains) for (const [x, y] of chain) {
      west = Math.min(west, x); east = Math.max(east, x);
      south = Math.min(south, y); north = Math.max(north, y);
    }
  }
  if (west > east) { west = -1; east = 1; south = -1; north = 1; }
  const squeeze = Math.cos((south + north) * Math.PI / 360) || 1e-6;
  const place = ([x, y]) => [(x - west) * squeeze, north - y];
  const whole = [0, 0, Math.max((east - west) * squeeze, 1e-4), Math.max(north - south, 1e-4)];

  const map = byId("map");
  let view = whole.slice();
  const shapes = new Map();
  const make = (tag, attributes, parent) => {
    const node = document.createElementNS(svgNamespace, tag);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    parent.append(node);
    return node;
  };
  for (const layer of data.layers) {
    const group = make("g", { class: "role-" + layer.role, "data-layer": layer.id }, map);
    for (const feature of layer.features) {
      const key = layer.id + "/" + feature.id;
      const classes = feature.form + (feature.status ? " status-" + feature.status : "");
      let node;
      if (feature.form === "point") {
        const [x, y] = place(feature.chains[0][0]);
        node = make("circle", { cx: x, cy: y, r: 0.01, class: classes }, group);
      } else {
        const close = feature.form === "area" ? "Z" : "";
        const path = feature.chains.map((chain) =>
          "M" + chain.map((position) => place(position).map((n) => +n.toFixed(6)).join(" ")).join("L") + close);
        node = make("path", { d: path.join(""), class: classes, "fill-rule": "evenodd" }, group);
      }
      node.dataset.key = key;
      shapes.set(key, { node, feature, layer });
    }
  }
  const labels = make("g", {}, map);

  const draw = () => {
    map.setAttribute("viewBox", view.join(" "));
    const box = map.getBoundingClientRect();
    const unit = Math.max(view[2] / (box.width || 800), view[3] / (box.height || 540));
    labels.replaceChildren();
    const taken = [];
    for (const { node, feature, layer } of shapes.values()) {
      if (feature.form !== "point") continue;
      node.setAttribute("r", 3.2 * unit);
      const shown = unit < whole[2] / 900 / Math.pow(2, feature.rank - 1) * 1.5 || feature.rank <= 1;
      const off = document.querySelector('input[data-layer="' + CSS.escape(layer.id) + '"]');
      node.style.display = shown ? "" : "none";
      if (!shown || (off && !off.checked)) continue;
      const [x, y] = place(feature.chains[0][0]);
      const text = nameOf(feature);
      const label = [x + 5 * unit, y - 6 * unit, x + (5 + 7 * text.length) * unit, y + 8 * unit];
      if (taken.some((other) => label[0] < other[2] && other[0] < label[2] && label[1] < other[3] && other[1] < label[3])) continue;
      taken.push(label);
      const written = make("text", { x: label[0], y: y + 4 * unit }, labels);
      written.style.fontSize = 11 * unit + "px";
      written.style.strokeWidth = 3 * unit + "px";
      written.textContent = text;
    }
  };

  const zoom = (factor, at) => {
    const size = [view[2] * factor, view[3] * factor];
    const centre = at || [view[0] + view[2] / 2, view[1] + view[3] / 2];
    if (size[0] > whole[2] * 4 || size[0] < whole[2] / 5000) return;
    view = [centre[0] - (centre[0] - view[0]) * factor, centre[1] - (centre[1] - view[1]) * factor, size[0], size[1]];
    draw();
  };
  const under = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(map.getScreenCTM().inverse());
    return [point.x, point.y];
  };
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, under(event));
  }, { passive: false });
  let dragged = null;
  map.addEventListener("pointerdown", (event) => { dragged = { from: under(event), moved: false, target: event.target }; });
  window.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const now = under(event);
    const step = [dragged.from[0] - now[0], dragged.from[1] - now[1]];
    if (!dragged.moved && Math.hypot(step[0], step[1]) * 300 < view[2]) return;
    dragged.moved = true;
    view = [view[0] + step[0], view[1] + step[1], view[2], view[3]];
    draw();
  });
  window.addEventListener("pointerup", () => { setTimeout(() => { dragged = null; }, 0); });
  map.addEventListener("click", (event) => {
    if (dragged && dragged.moved) return;
    const key = event.target.dataset && event.target.dataset.key;
    if (key) choose(key);
  });
  map.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (steps[event.key]) {
      event.preventDefault();
      view = [view[0] + steps[event.key][0] * view[2] / 8, view[1] + steps[event.key][1] * view[3] / 8, view[2], view[3]];
      draw();
    } else if (event.key === "+" || event.key === "=") zoom(1 / 1.5);
    else if (event.key === "-") zoom(1.5);
  });
  byId("zoom-in").addEventListener("click", () => zoom(1 / 1.5));
  byId("zoom-out").addEventListener("click", () => zoom(1.5));
  byId("zoom-whole").addEventListener("click", () => { view = whole.slice(); draw(); });

  let chosen = null;
  const choose = (key) => {
    const found = shapes.get(key);
    if (!found) return;
    if (chosen) shapes.get(chosen).node.classList.remove("chosen");
    chosen = key;
    found.node.classList.add("chosen");
    describe();
  };
  const describe = () => {
    if (!chosen) return;
    const { feature } = shapes.get(chosen);
    const list = byId("facts");
    list.replaceChildren();
    const put = (term, text) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = term;
      dd.textContent = text;
      list.append(dt, dd);
    };
    byId("chosen").textContent = nameOf(feature);
    put("id", chosen);
    const names = Object.entries(feature.names).map(([code, text]) => (code === "und" ? text : code + ": " + text));
    if (names.length) put("name", names.join("; "));
    for (const [key, value] of Object.entries(feature.facts)) if (value !== null) put(key, value);
  };

  // A feature can be found without the mouse.
  const list = byId("names");
  const find = byId("find");
  const listed = new Map();
  const fill = () => {
    list.replaceChildren();
    listed.clear();
    for (const [key, { feature }] of shapes) {
      const text = nameOf(feature) + " (" + key + ")";
      listed.set(text, key);
      const option = document.createElement("option");
      option.value = text;
      list.append(option);
    }
  };
  find.addEventListener("change", () => {
    const key = listed.get(find.value);
    if (!key) return;
    choose(key);
    const box = shapes.get(key).node.getBBox();
    const size = Math.max(box.width, box.height * whole[2] / whole[3], whole[2] / 20) * 1.4;
    const height = size * view[3] / view[2];
    view = [box.x + box.width / 2 - size / 2, box.y + box.height / 2 - height / 2, size, height];
    draw();
  });

  for (const box of document.querySelectorAll("input[data-layer], input[data-status]")) {
    box.addEventListener("change", () => {
      for (const { node, feature, layer } of shapes.values()) {
        const on = (selector) => { const input = document.querySelector(selector); return !input || input.checked; };
        const seen = on('input[data-layer="' + CSS.escape(layer.id) + '"]')
          && (!feature.status || on('input[data-status="' + feature.status + '"]'));
        node.style.visibility = seen ? "" : "hidden";
      }
      draw();
    });
    if (!box.checked) box.dispatchEvent(new Event("change"));
  }

  // Tables are sorted by a column's numbers or texts; once more turns the order round.
  for (const button of document.querySelectorAll("thead button")) {
    button.addEventListener("click", () => {
      const heading = button.closest("th");
      const column = heading.cellIndex;
      const table = heading.closest("table");
      const turned = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", turned ? "descending" : "ascending");
      const value = (row) => {
        const cell = row.cells[column];
        return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
      };
      const compare = (a, b) => {
        const [x, y] = [value(a), value(b)];
        if (x === "" || y === "") return x === y ? 0 : x === "" ? 1 : -1;
        const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), language);
        return turned ? -order : order;
      };
      const body = table.tBodies[0];
      body.append(...Array.from(body.rows).sort(compare));
    });
  }

  const translate = () => {
    document.documentElement.lang = language;
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = textOf(node.dataset.text);
    const columns = data.columns[language] || {};
    for (const node of document.querySelectorAll("[data-column]")) node.textContent = columns[node.dataset.column] || node.dataset.column;
    for (const node of document.querySelectorAll("[data-label]")) node.setAttribute("aria-label", textOf(node.dataset.label));
    fill();
    describe();
    draw();
  };
  const choice = byId("language");
  if (choice) choice.addEventListener("change", () => { language = choice.value; translate(); });
  window.addEventListener("resize", draw);
  translate();

  // Plates are gzip in base64: unpacked by the browser, so that nothing is loaded from elsewhere.
  for (const figure of document.querySelectorAll("figure[data-plate]")) {
    const bytes = Uint8Array.from(atob(figure.dataset.plate), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    new Response(stream).blob().then((svg) => {
      const image = figure.querySelector("img");
      image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
      figure.removeAttribute("data-plate");
    });
  }
})();
