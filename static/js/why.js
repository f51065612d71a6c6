// "Why am I asked this?": the clause behind a field or a duty, over the page. Without this script the link leads to its page.
import { composing, fragment, nodesOf } from "./page.js";

let dialog;

function place() {
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "dlg";
    dialog.id = "why";
    dialog.setAttribute("aria-labelledby", "why-h");
    document.body.append(dialog);
  }
  return dialog;
}

async function show(link) {
  let text = null;
  try {
    text = await fragment(link.href);
  } catch {
    text = null; // the line is away, which the page says by itself
  }
  if (text === null) {
    location.assign(link.href);
    return;
  }
  place().replaceChildren(...nodesOf(text).childNodes);
  if (!dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-why]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  show(link);
});

document.addEventListener("keydown", (event) => {
  const asked = event.key === "F1" && !composing(event) && !document.querySelector("dialog[open]");
  const link = asked && event.target.closest?.(".row")?.querySelector("a[data-why]");
  if (!link) return;
  event.preventDefault();
  show(link);
});
