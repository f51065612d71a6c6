// A type-ahead after the ARIA combobox pattern. The server renders the options; this asks, shows, moves, and chooses.
//   <input data-combobox-url="/…/find/" data-combobox-target="id_customer" data-combobox-aside="customer-hits"
//          data-combobox-method="post" data-combobox-auto>
// Options: <li role="option" data-value data-label>, or in the command bar the link or button itself. A choice sets the hidden target and sends `hk:choose`; editing sends `hk:clear`.
import { composing, fragment, nodesOf } from "./page.js";

const PAUSE = 120; // ms between the last key and the question
const BESIDE = matchMedia("(min-width: 76rem)"); // from here on the desk has a column for the options

export class Combobox {
  constructor(input, list, { url, post = false, auto = false, open, close, choose, answered, leave }) {
    Object.assign(this, { input, list, url, post, auto, onOpen: open, onClose: close, onChoose: choose, onAnswer: answered, onLeave: leave });
    this.active = null;
    this.asked = "";
    this.turn = 0;
    input.addEventListener("input", (event) => event.isComposing || this.schedule());
    input.addEventListener("compositionend", () => this.schedule());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => setTimeout(() => list.contains(document.activeElement) || this.close(), 0));
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the cursor stays in the field
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option, event);
    });
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get isOpen() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  schedule() {
    clearTimeout(this.timer);
    const words = this.input.value.trim();
    if (!words) {
      this.controller?.abort();
      this.asked = "";
      this.close();
      return;
    }
    if (words !== this.asked) this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    this.controller?.abort();
    this.controller = new AbortController();
    this.asked = words;
    const turn = ++this.turn;
    const query = new URLSearchParams({ q: words });
    const address = this.post ? this.url : `${this.url}${this.url.includes("?") ? "&" : "?"}${query}`;
    try {
      const text = await fragment(address, { body: this.post ? query : undefined, signal: this.controller.signal });
      if (turn === this.turn && text !== null) this.show(text);
    } catch (error) {
      if (error.name !== "AbortError") this.asked = ""; // the line is away: the next key asks again
    }
  }

  show(text) {
    this.list.replaceChildren(...nodesOf(text).childNodes);
    this.options.forEach((option, place) => {
      option.id ||= `${this.list.id}-${place}`;
    });
    this.open();
    const marked = this.options.find((option) => option.getAttribute("aria-selected") === "true");
    this.mark(marked ?? (this.auto ? this.options[0] : null));
    this.onAnswer?.(this.options.length);
  }

  open() {
    this.input.setAttribute("aria-expanded", "true");
    this.onOpen?.();
  }

  close() {
    if (!this.isOpen) return;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(null);
    this.onClose?.();
  }

  mark(option) {
    this.options.forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    this.active = option ?? null;
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  key(event) {
    if (composing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const options = this.options;
      if (!options.length) return;
      event.preventDefault();
      if (!this.isOpen) this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const place = options.indexOf(this.active);
      const next = place < 0 && step < 0 ? options.length - 1 : (place + step + options.length) % options.length;
      this.mark(options[next]);
    } else if (event.key === "Enter" && this.isOpen && this.active) {
      event.preventDefault();
      this.choose(this.active, event);
    } else if (event.key === "Escape" && (this.isOpen || this.onLeave)) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.onLeave?.();
    }
  }

  /** Ask and show no more of what was typed so far. */
  forget() {
    clearTimeout(this.timer);
    this.controller?.abort();
    this.turn += 1;
    this.asked = "";
    this.close();
  }

  choose(option, event) {
    clearTimeout(this.timer);
    this.controller?.abort();
    this.turn += 1;
    this.onChoose?.(option, event);
    this.asked = this.input.value.trim();
    this.close();
  }
}

function popFor(input) {
  const pop = document.createElement("div");
  pop.className = "pop";
  const list = document.createElement("ul");
  list.id = `${input.id || input.name}-hits`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? input.name);
  pop.append(list);
  const foot = document.getElementById("combobox-foot");
  if (foot) pop.append(foot.content.cloneNode(true));
  return { pop, list };
}

function attach(input) {
  if (input.dataset.combobox === "ready") return;
  input.dataset.combobox = "ready";
  const { pop, list } = popFor(input);
  const aside = document.getElementById(input.dataset.comboboxAside ?? "");
  const combo = input.closest(".combo");
  const target = document.getElementById(input.dataset.comboboxTarget ?? "");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", autocomplete: "off" })) input.setAttribute(name, value);
  const tell = (name, detail) => input.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const box = new Combobox(input, list, {
    url: input.dataset.comboboxUrl, post: input.dataset.comboboxMethod === "post", auto: "comboboxAuto" in input.dataset,
    open: () => {
      const place = aside && BESIDE.matches ? aside : combo;
      if (pop.parentElement !== place) place.append(pop);
      pop.hidden = false;
      if (place === aside) aside.hidden = false;
    },
    close: () => {
      pop.hidden = true;
      if (aside) aside.hidden = true;
    },
    choose: (option) => {
      if (option.dataset.label !== undefined) input.value = option.dataset.label;
      if (target) target.value = option.dataset.value ?? "";
      tell("hk:choose", { value: option.dataset.value ?? "", label: option.dataset.label ?? "", option });
    },
  });
  input.addEventListener("input", () => {
    if (target?.value) {
      target.value = "";
      tell("hk:clear", {});
    }
  });
  input.form?.addEventListener("reset", () => box.forget());
  pop.hidden = true;
  combo.append(pop);
  if (document.activeElement === input && !target?.value) box.schedule(); // typed before this script was there
  return box;
}

const attachAll = (root) => root.querySelectorAll("[data-combobox-url]").forEach(attach);
attachAll(document);
document.addEventListener("htmx:load", (event) => attachAll(event.detail.elt));
