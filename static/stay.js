// Fetched two minutes before a login ends: warns, and has the screen cleared when it has ended. Asking how long is left
// keeps nothing alive; only the tap does.
const early = 120, { body } = document;
let timer;
const over = () => Date.now() >= body.dataset.end;
const wait = (seconds) => { clearTimeout(timer); timer = setTimeout(look, Math.max(seconds, 1) * 1000); };
const ask = async (options) => { // the warning; null where the login has ended, nothing where nobody answers
  const answer = await fetch("/bli", { headers: { "HX-Request-Type": "partial" }, ...options }).catch(() => ({}));
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stay") : undefined;
};

function goesOn({ dataset: { left } }) {
  body.dataset.end = Date.now() + left * 1000;
  body.hidden = false;
  wait(left > early + 5 ? left - early : left);
}

export async function look() {
  if (over()) body.hidden = true;
  const shown = document.getElementById("stay"), notice = await ask();
  if (notice === null || (!notice && over())) { leave(); return; }
  if (!notice) { wait(9); return; }
  goesOn(notice);
  if (notice.dataset.left > early + 5) { shown?.close(); return; }
  if (document.getElementById("stay")) return;
  body.append(notice);
  notice.addEventListener("close", () => notice.remove());
  notice.addEventListener("submit", async (e) => {
    e.preventDefault();
    const form = new FormData(e.target);
    notice.close();
    if ("last" in notice.dataset) return;
    const renewed = await ask({ method: "POST", body: form });
    if (renewed) goesOn(renewed);
  });
  notice.showModal();
}

// Away to the page for signing in again; what was typed is kept until then, and `sprak` sees to it that it is never
// taken for sent.
async function leave() {
  body.hidden = true;
  let page = `/logg-inn?utlopt=1&next=${encodeURIComponent(location.pathname + location.search)}`;
  const typed = (e) => (e.defaultValue ?? e.value) !== e.value || (e.defaultChecked ?? e.checked) !== e.checked;
  const form = [...document.querySelectorAll("main form[method=post]")].find((f) => [...f.elements].some(typed));
  if (form) {
    const fields = new URLSearchParams(new FormData(form));
    fields.set("sprak", document.documentElement.lang);
    const kept = await fetch(form.action, { method: "POST", body: fields }).catch(() => null);
    if (kept?.redirected) page = kept.url;
  }
  location.replace(page);
}
