// Toasts: gone after a while, but never while somebody points at them or has the focus in them.
const QUIET = 6000; // ms
const WITH_UNDO = 10000; // ms, the time an undo is offered
const place = document.querySelector("[data-toasts]");

function live(toast) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => toast.remove(), toast.querySelector("form, a") ? WITH_UNDO : QUIET);
  };
  const hold = () => clearTimeout(timer);
  toast.addEventListener("mouseenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("mouseleave", () => toast.contains(document.activeElement) || wait());
  toast.addEventListener("focusout", (event) => toast.contains(event.relatedTarget) || wait());
  wait();
}

/** Say one sentence at the foot of the page, with a link where there is somewhere to go. */
export function say(sentence, link) {
  if (!place || !sentence) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = "";
  const words = document.createElement("span");
  words.textContent = sentence;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "x";
  close.dataset.dismiss = "";
  close.setAttribute("aria-label", place.dataset.closeLabel);
  close.textContent = "×";
  toast.append(words);
  if (link) {
    const way = document.createElement("a");
    way.href = link.address;
    way.textContent = link.label;
    toast.append(way);
  }
  toast.append(close);
  place.append(toast);
  live(toast);
}

place?.querySelectorAll("[data-toast]").forEach(live);
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());
document.addEventListener("hk:toast", (event) => say(event.detail.text ?? event.detail.value));
