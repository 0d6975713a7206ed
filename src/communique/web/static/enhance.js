// What a page gains where scripts run: a slider over the day to look from, and "/" to search. Nothing needs it.
"use strict";

const DAY = 86400000;

function slider(field) {
  const first = Date.parse(field.min), last = Date.parse(field.max);
  if (!(last > first)) return;
  const row = document.createElement("label");
  row.className = "slider";
  const range = document.createElement("input");
  range.type = "range";
  range.min = "0";
  range.max = String(Math.round((last - first) / DAY));
  range.value = String(Math.round((Date.parse(field.value) - first) / DAY));
  range.setAttribute("aria-label", "What was known on which day");
  const shown = document.createElement("output");
  const told = () => new Date(first + Number(range.value) * DAY).toISOString().slice(0, 10);
  const show = () => { shown.value = told(); range.setAttribute("aria-valuetext", told()); };
  range.addEventListener("input", show);
  range.addEventListener("change", () => { field.value = told(); field.form.requestSubmit(); });
  show();
  row.append(range, shown);
  field.closest("label").after(row);
}

for (const field of document.querySelectorAll("input[data-slider]")) slider(field);

document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof Element && event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("find");
  if (field) { event.preventDefault(); field.focus(); field.select(); }
});
