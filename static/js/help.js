// The help dialog: the keys that work on this page, read from the page itself when it is opened.

const ALWAYS = [["Ctrl K", "Go anywhere, do anything"], ["Ctrl Enter", "Send the form you are in"], ["Esc", "Leave a field or close"]];
const IN_LISTS = [["j", "Next row"], ["k", "Row before"], ["Enter", "Open the row"], ["x", "Tick the row"]];

function words(element) {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(".keys, .tally, svg").forEach((part) => part.remove());
  return element.dataset.command ?? element.ariaLabel ?? copy.textContent.trim().replace(/\s+/g, " ");
}

function offered() {
  const known = new Map();
  for (const element of document.querySelectorAll("[data-key], [data-row-key]")) {
    const key = element.dataset.key ?? element.dataset.rowKey;
    if (!element.closest("dialog") && !known.has(key)) known.set(key, words(element));
  }
  return [...known];
}

function line([keys, name]) {
  const row = document.createElement("div");
  const term = Object.assign(document.createElement("dt"), { textContent: name });
  const value = document.createElement("dd");
  for (const key of keys.split(" ")) value.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
  row.append(term, value);
  return row;
}

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-opens=help]")) return;
  const inLists = document.querySelector("table[data-rows]") ? IN_LISTS : [];
  const single = document.body.dataset.keys === "off" ? [] : [...offered(), ...inLists];
  document.getElementById("help-keys").replaceChildren(...[...single, ...ALWAYS].map(line));
}, true);
