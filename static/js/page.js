// The few things several modules ask of the page.

/** True while an input method composes: then no key and no change is meant for us. 229 is Safari's way of saying it. */
export const composing = (event) => event.isComposing || event.keyCode === 229;

const UNTYPED = new Set(["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"]);

/** True when keys typed into `element` become text. */
export function takesText(element) {
  if (!element) return false;
  if (element.isContentEditable || element.tagName === "TEXTAREA" || element.tagName === "SELECT") return true;
  return element.tagName === "INPUT" && !UNTYPED.has(element.type);
}

export const visible = (element) => element.getClientRects().length > 0;

/** The form token of this page; the cookie itself is closed to scripts. */
export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

/** Nodes of a fragment that our own server rendered. Parsed, never run: scripts in it stay dead. */
export function nodesOf(markup) {
  return new DOMParser().parseFromString(markup, "text/html").body;
}

/** Tell every module something that concerns them all. */
export const tell = (name, detail = {}) => document.dispatchEvent(new CustomEvent(name, { detail }));

const AWAY = new Set([502, 503, 504]); // nobody answered for the house: a proxy alone, or the database is away
const ACTIVE = 60000; // ms after a key or a movement that somebody counts as being there
let touchedAt = 0;
for (const sign of ["keydown", "pointerdown", "pointermove", "wheel"]) addEventListener(sign, () => { touchedAt = Date.now(); }, { capture: true, passive: true });

/** When somebody last typed or pointed in this window. */
export const touched = () => touchedAt;

const LONGEST = 20000; // ms until no answer counts as none: a pulled cable answers nothing at all, and the browser itself waits minutes

/** Ask the house. Tells `hk:line` whether the line is there, and `hk:who` when it wants to know who is there (401, locked 423). */
export async function ask(address, { body, signal, keepalive, headers = {} } = {}) {
  const { person } = document.body.dataset;
  let answer;
  try {
    answer = await fetch(address, {
      method: body ? "POST" : "GET", body, signal: signal ?? AbortSignal.timeout(LONGEST), keepalive, credentials: "same-origin", cache: "no-store",
      headers: {
        Accept: "text/html", "X-Requested-With": "fetch", ...(body ? { "X-CSRFToken": token() } : {}),
        ...(person ? { "X-Person": person } : {}), ...(Date.now() - touchedAt < ACTIVE ? { "X-Active": "1" } : {}), ...headers,
      },
    });
  } catch (error) {
    if (error.name !== "AbortError") tell("hk:line", { there: false });
    throw error;
  }
  tell("hk:line", { there: !AWAY.has(answer.status) });
  if (person && (answer.status === 401 || answer.status === 423)) tell("hk:who", { locked: answer.status === 423 });
  return answer;
}

/** A fetch of a fragment. Resolves to its text, to null when the answer is not for us (error, log-in page). */
export async function fragment(address, { body, signal } = {}) {
  const answer = await ask(address, { body, signal });
  return answer.ok && !answer.redirected ? answer.text() : null;
}

/** A random key as the house makes them. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
