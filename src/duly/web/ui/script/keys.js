import { nonePicked, pickHere } from "./picks.js";

// Keys: an element says which key presses it (data-key="g q"); rows are walked with j and k.
const typing = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
const singles = () => localStorage.getItem("single-keys") !== "off";
let prefix = "";

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return sendFrom(event);
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return press("mod+k", event);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return leave(event.target);
  if (typing(event.target) || document.querySelector("dialog[open]") || !singles()) return;
  if (event.key === "j" || event.key === "k") return walk(event.key === "j" ? 1 : -1, event);
  if (event.key.toLowerCase() === "x" && !prefix) return pickHere(event.shiftKey);
  if (event.key === "?") return help(event);
  const keys = prefix + event.key;
  prefix = event.key === "g" ? "g " : "";
  press(keys, event);
});

// What can be written about the line that has the focus is written on its own page.
const writes = { r: "reply", n: "note" };

function press(keys, event) {
  const target = document.querySelector(`[data-key="${CSS.escape(keys)}"]`);
  const line = document.activeElement?.closest(".queue__open");
  if (!target && line && writes[keys]) location.assign(`${line.href}?write=${writes[keys]}`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else if (target.matches("[data-needs-picks]")) {
    if (nonePicked()) pickHere();
    if (nonePicked()) return;
    target.click();
    target.parentElement.querySelector("select, textarea, input").focus();
  } else if (target.matches("summary")) { target.click(); target.focus(); }
  else target.click();
}

function walk(step, event) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  event.preventDefault();
  const here = rows.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(here + step, 0), rows.length - 1);
  rows[next].focus();
  rows[next].closest("tr, li")?.scrollIntoView({ block: "nearest" });
}

function help(event) {
  event.preventDefault();
  document.getElementById("keys")?.showModal();
}

function leave(element) {
  element.closest(".clock")?.setAttribute("data-dismissed", "");
  if (typing(element)) element.blur();
}

function sendFrom(event) {
  const form = event.target.closest("form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit((event.target.closest("details.menu") ?? form).querySelector(".button--primary"));
}

document.addEventListener("focusout", (event) => event.target.closest?.("[data-dismissed]")?.removeAttribute("data-dismissed"));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens-keys]")) help(event);
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-single-keys]")) localStorage.setItem("single-keys", event.target.checked ? "on" : "off");
});
for (const box of document.querySelectorAll("[data-single-keys]")) box.checked = singles();
