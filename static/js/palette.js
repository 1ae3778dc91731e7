// Ctrl+K: everything this page and the rail offer, and what the search finds, in one list to type into.
// The search itself is htmx on the input; its results are .palette-item links in #palette-found.

const dialog = document.getElementById("palette");
const input = document.getElementById("palette-input");
const list = document.getElementById("palette-commands");
const SHOWN_MAX = 12;

function words(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".keys, .tally, svg").forEach((part) => part.remove());
  return element.dataset.command ?? element.ariaLabel ?? copy.textContent.trim().replace(/\s+/g, " ");
}

function commands() {
  const named = new Map();
  for (const element of document.querySelectorAll("[data-command], [data-key]")) {
    const name = words(element);
    if (name && !element.closest("dialog, .toasts") && !named.has(name)) named.set(name, element);
  }
  return [...named];
}

function item([name, element]) {
  const line = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "palette-item";
  button.append(name);
  if (element.dataset.key) {
    const keys = document.createElement("span");
    keys.className = "keys";
    for (const key of element.dataset.key.split(" ")) keys.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    button.append(keys);
  }
  button.addEventListener("click", () => {
    dialog.close();
    if (element.matches("input, select, textarea")) element.focus();
    else element.click();
  });
  line.append(button);
  return line;
}

function show() {
  const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fit = commands().filter(([name]) => wanted.every((word) => name.toLowerCase().includes(word)));
  list.replaceChildren(...fit.slice(0, SHOWN_MAX).map(item));
}

function step(by) {
  const stops = [input, ...dialog.querySelectorAll(".palette-item")];
  stops[(stops.indexOf(document.activeElement) + by + stops.length) % stops.length].focus();
}

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    if (dialog.open) { dialog.close(); return; }
    input.value = "";
    document.getElementById("palette-found").replaceChildren();
    show();
    dialog.showModal();
  }
});

input?.addEventListener("input", show);
dialog?.addEventListener("keydown", (event) => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); }
  if (event.key === "Enter" && event.target === input) { event.preventDefault(); dialog.querySelector(".palette-item")?.click(); }
});
