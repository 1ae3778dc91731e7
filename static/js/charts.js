// A chart that could not be read says so in its own place and offers to try again; the figures and the other charts stay.

function failed(event) {
  const slot = event.detail.elt.closest("[data-chart]");
  const told = slot?.querySelector("[data-chart-failed]");
  if (told) told.hidden = false;
}

for (const name of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, failed);
}
