// The command bar: one field for customers, visits, people, pages and actions. The server answers by the person's rights.
import { Combobox } from "./combobox.js";

const dialog = document.getElementById("command");
if (dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const count = dialog.querySelector("[data-command-count]");
  const box = new Combobox(input, list, {
    url: dialog.dataset.command, post: dialog.dataset.method === "post", auto: true,
    choose: (option, event) => {
      if (event.type !== "click") option.click(); // it is the link or the button itself
      dialog.close();
    },
    leave: () => dialog.close(),
    answered: (found) => {
      count.textContent = found ? `${count.dataset.some} ${found}` : count.dataset.none;
    },
    close: () => {
      if (!input.value.trim()) list.replaceChildren();
    },
  });
  dialog.addEventListener("close", () => {
    input.value = "";
    box.asked = "";
    list.replaceChildren();
  });
}
