// When a request fails: what happened, whether the work is safe, and a way to try again. Nothing on the page is touched,
// so what was typed stays. The server's own sentence is shown when it sent one as plain text.

const SAFE = "What you typed is still here.";

function sentence(xhr) {
  const sent = xhr.getResponseHeader("Content-Type") ?? "";
  if (sent.startsWith("text/plain") && xhr.responseText) return xhr.responseText;
  if (xhr.status === 404) return "This is not here any more: somebody moved or removed it. Reload the page to see how it stands now.";
  if (xhr.status === 403) return `Your role does not include this. Nothing was changed. ${SAFE}`;
  if (xhr.status >= 500) return `Something broke on our side and nothing was saved. ${SAFE}`;
  return `The server did not accept this and nothing was changed. ${SAFE}`;
}

function retry(element) {
  if (!element.isConnected) return undefined;
  if (element.matches("form")) return () => element.requestSubmit();
  return element.matches("a, button") ? () => element.click() : undefined;
}

function tell(event, words) {
  const { elt } = event.detail;
  if (elt.closest("[data-quiet]")) return;
  document.dispatchEvent(new CustomEvent("workbench:toast", { detail: { words, tone: "bad", again: retry(elt) } }));
}

document.addEventListener("htmx:responseError", (event) => tell(event, sentence(event.detail.xhr)));

document.addEventListener("htmx:sendError", (event) => tell(event, `The server could not be reached. ${SAFE}`));

document.addEventListener("htmx:timeout", (event) => {
  const reads = event.detail.requestConfig?.verb === "get";
  const doubt = reads ? "Nothing was changed." : `It may still have been saved: look before you send it again. ${SAFE}`;
  tell(event, `The server did not answer within 15 seconds. ${doubt}`);
});

document.addEventListener("htmx:oobErrorNoTarget", (event) => {
  console.error("An answer names a region that is not on this page:", event.detail.content);
});
