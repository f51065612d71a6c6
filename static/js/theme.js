// Light and dark change at once; the choice goes to the server in the background, which renders it from then on.
document.querySelectorAll("form[data-theme-form]").forEach((form) => {
  form.addEventListener("submit", (event) => {
    const choice = event.submitter;
    if (!choice?.value) return;
    event.preventDefault();
    document.documentElement.dataset.theme = choice.value;
    form.querySelectorAll("button").forEach((button) => (button === choice ? button.setAttribute("aria-current", "true") : button.removeAttribute("aria-current")));
    const answers = new FormData(form);
    answers.set(choice.name, choice.value);
    fetch(form.action, { method: "POST", body: answers, credentials: "same-origin" }).catch(() => form.submit());
  });
});
