// What opens and closes: menus (details), dialogs, the chapters on a phone. Esc closes the top one and gives the focus back.
import { composing } from "./page.js";

const root = document.documentElement;
const opener = document.querySelector("[data-menu-open]");

function chapters(open) {
  if (open) root.dataset.menu = "open";
  else delete root.dataset.menu;
  opener?.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#side .nav a")?.focus();
  else opener?.focus();
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const open = event.target.closest("[data-open]");
  if (open) document.getElementById(open.dataset.open)?.showModal();
  if (event.target.closest("[data-close]") || event.target.matches("dialog.dlg")) event.target.closest("dialog")?.close();
  if (event.target.closest("[data-menu-open]")) {
    event.preventDefault();
    chapters(root.dataset.menu !== "open");
  } else if (event.target.closest("[data-menu-close]") && root.dataset.menu) {
    event.preventDefault();
    chapters(false);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || composing(event) || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const menu = [...document.querySelectorAll("details.menu[open]")].pop();
  if (menu) {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (root.dataset.menu === "open") {
    event.preventDefault();
    chapters(false);
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});
