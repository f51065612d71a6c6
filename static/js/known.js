// A number typed for a new customer that is known already: whoever has it is offered in the column beside, so that nobody opens a second
// file unknowingly. Nothing is chosen by itself, and no field moves.
import { composing, fragment, nodesOf } from "./page.js";

const PAUSE = 200; // ms between the last key and the question
const form = document.getElementById("visit-form");
const offer = document.getElementById("known");
const typed = form?.elements.phone;
let turn = 0;
let timer;

/** Whether a number looks typed to its end: a mobile one has eleven digits, others seven at least. */
function whole(text) {
  const digits = text.normalize("NFKC").replace(/\D/g, "");
  return /^1/.test(digits) ? digits.length >= 11 : digits.length >= 7;
}

async function ask() {
  const mine = ++turn;
  const words = typed.value.trim();
  offer.hidden = true;
  if (!whole(words) || form.elements.customer.value) return;
  try {
    const text = await fragment(offer.dataset.url, { body: new URLSearchParams({ q: words, new: "0" }) });
    if (mine === turn && text !== null) show(nodesOf(text).querySelectorAll("[role=option]"));
  } catch {
    offer.hidden = true; // the line is away: the next key asks again
  }
}

function show(options) {
  const list = offer.querySelector("ul");
  list.replaceChildren(...[...options].map((option) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "opt-row" });
    Object.assign(button.dataset, { value: option.dataset.value, label: option.dataset.label });
    button.append(...option.childNodes);
    const row = document.createElement("li");
    row.append(button);
    return row;
  }));
  offer.hidden = !options.length;
}

function take({ value, label }) {
  const { customer, who, name } = form.elements;
  [customer.value, who.value, typed.value, name.value] = [value, label, "", ""];
  offer.hidden = true;
  who.dispatchEvent(new CustomEvent("hk:choose", { bubbles: true, detail: { value, label } }));
}

if (typed && offer) {
  typed.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!composing(event)) timer = setTimeout(ask, PAUSE);
  });
  offer.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) take(button.dataset);
  });
  for (const name of ["hk:choose", "hk:emptied"]) form.addEventListener(name, () => { turn += 1; offer.hidden = true; });
}
