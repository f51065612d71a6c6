// Two tones, for the display in the hall and for whoever works at a desk. A browser lets them be heard once somebody touched the page,
// or at once in a kiosk mode that allows it; `audio()` is made when it is first asked for.
const NOTES = [784, 587]; // Hz
const Context = window.AudioContext ?? window.webkitAudioContext;
let made = null;

/** The page's sound, or null where the browser has none. */
export const audio = () => (made ??= Context ? new Context() : null);

/** Sound both tones at `volume` (0 to 1); resolves when they have faded. */
export function chime(volume) {
  const place = audio();
  if (!place) return Promise.resolve();
  NOTES.forEach((hertz, turn) => {
    const at = place.currentTime + turn * 0.45;
    const tone = place.createOscillator();
    const loud = place.createGain();
    tone.frequency.value = hertz;
    loud.gain.setValueAtTime(Math.max(0.001, volume * 0.5), at);
    loud.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
    tone.connect(loud).connect(place.destination);
    tone.start(at);
    tone.stop(at + 0.8);
  });
  return new Promise((resolve) => setTimeout(resolve, 1500));
}
