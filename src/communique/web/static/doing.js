// What doing gains where scripts run: one key a decision, files that are dropped, progress while it happens. All of it
// works by forms and links alone.
"use strict";

// Keys: a link or button that names one is pressed by it, unless somebody is writing.
document.documentElement.classList.add("keyed");
document.addEventListener("keydown", (event) => {
  const writing = event.target instanceof Element && event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === event.key.toLowerCase());
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

// A decision is sent once, however often its key is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// Lists grow as they are filled.
document.addEventListener("input", (event) => {
  const rows = event.target.closest("[data-rows]");
  if (!rows || !rows.lastElementChild.contains(event.target) || !event.target.value) return;
  const row = rows.lastElementChild.cloneNode(true);
  for (const field of row.querySelectorAll("input")) field.value = "";
  for (const label of row.querySelectorAll("span.aside")) label.textContent = label.textContent.replace(/\d+$/, String(rows.children.length + 1));
  rows.append(row);
});

// Files: dropped, checked before they are sent, and their sending shown.
const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

function uploading(form) {
  const field = form.querySelector("input[type=file]"), zone = form.querySelector(".drop"), chosen = form.querySelector(".chosen");
  const sending = form.querySelector(".sending"), bar = sending.querySelector("progress"), words = sending.querySelector("span");
  const tell = (said, done) => { sending.hidden = false; words.textContent = said; bar.hidden = done === undefined; if (done !== undefined) bar.value = done; };
  const show = () => {
    const files = [...field.files];
    const bytes = files.reduce((sum, one) => sum + one.size, 0);
    chosen.replaceChildren(...files.slice(0, 20).map((one) => {
      const line = document.createElement("li");
      line.textContent = `${one.name} (${size(one.size)})`;
      return line;
    }));
    if (files.length > 20) chosen.append(Object.assign(document.createElement("li"), { textContent: `and ${files.length - 20} more` }));
    chosen.hidden = !files.length;
    sending.hidden = true;
    const much = bytes > Number(form.dataset.most), many = files.length > Number(form.dataset.files);
    field.setCustomValidity(much ? `Together they have ${size(bytes)}, more than is taken at once: send them in parts.` : many ? `More than ${form.dataset.files} files: send them in parts.` : "");
    if (much || many) field.reportValidity();
  };
  field.addEventListener("change", show);
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; show(); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.upload.addEventListener("progress", (step) => tell(step.loaded < step.total ? `${size(step.loaded)} of ${size(step.total)} sent` : "Sent", step.loaded / step.total));
    asked.addEventListener("load", () => {
      if (asked.status < 300) { location.assign(asked.responseURL); return; }
      const page = new DOMParser().parseFromString(asked.responseText, "text/html");
      tell((page.querySelector("[role=alert], main p") || { textContent: "That did not work." }).textContent.trim());
    });
    asked.addEventListener("error", () => tell("The connection broke off: send them again."));
    tell("Sending", 0);
    asked.send(new FormData(form));
  });
}

for (const form of document.querySelectorAll("form[data-upload]")) uploading(form);

// A batch that is being read: its page is asked for again until all is read, and put in place of what stands here.
async function follow() {
  const shown = document.getElementById("job");
  if (!shown || !("live" in shown.dataset)) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("job");
      if (now && now.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
        shown.replaceWith(document.adoptNode(now));
        document.title = page.title;
      } else if (now && !("live" in now.dataset)) {
        location.reload();
        return;
      }
    }
  } catch { /* the server may be busy or gone: asked again */ }
  setTimeout(follow, 1000);
}
setTimeout(follow, 700);
