// Ticking many rows: all, a range with Shift, and the bar that says how many and what may be done.
//   <form data-bulk> … <input type="checkbox" data-bulk-all> … <td class="ck"><label><input type="checkbox" name="pk">
const rowsOf = (form) => [...form.querySelectorAll("tbody .ck input[type=checkbox]")];

function refresh(form) {
  const rows = rowsOf(form);
  const ticked = rows.filter((row) => row.checked).length;
  const all = form.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = ticked > 0 && ticked === rows.length;
    all.indeterminate = ticked > 0 && ticked < rows.length;
  }
  const bar = form.querySelector("[data-bulk-bar]");
  if (bar) {
    bar.hidden = ticked === 0;
    bar.querySelector("[data-bulk-count]").textContent = ticked;
  }
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("form[data-bulk]");
  if (!form) return;
  if (event.target.matches("[data-bulk-clear]")) rowsOf(form).forEach((row) => { row.checked = false; });
  else if (event.target.matches("[data-bulk-all]")) rowsOf(form).forEach((row) => { row.checked = event.target.checked; });
  else if (event.target.matches("tbody .ck input")) {
    const rows = rowsOf(form);
    const here = rows.indexOf(event.target);
    const last = Number(form.dataset.last ?? here);
    if (event.shiftKey) for (let place = Math.min(here, last); place <= Math.max(here, last); place += 1) rows[place].checked = event.target.checked;
    form.dataset.last = here;
  } else return;
  refresh(form);
});
document.querySelectorAll("form[data-bulk]").forEach(refresh);
addEventListener("pageshow", () => document.querySelectorAll("form[data-bulk]").forEach(refresh));
