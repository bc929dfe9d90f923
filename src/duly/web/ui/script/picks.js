// Tickets are picked with a click, with x, or as a range with shift; keys of the bar begin with the line that has the focus.
const picks = () => [...document.querySelectorAll("[data-pick]")];
let last = null;

function count() {
  const all = picks();
  const picked = all.filter((box) => box.checked).length;
  for (const said of document.querySelectorAll("[data-picked]")) said.textContent = picked ? said.dataset.picked.replace("0", picked) : "";
  for (const box of document.querySelectorAll("[data-picks-all]")) {
    box.hidden = false;
    box.checked = picked > 0 && picked === all.length;
    box.indeterminate = picked > 0 && picked < all.length;
  }
}

function pick(box, wanted, isRange) {
  const all = picks();
  const [from, to] = [all.indexOf(isRange && last?.isConnected ? last : box), all.indexOf(box)].sort((a, b) => a - b);
  for (const each of all.slice(Math.max(from, 0), to + 1)) each.checked = wanted;
  last = box;
  count();
}

export function pickHere(isRange = false) {
  const box = document.activeElement?.closest("tr")?.querySelector("[data-pick]");
  if (box) pick(box, isRange || !box.checked, isRange);
}

export const nonePicked = () => !picks().some((box) => box.checked);

document.addEventListener("click", (event) => {
  const box = event.target.closest("[data-pick]");
  if (box) pick(box, box.checked, event.shiftKey);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-picks-all]")) return;
  for (const box of picks()) box.checked = event.target.checked;
  count();
});
document.addEventListener("keydown", (event) => {
  const menu = event.target.closest("#bulk .menu");
  if (event.key !== "Enter" || !menu || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  menu.querySelector(".button--primary").click();
});
document.addEventListener("redrawn", count);
count();
