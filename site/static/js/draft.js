/* A draft on the device, for whoever asks for it, and sending that waits for the network.
   Without this file the form is a plain form; without the tick nothing is left on the device. */
(() => {
  const KEY = "gandan-draft", DAY = 24 * 60 * 60 * 1000, FIELDS = ["topic", "area", "text"], PATIENCE = 5000;
  const form = document.querySelector("form[data-draft]");

  if (document.querySelector("[data-case-code]")) forget();
  if (!form) return;

  const place = `${KEY}:${form.elements.kind.value}`;
  const box = form.querySelector("[data-draft-box]");
  const keep = box.querySelector("input"), remove = box.querySelector("button"), status = box.querySelector("[role=status]");
  let waits = false;

  box.hidden = false;
  takeUp();
  keep.addEventListener("change", () => (keep.checked ? store() : clear("")));
  remove.addEventListener("click", () => clear(status.dataset.deleted));
  form.addEventListener("input", (event) => event.target !== keep && store());
  form.addEventListener("submit", send);
  window.addEventListener("online", () => waits && form.requestSubmit());

  function forget() {
    read(() => Object.keys(localStorage).filter((key) => key.startsWith(KEY)).forEach((key) => localStorage.removeItem(key)));
  }

  /* A browser may refuse its storage: then there is no draft, and the form works. */
  function read(work) {
    try {
      return work();
    } catch {
      return null;
    }
  }

  function store() {
    if (!keep.checked) return;
    const draft = { at: Date.now(), token: form.elements.token.value };
    FIELDS.forEach((name) => (draft[name] = form.elements[name].value));
    read(() => localStorage.setItem(place, JSON.stringify(draft)));
    remove.hidden = false;
  }

  function clear(said) {
    read(() => localStorage.removeItem(place));
    keep.checked = false;
    remove.hidden = true;
    status.textContent = said;
  }

  function takeUp() {
    const draft = read(() => JSON.parse(localStorage.getItem(place)));
    if (!draft) return;
    if (!(Date.now() - draft.at < DAY)) return clear("");
    keep.checked = true;
    remove.hidden = false;
    if (form.elements.text.value) return store(); // what came back from the server is newer
    FIELDS.forEach((name) => (form.elements[name].value = draft[name] || ""));
    form.elements.token.value = draft.token; // if it has arrived already, the same slip comes back
    status.textContent = status.dataset.restored;
  }

  /* A press that would end on the browser's error page waits here instead. */
  async function send(event) {
    if (event.submitter?.name || waits === "sending") return;
    event.preventDefault();
    store();
    if (await isReached()) {
      waits = "sending";
      form.submit();
      return;
    }
    waits = true;
    status.textContent = keep.checked ? status.dataset.offlineKept : status.dataset.offline;
    status.scrollIntoView({ block: "center" });
  }

  async function isReached() {
    if (!navigator.onLine) return false;
    try {
      const signal = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
      await fetch(`${form.dataset.draft}?${Date.now()}`, { method: "HEAD", cache: "no-store", signal });
      return true;
    } catch {
      return false;
    }
  }
})();
