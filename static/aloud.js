// Reads a part of the page with a voice that lives on the device; without such a voice the buttons stay hidden.
const page = document.documentElement.lang;
const NAMES = { nb: ["nb", "no"], nn: ["nn", "nb", "no"], "fa-AF": ["prs", "fa"], kmr: ["kmr", "ku"] };
const BLOCKS = "h1,h2,h3,p,li,dt,dd,summary,strong,td,th";
const buttons = [...document.querySelectorAll("[data-aloud]")];
const speech = window.speechSynthesis;
let speaking = null;

const voice = () => speech.getVoices().find((one) => one.localService
  && (NAMES[page] ?? [page]).includes(one.lang.split(/[-_]/)[0].toLowerCase()));

// The words of a part in the page's own language, a sentence at a time; figures alone are not read.
const sentences = (part) => {
  const copy = part.cloneNode(true);
  copy.querySelectorAll("svg,audio,button,.vh,[aria-hidden=true],[lang]").forEach((e) => { if (e.lang !== page) e.remove(); });
  copy.querySelectorAll(BLOCKS).forEach((e) => e.append("\n"));
  return copy.textContent.split(/\n\s*|(?<=[.!?؟።])\s+/u).map((s) => s.replace(/\s+/g, " ").trim()).filter((s) => /\p{L}/u.test(s));
};
const quiet = () => {
  speech.cancel();
  speaking?.setAttribute("aria-pressed", "false");
  speaking = null;
};
const read = (button) => {
  quiet();
  speaking = button;
  button.setAttribute("aria-pressed", "true");
  const rest = sentences(document.getElementById(button.dataset.aloud));
  const next = () => {
    if (speaking !== button) return;
    const sentence = rest.shift();
    if (!sentence) { quiet(); return; }
    const said = Object.assign(new SpeechSynthesisUtterance(sentence), { voice: voice(), lang: voice().lang, rate: 0.9, onend: next, onerror: quiet });
    speech.speak(said);
  };
  next();
};
if (speech && buttons.length) {
  const show = () => buttons.forEach((button) => { button.hidden = !voice(); });
  show();
  speech.addEventListener?.("voiceschanged", show);
  buttons.forEach((button) => button.addEventListener("click", () => (speaking === button ? quiet() : read(button))));
  addEventListener("pagehide", quiet);
  document.addEventListener("visibilitychange", () => { if (document.hidden) quiet(); });
}
