// An editor's line numbers stay in step with its text, and a fault in the list leads into the text itself.
const rows = (text) => text.value.split("\n").length;

document.addEventListener("input", (event) => {
  const text = event.target.closest(".editor textarea");
  if (!text) return;
  const lines = text.parentElement.querySelector(".editor__lines");
  for (let number = lines.children.length + 1; number <= rows(text); number += 1) {
    const line = document.createElement("li");
    line.id = `line-${number}`;
    line.textContent = number;
    lines.append(line);
  }
});

document.addEventListener("click", (event) => {
  const number = event.target.closest("a[href^='#line-']")?.hash.slice(6);
  const text = number && document.querySelector(".editor textarea");
  if (!text) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((length, line) => length + line.length + 1, 0);
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
  document.getElementById(`line-${number}`)?.scrollIntoView({ block: "center" });
});
