// A session in which nothing is done ends after a while. Whoever types or clicks is said to be there; shortly before the
// end whoever does not is asked. Other tabs count too, so how long there is is asked of the server.

const WARNED_BEFORE_MS = 120000;
const TOLD_EVERY_MS = 300000;
const AGAIN_MS = 60000;
const { idleSeconds, leftUrl } = document.body.dataset;
const dialog = document.getElementById("still-there");
let timer = 0;
let told = 0;
let isWarned = false;

function ask(verb) {
  htmx.ajax(verb, leftUrl, { source: dialog, target: "#still-there-words", swap: "innerHTML" });
}

function arm(ms) {
  clearTimeout(timer);
  timer = setTimeout(() => ask("GET"), ms);
}

function known() {
  told = Date.now();
  arm(idleSeconds * 1000 - WARNED_BEFORE_MS);
}

function here() {
  if (Date.now() - told < TOLD_EVERY_MS) return;
  told = Date.now();
  ask("POST");
}

function warn(left) {
  const isNear = left <= WARNED_BEFORE_MS;
  if (!isNear) dialog.close();
  else if (!isWarned) dialog.showModal();
  isWarned = isNear;
  arm(isNear ? left + 1000 : left - WARNED_BEFORE_MS);
}

function answered(event) {
  const { xhr, requestConfig, successful } = event.detail;
  const left = Number(xhr.getResponseHeader("X-Seconds-Left")) * 1000;
  if (left > 0) warn(left);
  else if (requestConfig.path === leftUrl) arm(AGAIN_MS);
  else if (successful && !requestConfig.headers["X-By-Itself"]) known();
}

if (leftUrl) {
  for (const name of ["keydown", "pointerdown"]) document.addEventListener(name, here, { capture: true, passive: true });
  document.addEventListener("htmx:afterRequest", answered);
  // Closing it, by whichever key or button, is a sign of somebody.
  dialog.addEventListener("close", here);
  known();
}
