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

document.addEventListener("htmx:beforeRequest", (event) => event.detail.target?.setAttribute("aria-busy", "true"));

document.addEventListener("htmx:afterRequest", (event) => event.detail.target?.removeAttribute("aria-busy"));

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.xhr?.status !== 422) return;
  const where = event.target.isConnected ? event.target : document;
  const wrong = where.querySelector("[aria-invalid=true], [data-problems]");
  wrong?.focus();
});

let changes = 0;
let changed = null;
const asked = new WeakMap();

for (const name of ["input", "change"]) {
  document.addEventListener(name, (event) => {
    changes += 1;
    changed = event.target;
  }, { capture: true });
}

document.addEventListener("htmx:beforeSend", (event) => asked.set(event.detail.xhr, changes));

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, requestConfig, target } = event.detail;
  const follows = ["input", "change"].includes(requestConfig.triggeringEvent?.type);
  if (follows && asked.get(xhr) !== changes && target.contains(changed)) event.detail.shouldSwap = false;
});
