// Suggestions under the search field while one types. Without this file the field is a plain form.
(() => {
  "use strict";
  const PAUSE_MS = 250, SHORTEST = 2;

  const improve = (form) => {
    const field = form.querySelector("[type=search]");
    const list = document.createElement("div");
    let asked = null, waiting = 0, chosen = null;

    list.id = "suggestions";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.getAttribute("aria-label"));
    form.append(list);
    field.autocomplete = "off";
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) field.setAttribute(name, value);

    const choose = (option) => {
      chosen?.setAttribute("aria-selected", "false");
      chosen = option;
      if (!option) { field.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    };
    const show = (isShown) => {
      list.hidden = !isShown;
      field.setAttribute("aria-expanded", String(isShown));
      if (!isShown) choose(null);
    };
    const forget = () => { clearTimeout(waiting); asked?.abort(); asked = null; };
    const close = () => { forget(); show(false); };

    const fill = (page) => {
      choose(null);
      list.replaceChildren(...new DOMParser().parseFromString(page, "text/html").querySelectorAll("a"));
      [...list.children].forEach((option, place) => {
        option.id = `suggestion-${place}`;
        option.tabIndex = -1;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
      });
      show(list.children.length > 0);
    };
    const ask = async (words) => {
      asked = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal: asked.signal });
        if (answer.ok) fill(await answer.text());
      } catch { /* an older question, or no line: the form still searches */ }
    };
    const step = (by) => {
      const options = [...list.children];
      // One place more than options: there nothing is chosen, and the field says what was typed.
      const places = options.length + 1;
      const place = (options.indexOf(chosen) + 1 + by + places) % places;
      choose(options[place - 1] ?? null);
    };

    field.addEventListener("input", () => {
      forget();
      const words = field.value.trim();
      if (words.length < SHORTEST) close();
      else waiting = setTimeout(ask, PAUSE_MS, words);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by && list.children.length) { event.preventDefault(); show(true); step(by); }
      else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
      else if (event.key === "Enter" && chosen) { event.preventDefault(); chosen.click(); }
    });
    // A tap on a suggestion leaves the keyboard where it is.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    form.addEventListener("submit", close);
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
    addEventListener("pageshow", close);
  };

  document.querySelectorAll("form[data-suggest]").forEach(improve);
})();
