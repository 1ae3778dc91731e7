// Toasts stay ten seconds, longer while the pointer or the focus is on them; a bad one stays until it is dismissed.
// The keys of one that is out of sight, such as undo, are good for another minute: nobody is too slow for them.
// Scripts ask for one with the event "workbench:toast": { words, tone, again }.

const STAYS_MS = 10000;
const KEYS_STAY_MS = 60000;
const SHOWN_MAX = 3;
const box = document.getElementById("toasts");
const status = document.getElementById("status");

function button(words, deed) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: words });
  made.addEventListener("click", deed);
  return made;
}

function keepWhileWatched(note) {
  let timer = 0;
  const hide = () => {
    note.hidden = true;
    timer = setTimeout(() => note.remove(), KEYS_STAY_MS);
  };
  const start = () => { timer = setTimeout(hide, STAYS_MS); };
  const stop = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) note.addEventListener(name, stop);
  for (const name of ["pointerleave", "focusout"]) note.addEventListener(name, () => { stop(); start(); });
  start();
}

function forget() {
  box.querySelectorAll(".tone-bad").forEach((old) => old.remove());
}

function welcome(note) {
  if (note.dataset.toast === "here") return;
  note.dataset.toast = "here";
  if (!note.classList.contains("tone-bad")) keepWhileWatched(note);
  for (const old of [...box.querySelectorAll("[data-toast]")].slice(SHOWN_MAX)) old.remove();
}

new MutationObserver(() => box.querySelectorAll("[data-toast]").forEach(welcome)).observe(box, { childList: true });
box.querySelectorAll("[data-toast]").forEach(welcome);

document.addEventListener("workbench:toast", (event) => {
  const { words, tone, again } = event.detail;
  const note = Object.assign(document.createElement("div"), { className: `toast-note ${tone ? `tone-${tone}` : ""}` });
  note.dataset.toast = "";
  if (tone === "bad") forget();
  note.append(Object.assign(document.createElement("p"), { textContent: words }));
  if (again) note.append(button("Try again", () => { note.remove(); again(); }));
  if (tone === "bad") note.append(button("Dismiss", () => note.remove()));
  box.prepend(note);
  status.textContent = words;
});

// What was undone is not offered again, and what went wrong before is over once something went well.
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  event.detail.elt.closest("[data-toast]")?.remove();
  if (event.detail.requestConfig.verb !== "get") forget();
});
