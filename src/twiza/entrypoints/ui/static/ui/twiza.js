// Small comforts; every page works without them.
(() => {
  "use strict";

  // A form marked data-once is sent once: a second tap on a slow line must not order twice.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
  });

  // A form that only carries somebody to the next page goes by itself; without this its button does it.
  const carrier = document.querySelector("form[data-goes-on]");
  if (carrier) carrier.requestSubmit();

  // Coming back with the browser's own button finds the forms ready again.
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const busy of document.querySelectorAll("[aria-busy=true]")) busy.removeAttribute("aria-busy");
  });

  // Menus close when somebody looks elsewhere or presses Escape.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeMenus(null); });

  // Confirm panels can be closed again by their own button.
  document.addEventListener("click", (event) => {
    const keep = event.target.closest("[data-close-details]");
    if (keep) { event.preventDefault(); keep.closest("details").open = false; }
  });

  // Minus and plus change the number in place; without this they submit the form.
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".quantity button[data-step]");
    if (!button || button.form?.dataset.quantitySubmits !== undefined) return;
    event.preventDefault();
    const input = button.parentElement.querySelector("input");
    const step = Number(button.dataset.step);
    // A text box keeps what cannot be a number, so that it can be answered; it counts by itself.
    if (input.type !== "number") input.value = Math.max(0, (parseInt(input.value, 10) || 0) + step);
    else if (step > 0) input.stepUp(); else input.stepDown();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // An address to take along is chosen whole, and copied where the browser lets a page do that.
  for (const button of document.querySelectorAll("button[data-copy]")) {
    const input = document.getElementById(button.dataset.copy);
    input.addEventListener("focus", () => input.select());
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(input.value);
      button.textContent = button.dataset.done;
    });
  }

  // The speaker button reads the words it points to, when the phone has a voice.
  for (const button of document.querySelectorAll("button[data-speak]")) {
    if (!("speechSynthesis" in window)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = new SpeechSynthesisUtterance(button.dataset.speak);
      words.lang = document.documentElement.lang;
      speechSynthesis.cancel();
      speechSynthesis.speak(words);
    });
  }

  // A list filters itself when a choice changes, for forms that ask for it.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });
})();
