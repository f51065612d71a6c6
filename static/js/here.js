// Who else has this record open: says every 15 seconds that we are here, and shows who else says so.
import { ask, newKey, nodesOf } from "./page.js";
import { forms } from "./keep.js";

const EVERY = 15000; // ms
const place = document.querySelector("[data-here]");

if (place) {
  const window_ = newKey();
  const say = (more, options) => ask(place.dataset.hereUrl, { body: new URLSearchParams({ at: place.dataset.here, window: window_, edits: [...forms.values()].some((kept) => kept.isDirty) ? "yes" : "no", ...more }), ...options });
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await say({});
      const text = answer.ok ? (await answer.text()).trim() : "";
      if (text !== place.dataset.shown) {
        place.dataset.shown = text;
        place.replaceChildren(...nodesOf(text).childNodes);
      }
    } catch {
      place.replaceChildren(); // nobody can be asked, so nothing is claimed
    }
  };
  look();
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("hk:back", look);
  addEventListener("pagehide", () => { say({ gone: "yes" }, { keepalive: true }).catch(() => null); });
}
