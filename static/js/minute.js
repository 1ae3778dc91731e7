// Once a minute, and when the page is looked at again, says "workbench:minute"; regions ask for news of themselves then.
// A page that nobody looks at asks for nothing.

const EVERY_MS = 60000;

function tell() {
  if (document.visibilityState === "visible") document.body.dispatchEvent(new Event("workbench:minute"));
}

setInterval(tell, EVERY_MS);
document.addEventListener("visibilitychange", tell);
