// Around every htmx request: a fresh CSRF token, aria-busy while waiting, and the focus on what is wrong afterwards.
// An answer about fields that were changed meanwhile is overtaken: the change asks again, and what stands is kept.

function freshToken() {
  const name = `${document.body.dataset.csrfCookie}=`;
  const cookie = document.cookie.split("; ").find((part) => part.startsWith(name));
  return cookie?.slice(name.length);
}

// Signing in again in another tab changes the token; the cookie knows the new one, the forms on this page do not.
document.addEventListener("htmx:configRequest", (event) => {
  const token = freshToken();
  if (!token || event.detail.verb === "get") return;
  event.detail.headers["X-CSRFToken"] = token;
  event.detail.parameters.delete("csrfmiddlewaretoken");
});

// What a page asks without anybody's doing keeps no session: what was clicked, typed or opened has an event, and the
// minute's own is nobody's.
document.addEventListener("htmx:configRequest", (event) => {
  const done = event.detail.triggeringEvent?.type;
  if (!done || done === "workbench:minute") event.detail.headers["X-By-Itself"] = "yes";
});

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));

document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const where = event.target.isConnected ? event.target : document;
  const wrong = where.querySelector("[aria-invalid=true], [data-problems]");
  wrong?.focus();
});

let changed = null;
const asked = new WeakMap();

// The field that was changed last and what it holds: one change is told by two events.
function newest() {
  return [changed, changed?.value, changed?.checked];
}

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => { changed = event.target; }, { capture: true });
}

document.addEventListener("htmx:beforeSend", (event) => asked.set(event.detail.xhr, newest()));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, target } = event.detail;
  const follows = ["input", "change"].includes(requestConfig.triggeringEvent?.type);
  const isOvertaken = follows && target.contains(changed) && newest().some((fact, n) => fact !== asked.get(xhr)?.[n]);
  if (isOvertaken) event.detail.shouldSwap = false;
});
