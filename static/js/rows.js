// Moving through a list: in a table[data-rows] each row has one a[data-row-link] with an id, and the row whose link has
// the focus is the one we are on. j and k move, Enter opens because it is a link, x ticks, data-row-key acts on the row.

let place = 0;
let wasOnRow = false;

function links() {
  return [...document.querySelectorAll("table[data-rows] [data-row-link]")].filter((link) => link.checkVisibility());
}

function current() {
  return document.activeElement?.closest("table[data-rows] tr");
}

function move(step) {
  const all = links();
  if (!all.length) return false;
  const at = all.indexOf(current()?.querySelector("[data-row-link]"));
  const to = at < 0 ? Math.min(place, all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  all[to].focus();
  return true;
}

function onRow(key) {
  const row = current();
  const act = row?.querySelector(`[data-row-key="${CSS.escape(key)}"]`) ?? null;
  const tick = key === "x" ? row?.querySelector("input[type=checkbox]") : null;
  (act ?? tick)?.click();
  return Boolean(act ?? tick);
}

document.addEventListener("workbench:key", (event) => {
  const { key } = event.detail;
  const done = key === "j" ? move(1) : key === "k" ? move(-1) : onRow(key);
  if (done) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.("table[data-rows] tr")?.querySelector("[data-row-link]");
  if (link) place = links().indexOf(link);
});

// When the row we were on has gone, the next one takes its place and the focus.
document.addEventListener("htmx:beforeSwap", () => { wasOnRow = Boolean(current()); });

document.addEventListener("htmx:afterSettle", () => {
  const all = links();
  if (wasOnRow && document.activeElement === document.body && all.length) all[Math.min(place, all.length - 1)].focus();
});
