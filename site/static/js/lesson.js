/* Lessons on a phone: one card a screen, and how far one is, kept on this device only. Without this file every card
   stands on the page. It asks for nothing, sends nothing and registers nothing. */
(() => {
  "use strict";

  const KEPT = "gan-dan-lessons"; // {"<lesson>": {"at": number of the card, "done": true}}
  const narrow = window.matchMedia("(max-width: 47.99em)");

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(KEPT)) || {};
    } catch {
      return {};
    }
  };

  const write = (kept) => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(KEPT, JSON.stringify(kept));
      else localStorage.removeItem(KEPT);
    } catch {
      // No room or not allowed: the lesson works all the same.
    }
  };

  const note = (lesson, news) => {
    const kept = read();
    kept[lesson] = { ...kept[lesson], ...news };
    write(kept);
  };

  const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const showLesson = (box) => {
    const lesson = box.dataset.lesson;
    const cards = [...box.children];
    const after = document.querySelector("[data-after-cards]");
    const line = document.querySelector("[data-on-device]");
    const goOn = line.querySelector("[data-go-on]");
    let at = 1;

    const asked = () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target) return null;
      const card = cards.findIndex((one) => one.contains(target));
      if (card >= 0) return { target, at: card + 1, isCard: true };
      return after.contains(target) ? { target, at: cards.length, isCard: false } : null;
    };

    const draw = () => {
      const single = narrow.matches && cards.length > 1;
      box.classList.toggle("one-by-one", single);
      cards.forEach((card, place) => { card.hidden = single && place + 1 !== at; });
      after.hidden = single && at < cards.length;
    };

    const follow = () => {
      const found = asked();
      if (!found && !location.hash) {
        at = 1;
        draw();
        offer();
      }
      if (!found) return;
      at = found.at;
      draw();
      line.hidden = !Object.hasOwn(read(), lesson);
      goOn.hidden = true;
      if (found.isCard) {
        note(lesson, at === cards.length ? { at, done: true } : { at });
        line.hidden = false;
        found.target.tabIndex = -1;
        found.target.focus({ preventScroll: true });
      }
      found.target.scrollIntoView();
    };

    const offer = () => {
      const kept = read()[lesson];
      line.hidden = !kept;
      goOn.hidden = !kept || !(kept.at > 1 && kept.at <= cards.length);
      if (goOn.hidden) return;
      goOn.hash = `the-${kept.at}`;
      goOn.textContent = filled(goOn.dataset.goOn, { number: kept.at });
    };

    line.querySelector("[data-forget]").addEventListener("click", () => {
      const kept = read();
      delete kept[lesson];
      write(kept);
      line.hidden = true;
    });
    document.addEventListener("toggle", () => {
      const messages = [...document.querySelectorAll("[data-judge]")];
      if (messages.length && messages.every((message) => message.querySelector("[open]"))) note(lesson, { done: true });
    }, true);
    narrow.addEventListener("change", draw);
    window.addEventListener("hashchange", follow);
    offer();
    draw();
    if (location.hash) follow();
  };

  const showTrack = (list) => {
    const kept = read();
    const marks = [...list.querySelectorAll("[data-mark]")];
    const done = marks.filter((mark) => (kept[mark.dataset.mark] || {}).done).length;
    marks.forEach((mark) => {
      const { at, done: isDone } = kept[mark.dataset.mark] || {};
      mark.hidden = !isDone && !at;
      if (!mark.hidden) mark.textContent = isDone ? mark.dataset.done : filled(mark.dataset.at, { number: at });
    });
    const line = document.querySelector("[data-on-device]");
    line.hidden = marks.every((mark) => mark.hidden);
    const count = line.querySelector("[data-count]");
    count.textContent = filled(count.dataset.count, { done, total: marks.length });
    line.querySelector("[data-forget]").addEventListener("click", () => {
      const left = read();
      marks.forEach((mark) => { delete left[mark.dataset.mark]; mark.hidden = true; });
      write(left);
      line.hidden = true;
    });
  };

  const lesson = document.querySelector("[data-lesson]");
  const track = document.querySelector("[data-track]");
  if (lesson) showLesson(lesson);
  if (track) showTrack(track);
})();
