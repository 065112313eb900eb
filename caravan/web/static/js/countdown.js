// <time data-countdown datetime="..."> counts down to its instant in the page's language; at zero it tells the page ("countdown:end").
// data-now is the server's clock when it drew the page: by it the visitor's own, which may be wrong, is set right.

const drawn = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.responseStart ?? 0);
const language = document.documentElement.lang;
const pad = (n) => String(n).padStart(2, "0");

function text(seconds) {
  const days = Math.floor(seconds / 86400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(pad).join(":");
  if (!days) return clock;
  return `${new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long" }).format(days)} ${clock}`;
}

// Rounded up: what begins at zero has begun when it is shown.
for (const time of document.querySelectorAll("time[data-countdown]")) {
  const end = Date.parse(time.dateTime);
  const ahead = time.dataset.now ? Date.parse(time.dataset.now) - drawn : 0;
  const timer = setInterval(tick, 1000);
  function tick() {
    const left = Math.max(0, Math.ceil((end - Date.now() - ahead) / 1000));
    time.textContent = text(left);
    if (left) return;
    clearInterval(timer);
    time.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
  }
  tick();
}
