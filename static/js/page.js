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

/** A fetch of a fragment. Resolves to its text, to null when the answer is not for us (error, log-in page). */
export async function fragment(address, { body, signal } = {}) {
  const answer = await fetch(address, {
    method: body ? "POST" : "GET", body, signal, credentials: "same-origin",
    headers: { Accept: "text/html", "X-Requested-With": "fetch", ...(body ? { "X-CSRFToken": token() } : {}) },
  });
  return answer.ok && !answer.redirected ? answer.text() : null;
}
