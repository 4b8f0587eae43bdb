// Comfort only: every page works without this file.
(() => {
  const status = document.querySelector(".announce");
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const free = () => document.querySelectorAll("[aria-busy]").forEach((e) => e.removeAttribute("aria-busy"));
  const on = (name, act, early) => document.addEventListener(name, act, early);
  const close = (keep) => document.querySelectorAll("details.menu[open]").forEach((e) => {
    if (!e.contains(keep)) e.open = false;
  });

  on("htmx:after:swap", ({ detail: { ctx } }) => {
    const old = ctx.target;
    const part = (old?.isConnected ? old : old?.id && document.getElementById(old.id)) || document;
    part.querySelector("[data-focus]")?.focus();
    status.textContent = part.querySelector("[data-announce]")?.dataset.announce || "";
    if (!quiet) part.animate?.({ opacity: [0, 1] }, 150);
  });
  on("htmx:error", () => { status.textContent = status.dataset.failed; });
  on("htmx:response:error", ({ detail: { ctx } }) => {
    if (ctx.response.status >= 500) status.textContent = status.dataset.failed;
  });
  on("htmx:finally:request", free);

  on("submit", (e) => {
    // Changing language loads the whole page.
    if (e.submitter?.name === "sprak") return e.stopPropagation();
    if (e.target.hasAttribute("aria-busy")) return e.preventDefault(), e.stopPropagation();
    e.target.setAttribute("aria-busy", "true");
    setTimeout(free, 8000);
  }, true);

  on("click", (e) => {
    close(e.target);
    if (e.target.closest("[data-print]")) print();
  });
  on("keydown", (e) => { if (e.key === "Escape") close(); });
  document.querySelectorAll("[data-print]").forEach((e) => { e.hidden = false; });
  addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
})();
