// Thumbnails move the strip without moving the page, and follow it when it is swiped.

for (const gallery of document.querySelectorAll("[data-gallery]")) {
  const stage = gallery.querySelector(".gallery-stage");
  const thumbs = [...gallery.querySelectorAll(".gallery-thumbs a")];
  const pictures = [...stage.children];

  const mark = (index) => thumbs.forEach((thumb, i) => {
    if (i === index) thumb.setAttribute("aria-current", "true"); else thumb.removeAttribute("aria-current");
  });

  thumbs.forEach((thumb, index) => thumb.addEventListener("click", (event) => {
    event.preventDefault();
    stage.scrollTo({ left: pictures[index].offsetLeft - pictures[0].offsetLeft });
    mark(index);
  }));

  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) mark(pictures.indexOf(entry.target));
  }, { root: stage, threshold: 0.6 });
  pictures.forEach((picture) => seen.observe(picture));
}
