// Number fields with - and + buttons; with data-stepper="submit" the form goes off shortly after the last press.

for (const stepper of document.querySelectorAll("[data-stepper]")) {
  const input = stepper.querySelector("input");
  const buttons = [...stepper.querySelectorAll("[data-step]")];
  let timer;

  const refresh = () => buttons.forEach((button) => {
    const next = Number(input.value) + Number(button.dataset.step);
    button.disabled = next < Number(input.min) || next > Number(input.max);
  });

  const changed = () => {
    refresh();
    clearTimeout(timer);
    if (stepper.dataset.stepper === "submit") timer = setTimeout(() => input.form.requestSubmit(), 500);
  };

  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (button.dataset.step === "1") input.stepUp(); else input.stepDown();
      changed();
    });
  }
  input.addEventListener("change", changed);
  refresh();
}
