// Light and dark and the size of text change at once; the choice goes to the server in the background, which renders it from then on.
document.addEventListener("submit", (event) => {
  const choice = event.submitter;
  const looks = choice?.closest("[data-look]");
  if (!looks) return;
  event.preventDefault();
  document.documentElement.dataset[looks.dataset.look] = choice.value;
  looks.querySelectorAll("button").forEach((button) => (button === choice ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current")));
  const answers = new FormData(event.target, choice);
  fetch(choice.formAction, { method: "POST", body: answers, credentials: "same-origin" }).catch(() => {
    event.target.action = choice.formAction;
    event.target.submit();
  });
});
