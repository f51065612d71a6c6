// Ticking many rows: all, a range with Shift, all that match, and the bar that says how many and what may be done.
//   <form data-bulk> … <input type="checkbox" data-bulk-all> … <td class="ck"><label><input type="checkbox" name="pk">
const rowsOf = (form) => [...form.querySelectorAll("tbody .ck input[type=checkbox]")];

function refresh(form, whole = false) {
  const rows = rowsOf(form);
  const ticked = rows.filter((row) => row.checked).length;
  const every = ticked > 0 && ticked === rows.length;
  const all = form.querySelector("[data-bulk-all]");
  if (all) {
    all.checked = every;
    all.indeterminate = ticked > 0 && !every;
  }
  const mark = form.querySelector("[data-bulk-whole]");
  if (mark) mark.value = whole && every ? "on" : "";
  const bar = form.querySelector("[data-bulk-bar]");
  if (!bar) return;
  bar.hidden = ticked === 0;
  bar.querySelector("[data-bulk-count]").textContent = ticked;
  bar.querySelector("[data-bulk-some]").hidden = whole && every;
  bar.querySelector("[data-bulk-every]").hidden = !(whole && every);
  const take = bar.querySelector("[data-bulk-take]");
  if (take) take.hidden = !every || whole;
}

document.addEventListener("click", (event) => {
  const form = event.target.closest("form[data-bulk]");
  if (!form) return;
  let whole = false;
  if (event.target.matches("[data-bulk-clear]")) rowsOf(form).forEach((row) => { row.checked = false; });
  else if (event.target.matches("[data-bulk-all]")) rowsOf(form).forEach((row) => { row.checked = event.target.checked; });
  else if (event.target.matches("[data-bulk-take]")) whole = true;
  else if (event.target.matches("tbody .ck input")) {
    const rows = rowsOf(form);
    const here = rows.indexOf(event.target);
    const last = Number(form.dataset.last ?? here);
    if (event.shiftKey) for (let place = Math.min(here, last); place <= Math.max(here, last); place += 1) rows[place].checked = event.target.checked;
    form.dataset.last = here;
  } else return;
  refresh(form, whole);
});
document.querySelectorAll("form[data-bulk]").forEach((form) => refresh(form));
addEventListener("pageshow", () => document.querySelectorAll("form[data-bulk]").forEach((form) => refresh(form)));

// Back to a list: its rows come anew from the server, the place on the page and the focused link are put back.
const KEY = `place ${location.pathname}${location.search}`;
let at = scrollY;
addEventListener("scroll", () => { at = scrollY; }, { passive: true }); // asked for when the page goes, it would cost a layout, and the next page waits
addEventListener("pagehide", () => {
  const link = document.activeElement?.closest?.("main a[href]");
  if (document.querySelector(".tbl--list")) sessionStorage.setItem(KEY, JSON.stringify({ at, link: link?.getAttribute("href") ?? "" }));
});
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (kept) {
    if (kept.link) document.querySelector(`main a[href="${CSS.escape(kept.link)}"]`)?.focus({ preventScroll: true });
    scrollTo(0, kept.at);
  }
}
