// Fetched two minutes before a login ends: warns. Asking how long is left keeps nothing alive; only the tap does.
const early = 120;
const ask = async (options) => {
  const answer = await fetch("/bli", { headers: { "HX-Request-Type": "partial" }, ...options }).catch(() => null);
  if (!answer?.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stay");
};
const later = (notice) => setTimeout(look, Math.max(notice.dataset.left - early, 1) * 1000);

async function look() {
  const notice = await ask();
  if (!notice) return;
  if (notice.dataset.left > early + 5) { later(notice); return; }
  document.body.append(notice);
  notice.addEventListener("close", () => notice.remove());
  notice.addEventListener("submit", async (e) => {
    e.preventDefault();
    const form = new FormData(e.target);
    notice.close();
    if ("last" in notice.dataset) return;
    const renewed = await ask({ method: "POST", body: form });
    if (renewed) later(renewed);
  });
  notice.showModal();
}
look();
