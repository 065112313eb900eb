// [data-opens] holds what can be pressed once its countdown is at zero. The server's clock decides; here the button is only let go.

document.addEventListener("countdown:end", (event) => {
  for (const button of event.target.closest("[data-opens]")?.querySelectorAll("button[disabled]") ?? []) button.disabled = false;
});
