// The display in the hall: speaks new calls, says when the line is lost, dims at night, reports that it is alive.
import "./live.js";
import { audio, chime } from "./chime.js";
import { token } from "./page.js";

const region = document.getElementById("wall");
const lost = document.getElementById("lost");
const sound = document.getElementById("sound");
const LOST_AFTER = 12; // s without an answer
const LATE = 60000; // ms between two signs of life

const facts = () => region.querySelector("[data-wall]").dataset;
const calls = () => [...region.querySelectorAll("[data-call]")];
let known = new Set(calls().map((call) => call.dataset.call));
let waiting = Promise.resolve();

const tellSound = () => (sound.hidden = !audio() || audio().state === "running");
audio()?.addEventListener?.("statechange", tellSound);
sound.addEventListener("click", () => {
  audio().resume().then(tellSound);
  window.speechSynthesis?.speak(new SpeechSynthesisUtterance(""));
});
tellSound();
window.speechSynthesis?.getVoices(); // some browsers load them on first asking

function voiceFor(lang) {
  const head = lang.slice(0, 2).toLowerCase();
  const voices = window.speechSynthesis?.getVoices() ?? [];
  return voices.find((voice) => voice.lang.toLowerCase().startsWith(head) && voice.localService) ?? voices.find((voice) => voice.lang.toLowerCase().startsWith(head));
}

function speak(text, lang, voice, volume) {
  return new Promise((resolve) => {
    const said = new SpeechSynthesisUtterance(text);
    Object.assign(said, { voice, lang: voice.lang || lang, volume, rate: 0.9, onend: resolve, onerror: resolve });
    setTimeout(resolve, 20000); // a voice that never ends must not silence the next call
    window.speechSynthesis.speak(said);
  });
}

/** One call: chime, then its sentences in those languages that have a voice here; as often as the hall wants. */
async function announce(sentences) {
  const { muted, repeats, volume } = facts();
  const loud = Number(volume) / 100;
  if (muted === "yes" || loud === 0) return;
  const spoken = sentences.map((one) => ({ ...one, voice: voiceFor(one.lang) })).filter((one) => one.voice);
  for (let turn = 0; turn < Number(repeats); turn += 1) {
    if (turn === 0 || !spoken.length) await chime(loud);
    for (const one of spoken) await speak(one.text, one.lang, one.voice, loud);
  }
}

function look() {
  document.body.classList.toggle("is-night", facts().night === "yes");
  const fresh = calls().filter((call) => !known.has(call.dataset.call)).reverse();
  known = new Set(calls().map((call) => call.dataset.call));
  for (const call of fresh.filter((one) => one.classList.contains("now"))) {
    const sentences = [...call.querySelectorAll("[data-say]")].map((one) => ({ text: one.content.textContent.trim(), lang: one.lang }));
    waiting = waiting.then(() => announce(sentences));
  }
}

region.addEventListener("hk:live", look);
region.addEventListener("hk:age", ({ detail: { age, fails } }) => {
  const gone = fails > 0 && age >= LOST_AFTER;
  const says = lost.querySelector("[data-words]");
  if (gone) says.textContent = age < 120 ? says.dataset.words.replace("{n}", age) : says.dataset.longWords.replace("{n}", Math.floor(age / 60));
  lost.hidden = !gone;
  document.body.classList.toggle("is-lost", gone);
});

function alive() {
  fetch(document.body.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token() }, credentials: "same-origin" })
    .then((answer) => answer.status === 404 && location.reload()) // out of use, or a new key: the page itself says so
    .catch(() => {});
}
setInterval(alive, LATE);
alive();
