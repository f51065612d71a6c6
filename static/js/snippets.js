// A sentence by a semicolon and its initials, in any text: `;hy`, then Enter; the semicolon alone offers the first ones. The server finds it
// and fills its places. Enter never sends the form while it is being looked for.
import { composing, fragment, nodesOf } from "./page.js";

const home = document.getElementById("snippets");
const ASKED = /(?:(?:^|[^a-z0-9])[;；]([a-z][a-z0-9]{0,11})|(?:^|\s)[;；])$/i; // alone only where a sentence begins: elsewhere it is a semicolon
const PAUSE = 120; // ms between the last key and the question
let field = null;
let turn = 0;
let timer;
let asking = false; // from the key that asks until the answer is there

const pop = document.createElement("div");
pop.className = "pop pop--snip";
pop.hidden = true;
const list = document.createElement("ul");
list.id = "snippet-hits";
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", home?.dataset.label ?? "");
const said = document.createElement("p");
said.className = "vh";
said.setAttribute("role", "status");
pop.append(list, said);

const writes = (element) => element?.tagName === "TEXTAREA" || (element?.tagName === "INPUT" && element.type === "text" && !element.dataset.comboboxUrl);
const before = () => field.value.slice(0, field.selectionStart).match(ASKED);
const options = () => [...list.children];
const marked = () => list.querySelector("[aria-selected=true]");

/** Whom the text is about: the record of the page, or the customer chosen in the form. */
function name() {
  const form = field.form;
  const chosen = form?.elements.customer?.value ? form.elements.who?.value : "";
  return form?.dataset.about || form?.elements.name?.value || form?.elements.visitor_name?.value || chosen || "";
}

function mark(option) {
  options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function close() {
  turn += 1;
  asking = false;
  pop.hidden = true;
  field?.removeAttribute("aria-activedescendant");
  field?.removeAttribute("aria-controls");
}

async function ask() {
  const asked = field && before();
  if (!asked) {
    close();
    return;
  }
  const here = field;
  turn += 1;
  const mine = turn;
  const text = await fragment(home.dataset.address, { body: new URLSearchParams({ q: asked[1] ?? "", name: name() }) }).catch(() => null);
  if (mine !== turn) return;
  asking = false;
  if (text === null || here !== field || document.activeElement !== field) return;
  list.replaceChildren(...nodesOf(text).children);
  options().forEach((option, place) => { option.id = `snippet-${place}`; });
  said.textContent = options().length ? `${home.dataset.label}: ${options().length}` : "";
  pop.hidden = options().length === 0;
  if (pop.hidden) return;
  if (pop.previousElementSibling !== field) field.after(pop);
  pop.style.insetBlockStart = `${field.offsetTop + field.offsetHeight + 3}px`;
  pop.style.insetInlineStart = `${Math.min(field.offsetLeft, Math.max(0, (field.offsetParent ?? document.body).clientWidth - pop.offsetWidth))}px`;
  field.setAttribute("aria-controls", list.id);
  mark(options()[0]);
}

function insert(option) {
  const asked = before();
  close();
  if (!asked) return;
  const end = field.selectionStart;
  field.setRangeText(option.dataset.insert, end - (asked[1] ?? "").length - 1, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

if (home) {
  document.addEventListener("input", (event) => {
    if (!writes(event.target) || event.isComposing) return;
    if (field !== event.target) close();
    field = event.target;
    clearTimeout(timer);
    asking = Boolean(before());
    if (asking) timer = setTimeout(ask, PAUSE);
    else close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target !== field || composing(event)) return;
    if (pop.hidden) {
      if (!asking || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
      event.preventDefault(); // typed faster than the list could come: it shall not send the form
      event.stopPropagation();
      return;
    }
    const place = options().indexOf(marked());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(options().at((place + (event.key === "ArrowDown" ? 1 : -1)) % options().length));
    else if (event.key === "Enter" || event.key === "Tab") insert(marked());
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  pop.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the text
  pop.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) insert(option);
  });
  document.addEventListener("focusout", (event) => event.target === field && close());
}
