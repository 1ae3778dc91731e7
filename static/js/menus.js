// Menus are <details>: one closes when something else is clicked, or with Escape. data-opens opens a dialog.

function shut(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest?.("[data-opens]");
  if (!opener) return;
  opener.closest("details.menu")?.removeAttribute("open");
  const dialog = document.getElementById(opener.dataset.opens);
  if (!dialog.open) dialog.showModal();
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (menu) shut(menu);
});
