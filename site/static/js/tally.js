/* Counting at a session: counts at once, keeps each count on the device until the server has it, sends it once.
   One item of localStorage a count, so that two tabs never write over each other. Without this file the form works. */
(() => {
  const form = document.querySelector("[data-tally]");
  const store = openStore();
  if (!form || !store) return;

  const PARCEL = 50, UNDO = 10 * 60e3, AGAIN = 30e3, PATIENCE = 15e3;
  const { dataset: told } = form;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const say = (name, words) => (told[`say${name}`] || "").replace("#", words);
  const isShell = !told.owner;
  const owner = told.owner || store.getItem("tally-owner") || "";
  const ours = `tally:${owner}:`;
  let token = form.elements.csrfmiddlewaretoken?.value || "";
  let onServer = Number(document.querySelector("[data-counted]").textContent) || 0;
  let asked = form.elements.cell?.value || "", last = lastOnServer(), isSending = false, isWanted = false;

  if (!owner) return;
  if (!isShell) registerWorker();
  form.addEventListener("click", tapped);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  addEventListener("online", send);
  addEventListener("storage", show);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  setInterval(send, AGAIN);
  show();
  send();

  function openStore() {
    try {
      localStorage.setItem("tally-try", "1");
      localStorage.removeItem("tally-try");
      return localStorage;
    } catch {
      return null;
    }
  }

  /* What was kept to open without a signal belongs to who signed in; the counts themselves hold nothing of anybody. */
  function registerWorker() {
    const isAnother = store.getItem("tally-owner") !== owner;
    store.setItem("tally-owner", owner);
    if (!navigator.serviceWorker) return;
    const files = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((each) => each.href || each.src);
    navigator.serviceWorker.register("/sw.js").then(() => navigator.serviceWorker.ready).then(({ active }) => {
      if (isAnother) active.postMessage({ forget: true });
      active.postMessage({ keep: location.pathname, files });
    }).catch(() => {});
  }

  /* Whatever could not be stored here goes the way of the form. */
  function tapped(event) {
    const button = event.target.closest("button, [data-cancel]");
    if (button && handled(button)) event.preventDefault();
  }

  function handled(button) {
    if (button.matches("[data-cancel]")) return ask("");
    if (button.matches("[data-refused] button")) return forgetRefused();
    if (button.name === "undo") return undo();
    if (button.name === "why") return !asked || count(asked, button.value);
    if (button.name !== "count") return false;
    return button.value.endsWith(":done") ? count(button.value, "") : ask(button.value);
  }

  function ask(cell) {
    asked = cell;
    part("why").hidden = !cell;
    part("grid").hidden = !!cell;
    part("asked").textContent = cell && words(cell);
    (cell ? part("why") : part("grid")).querySelector("button").focus();
    return true;
  }

  function forgetRefused() {
    waiting().filter(([, entry]) => entry.refused).forEach(([key]) => store.removeItem(key));
    show();
    return true;
  }

  function words(cell) {
    const button = form.querySelector(`button[value="${cell}"]`);
    return `${button.parentNode.getAttribute("aria-label")}: ${button.textContent}`;
  }

  function count(cell, obstacle) {
    const minutes = form.elements.minutes.value.trim();
    if (minutes && !(/^\d{1,3}$/.test(minutes) && minutes >= 1 && minutes <= 240)) {
      part("status").textContent = told.sayMinutes;
      form.elements.minutes.focus();
      return true;
    }
    const [subject, outcome] = cell.split(":");
    const entry = {
      uuid: newUuid(), subject, outcome, obstacle, minutes, to: told.queue,
      age: form.elements.age.value, guide: form.elements.guide.value, at: new Date().toISOString(),
    };
    if (!keep(entry)) return false;
    last = entry;
    clear();
    settled("Counted", cell);
    return true;
  }

  /* The count may have reached the server already, so it is not dropped but sent as undone. */
  function undo() {
    if (!last || Date.now() - Date.parse(last.at) > UNDO) return false;
    const isThere = !store.getItem(ours + last.uuid);
    if (!keep({ ...last, undone: true, isThere })) return false;
    settled("Undone", `${last.subject}:${last.outcome}`);
    last = null;
    show();
    return true;
  }

  function settled(name, cell) {
    part("status").textContent = say(name, words(cell));
    if (asked) ask("");
    show();
    send();
  }

  function clear() {
    form.elements.minutes.value = form.elements.guide.value = "";
    form.querySelectorAll("[name=age]").forEach((radio) => { radio.checked = false; });
  }

  function keep(entry) {
    try {
      store.setItem(ours + entry.uuid, JSON.stringify(entry));
      return true;
    } catch {
      return false;
    }
  }

  function lastOnServer() {
    const { cell, why, at } = part("undo").dataset;
    const [subject, outcome] = (cell || "").split(":");
    const uuid = form.elements.undo?.value;
    return uuid ? { uuid, subject, outcome, obstacle: why, at, to: told.queue } : null;
  }

  function newUuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  }

  function kept(begin) {
    return Object.keys(store).filter((key) => key.startsWith(begin)).map((key) => [key, read(key)]);
  }

  function read(key) {
    try {
      return JSON.parse(store.getItem(key));
    } catch {
      return null;
    }
  }

  function waiting() {
    return kept(ours).filter(([, entry]) => entry);
  }

  function show() {
    const all = waiting().map(([, entry]) => entry), refused = all.filter((entry) => entry.refused);
    const here = all.filter((entry) => entry.to === told.queue && !entry.refused);
    const more = here.filter((entry) => !entry.undone).length - here.filter((entry) => entry.isThere).length;
    document.querySelector("[data-counted]").textContent = onServer + more;
    const open = all.length - refused.length, others = kept("tally:").length - kept(ours).length;
    line(part("waiting"), [open && say("Waiting", open), others && say("Others", others)].filter(Boolean).join(" "));
    line(part("refused"), refused.length && `${say("Refused", refused.length)} ${refused[0].refused}`);
    part("undo").hidden = !last;
    if (last) form.elements.undo.textContent = say("Back", words(`${last.subject}:${last.outcome}`));
  }

  function line(element, text) {
    element.hidden = !text;
    (element.querySelector("span") || element).textContent = text || "";
  }

  async function send() {
    isWanted = true;
    if (isSending || !navigator.onLine) return;
    isSending = true;
    while (isWanted) {
      isWanted = false;
      try {
        while (await sendParcel());
      } catch {
        /* no network after all: the counts wait for the next try */
      }
    }
    isSending = false;
    show();
  }

  /* True when more waits. */
  async function sendParcel() {
    const open = waiting().filter(([, entry]) => !entry.refused);
    if (!open.length) return false;
    const to = open[0][1].to;
    const parcel = open.filter(([, entry]) => entry.to === to).slice(0, PARCEL);
    if (!token && !(await newToken(to))) return false;
    let answer = await post(to, parcel);
    if (answer.status === 403 && !isJson(answer)) {
      if (!(await newToken(to))) return false;
      answer = await post(to, parcel);
    }
    return isJson(answer) && acknowledged(answer, await answer.json(), parcel, to);
  }

  function acknowledged(answer, body, parcel, to) {
    trouble(answer, body);
    if (!answer.ok) return false;
    if (to === told.queue) onServer = body.counted;
    const states = new Map(body.results.map((result) => [result.uuid, result]));
    let done = 0;
    for (const [key, entry] of parcel) {
      const result = states.get(entry.uuid);
      if (!result || store.getItem(key) !== JSON.stringify(entry)) continue; // undone while it was under way
      done += 1;
      if (result.state === "refused") store.setItem(key, JSON.stringify({ ...entry, refused: result.reason || "?" }));
      else store.removeItem(key);
    }
    return done > 0;
  }

  function trouble(answer, body) {
    const sentences = { "signed-out": told.saySignedOut, another: told.sayAnother };
    line(part("trouble"), answer.ok ? "" : sentences[body.problem] || body.reason);
    part("trouble").querySelector("a").hidden = !(body.problem in sentences);
  }

  async function newToken(to) {
    const answer = await reach(to, {});
    const body = isJson(answer) ? await answer.json() : {};
    if (answer.ok && body.owner !== owner) body.problem = "another";
    trouble({ ok: answer.ok && !body.problem }, body);
    token = answer.ok && !body.problem ? body.csrf : "";
    return !!token;
  }

  function post(to, parcel) {
    const body = JSON.stringify({ owner, entries: parcel.map(([, { to: _to, isThere: _isThere, ...entry }]) => entry) });
    return reach(to, { method: "POST", body, headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  }

  function reach(to, options) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), PATIENCE);
    return fetch(to, { ...options, signal: stop.signal, cache: "no-store", credentials: "same-origin" });
  }

  function isJson(answer) {
    return (answer.headers.get("Content-Type") || "").startsWith("application/json");
  }
})();
