// Keeps what stands in a form: at once in this browser's vault, two seconds after the last key in the house, when the page goes away
// at the latest. A form that was emptied again leaves no draft; one that was sent has none (the house drops it with the sending).
//   <form data-form data-keep> with a hidden one_off_key; `data-draft="name"` when it is a draft taken up again
import { ask, newKey } from "./page.js";
import * as vault from "./vault.js";

const PAUSE = 2000; // ms
const PATIENCE = 1500; // ms that a sending waits for a keeping that is on its way
const NEVER = new Set(["csrfmiddlewaretoken", "one_off_key"]);
export const forms = new Map(); // form -> Kept

/** The names and texts of a form, without files, passwords and tokens. */
export function pairsOf(form) {
  const secrets = new Set([...form.querySelectorAll("input[type=password]")].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.has(name) && !secrets.has(name));
}

/** What a draft is called: what the form is, and of which record, where the page is about one. */
function titleOf(form) {
  const parts = [form.querySelector(".sec__h h2") ?? document.querySelector("main h1"), document.querySelector("[data-here]") && document.querySelector(".head__sub")];
  return parts.map((part) => part?.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(" · ").slice(0, 160);
}

/** Bring one entry to the house as a draft. Resolves to whether it needs keeping here no longer. */
export async function bring(entry, options = {}) {
  const body = new URLSearchParams({ key: entry.key, path: entry.path, title: entry.title, field: entry.field ?? "", typed: JSON.stringify(entry.pairs) });
  const answer = await ask("/me/drafts/", { body, ...options });
  return answer.ok || answer.status === 410 || answer.status === 422;
}

class Kept {
  constructor(form) {
    this.form = form;
    this.settle();
    this.hidden = [...form.elements].filter((field) => field.type === "hidden" && !NEVER.has(field.name)).map((field) => [field, field.value]);
    this.inHouse = form.dataset.draft !== undefined;
    for (const kind of ["input", "change", "hk:choose", "hk:clear"]) form.addEventListener(kind, (event) => this.changed(event));
    if (this.inHouse) form.elements[form.dataset.draft]?.focus?.();
  }

  get key() {
    return this.form.elements.one_off_key.value;
  }

  entry(state = "draft") {
    return { key: this.key, path: location.pathname, action: this.form.action, title: titleOf(this.form), field: this.field ?? "", pairs: pairsOf(this.form), state, at: Date.now() };
  }

  get isDirty() {
    return this.inHouse || JSON.stringify(pairsOf(this.form)) !== this.first;
  }

  changed(event) {
    if (this.sending) return;
    if (event.target.name) this.field = event.target.name;
    clearTimeout(this.timer);
    this.unsaved = true;
    if (this.isDirty) vault.put(this.entry());
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** Bring the text to the house now; `leaving` when the page goes away and waits for no answer. */
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.unsaved || this.sending) return;
    const entry = this.entry();
    this.unsaved = false;
    const empty = JSON.stringify(entry.pairs) === this.first;
    this.onItsWay = (empty ? this.forget() : bring(entry, { keepalive: leaving })).then((done) => {
      if (done === null) return; // there was nothing
      if (!done) throw new Error("the house took nothing");
      this.inHouse = !empty;
      if (!this.unsaved) vault.drop(entry.key);
    }).catch(() => {
      this.unsaved = true; // the vault has it; the next key, or the line's return, tries again
    });
    await this.onItsWay;
  }

  async forget() {
    vault.drop(this.key);
    if (!this.inHouse) return null;
    const answer = await ask(`/me/drafts/${this.key}/drop/`, { body: new URLSearchParams() });
    return answer.ok;
  }

  /** The form is about to be sent: keep no more of it, and let a keeping that is on its way arrive first. */
  async hold() {
    clearTimeout(this.timer);
    this.sending = true;
    await Promise.race([this.onItsWay, new Promise((done) => setTimeout(done, PATIENCE))]);
  }

  /** The form was not taken: keep on. */
  resume() {
    this.sending = false;
  }

  /** The next one: the form as it came, under a key of its own. */
  empty() {
    this.form.reset();
    for (const [field, value] of this.hidden) field.value = value;
    this.form.elements.one_off_key.value = newKey();
    this.inHouse = this.unsaved = this.sending = false;
    this.settle();
  }

  /** What stands in the form now is its empty state. */
  settle() {
    this.first = JSON.stringify(pairsOf(this.form));
  }
}

/** Bring everything that is open on this page to the house, before the screen locks or the person leaves. */
export const flush = (options) => Promise.all([...forms.values()].map((kept) => kept.save(options)));

for (const form of document.querySelectorAll("form[data-keep]")) if (form.elements.one_off_key) forms.set(form, new Kept(form));
document.addEventListener("hk:back", () => flush());
// Back to a page whose form was sent: its key is used up, so that the house is asked for the page as it is now.
addEventListener("pageshow", (event) => event.persisted && [...forms.values()].some((kept) => kept.sending) && location.reload());
document.addEventListener("visibilitychange", () => document.hidden && flush({ leaving: true }));
addEventListener("pagehide", () => flush({ leaving: true }));
document.addEventListener("submit", (event) => event.target.matches("form[data-keep][data-native]") && forms.get(event.target)?.hold());

// The conflict page: one button a field takes what the other person wrote.
document.addEventListener("click", (event) => {
  const take = event.target.closest("[data-take]");
  const field = take && document.querySelector("form[data-keep]")?.elements[take.dataset.take];
  if (!field) return;
  if (field.type === "checkbox") field.checked = take.dataset.value !== "";
  else field.value = take.dataset.value; // of radios, the one with this value
  (field.length && !field.options ? [...field].find((one) => one.checked) : field)?.dispatchEvent(new Event("change", { bubbles: true }));
  (field.focus ? field : field[0]).focus();
});
