// What is typed into a form[data-keep] is never lost unasked: not by a swap of the region around it, not by leaving the
// page, not by a session that ended. It is kept where it stands, on the page; nothing goes into the browser's storage.

function typed() {
  return [...document.querySelectorAll("form[data-keep][data-typed]")];
}

let sender = null;

function wouldBeLost(target) {
  return typed().some((form) => target?.contains(form) && !form.contains(sender));
}

function signedOut(event) {
  return event.detail.xhr?.getResponseHeader("X-Signed-Out") === "yes";
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-keep]")) form.dataset.typed = "yes";
});

for (const name of ["reset", "submit"]) {
  document.addEventListener(name, (event) => {
    // A form that htmx sends is done when its answer is; a plain one leaves the page now.
    const byHtmx = event.target.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
    if (name === "reset" || !byHtmx) delete event.target.dataset.typed;
  });
}

document.addEventListener("htmx:afterRequest", (event) => {
  // Only the form itself was sent: what one of its parts asks in between keeps nothing.
  const form = event.detail.elt;
  if (form.matches("form[data-keep]") && event.detail.successful && !signedOut(event)) delete form.dataset.typed;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  sender = event.detail.requestConfig.elt;
  if (wouldBeLost(event.detail.target)) event.detail.shouldSwap = false;
});

// Out-of-band regions follow the answer's own swap; they do not say who asked.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (wouldBeLost(event.detail.target)) event.detail.shouldSwap = false;
});

document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (!signedOut(event) || !typed().length) return;
  event.preventDefault();
  document.getElementById("signed-out-link").href = event.detail.xhr.getResponseHeader("HX-Redirect");
  const dialog = document.getElementById("signed-out");
  if (!dialog.open) dialog.showModal();
});

window.addEventListener("beforeunload", (event) => {
  if (typed().length) event.preventDefault();
});
