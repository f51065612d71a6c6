// A button that prints the page; Ctrl P does the same by itself.
document.addEventListener("click", (event) => event.target.closest("[data-print]") && window.print());
