// Follows the clinic: when something has changed, asks for this page again and shows the new parts.
// Rows never move under the pointer: they move at the next pause of 5 seconds without pointer or key.
// Without this script the page is the same page; Reload shows what has changed.

const PAUSE = 5000;
const following = document.getElementById("following");
const busy = ["pointermove", "pointerdown", "touchstart", "wheel", "keydown"];
let touched = 0;
let stale = false;
let asking = false;
let fresh = null;

function say(text, withReload) {
  following.textContent = text;
  if (!withReload) return;
  const link = document.createElement("a");
  link.href = "";
  link.textContent = "Reload";
  following.append(" ", link);
}

// What has the focus, in words that are the same on the new page.
function key(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  const names = ["formaction", "href", "value"].filter((name) => element.hasAttribute(name));
  const parts = names.map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  return parts.length ? element.tagName.toLowerCase() + parts.join("") : null;
}

function show(page) {
  const focused = document.activeElement;
  const again = focused?.closest("[data-live]") ? key(focused) : null;
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = page.getElementById(part.id);
    if (next && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
  }
  if (again && !focused.isConnected) document.querySelector(again)?.focus();
  fresh = null;
  notice(false);
}

// A new alert is said at once, in a place where it moves nothing.
function notice(isNeeded) {
  let line = document.getElementById("new-alert");
  if (!isNeeded) return line?.remove();
  if (line) return;
  line = document.createElement("div");
  line.id = "new-alert";
  line.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nhsuk-button";
  button.textContent = "Someone must be talked with. Show";
  button.addEventListener("click", () => fresh && show(fresh));
  line.append(button);
  document.body.append(line);
}

async function ask() {
  stale = false;
  asking = true;
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok || answer.redirected) throw new Error("signed out");
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const strip = document.getElementById("strip");
    const next = fresh.getElementById("strip");
    if (strip && next && next.innerHTML !== strip.innerHTML) notice(true);
  } catch {
    stopped();
  } finally {
    asking = false;
  }
}

function stopped() {
  const at = new Date().toTimeString().slice(0, 5);
  if (!following.textContent.startsWith("Stopped")) say(`. Stopped at ${at}.`, true);
}

if (following && "EventSource" in window) {
  const source = new EventSource(following.dataset.follow);
  let wasOpen = false;
  source.addEventListener("open", () => {
    say(", updating by itself", false);
    if (wasOpen) stale = true;
    wasOpen = true;
  });
  source.addEventListener("changed", () => { stale = true; });
  source.addEventListener("error", stopped);
  window.addEventListener("pagehide", () => source.close());
  for (const kind of busy) {
    window.addEventListener(kind, () => { touched = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    if (stale && !asking) ask();
    if (fresh && Date.now() - touched > PAUSE) show(fresh);
  }, 200);
}
