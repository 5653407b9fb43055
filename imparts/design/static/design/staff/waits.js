// The line about alerts that wait for the reader, on pages that do not follow the clinic themselves.
// Only the page in front keeps a stream open, because a browser allows few. A new line is said at
// once in a place where it moves nothing, and goes to the top at the next pause of 5 seconds.
// Without this script the line is as it was when the page was opened.

const PAUSE = 5000;
const place = document.getElementById("waits");
const busy = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"];
let touched = Date.now();
let source = null;
let asking = false;
let again = false;

async function ask() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    const answer = await fetch(place.dataset.ask, { cache: "no-store" });
    if (answer.ok && !answer.redirected) show(await answer.text());
  } catch { /* the next change asks again */ } finally {
    asking = false;
    if (again) { again = false; ask(); }
  }
}

function show(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const next = page.body.innerHTML.trim();
  if (next === place.innerHTML.trim()) return;
  const wasEmpty = !place.firstElementChild;
  place.innerHTML = next;
  place.classList.toggle("arriving", wasEmpty && next !== "");
}

function follow() {
  if (document.hidden) {
    source?.close();
    source = null;
    return;
  }
  if (source) return;
  source = new EventSource("/events");
  let wasOpen = false;
  source.addEventListener("open", () => { if (wasOpen) ask(); wasOpen = true; });
  source.addEventListener("changed", (event) => {
    if (["alert", "everything"].includes(JSON.parse(event.data).what)) ask();
  });
}

if (place && !document.getElementById("following") && "EventSource" in window) {
  follow();
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); follow(); });
  window.addEventListener("pagehide", () => source?.close());
  for (const kind of busy) {
    window.addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    if (Date.now() - touched > PAUSE) place.classList.remove("arriving");
  }, 500);
}
