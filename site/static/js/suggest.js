/* Suggestions while somebody types into a search box: a combobox with a list, by keyboard, finger and screen reader.
   Without this file the box is a plain form. */
document.querySelectorAll("form[data-suggest]").forEach((form) => {
  const WAIT = 150, FEWEST_LETTERS = 4, MOST_KEPT = 50;
  const input = form.elements.q, known = new Map();
  const list = Object.assign(document.createElement("ul"), { id: "suggestions", className: "suggestions", hidden: true });
  const status = Object.assign(document.createElement("p"), { className: "away" });
  let timer = 0, asked = "", active = -1, request = null;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("aria-label"));
  status.setAttribute("role", "status");
  form.append(list, status);
  mark({ role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": list.id, "aria-expanded": "false" });

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    close();
    if (!event.isComposing) timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the box in focus
  list.addEventListener("click", (event) => go(event.target.closest("li")));

  function mark(attributes) {
    Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
  }

  function isEnough(text) {
    return text.length >= FEWEST_LETTERS || /\S\s+\S/.test(text);
  }

  async function ask() {
    const text = input.value.trim().replace(/\s+/g, " ");
    asked = text;
    request?.abort();
    if (!isEnough(text)) return;
    const rows = known.get(text) || (await fetched(text));
    if (rows && asked === text && document.activeElement === input) show(rows);
  }

  async function fetched(text) {
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: request.signal });
      if (!answer.ok) return null;
      const rows = (await answer.json()).suggestions;
      if (known.size >= MOST_KEPT) known.clear();
      known.set(text, rows);
      return rows;
    } catch {
      return null; // no network: the form still works
    }
  }

  function show(rows) {
    list.replaceChildren(...rows.map(option));
    active = -1;
    list.hidden = !rows.length;
    input.setAttribute("aria-expanded", String(!!rows.length));
    status.textContent = rows.length ? form.dataset.say.replace("#", rows.length) : "";
  }

  function option(row, place) {
    const item = Object.assign(document.createElement("li"), { id: `suggestion-${place}` });
    const title = Object.assign(document.createElement("span"), { textContent: row.title, dir: "auto" });
    const kind = Object.assign(document.createElement("small"), { textContent: row.kind });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = row.url;
    item.append(title, kind);
    return item;
  }

  function close() {
    asked = "";
    active = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    status.textContent = "";
  }

  function pressed(event) {
    if (event.isComposing) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && isEnough(input.value.trim())) {
        event.preventDefault();
        ask();
      }
      return;
    }
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      choose(steps[event.key]);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(list.children[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  }

  /* Past either end the choice goes back to the words in the box. */
  function choose(step) {
    const places = list.children.length + 1;
    active = ((active + 1 + step + places) % places) - 1;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function go(item) {
    if (item) location.assign(item.dataset.url);
  }
});
