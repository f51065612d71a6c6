// Sends a form and knows what became of it. Without an answer (no line, no server) the form waits, in the vault too, and is sent
// again until somebody answers; its one-off key makes one record however often it arrives. A refusal is shown by the page itself.
import { ask, nodesOf } from "./page.js";
import { release } from "./form.js";
import { forms, bring, pairsOf } from "./keep.js";
import { isAway, sayWaiting } from "./line.js";
import { say } from "./toast.js";
import * as vault from "./vault.js";

const TOO_OLD = 5 * 24 * 60 * 60 * 1000; // ms; what waited longer is a draft to look at, not sent by itself
const OLD = 30 * 60 * 1000; // ms; by then the page itself may be another: a new shift, another hall, a newer release
const words = document.getElementById("line")?.dataset ?? {};
const queue = new Map(); // key -> entry, with `form` when it stands on this page

async function freshToken() {
  const answer = await ask("/login/again/");
  const token = answer.headers.get("X-Token");
  if (answer.status !== 204 || answer.headers.get("X-Person") !== document.body.dataset.person) return false;
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  return true;
}

/** One try. Resolves to {state: "sent"|"away"|"who"|"fault"|"refused", go, parts}: where to go on, and of a page that stays its new parts. */
async function attempt(entry, again = true) {
  const body = entry.body ?? new URLSearchParams(entry.pairs);
  body.set("one_off_key", entry.key);
  body.delete("csrfmiddlewaretoken"); // the header brings one that is good now
  let answer;
  try {
    answer = await ask(entry.action, { body, headers: stays(entry.form) ? { "X-Parts": "1" } : {} });
  } catch {
    return { state: "away" };
  }
  if (answer.headers.get("X-Go")) return { state: "sent", go: answer.headers.get("X-Go"), parts: answer.status === 200 ? await answer.text() : "" };
  if ([502, 503, 504].includes(answer.status)) return { state: "away" };
  if (answer.status === 401 || answer.status === 423) return { state: "who" };
  if (answer.headers.get("X-Token-Old") && again && (await freshToken().catch(() => false))) return attempt(entry, false);
  return { state: answer.status >= 500 ? "fault" : "refused" };
}

/** The page's own way: the browser sends the form and shows whatever is answered. */
function natively(form, submitter) {
  if (submitter?.name) {
    const said = document.createElement("input");
    Object.assign(said, { type: "hidden", name: submitter.name, value: submitter.value });
    form.append(said);
  }
  HTMLFormElement.prototype.submit.call(form);
}

const tellWaiting = () => sayWaiting(queue.size);

/** Whether the page of this form stays after the sending and takes new parts; one that is open for long is loaded anew. */
function stays(form) {
  return form?.dataset.parts !== undefined && performance.now() < OLD;
}

/** The page after a sending, without loading it: its parts as they are now, and the next form. */
function goOn(form, parts) {
  next(form);
  for (const part of nodesOf(parts).children) {
    const place = document.getElementById(part.id);
    place?.replaceChildren(...part.childNodes);
    if (place) window.htmx?.process(place);
  }
  forms.get(form).settle();
  document.dispatchEvent(new CustomEvent("hk:parts"));
}

/** An empty form in the place of one that was taken, with the cursor in it. */
function next(form) {
  release(form);
  forms.get(form).empty();
  form.dispatchEvent(new CustomEvent("hk:emptied"));
  form.querySelector("[autofocus]")?.focus();
}

async function settle(entry, { state, go, parts }) {
  const here = entry.form;
  if (state === "away" || state === "who") {
    if (here && !queue.has(entry.key)) await wait(entry);
    return;
  }
  queue.delete(entry.key);
  tellWaiting();
  if (state === "sent") {
    await vault.drop(entry.key);
    if (here && parts) goOn(here, parts);
    else if (here) location.assign(go);
    else say(`${words.sent} ${entry.title}`, { address: go, label: words.open });
    return;
  }
  if (here && !forms.get(here).isDirty) await vault.drop(entry.key); // nothing was typed: there is nothing to come back to
  else await vault.put(stored(entry, "draft"));
  if (here) {
    here.inert = false;
    release(here);
    forms.get(here)?.resume();
    if (state === "fault") say(words.fault);
    else natively(here, entry.submitter);
  } else if (await bring(entry).catch(() => false)) {
    await vault.drop(entry.key);
    say(`${words.kept} ${entry.title}`, { address: `${entry.path}?draft=${entry.key}`, label: words.open });
  }
}

/** No answer: the form waits. At the desk an empty one takes its place; elsewhere it rests as it is until the line is back. */
async function wait(entry) {
  const { form } = entry;
  queue.set(entry.key, entry);
  form.dispatchEvent(new CustomEvent("hk:queued"));
  entry.pairs = pairsOf(form).concat(entry.extra);
  if (!(await vault.put(stored(entry)))) say(words.unkept);
  tellWaiting();
  if (form.dataset.again === undefined) {
    form.inert = true;
    return;
  }
  entry.form = null;
  next(form);
}

/** An entry as the vault keeps it: text alone. One with files cannot be sent from there, so that it lies there as a draft. */
function stored(entry, state = entry.body ? "draft" : "sending") {
  const { key, path, action, title, field, pairs, at } = entry;
  return { key, path, action, title, field, pairs, at, state };
}

async function send(form, submitter) {
  const kept = forms.get(form);
  const extra = submitter?.name ? [[submitter.name, submitter.value]] : [];
  const body = form.enctype === "multipart/form-data" ? new FormData(form, submitter) : null;
  const entry = { ...kept.entry(), form, submitter, extra, body };
  entry.pairs = entry.pairs.concat(extra);
  await kept.hold();
  await vault.put(stored(entry));
  await settle(entry, isAway() ? { state: "away" } : await attempt(entry));
}

let running = false;
async function work() {
  if (running || isAway()) return;
  running = true;
  for (const entry of [...queue.values()]) {
    if (isAway()) break;
    const outcome = await attempt(entry);
    await settle(entry, outcome);
    if (outcome.state === "who") break;
  }
  running = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !forms.has(form) || form.dataset.native !== undefined) return;
  event.preventDefault();
  send(form, event.submitter);
});
document.addEventListener("hk:back", work);

/** What an earlier page left: forms that wait are sent, half-typed ones are brought to the house. */
async function takeUp() {
  const open = new Set([...forms.values()].map((kept) => kept.key));
  for (const entry of await vault.all()) {
    if (entry.state === "sending" && Date.now() - entry.at < TOO_OLD) queue.set(entry.key, entry);
    else if (await bring(entry).catch(() => false)) {
      await vault.drop(entry.key);
      if (entry.path === location.pathname && !open.has(entry.key)) say(`${words.unfinished} ${entry.title}`, { address: `${entry.path}?draft=${entry.key}`, label: words.open });
    }
  }
  tellWaiting();
  work();
}

/** Send and bring what is still here, as far as the line allows; for whoever is about to log out. */
export async function empty() {
  await work();
  for (const entry of await vault.all()) if (await bring(entry).catch(() => false)) await vault.drop(entry.key);
}

takeUp();
