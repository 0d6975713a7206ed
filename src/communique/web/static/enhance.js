// What pages gain where scripts run: a slider that tells its day and looks from it, a period drawn on a timeline,
// the ties of a party told apart on its network, and "/" to search. Nothing needs it.
"use strict";

const DAY = 86400000;

function slider(range) {
  const stops = [...range.list.options].map((option) => option.label);
  const shown = range.form.querySelector("output");
  const show = () => {
    shown.value = stops[Number(range.value)];
    range.setAttribute("aria-valuetext", shown.value);
  };
  range.addEventListener("input", show);
  range.addEventListener("change", () => range.form.requestSubmit());
  range.form.querySelector("button").hidden = true;
  show();
}

function brush(drawing, form) {
  const first = Date.parse(drawing.dataset.first), last = Date.parse(drawing.dataset.last);
  const left = Number(drawing.dataset.left), right = Number(drawing.dataset.right);
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return Math.min(Math.max(point.x, left), right);
  };
  const day = (x) => new Date(first + (last - first) * (x - left) / (right - left)).toISOString().slice(0, 10);
  let from = null, band = null;
  const end = () => { band?.remove(); from = band = null; };
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.pointerType === "touch" || event.target.closest("a") || at(event) === left) return;
    from = at(event);
    band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    band.setAttribute("class", "band");
    band.setAttribute("y", drawing.viewBox.baseVal.y);
    band.setAttribute("height", drawing.viewBox.baseVal.height);
    drawing.append(band);
    event.preventDefault();
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null) return;
    band.setAttribute("x", Math.min(from, at(event)));
    band.setAttribute("width", Math.abs(at(event) - from));
  });
  addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [begin, close] = [from, at(event)].sort((one, other) => one - other);
    end();
    if (close - begin < 8 || Date.parse(day(close)) - Date.parse(day(begin)) < DAY) return;
    form.elements.since.value = day(begin);
    form.elements.until.value = day(close);
    form.requestSubmit();
  });
  addEventListener("keydown", (event) => { if (event.key === "Escape") end(); });
}

function highlight(network) {
  const ties = [...network.querySelectorAll("[data-ends]")].map((tie) => [tie, tie.dataset.ends.split("\n")]);
  const nodes = [...network.querySelectorAll("[data-node]")];
  const light = (party) => {
    const near = new Set(party ? [party] : []);
    for (const [tie, ends] of ties) {
      const lit = ends.includes(party);
      tie.classList.toggle("lit", lit);
      if (lit) ends.forEach((end) => near.add(end));
    }
    for (const node of nodes) node.classList.toggle("lit", near.has(node.dataset.node));
    network.classList.toggle("dimmed", Boolean(party));
  };
  for (const node of nodes) {
    for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => light(node.dataset.node));
    for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => light(null));
  }
}

for (const range of document.querySelectorAll("input[data-days]")) slider(range);
for (const drawing of document.querySelectorAll("svg[data-first]")) brush(drawing, document.forms.period);
for (const network of document.querySelectorAll("figure.network svg")) highlight(network);
for (const hint of document.querySelectorAll(".hint")) hint.hidden = false;

document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("find");
  if (field) { event.preventDefault(); field.focus(); field.select(); }
});
