// A macro is picked without leaving the box: by its button, by `;` outside the box, or by `;` at the start of a word in it.
const starts = (box) => /(^|\s)$/.test(box.value.slice(0, box.selectionStart));

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens-macros]");
  if (!opener) return;
  event.preventDefault();
  pick(opener);
});
document.addEventListener("keydown", (event) => {
  const box = event.target.closest?.("textarea[data-draft]");
  const opener = box?.form.querySelector("[data-opens-macros]");
  if (event.key !== ";" || event.isComposing || !opener || !starts(box)) return;
  event.preventDefault();
  pick(opener, ";");
});

async function pick(opener, typed = "") {
  const answer = await fetch(opener.formAction, { cache: "no-store" }).catch(() => null);
  if (!answer?.ok) return opener.form.requestSubmit(opener);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = document.createElement("dialog");
  dialog.className = "dialog palette";
  dialog.setAttribute("aria-label", opener.firstChild.textContent.trim());
  const box = page.getElementById("macro-search");
  const list = page.getElementById("macro-list");
  box.setAttribute("aria-label", box.placeholder);
  dialog.append(box, list, ...page.querySelectorAll(".empty"));
  document.body.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); leave(opener.form, typed); });
  box.addEventListener("input", () => narrow(list, box.value));
  dialog.addEventListener("keydown", (event) => steer(event, list));
  list.addEventListener("submit", (event) => carry(event, opener.form));
  dialog.showModal();
  box.focus();
}

// Closed without a pick, what was typed to open it is a character after all.
function leave(form, typed) {
  const box = form.querySelector("textarea");
  box.focus();
  if (!typed || form.dataset.picked) return;
  box.setRangeText(typed, box.selectionStart, box.selectionEnd, "end");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function narrow(list, sought) {
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  for (const item of list.children) item.hidden = !words.every((word) => item.textContent.toLowerCase().includes(word));
}

function steer(event, list) {
  const shown = [...list.querySelectorAll("li:not([hidden]) button")];
  const here = shown.indexOf(document.activeElement);
  if (event.key === "Enter" && here < 0) { event.preventDefault(); shown[0]?.click(); }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !shown.length) return;
  event.preventDefault();
  shown[(here + step + shown.length) % shown.length].focus();
}

// The words in the box and the files beside it go along; what was kept on this device is then on the server.
function carry(event, form) {
  const text = document.createElement("input");
  text.type = "hidden";
  text.name = "text";
  text.value = form.querySelector("textarea").value;
  event.target.append(text);
  const files = form.querySelector("input[type=file]");
  if (files?.files.length) {
    files.hidden = true;
    event.target.enctype = "multipart/form-data";
    event.target.append(files);
  }
  form.dataset.picked = "yes";
  form.dispatchEvent(new CustomEvent("draft:sent", { bubbles: true }));
}
