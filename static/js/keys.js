// Single keys. An element says `data-key="n"`, several with commas (`/,ctrl+k`), a sequence with a blank (`g v`).
// They rest while somebody types or composes, while a dialog is open, and when the person switched them off.
import { composing, takesText, visible } from "./page.js";

let leader = "";
let leaderAt = 0;

function meant(element, wanted) {
  return element.dataset.key.split(",").some((key) => key.trim().toLowerCase() === wanted);
}

function bearer(wanted) {
  const all = [...document.querySelectorAll("[data-key]")].filter((element) => meant(element, wanted));
  const here = all.filter(visible);
  return here.find((element) => element.closest("main")) ?? here[0] ?? all[0];
}

function press(element) {
  if (takesText(element)) {
    element.focus();
    element.select?.();
  } else if (element.hash && element.pathname === location.pathname && document.getElementById(element.hash.slice(1))) {
    document.getElementById(element.hash.slice(1)).focus();
  } else {
    element.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || composing(event)) return;
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && key === "k") {
    const element = bearer("ctrl+k");
    if (element) {
      event.preventDefault();
      press(element);
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || document.documentElement.dataset.keys === "off") return;
  if (takesText(event.target) || document.querySelector("dialog[open]")) return;
  const wanted = leader && event.timeStamp - leaderAt < 1200 ? `${leader} ${key}` : key;
  leader = "";
  const element = bearer(wanted);
  if (element) {
    event.preventDefault();
    press(element);
  } else if (document.querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    leader = key;
    leaderAt = event.timeStamp;
  }
});
