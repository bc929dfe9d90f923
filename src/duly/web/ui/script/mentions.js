// Behind an @ in a note the agents who can be mentioned are offered: arrows choose, Enter or Tab takes, Escape closes.
const OFFERED = 6;
const begun = (box) => /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{N}][^@\n]{0,40})?$/u.exec(box.value.slice(0, box.selectionStart));
let list = null;

document.addEventListener("input", (event) => { if (event.target.matches?.("[data-mentions]")) offer(event.target); });
document.addEventListener("focusout", (event) => { if (event.target.matches?.("[data-mentions]")) close(event.target); });
document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!list || !box.matches?.("[data-mentions]") || event.isComposing || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(box, step);
  else if (event.key === "Enter" || event.key === "Tab") take(box, list.querySelector("[aria-selected=true]"));
  else if (event.key === "Escape") close(box);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

function offer(box) {
  const typed = begun(box);
  const sought = (typed?.[1] || "").toLowerCase();
  const fits = (name) => name.toLowerCase().startsWith(sought) || (sought && name.toLowerCase().split(" ").some((word) => word.startsWith(sought)));
  const names = typed ? JSON.parse(box.dataset.mentions).filter(fits).slice(0, OFFERED) : [];
  // Once a whole name stands there, nothing is left to choose.
  if (!names.length || names.some((name) => name.toLowerCase() === sought)) return close(box);
  if (!list) open(box);
  list.replaceChildren(...names.map((name, place) => item(box, name, place)));
  choose(box, 0);
}

function open(box) {
  list = document.createElement("ul");
  list.id = "mentions";
  list.className = "mentions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.mentionsLabel);
  box.after(list);
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
}

function item(box, name, place) {
  const item = document.createElement("li");
  item.id = `mention-${place}`;
  item.setAttribute("role", "option");
  item.textContent = name;
  // The box keeps the focus.
  item.addEventListener("pointerdown", (event) => { event.preventDefault(); take(box, item); });
  return item;
}

function choose(box, step) {
  const all = [...list.children];
  const here = all.findIndex((each) => each.ariaSelected === "true");
  const next = all[(Math.max(here, 0) + step + all.length) % all.length];
  for (const each of all) each.ariaSelected = String(each === next);
  box.setAttribute("aria-activedescendant", next.id);
}

function take(box, chosen) {
  const [, typed = ""] = begun(box);
  box.setRangeText(`${chosen.textContent} `, box.selectionStart - typed.length, box.selectionStart, "end");
  close(box);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function close(box) {
  list?.remove();
  list = null;
  box.removeAttribute("aria-activedescendant");
  box.removeAttribute("aria-controls");
}
