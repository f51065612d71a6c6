// The kiosk: steps change in place so that the browser's history holds nothing, and whatever was typed is forgotten after a while
// without a touch, after the ticket, and when the line is away. It never leaves its own address.
import "./form.js";
import "./print.js";
import { nodesOf, token } from "./page.js";

const root = document.getElementById("kiosk");
const countdown = document.getElementById("idle");
const away = document.getElementById("away");
const { start, seen } = document.body.dataset;
const idle = Number(document.body.dataset.idle) || 60;
const WARNING = Math.min(15, idle / 2); // s before forgetting
const RENEW = 300; // s after which an untouched first step is asked for anew: its code for phones runs out
const RETRY = 3000; // ms between two tries while the server is away
const PATIENCE = 10000; // ms

let touchedAt = performance.now();
let loadedAt = performance.now();
let loading = false;

const step = () => root.querySelector(".kiosk__w");
const words = (name) => step()?.dataset[name] ?? "";
const clean = () => step()?.dataset.clean !== undefined && !dirty;
let dirty = false;

for (const sign of ["pointerdown", "keydown", "input"]) {
  addEventListener(sign, () => {
    touchedAt = performance.now();
    if (sign === "input") dirty = true;
  }, { capture: true, passive: true });
}

/** The first step in place of whatever stands; nothing of the last visitor stays, also when the server does not answer. */
async function anew() {
  if (loading) return;
  loading = true;
  const shell = step()?.cloneNode(false);
  const say = document.createElement("p");
  say.className = "kiosk__anew";
  say.textContent = words("anewWords");
  if (!clean() && shell) {
    shell.append(say);
    root.replaceChildren(shell);
  }
  countdown.hidden = true;
  for (;;) {
    try {
      const answer = await fetch(start, { headers: { "HX-Request": "true" }, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE) });
      if ([403, 404, 409].includes(answer.status)) {
        location.replace(start); // out of use, or somebody logged in here: the whole page says which
        return;
      }
      if (!answer.ok) throw new Error("no kiosk");
      show(await answer.text());
      break;
    } catch {
      tellAway();
      await new Promise((resolve) => setTimeout(resolve, RETRY));
    }
  }
  loading = false;
}

function show(text) {
  root.replaceChildren(...nodesOf(text).childNodes);
  window.htmx?.process(root);
  settle();
}

/** After each step: language, time, who has the focus. */
function settle() {
  touchedAt = loadedAt = performance.now();
  dirty = false;
  away.hidden = true;
  countdown.hidden = true;
  document.documentElement.lang = step()?.dataset.lang ?? document.documentElement.lang;
  document.querySelector("[data-stay]").textContent = words("stayWords");
  scrollTo(0, 0);
  if (root.querySelector("[data-errors]")) return;
  const first = clean() ? null : root.querySelector(".kiosk__m :is(input, textarea, select):not([type=hidden])");
  (first ?? document.getElementById("main"))?.focus({ preventScroll: true });
}

function tellAway() {
  away.querySelector("[data-words]").textContent = words("awayWords");
  away.hidden = false;
}

setInterval(() => {
  if (loading || !step()) return;
  const resting = (performance.now() - touchedAt) / 1000;
  if (clean()) {
    if ((performance.now() - loadedAt) / 1000 > RENEW) anew();
    return;
  }
  const done = Number(step().dataset.done) || 0;
  const left = Math.ceil((done || idle) - resting);
  if (left <= 0) {
    anew();
    return;
  }
  const near = left <= WARNING || done > 0;
  if (near) document.getElementById("idle-words").textContent = words(done ? "doneWords" : "idleWords").replace("{n}", left);
  countdown.hidden = !near;
}, 250);

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-finish]")) anew();
});

document.body.addEventListener("htmx:afterSettle", (event) => event.detail.target === root && settle());
document.body.addEventListener("htmx:sendError", tellAway);
document.body.addEventListener("htmx:timeout", tellAway);
document.body.addEventListener("htmx:responseError", (event) => ([403, 404, 409].includes(event.detail.xhr.status) ? location.replace(start) : tellAway()));

// Nothing to find behind a long press, a key of the browser or the way back.
document.addEventListener("contextmenu", (event) => event.preventDefault());
history.pushState(null, "", start);
addEventListener("popstate", () => {
  history.pushState(null, "", start);
  if (!clean()) anew();
});

// A pad of figures beside a field that takes figures: many kiosks have no keyboard.
let padded = null;

function padKey(sign) {
  const key = document.createElement("button");
  key.type = "button";
  key.tabIndex = -1;
  key.textContent = sign;
  if (sign === "⌫") key.setAttribute("aria-label", words("padWords"));
  key.addEventListener("pointerdown", (press) => press.preventDefault()); // the field keeps the cursor
  key.addEventListener("click", () => {
    padded.value = sign === "⌫" ? padded.value.slice(0, -1) : padded.value + sign;
    padded.dispatchEvent(new Event("input", { bubbles: true }));
  });
  return key;
}

document.addEventListener("focusin", (event) => {
  const form = event.target.closest?.(".kiosk__form");
  if (!form) return;
  let pad = form.querySelector(".pad");
  padded = event.target.closest("[data-pad]");
  if (padded && !pad) {
    pad = document.createElement("div");
    pad.className = "pad";
    pad.append(...[..."123456789⌫0"].map(padKey));
    form.append(pad);
  }
  if (pad) pad.hidden = !padded;
});

function live() {
  fetch(seen, { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" }).catch(() => {});
}
setInterval(live, 60000);
live();
settle();
