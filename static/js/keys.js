// Keys of links, buttons, fields and details that carry data-key: "p", "?" or a sequence such as "g h".
// Others may answer a key first by listening to "workbench:key" and preventing its default (rows.js does).
// In a field keys type. Readers can switch single keys off; Ctrl+Enter and Escape keep working then.

// Counted between the presses themselves: a page that is busy in between forgets nothing.
const SEQUENCE_MS = 2500;
const FIELDS = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable]";
let prefix = "";
let prefixAt = 0;

function candidates(key) {
  const dialog = document.querySelector("dialog[open]");
  const all = [...(dialog ?? document).querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  return dialog ? all : all.filter((element) => !element.closest("dialog"));
}

function found(key) {
  const all = candidates(key);
  const seen = all.filter((element) => element.checkVisibility());
  return seen.find((element) => element.closest("main")) ?? seen[0] ?? all[0];
}

function act(element) {
  if (element.disabled || element.ariaDisabled === "true") {
    const words = element.dataset.why ?? element.title;
    if (words) document.dispatchEvent(new CustomEvent("workbench:toast", { detail: { words } }));
  } else if (element.matches(FIELDS)) {
    element.focus();
    element.select?.();
  } else if (element.matches("details")) {
    // One that stands open already is gone to; its key closes it only from within.
    element.open = !(element.open && element.contains(document.activeElement));
    element.querySelector("summary").focus();
  } else {
    if (element.matches("summary")) element.focus();
    element.click();
  }
}

function pressed(key, at) {
  const whole = prefix && at - prefixAt < SEQUENCE_MS ? `${prefix} ${key}` : key;
  prefix = "";
  if (!whole.includes(" ")) {
    const asked = new CustomEvent("workbench:key", { cancelable: true, detail: { key } });
    if (!document.dispatchEvent(asked)) return true;
  }
  const element = found(whole);
  if (element) {
    act(element);
  } else if (document.querySelector(`[data-key^="${CSS.escape(whole)} "]`)) {
    prefix = whole;
    prefixAt = at;
  } else {
    return false;
  }
  return true;
}

function leave(field) {
  const way = field.closest("form")?.querySelector("[data-escape]");
  if (way) way.click();
  else field.blur();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const field = event.target.closest?.(FIELDS);
  // Without a form around the focus, the one of the conversation is meant.
  // What closes a dialog is no form to save: Ctrl+Enter meant for the page must not answer a dialog that just came up.
  const form = event.target.closest?.("form:not([method=dialog])") ?? document.querySelector("body:not(:has(dialog[open])) form[data-outcomes]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-submit]") ?? undefined);
  } else if (event.key === "Escape" && field && !field.closest("dialog")) {
    leave(field);
  } else if (!field && !(event.key === "Enter" && event.target !== document.body) && !event.ctrlKey && !event.metaKey && !event.altKey && !event.repeat) {
    if (document.body.dataset.keys !== "off" && (event.key.length === 1 || event.key === "Enter") && pressed(event.key, event.timeStamp)) event.preventDefault();
  }
});
