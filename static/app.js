// Comfort only: every page works without this file.
(() => {
  const all = (what, act) => document.querySelectorAll(what).forEach(act);
  const on = (name, act, early) => document.addEventListener(name, act, early);
  const free = () => all("[aria-busy]", (e) => e.removeAttribute("aria-busy"));
  const say = (text) => all(".announce", (e) => { e.textContent = text ?? e.dataset[navigator.onLine ? "failed" : "offline"]; });
  const close = (keep) => all("details.menu[open]", (e) => { e.open = e.contains(keep); });

  on("htmx:after:swap", ({ detail: { ctx: { target, swap } } }) => {
    if (swap === "none") return;
    const part = target?.isConnected ? target : document.getElementById(target?.id) || document.body;
    part.querySelector("[data-focus]")?.focus();
    say(part.querySelector("[data-announce]")?.dataset.announce || "");
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) part.animate({ opacity: [0, 1] }, 150);
  });
  on("htmx:error", () => say());
  on("htmx:response:error", (e) => { if (e.detail.ctx.response.status > 499) say(); });
  on("htmx:finally:request", free);
  on("submit", (e) => {
    const form = e.target;
    if (!navigator.onLine) { e.preventDefault(); e.stopPropagation(); say(); } // what is typed stays on the page
    else if (e.submitter?.name === "sprak") e.stopPropagation(); // a new language loads the whole page
    else if (form.hasAttribute("aria-busy")) { e.preventDefault(); e.stopPropagation(); }
    else { form.setAttribute("aria-busy", "true"); setTimeout(free, 8000); }
  }, true);
  on("click", (e) => { if (!navigator.onLine && e.target.closest("a[href^='/']")) { e.preventDefault(); say(); } });
  on("click", (e) => { close(e.target); if (e.target.closest("[data-print]")) print(); });
  on("click", ({ target }) => { // where a link into a shut section does not open it by itself
    const inside = document.getElementById(target.closest("a[href^='#']")?.hash.slice(1))?.closest("details");
    if (inside) inside.open = true;
  });
  on("keydown", (e) => {
    if (e.key !== "Escape") return;
    document.activeElement.closest("details.menu[open]")?.firstElementChild.focus();
    close();
  });
  all("[data-print]", (e) => { e.hidden = false; });
  addEventListener("beforeprint", () => all("main details:not([open])", (e) => { e.open = true; e.dataset.shut = ""; }));
  addEventListener("afterprint", () => all("[data-shut]", (e) => { e.open = false; delete e.dataset.shut; }));
  const { body } = document;
  const left = body.dataset.left ?? 1740; // seconds of the login; its warning is fetched only when it is near
  const near = () => { // by the clock on the wall: a phone that sleeps stops its timers
    const rest = body.dataset.end - Date.now();
    if (rest > 120000) return;
    body.hidden = rest <= 0; // until it is known that the login goes on
    import("/bli").then((stay) => stay.look(), () => { if (rest > 0) setTimeout(near, 9000); else location.reload(); });
  };
  all(".self", () => {
    body.dataset.end = Date.now() + left * 1000;
    setTimeout(near, Math.max(left - 120, 0) * 1000);
    on("visibilitychange", near);
    addEventListener("focus", near);
  });
  addEventListener("pageshow", (e) => { if (e.persisted) { body.hidden = true; location.reload(); } });
})();
