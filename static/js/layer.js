// Lies over the page when the screen is locked or the session has ended. The page below stays as it is, but nobody sees, hears or
// reaches it: it is inert and not drawn. Whoever answers rightly goes on where they were; somebody else starts on a page of their own.
import { ask, tell, touched } from "./page.js";
import { flush } from "./keep.js";
import { empty } from "./send.js";
import * as vault from "./vault.js";

const root = document.documentElement;
const layer = document.getElementById("layer");
const place = layer?.querySelector("[data-layer]");
const line = layer?.querySelector("[data-layer-away]");
const others = new BroadcastChannel("hallkeeper");
const SHARED = "active-at"; // when somebody last typed or pointed in any window of this browser
const PENDING = "lock-pending"; // the person whose lock the house has not heard of yet, as the line was away
let back = null; // where the focus was, and what was chosen there
let heading = "";
let retry;

const isUp = () => layer && !layer.hidden;

function hide() {
  const focused = document.activeElement;
  back = { focused, from: focused?.selectionStart, to: focused?.selectionEnd };
  heading = document.title;
  document.querySelectorAll("dialog[open]").forEach((dialog) => dialog.close());
  for (const part of document.body.children) if (part !== layer) part.inert = true;
  root.dataset.layer = "up";
  layer.hidden = false;
  document.title = `${layer.getAttribute("aria-label")} · Hallkeeper`;
  layer.focus();
}

function show() {
  clearTimeout(retry);
  place.replaceChildren();
  line.textContent = "";
  delete root.dataset.layer;
  for (const part of document.body.children) part.inert = false;
  layer.hidden = true;
  document.title = heading;
  const { focused, from, to } = back ?? {};
  focused?.focus?.({ preventScroll: true });
  if (from !== null && from !== undefined) focused.setSelectionRange?.(from, to);
  tell("hk:back");
}

/** Who is there now? Done when it is the person of this page; somebody else starts anew. */
function answered(answer) {
  if (answer.headers.get("X-Person") !== document.body.dataset.person) {
    location.assign("/");
    return;
  }
  const token = answer.headers.get("X-Token");
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  others.postMessage("open");
  if (isUp()) show();
}

async function question({ body } = {}) {
  clearTimeout(retry);
  try {
    if (localStorage.getItem(PENDING) === document.body.dataset.person) {
      await ask(layer.dataset.lock, { body: new URLSearchParams() });
      localStorage.removeItem(PENDING);
    }
    const answer = await ask(layer.dataset.url, { body, headers: { "X-Person": "" } });
    line.textContent = "";
    if (answer.status === 204) answered(answer);
    else {
      const text = await answer.text();
      place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
      (place.querySelector("[data-errors]") ?? place.querySelector("input:not([type=hidden])"))?.focus();
    }
  } catch {
    line.textContent = line.dataset.text;
    retry = setTimeout(() => question({ body }), 3000);
  }
}

/** Put the question over the page. */
function challenge() {
  if (isUp()) return;
  hide();
  question();
}

/** Lock: the text is brought to the house first, then the session opens nothing any more. */
async function lock({ tellOthers = true } = {}) {
  if (isUp()) return;
  const kept = flush();
  hide();
  localStorage.setItem(PENDING, document.body.dataset.person);
  if (tellOthers) others.postMessage("lock");
  await kept;
  question();
}

async function logOut(form, address) {
  await flush().catch(() => null);
  await empty().catch(() => null);
  await vault.wipe();
  form.action = address;
  HTMLFormElement.prototype.submit.call(form);
}

if (layer && document.body.dataset.person) {
  document.addEventListener("hk:who", challenge);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-layer-form]")) {
      event.preventDefault();
      question({ body: new URLSearchParams(new FormData(event.target)) });
    } else if (event.submitter?.matches("[data-lock-now]")) {
      event.preventDefault();
      event.submitter.closest("details")?.removeAttribute("open");
      lock();
    } else if (event.submitter?.matches("[data-leave]")) {
      event.preventDefault();
      logOut(event.target, event.submitter.hasAttribute("formaction") ? event.submitter.formAction : event.target.action);
    }
  });
  others.addEventListener("message", (event) => {
    if (event.data === "lock") lock({ tellOthers: false });
    else if (event.data === "open" && isUp()) question();
  });
  const longest = Number(document.body.dataset.lockAfter) * 1000;
  localStorage.setItem(SHARED, Date.now()); // coming here was a sign of life
  addEventListener("keydown", (event) => isUp() && event.stopImmediatePropagation(), { capture: true }); // no key reaches the page below
  setInterval(() => {
    const last = Math.max(touched(), Number(localStorage.getItem(SHARED)));
    localStorage.setItem(SHARED, last);
    if (!isUp() && Date.now() - last > longest) lock();
  }, 5000);
  if (localStorage.getItem(PENDING) === document.body.dataset.person) lock({ tellOthers: false });
  addEventListener("pageshow", (event) => event.persisted && ask(layer.dataset.url).then((answer) => (answer.status === 204 ? answered(answer) : challenge())).catch(() => null));
}
