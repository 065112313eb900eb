// htmx under our rules: the CSRF token goes with each request, a failed one says so. Its settings stand in layouts/base.html.

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const text = event.detail.xhr?.statusText || document.body.dataset.offline;
    document.body.dispatchEvent(new CustomEvent("toast", { bubbles: true, detail: { text, kind: "bad" } }));
  });
}
