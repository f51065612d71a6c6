// The desk: choosing a customer shows who it is and moves on to the purpose; digits choose the purpose; M unfolds the rest.
import { composing, fragment, nodesOf, takesText } from "./page.js";

const form = document.getElementById("visit-form");
const card = document.getElementById("customer-card");
let empty = card?.innerHTML;

function purposes() {
  return [...form.querySelectorAll("input[name=purpose]")];
}

function goTo(element) {
  element?.focus();
}

async function showCard(id) {
  const text = await fragment(form.dataset.cardUrl.replace("/0/", `/${id}/`), {});
  if (text !== null && form.elements.customer.value === String(id)) {
    card.replaceChildren(...nodesOf(text).childNodes);
    window.htmx?.process(card);
  }
}

// A draft that is open again, or a refused form, still knows its customer.
if (form?.elements.customer?.value) showCard(form.elements.customer.value);

// A visit that waits for the line keeps the time at which it was saved, not the one at which it turns out to wait or gets through.
let savedAt;
form?.addEventListener("submit", () => {
  savedAt = document.querySelector("[data-clock]")?.textContent.match(/\d\d:\d\d\s*$/)?.[0].trim();
});
form?.addEventListener("hk:queued", () => {
  if (savedAt && form.elements.arrived_at && !form.elements.arrived_at.value) form.elements.arrived_at.value = savedAt;
});
form?.addEventListener("hk:emptied", () => {
  if (card) card.innerHTML = empty;
  document.getElementById("saved")?.remove();
  document.getElementById("more")?.removeAttribute("open");
});
document.addEventListener("hk:parts", () => { empty = card?.innerHTML; });

function asNew(label) {
  const more = document.getElementById("more");
  if (more) more.open = true;
  const isPhone = /\d{3}/.test(label);
  goTo(form.elements[isPhone ? "name" : "phone"]);
}

form?.addEventListener("hk:choose", (event) => {
  const { value, label } = event.detail;
  if (value === "new") {
    form.elements.customer.value = "";
    asNew(label || form.elements.who.value);
    return;
  }
  showCard(value);
  goTo(purposes().find((one) => one.checked) ?? purposes()[0]);
});

form?.addEventListener("hk:clear", () => {
  if (card) card.innerHTML = empty;
});

// Enter where one says who came, with no purpose chosen, goes on to the purpose instead of saving half a visit.
for (const name of ["who", "name", "phone", "company"]) {
  form?.elements[name]?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event) || event.defaultPrevented || event.ctrlKey) return;
    if (purposes().some((one) => one.checked)) return;
    event.preventDefault();
    goTo(purposes()[0]);
  });
}

document.addEventListener("keydown", (event) => {
  if (!form || composing(event) || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (takesText(document.activeElement) || document.querySelector("dialog[open]")) return;
  if (document.documentElement.dataset.keys === "off") return;
  const place = Number(event.key);
  if (place >= 1 && place <= purposes().length && form.contains(document.activeElement)) {
    event.preventDefault();
    purposes()[place - 1].click();
    goTo(purposes()[place - 1]);
  } else if (event.key.toLowerCase() === "m") {
    const more = document.getElementById("more");
    if (more) {
      event.preventDefault();
      more.open = !more.open;
      goTo(more.open ? form.elements.name : form.elements.who);
    }
  }
});
