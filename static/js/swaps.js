// Around every htmx request: a fresh CSRF token, aria-busy while waiting, and the focus on what is wrong afterwards.

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
