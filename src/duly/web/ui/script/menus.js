// Menus close on Escape or a click elsewhere; what a page marks takes the focus when it arrives.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (event.target.closest("[data-closes]")) event.target.closest(".toast, dialog")?.remove();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
const arrive = () => document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:afterSwap", arrive);
arrive();
