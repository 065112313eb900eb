// The search field as a combobox (ARIA 1.2: list box, manual selection). The server answers <li role="option"> lines to ?q=.

const WAIT = 120;

function combobox(form) {
  const input = form.querySelector("input[type=search]");
  const list = form.querySelector("[role=listbox]");
  let timer, request, active = -1;

  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })
    .forEach(([name, value]) => input.setAttribute(name, value));

  const options = () => [...list.querySelectorAll("[role=option]")];

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(index) {
    active = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    if (index < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[index].id);
      options()[index].scrollIntoView({ block: "nearest" });
    }
  }

  function choose(option) {
    if (option.dataset.url) location.assign(option.dataset.url);
    else { input.value = option.dataset.text; form.requestSubmit(); }
  }

  // Whoever chooses from the list, or has closed it, is not to have it changed by an answer still on its way.
  function stop() {
    clearTimeout(timer);
    request?.abort();
  }

  async function ask() {
    stop();
    const q = input.value.trim();
    if (!q) { show(false); return; }
    const { signal } = (request = new AbortController());
    try {
      const url = new URL(form.dataset.suggest, location.href);
      url.searchParams.set("q", q);
      const response = await fetch(url, { signal, headers: { "HX-Request": "true" } });
      if (!response.ok) return;
      const answer = await response.text();
      if (signal.aborted) return;
      list.innerHTML = answer;
      mark(-1);
      show(options().length > 0 && document.activeElement === input);
    } catch (error) {
      if (error.name !== "AbortError") show(false);
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("blur", () => { stop(); setTimeout(() => show(false), 150); });
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape") { stop(); if (!list.hidden) { event.preventDefault(); show(false); } return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count) return;
      stop();
      event.preventDefault();
      show(true);
      mark(event.key === "ArrowDown" ? (active + 1) % count : (active < 1 ? count : active) - 1);
    }
    if (event.key === "Enter" && !list.hidden && active >= 0) { event.preventDefault(); choose(options()[active]); }
  });
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); choose(option); }
  });
}

for (const form of document.querySelectorAll("form[data-suggest]")) combobox(form);
