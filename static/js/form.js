// Forms: sent once, sent by keys, and wrong answers found at once.
import { composing, takesText } from "./page.js";

const worn = new WeakMap(); // button -> what stood on it before it said that it saves
const RELEASE = 8000; // ms; a download answers without leaving the page

/** Let a form be sent again: its button says what it said. */
export function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled=true]").forEach((button) => {
    button.removeAttribute("aria-disabled");
    if (worn.has(button)) button.replaceChildren(...worn.get(button));
    worn.delete(button);
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-form]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  const button = event.submitter ?? form.querySelector("[type=submit], button:not([type])");
  // after the browser has read the button's name into the form; it stays focusable, so that the keyboard is not thrown out
  setTimeout(() => {
    button?.setAttribute("aria-disabled", "true");
    if (button?.dataset.saving && !worn.has(button)) {
      worn.set(button, [...button.childNodes]);
      button.textContent = button.dataset.saving;
    }
  }, 0);
  setTimeout(() => release(form), RELEASE);
});
addEventListener("pageshow", (event) => event.persisted && document.querySelectorAll("form[data-sent]").forEach(release));
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form[data-sent]");
  if (form) release(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && composing(event)) {
    event.preventDefault(); // this Enter picks a word, it does not save
    return;
  }
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  const group = event.target.closest?.("[data-digits]");
  if (group && /^[1-9]$/.test(event.key) && !takesText(event.target)) {
    const choice = group.querySelectorAll("input")[Number(event.key) - 1];
    if (choice) {
      event.preventDefault();
      choice.focus();
      choice.click();
    }
  }
});

/** Put the cursor where a link of the error summary, or the address itself, points. */
function lead(hash) {
  const place = document.getElementById(decodeURIComponent(hash.slice(1)));
  const field = place?.matches("input, select, textarea, button, a") ? place : place?.querySelector("input, select, textarea");
  if (!field) return false;
  field.focus({ preventScroll: true }); // first, as it waits for no layout: whoever types already, types into it
  field.scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".errs a[href^='#']");
  if (link && lead(link.getAttribute("href"))) event.preventDefault();
  const fill = event.target.closest("[data-fill]");
  if (fill) {
    const form = fill.closest("main").querySelector("form");
    form.elements.username.value = fill.dataset.fill;
    form.elements.password.focus();
  }
});

function settle(root) {
  const summary = root.querySelector("[data-errors]");
  if (summary) summary.focus();
  root.querySelectorAll("textarea[data-count]").forEach(countDown);
  root.querySelectorAll("input[type=file]").forEach(dropZone);
}

function countDown(area) {
  const pattern = document.getElementById("count-left")?.content.textContent.trim();
  if (!pattern || area.dataset.counted) return;
  area.dataset.counted = "yes";
  const most = Number(area.dataset.count);
  const says = document.createElement("span");
  says.className = "hint";
  says.setAttribute("role", "status");
  area.after(says);
  const tell = () => {
    const left = most - [...area.value].length;
    says.textContent = left <= most / 5 ? pattern.replace("{n}", left) : "";
  };
  area.addEventListener("input", tell);
  tell();
}

function dropZone(input) {
  const zone = input.closest(".drop");
  const name = zone?.querySelector("[data-file-name]");
  if (!zone || zone.dataset.ready) return;
  zone.dataset.ready = "yes";
  const show = () => {
    if (name) name.textContent = [...input.files].map((file) => file.name).join(", ");
  };
  input.addEventListener("change", show);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    show();
  });
}

settle(document);
if (location.hash.startsWith("#id_")) lead(location.hash);
document.addEventListener("htmx:load", (event) => settle(event.detail.elt.parentElement ?? event.detail.elt));
