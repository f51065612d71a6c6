// A chime for work that arrives for this person while a page is open: <… data-new="t12 h3"> names what waits, and a name that was not
// there at the last look sounds. Off until somebody switches it on in the menu, in this browser alone; silent in the hall's silent hours.
import { audio, chime } from "./chime.js";
import { ask } from "./page.js";

const VOLUME = 0.6;
const button = document.querySelector("[data-sound]");
const KEY = `sound:${document.body.dataset.person}`;
const isOn = () => localStorage.getItem(KEY) === "on";
const waiting = () => [...document.querySelectorAll("[data-new]")].flatMap((place) => place.dataset.new.split(" ").filter(Boolean));
let known = new Set(waiting());

function tell() {
  button.querySelector("[data-words]").textContent = isOn() ? button.dataset.off : button.dataset.on;
}

async function sound() {
  const answer = await ask(button.dataset.sound).then((found) => (found.ok && !found.redirected ? found.json() : null)).catch(() => null);
  if (!answer?.allowed) return;
  await audio()?.resume();
  chime(VOLUME);
}

if (button) {
  button.hidden = false;
  tell();
  button.addEventListener("click", async () => {
    localStorage.setItem(KEY, isOn() ? "off" : "on");
    tell();
    if (!isOn()) return;
    await audio()?.resume(); // this press lets it be heard; what it sounds like is heard at once
    chime(VOLUME);
  });
  addEventListener("storage", (event) => event.key === KEY && tell()); // switched in another window
  document.addEventListener("hk:parts", () => { known = new Set(waiting()); }); // what one has just saved oneself is no news
  document.addEventListener("hk:live", () => {
    const now = waiting();
    const fresh = now.some((one) => !known.has(one));
    known = new Set(now);
    if (fresh && isOn()) sound();
  });
}
