// What every page has: drop-downs that close, dialogs, the theme switch, copy buttons, toasts, uploads and filters that submit themselves.

function closeDrops(except) {
  for (const drop of document.querySelectorAll("details.drop[open]")) if (drop !== except) drop.open = false;
}

function toast({ text, kind = "info" }) {
  const box = document.createElement("div");
  box.className = `alert alert-${kind} toast`;
  box.append(Object.assign(document.createElement("div"), { textContent: text }));
  document.getElementById("toasts").append(box);
}

// An opener is a link to a page which does the same; with data-load its dialog shows that part of that page.
async function openDialog(dialog, opener) {
  const body = dialog.querySelector("[data-body]");
  try {
    if (opener.dataset.load && !body.hasChildNodes()) {
      const answer = await fetch(opener.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      body.append(page.querySelector(opener.dataset.load));
    }
    dialog.showModal();
  } catch {
    location.assign(opener.href);
  }
}

function switchTheme() {
  const dark = getComputedStyle(document.documentElement).colorScheme === "dark"
    || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  const theme = dark ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

document.addEventListener("click", async (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  closeDrops(target.closest("details.drop"));
  const opener = target.closest("[data-dialog]");
  const here = opener?.dataset.load && opener.pathname === location.pathname;
  if (opener && !here && !event.ctrlKey && !event.metaKey) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) { event.preventDefault(); openDialog(dialog, opener); }
  }
  if (target.closest("[data-close]") || target instanceof HTMLDialogElement) target.closest("dialog")?.close();
  if (target.closest("[data-theme-switch]")) switchTheme();
  const copy = target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    toast({ text: copy.dataset.done, kind: "good" });
  }
});

// Any script, or a server answer with the header HX-Trigger: {"toast": {"text": "...", "kind": "good"}}, may ask for one.
document.addEventListener("toast", (event) => toast(event.detail));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.drop[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

document.addEventListener("change", (event) => {
  const field = event.target;
  const upload = field.closest("[data-upload]");
  if (upload) upload.querySelector("output").textContent = [...field.files].map((file) => file.name).join(", ");
  if (field.closest("[data-facets], [data-autosubmit]")) field.form.requestSubmit();
});

for (const kind of ["dragenter", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => event.target.closest?.("[data-upload]")?.classList.toggle("over", kind === "dragenter"));
}

for (const button of document.querySelectorAll("[data-theme-switch]")) button.hidden = false;

// Where a menu or a calendar scrolls sideways, the page one is on and the day of today stand in sight.
for (const here of document.querySelectorAll(":is(.side, .scroll) [aria-current]")) {
  const scroller = here.closest(".side, .scroll"), [box, at] = [scroller, here].map((part) => part.getBoundingClientRect());
  scroller.scrollLeft += at.left - box.left - (box.width - at.width) / 2;
}

const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

new MutationObserver((changes) => {
  for (const change of changes) for (const box of change.addedNodes) if (box instanceof Element) setTimeout(() => box.remove(), 6000);
}).observe(document.getElementById("toasts"), { childList: true });
