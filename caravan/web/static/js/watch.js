// [data-watch="address"] is fetched anew every data-every seconds while somebody looks, until the answer asks for no more of it.

for (const part of document.querySelectorAll("[data-watch]")) watch(part);

function watch(part) {
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(part.dataset.watch).catch(() => null);
    if (!answer?.ok) return;
    const next = document.createRange().createContextualFragment(await answer.text()).firstElementChild;
    if (!next) return;
    clearInterval(timer);
    part.replaceWith(next);
    if (next.dataset.watch) watch(next);
  }, 1000 * (Number(part.dataset.every) || 5));
}
