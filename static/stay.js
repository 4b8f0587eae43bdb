// Warns before a login ends. Asking for the time left does not keep a login alive; only the tap does.
(() => {
  const notice = document.getElementById("stay");
  const form = notice.querySelector("form");
  const early = 120;
  const wait = (left) => setTimeout(look, Math.min(Math.max(left - early, 1), 86400) * 1000);
  const ask = async (options) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" }, ...options }).catch(() => null);
    return answer?.ok && !answer.redirected ? answer.json() : null;
  };
  async function look() {
    const time = await ask();
    if (!time) return;
    if (time.left > early + 5) { wait(time.left); return; }
    if (time.last) form.previousElementSibling.textContent = form.previousElementSibling.dataset.last;
    notice.showModal();
  }
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    notice.close();
    const time = await ask({ method: "POST", body: new FormData(form) });
    if (time && !time.last) wait(time.left);
  });
  wait(Number(notice.dataset.left));
})();
