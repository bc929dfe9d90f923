// Everything by name: what can be done on this page, where the desk leads, a ticket by its number, and the search.
const palette = document.getElementById("palette");
const box = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");
const OFFERED = ["#steps button", ".tabs a", "[data-opens-macros]", "aside select[data-key]", ".deeds .split button, .deeds summary", ".bar__end a.button", "#bulk summary", ".side__new", ".side .nav a", ".side .nav__title a", ".queue__open", ".side__who", "#main [data-opens-keys]", ".side .theme button", ".side__tools > form:last-child button"];
let runs = [];

const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
const name = (element) => element.title ? [element.closest("form.theme")?.ariaLabel, element.title].filter(Boolean).join(": ")
  : element.matches("select") ? text(document.querySelector(`label[for="${element.id}"]`)) : text(element.querySelector(":scope > span") ?? element);

function run(element) {
  if (element.matches("summary")) {
    element.parentElement.open = true;
    element.parentElement.querySelector("input:not([type=hidden]), select, button").focus();
  } else if (element.matches("select")) element.focus();
  else element.click();
}

function commands(typed) {
  const go = (words) => () => location.assign(`${palette.dataset.search}?q=${encodeURIComponent(words)}`);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const number = typed.replace(/^#/, "");
  const offered = OFFERED.flatMap((selector) => [...document.querySelectorAll(selector)]).filter((element) => element.checkVisibility())
    .map((element) => ({ name: name(element), run: () => run(element) }))
    .filter((each) => words.every((word) => each.name.toLowerCase().includes(word)));
  if (/^\d+$/.test(number)) offered.unshift({ name: palette.dataset.ticket.replace("0", number), run: go(number) });
  if (typed) offered.push({ name: palette.dataset.find.replace("…", typed), run: go(typed) });
  return offered.slice(0, 40);
}

function draw() {
  const found = commands(box.value.trim());
  runs = found.map((each) => each.run);
  list.replaceChildren(...found.map((each, place) => {
    const option = document.createElement("li");
    option.id = `palette-${place}`;
    option.setAttribute("role", "option");
    option.textContent = each.name;
    return option;
  }));
  choose(0);
}

function choose(place) {
  [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
  if (list.children[place]) box.setAttribute("aria-activedescendant", `palette-${place}`);
  else box.removeAttribute("aria-activedescendant");
  list.children[place]?.scrollIntoView({ block: "nearest" });
}

function take(place) {
  palette.close();
  runs[place]?.();
}

const chosen = () => [...list.children].findIndex((option) => option.getAttribute("aria-selected") === "true");

function open() {
  box.value = "";
  draw();
  palette.showModal();
}

function steer(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing || !(step || event.key === "Enter")) return;
  event.preventDefault();
  if (event.key === "Enter") return take(chosen());
  choose((chosen() + step + list.children.length) % Math.max(list.children.length, 1));
}

if (palette) {
  for (const opener of document.querySelectorAll("[data-opens-palette]")) {
    opener.hidden = false;
    opener.addEventListener("click", open);
  }
  box.addEventListener("input", draw);
  box.addEventListener("keydown", steer);
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take([...list.children].indexOf(option));
  });
}
