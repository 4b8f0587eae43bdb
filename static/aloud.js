// Reads a part of the page with a voice that lives on the device; without such a voice the buttons stay hidden.
// One thing is heard at a time, a recording or a voice, and nothing once the page is left.
const page = document.documentElement.lang;
const NAMES = { nb: ["nb", "no", "nn"], nn: ["nn", "nb", "no"], "fa-AF": ["prs", "fa"], kmr: ["kmr", "ku"] };
const OWN = NAMES[page] ?? [page];
const BLOCKS = "h1,h2,h3,p,li,dt,dd,div,summary,strong,small,td,th,br";
// Ways on, the Norwegian word beneath a term, the original beneath a text and that it counts, sections of law.
const UNREAD = "svg,audio,button,.button,.line,.vh,.two>.nb,.original,.counts,.law,[aria-hidden=true]";
const SENTENCE = /\S.*?(?:[.!?؟።፧](?=\s[^\d–])|$)/gu;
const buttons = [...document.querySelectorAll("[data-aloud]")];
const speech = window.speechSynthesis;
let speaking = null;
let said = null; // kept here, since browsers forget what they are saying

const voice = () => speech.getVoices().find((one) => one.localService
  && OWN.includes(one.lang.split(/[-_]/)[0].toLowerCase()));
const worded = (text) => /\p{L}/u.test(text);

// The words of a part, a sentence at a time. Words in another language are read within a sentence of the page's own,
// as the name of an office is; a line of figures alone is not read.
const sentences = (part) => {
  const copy = part.cloneNode(true);
  copy.querySelectorAll(UNREAD).forEach((e) => e.remove());
  copy.querySelectorAll("[lang]").forEach((e) => {
    const around = e.closest(BLOCKS) ?? copy;
    if (!OWN.includes(e.lang) && !worded(around.textContent.replace(e.textContent, ""))) e.remove();
  });
  copy.querySelectorAll(BLOCKS).forEach((e) => { e.prepend("\n"); e.append("\n"); });
  return copy.textContent.replace(/[^\S\n]+/g, " ").split("\n").filter(worded).flatMap((line) => line.trim().match(SENTENCE));
};
const quiet = (playing) => {
  document.querySelectorAll(".aloud audio").forEach((audio) => { if (audio !== playing) audio.pause(); });
  speech?.cancel();
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
    said = Object.assign(new SpeechSynthesisUtterance(sentence), { voice: voice(), lang: voice().lang, rate: 0.9, onend: next });
    said.onerror = () => { if (speaking === button) quiet(); };
    speech.speak(said);
  };
  next();
};
if (speech && buttons.length) {
  const show = () => buttons.forEach((button) => { button.hidden = !voice(); });
  show();
  speech.addEventListener?.("voiceschanged", show);
  buttons.forEach((button) => button.addEventListener("click", () => (speaking === button ? quiet() : read(button))));
}
document.addEventListener("play", (event) => quiet(event.target), true);
addEventListener("pagehide", quiet);
document.addEventListener("visibilitychange", () => { if (document.hidden) quiet(); });
