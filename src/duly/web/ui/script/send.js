// A form that could not be sent stays on the screen with its text and says why. Sent forms are not sent twice.
import { settle } from "./drafts.js";
import { token } from "./token.js";

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-send]");
  // A button with an address of its own does not send: it goes there.
  if (!form || event.defaultPrevented || event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  form.querySelector(".notice[role=alert]")?.remove();
  try {
    const body = new FormData(form, event.submitter);
    await settle(form);
    body.set("csrfmiddlewaretoken", token(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.ok && answer.redirected) return arrive(form, answer.url, await answer.text());
    // An answer in place is the form again: with its errors, or with more to choose from.
    if (!answer.ok && answer.status !== 422) stay(form, why(await answer.text()));
    else showAgain(form, await answer.text());
  } catch {
    stay(form);
  }
  form.ariaBusy = "false";
});

// What is said once, and the way back, were said to the page that was fetched: they are carried over to the one shown.
const carried = sessionStorage.getItem("toasts");
if (carried) {
  sessionStorage.removeItem("toasts");
  document.querySelector(".toasts").insertAdjacentHTML("beforeend", carried);
}

function arrive(form, address, text) {
  const toasts = new DOMParser().parseFromString(text, "text/html").querySelector(".toasts");
  if (toasts?.children.length) sessionStorage.setItem("toasts", toasts.innerHTML);
  form.dispatchEvent(new CustomEvent("draft:sent", { bubbles: true }));
  if (new URL(address).pathname === location.pathname && new URL(address).search === location.search) {
    history.replaceState(null, "", address);
    location.reload();
  } else location.assign(address);
}

function showAgain(form, text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const again = page.getElementById(form.id);
  if (!again) throw new Error("the answer does not hold the form");
  // A page cannot choose files: those that were chosen stay chosen.
  form.querySelectorAll("input[type=file]").forEach((box) => again.querySelector(`input[type=file][name="${box.name}"]`)?.replaceWith(box));
  form.replaceWith(again);
  again.querySelector("[data-focus]")?.focus();
}

function why(text) {
  return new DOMParser().parseFromString(text, "text/html").querySelector("[data-why]")?.textContent;
}

function stay(form, why) {
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = why || form.dataset.send;
  form.prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}
