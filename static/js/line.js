// Whether the line to the house is there. While it is away a bar says so, and one small question every few seconds finds out when it
// is back (`hk:back`); whoever has something to send or to keep waits for that.
import { ask, tell } from "./page.js";

const EVERY = 3000; // ms between two questions
const PATIENCE = 10000; // ms that one may take
const bar = document.getElementById("line");
const words = bar?.querySelector("[data-line-text]");
let away = false;
let waiting = 0;
let timer;
let question = null; // the one that is on its way

function show() {
  if (!bar) return;
  const parts = [away ? bar.dataset.away : "", waiting ? bar.dataset.waiting.replace("{n}", waiting) : ""].filter(Boolean);
  const text = parts.join(" ");
  if (words.textContent !== text) words.textContent = text;
  bar.hidden = !text;
}

/** Say in the bar how many forms wait to be sent. */
export function sayWaiting(count) {
  waiting = count;
  show();
}

/** True while nobody answers. */
export const isAway = () => away;

async function look() {
  clearTimeout(timer);
  question?.abort(); // on a line that was cut it would never be answered
  if (!away) return;
  const mine = new AbortController();
  const longest = setTimeout(() => mine.abort(), PATIENCE);
  question = mine;
  await ask(bar.dataset.ready, { signal: mine.signal }).catch(() => null); // the answer is heard as hk:line
  clearTimeout(longest);
  if (question !== mine) return;
  question = null;
  if (away) timer = setTimeout(look, EVERY);
}

document.addEventListener("hk:line", (event) => {
  const was = away;
  away = !event.detail.there;
  if (away && !was && bar) timer = setTimeout(look, EVERY);
  if (was && !away) {
    clearTimeout(timer);
    tell("hk:back");
  }
  show();
});
addEventListener("offline", () => tell("hk:line", { there: false }));
addEventListener("online", look);
