// The form of a conversation: says what is usual after the chosen outcome, and moves the focus to the part it opens.
// Which parts show is the style sheet's doing (form:has(:checked)), so all of it works without this file.

const PARTS = { promised: "log_promise_amount", disputes: "log_dispute_invoice", call_back: "log_next_at" };

document.addEventListener("change", (event) => {
  const chosen = event.target.closest?.("form[data-outcomes] input[name=outcome]");
  if (!chosen) return;
  const usual = chosen.form.querySelector("[data-usual-step]");
  usual.textContent = `As usual after this: ${chosen.dataset.usual}`;
  const next = document.getElementById(PARTS[chosen.value] ?? "") ?? chosen;
  next.focus();
  // Another amount than the proposed one is typed over it.
  if (next.type === "text") next.select();
});
