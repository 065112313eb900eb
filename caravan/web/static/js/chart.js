// Draws a figure.chart from the table behind it. ECharts is fetched only when such a figure comes near the window.

const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let library;

function load(src) {
  library ??= new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src, onload: () => resolve(window.echarts), onerror: reject });
    document.head.append(script);
  });
  return library;
}

function colour(name) {
  const probe = Object.assign(document.createElement("i"), { hidden: true });
  document.body.append(probe);
  probe.style.color = css(name);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

function read(figure) {
  const heads = [...figure.querySelectorAll("thead th")].slice(1).map((th) => th.textContent);
  const rows = [...figure.querySelectorAll("tbody tr")];
  return {
    labels: rows.map((row) => row.cells[0].textContent),
    series: heads.map((name, i) => ({ name, index: i, data: rows.map((row) => Number(row.cells[i + 1].dataset.value)), texts: rows.map((row) => row.cells[i + 1].textContent) })),
  };
}

function options(figure) {
  const { labels, series } = read(figure);
  const kind = figure.dataset.chart;
  const [ink, line, surface] = ["--ink-2", "--line", "--surface"].map(colour);
  const axis = { axisLabel: { color: ink }, axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, splitLine: { lineStyle: { color: line } } };
  const number = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });
  return {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: ["--series-1", "--series-2", "--series-3", "--series-4"].map(colour),
    textStyle: { fontFamily: css("--font") },
    grid: { left: 8, right: 12, top: series.length > 1 ? 36 : 12, bottom: 4, containLabel: true },
    legend: { show: series.length > 1, textStyle: { color: ink }, left: 0, top: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4 },
    tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: surface, borderColor: line, textStyle: { color: ink } },
    xAxis: { type: "category", data: labels, boundaryGap: kind === "bar", ...axis, splitLine: { show: false } },
    yAxis: { type: "value", ...axis, axisLine: { show: false }, axisLabel: { color: ink, formatter: (v) => number.format(v) } },
    series: series.map((one) => ({
      name: one.name, data: one.data, type: kind === "bar" ? "bar" : "line", showSymbol: false, lineStyle: { width: 2 }, barMaxWidth: 28,
      itemStyle: { borderRadius: kind === "bar" ? [4, 4, 0, 0] : 0 }, areaStyle: kind === "area" && !one.index ? { opacity: 0.1 } : undefined,
      tooltip: { valueFormatter: (_value, index) => one.texts[index] },
    })),
  };
}

async function draw(figure) {
  const echarts = await load(figure.dataset.library);
  const plot = figure.querySelector(".chart-plot");
  const chart = echarts.init(plot, null, { renderer: "canvas" });
  const paint = () => chart.setOption(options(figure), true);
  paint();
  new ResizeObserver(() => chart.resize()).observe(plot);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const png = figure.querySelector("[data-png]");
  png.hidden = false;
  png.addEventListener("click", () => {
    png.href = chart.getDataURL({ pixelRatio: 2, backgroundColor: colour("--surface") });
    png.download = `${figure.id}.png`;
  });
}

const near = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) { near.unobserve(entry.target); draw(entry.target); }
}, { rootMargin: "200px" });
for (const figure of document.querySelectorAll("figure[data-chart]")) {
  figure.querySelector(".chart-plot").hidden = false; // its place is taken before the library comes, so nothing moves
  figure.querySelector("details").open = false;
  near.observe(figure);
}
