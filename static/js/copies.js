// A button with data-copies="id" copies what that field holds; a field with data-selects is marked as a whole.

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  field.select();
  let words = "Copied.";
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    words = "It is marked: copy it with Ctrl+C.";
  }
  document.dispatchEvent(new CustomEvent("workbench:toast", { detail: { words } }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button) copy(button);
});

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("[data-selects]")) event.target.select();
});
