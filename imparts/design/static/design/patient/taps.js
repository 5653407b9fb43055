// A tap that comes within 400 ms of the page, or of the tap before it, is the same tap twice:
// the next page's buttons lie under the same finger. The server guards too, for when scripts are off.
const TOO_SOON = 400;

let shownAt = performance.now();
let sentAt = -Infinity;
addEventListener("pageshow", () => {
  shownAt = performance.now();
  sentAt = -Infinity;
});

addEventListener("submit", (event) => {
  const now = performance.now();
  const oneTap = event.target.hasAttribute("data-one-tap");
  if (now - sentAt < TOO_SOON || (oneTap && now - shownAt < TOO_SOON)) {
    event.preventDefault();
    return;
  }
  sentAt = now;
});
