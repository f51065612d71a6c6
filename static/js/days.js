// Days and moments are typed into a line; the browser's own calendar fills the same line, by the button beside it or Alt and arrow down.
function open(line) {
  const typed = line.querySelector("[data-pick]");
  const picker = line.querySelector(".dayline__p") ?? added(line, typed);
  picker.value = typed.value.trim().replace(" ", "T");
  picker.showPicker();
}

/** The browser's calendar of a line: it has no name, so that it is never sent. */
function added(line, typed) {
  const picker = Object.assign(document.createElement("input"), { type: typed.dataset.pick, className: "dayline__p", tabIndex: -1 });
  picker.setAttribute("aria-hidden", "true");
  for (const name of ["input", "change"]) {
    picker.addEventListener(name, (event) => {
      event.stopPropagation();
      if (picker.value) typed.value = picker.value.replace("T", " ");
      typed.dispatchEvent(new Event(name, { bubbles: true }));
    });
  }
  line.append(picker);
  return picker;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-calendar]");
  if (button) open(button.parentElement);
});
document.addEventListener("keydown", (event) => {
  const typed = event.altKey && event.key === "ArrowDown" && event.target.closest("[data-pick]");
  if (!typed) return;
  event.preventDefault();
  open(typed.parentElement);
});
