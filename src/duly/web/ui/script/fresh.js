// An open page asks every few seconds, while it is visible, whether it changed; once a minute the words move on.
const EVERY = 5000;
const MOVE_ON = 60000;
// Others see that somebody writes for some seconds after each word.
const WRITING = 10000;
let drawn = Date.now();
let wrote = 0;
// What the server last said, so that a mail which somebody reads is not drawn anew for nothing.
const said = new Map([...document.querySelectorAll("[data-region]")].map((region) => [region.id, region.innerHTML]));

async function ask() {
  const page = document.querySelector("[data-fresh]");
  if (document.hidden || !page) return;
  try {
    const writing = Date.now() - wrote < WRITING ? "?writing" : "";
    const answer = await fetch(page.dataset.fresh + writing, { headers: { "If-None-Match": `"${page.dataset.number}"` }, cache: "no-store" });
    if (answer.status === 200 || Date.now() - drawn > MOVE_ON) await redraw();
  } catch { /* Offline: the next round asks again. */ }
}

async function redraw() {
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const tag = page.querySelector("[data-fresh]")?.dataset.number;
  if (tag) document.querySelector("[data-fresh]").dataset.number = tag;
  document.title = page.title;
  const focused = document.activeElement?.id;
  for (const old of document.querySelectorAll("[data-region]")) {
    const next = page.getElementById(old.id);
    if (!next || next.innerHTML === said.get(old.id)) continue;
    said.set(old.id, next.innerHTML);
    const open = [...old.querySelectorAll("details[open][id]")].map((details) => details.id);
    const checked = [...old.querySelectorAll("input:checked[id]")].map((box) => box.id);
    old.replaceWith(document.adoptNode(next));
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    for (const id of checked) { const box = document.getElementById(id); if (box) box.checked = true; }
  }
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("redrawn"));
  drawn = Date.now();
}

setInterval(ask, EVERY);
document.addEventListener("input", (event) => {
  if (!event.target.matches("textarea[data-draft]")) return;
  const began = Date.now() - wrote > WRITING;
  wrote = Date.now();
  if (began) ask();
});
document.addEventListener("visibilitychange", ask);
