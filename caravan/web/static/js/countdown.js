// <time data-countdown datetime="..."> counts down to its instant in the page's language; at zero it tells the page ("countdown:end").

const language = document.documentElement.lang;
const pad = (n) => String(n).padStart(2, "0");

function text(seconds) {
  const days = Math.floor(seconds / 86400);
  const clock = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60].map(pad).join(":");
  if (!days) return clock;
  return `${new Intl.NumberFormat(language, { style: "unit", unit: "day", unitDisplay: "long" }).format(days)} ${clock}`;
}

for (const time of document.querySelectorAll("time[data-countdown]")) {
  const end = Date.parse(time.dateTime);
  const timer = setInterval(tick, 1000);
  function tick() {
    const left = Math.max(0, Math.round((end - Date.now()) / 1000));
    time.textContent = text(left);
    if (left) return;
    clearInterval(timer);
    time.dispatchEvent(new CustomEvent("countdown:end", { bubbles: true }));
  }
  tick();
}
