// Drafts save themselves: on the server where the page names an address, and on this device until that has worked.
import { token } from "./token.js";

const waiting = new Map();
const saving = new Map();
const boxes = "textarea[data-draft], textarea[data-draft-here]";
const keyOf = (box) => `draft:${box.dataset.draft || box.dataset.draftHere}`;

document.addEventListener("input", (event) => {
  const box = event.target.closest(boxes);
  if (!box) return;
  if (box.value.trim()) localStorage.setItem(keyOf(box), box.value);
  else localStorage.removeItem(keyOf(box));
  if (!box.dataset.draft) return;
  clearTimeout(waiting.get(box));
  waiting.set(box, setTimeout(() => save(box), 900));
});

function save(box) {
  waiting.delete(box);
  saving.set(box, post(box));
}

async function post(box) {
  const sent = box.value;
  const body = new FormData();
  body.set("text", sent);
  body.set("csrfmiddlewaretoken", token(box.form));
  const state = box.form.querySelector("[data-draft-state]");
  try {
    const answer = await fetch(box.dataset.draft, { method: "POST", body, keepalive: true });
    if (!answer.ok) throw new Error(answer.status);
    if (box.value === sent) localStorage.removeItem(keyOf(box));
    if (state) state.textContent = state.dataset.saved;
  } catch {
    if (state) state.textContent = state.dataset.kept;
  }
}

// What is sent is no draft any more: none may arrive after it.
export async function settle(form) {
  for (const box of form.querySelectorAll(boxes)) {
    clearTimeout(waiting.get(box));
    waiting.delete(box);
    await saving.get(box);
  }
}

// What is typed is on the server, or on this device, before its box goes away.
export async function keep(form) {
  for (const box of form.querySelectorAll(boxes)) {
    if (waiting.has(box)) { clearTimeout(waiting.get(box)); save(box); }
    await saving.get(box);
  }
}

export function restore() {
  for (const box of document.querySelectorAll(boxes)) {
    const kept = localStorage.getItem(keyOf(box));
    if (kept) box.value = kept;
  }
}
document.addEventListener("draft:sent", (event) => {
  for (const box of event.target.querySelectorAll(boxes)) {
    clearTimeout(waiting.get(box));
    waiting.delete(box);
    localStorage.removeItem(keyOf(box));
  }
});
// Whoever signs out leaves nothing of theirs on the device.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[action='/account/logout/']")) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
});
document.addEventListener("htmx:afterSwap", restore);
addEventListener("pagehide", () => { for (const box of [...waiting.keys()]) { clearTimeout(waiting.get(box)); save(box); } });
restore();
