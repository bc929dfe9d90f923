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
const arrive = () => {
  const target = document.querySelector("[data-focus]");
  target?.focus();
  // One goes on writing where the text ends.
  if (target?.matches("textarea")) target.setSelectionRange(target.value.length, target.value.length);
};
document.addEventListener("htmx:afterSwap", arrive);
arrive();
