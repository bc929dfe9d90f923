// From reply to note and back, files that were chosen come along: a new page could not choose them again.
import { keep, restore } from "./drafts.js";

document.addEventListener("click", async (event) => {
  const tab = event.target.closest(".tabs a");
  const files = tab?.closest("section").querySelector("input[type=file]");
  if (!files?.files.length || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  await keep(files.form);
  const answer = await fetch(tab.href, { cache: "no-store" }).catch(() => null);
  const page = new DOMParser().parseFromString(answer?.ok ? await answer.text() : "", "text/html");
  const other = page.getElementById("write");
  const box = other?.querySelector("input[type=file]");
  if (!box) return location.assign(tab.href);
  const here = document.getElementById("write");
  // What others said meanwhile is not on the screen yet, so it was not seen.
  other.querySelector("[name=seen]").value = here.querySelector("[name=seen]").value;
  box.replaceWith(files);
  here.replaceWith(other);
  history.replaceState(null, "", tab.href);
  restore();
  other.querySelector("textarea").focus();
});
