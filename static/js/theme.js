// Light and dark change at once; the choice goes to the server in the background, which renders it from then on.
document.addEventListener("submit", (event) => {
  const choice = event.submitter;
  const themes = choice?.closest("[data-themes]");
  if (!themes) return;
  event.preventDefault();
  document.documentElement.dataset.theme = choice.value;
  themes.querySelectorAll("button").forEach((button) => (button === choice ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current")));
  const answers = new FormData(event.target, choice);
  fetch(choice.formAction, { method: "POST", body: answers, credentials: "same-origin" }).catch(() => {
    event.target.action = choice.formAction;
    event.target.submit();
  });
});
