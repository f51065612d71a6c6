// What refreshes by itself: `data-live-url`, `data-live-seconds`, an id. The answer may be the whole page or the fragment.
// Focus, open details and scroll stay; while somebody types inside, the old picture stands; a lost line is said, not hidden.
//   <span data-live-age data-text="data is {n} s old">
// How much waits stands in the title too, so that it is seen from another tab: <span data-title-count="3">. A region with such a count
// is looked at while its tab is hidden, every other one only while somebody can see it. The page's own count goes before one in the bar.
// An answer may bring what stands elsewhere on the page: `data-also` names the id, and `data-live-hidden` says that such a part has the
// count. `data-live-quiet` tells no age.
// `data-live-longest` bounds the seconds between two tries while the line is away; `hk:age` tells the region each second how it stands.
import { fragment, nodesOf, takesText } from "./page.js";

const spoken = document.getElementById("live-age")?.content.textContent.trim() ?? "{n} s";
const LONGEST = 60; // s between two tries while the line is away
const PATIENCE = 10; // s until a question without an answer counts as a lost line

let titled = document.title;

/** Put the count before the title, while the title is the page's own: not over a lock, nor before the word of an error. */
function tellCount() {
  const place = document.querySelector("main [data-title-count]") ?? document.querySelector("[data-title-count]");
  if (!place || document.title !== titled || document.querySelector("[data-errors]")) return;
  const plain = titled.replace(/^\(\d+\) /, "");
  titled = Number(place.dataset.titleCount) ? `(${place.dataset.titleCount}) ${plain}` : plain;
  document.title = titled;
}

class Live {
  constructor(region) {
    this.region = region;
    this.pause = Math.max(1, Number(region.dataset.liveSeconds) || 5);
    this.longest = Number(region.dataset.liveLongest) || LONGEST;
    this.fails = 0;
    this.seenAt = performance.now();
    this.plan();
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    addEventListener("online", () => this.look());
    document.addEventListener("hk:back", () => this.look());
    this.clock = setInterval(() => this.tellAge(), 1000);
    this.tellAge();
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), Math.min(this.longest, this.pause * 2 ** this.fails) * 1000);
  }

  async look() {
    clearTimeout(this.timer);
    if (!this.region.isConnected || this.looking) return;
    if (!document.hidden || "liveHidden" in this.region.dataset || this.region.querySelector("[data-title-count]")) {
      this.looking = true;
      try {
        const text = await fragment(this.region.dataset.liveUrl, { signal: AbortSignal.timeout(PATIENCE * 1000) });
        if (text === null) throw new Error("no answer for this page");
        this.fails = 0;
        this.seenAt = performance.now();
        this.swap(text);
      } catch {
        this.fails = Math.min(this.fails + 1, 6);
      }
      this.looking = false;
      this.tellAge();
    }
    if (this.region.dataset.liveUrl) this.plan();
  }

  swap(text) {
    if (text === this.shown || (this.region.contains(document.activeElement) && takesText(document.activeElement))) return;
    this.shown = text;
    const answer = nodesOf(text);
    const fresh = answer.querySelector(`#${CSS.escape(this.region.id)}`);
    const focused = this.region.contains(document.activeElement) ? traces(document.activeElement) : null;
    const opened = [...this.region.querySelectorAll("details[open][id]")].map((details) => details.id);
    if (fresh) {
      if (fresh.dataset.liveUrl) this.region.dataset.liveUrl = fresh.dataset.liveUrl;
      else delete this.region.dataset.liveUrl; // the work is done: nothing more to ask
    }
    this.region.replaceChildren(...(fresh ?? answer).childNodes);
    for (const part of answer.querySelectorAll("[data-also]")) put(document.getElementById(part.dataset.also), part);
    opened.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focused) refocus(this.region, focused);
    window.htmx?.process(this.region);
    tellCount();
    this.region.dispatchEvent(new CustomEvent("hk:live", { bubbles: true }));
  }

  tellAge() {
    if (!this.region.isConnected) {
      clearInterval(this.clock);
      return;
    }
    if (this.region.dataset.liveQuiet !== undefined) return;
    const age = Math.round((performance.now() - this.seenAt) / 1000);
    document.querySelectorAll("[data-live-age]").forEach((place) => {
      place.textContent = (place.dataset.text ?? spoken).replace("{n}", age);
      place.classList.toggle("is-stale", this.fails > 0 || age > this.pause * 4);
    });
    this.region.dispatchEvent(new CustomEvent("hk:age", { detail: { age, fails: this.fails } }));
  }
}

/** What tells one control from another across two pictures of the same region: with its words, then by its address alone. */
function traces(element) {
  const address = [element.tagName, element.getAttribute("href"), element.closest("form")?.getAttribute("action"), element.name, element.value].join("|");
  return [element.id || `${address}|${element.textContent.trim()}`, address];
}

function refocus(region, focused) {
  const all = [...region.querySelectorAll("a, button, input, summary, [tabindex]")];
  const same = all.find((each) => traces(each)[0] === focused[0]) ?? all.find((each) => traces(each)[1] === focused[1]);
  same?.focus({ preventScroll: true });
}

/** New content for a place, left alone where it says the same or somebody is in it. */
function put(place, part) {
  if (place && !place.contains(document.activeElement) && place.innerHTML !== part.innerHTML) place.replaceChildren(...part.childNodes);
}

const start = (root) => root.querySelectorAll("[data-live-url]").forEach((region) => region.dataset.live || (region.dataset.live = "on", new Live(region)));
start(document);
tellCount();
document.addEventListener("hk:parts", tellCount);
document.addEventListener("htmx:load", (event) => start(event.detail.elt.parentElement ?? event.detail.elt));

// The clock in the bar runs in the hall's zone, whatever the zone of the machine.
for (const place of document.querySelectorAll("[data-clock]")) {
  const from = Date.parse(place.dateTime);
  const [, sign, hours, minutes] = place.dateTime.match(/([+-])(\d\d):?(\d\d)$/) ?? [];
  if (Number.isNaN(from) || !sign) continue;
  const shift = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60000;
  setInterval(() => {
    const now = new Date(from + performance.now() + shift);
    place.textContent = place.textContent.replace(/\d\d:\d\d\s*$/, now.toISOString().slice(11, 16));
  }, 5000);
}
