// What a page measures in the browser, for test_pages.py. Each function returns plain values.
({
  // How far the page reaches beyond the window, in CSS pixels, and the elements that push it there.
  sideways() {
    const width = document.documentElement.clientWidth;
    const beyond = Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - width;
    if (beyond <= 0) return [];
    const pushing = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      const scrolls = element.parentElement.closest(".scroll");
      return !scrolls && box.width && (box.right > width + 0.5 || box.left < -0.5);
    });
    return [`${beyond} px too wide`, ...pushing.slice(-3).map(named)];

    function named(element) {
      return `${element.tagName.toLowerCase()}.${element.className} ${element.textContent.trim().slice(0, 40)}`;
    }
  },

  // Everything to press that stands alone and is lower or narrower than `least` CSS pixels. A link in the middle of
  // a sentence is exempt (WCAG 2.5.8), and so is what nobody sees. A field in a label counts as large as its label.
  smallTargets(least) {
    const found = document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])");
    return [...found].filter(isSeen).filter((element) => !isInSentence(element)).map(measured).filter(Boolean);

    function isSeen(element) {
      const box = element.getBoundingClientRect();
      const isTrap = element.closest("[aria-hidden=true]");
      return box.width > 1 && box.height > 1 && !isTrap && !element.matches(".skip-link")
        && element.checkVisibility({ visibilityProperty: true });
    }

    function isInSentence(element) {
      if (element.tagName !== "A" || getComputedStyle(element).display !== "inline") return false;
      let block = element.parentElement;
      while (getComputedStyle(block).display === "inline") block = block.parentElement;
      const own = [...block.querySelectorAll("a")].map((link) => link.textContent).join("");
      return block.textContent.replace(/\s/g, "").length > own.replace(/\s/g, "").length;
    }

    function measured(element) {
      const target = element.matches("input") ? element.closest("label") || element : element;
      const box = target.getBoundingClientRect();
      const narrow = element.tagName === "A" && !element.matches(".button") ? 24 : least;
      if (box.height >= least - 0.5 && box.width >= Math.min(narrow, least) - 0.5) return null;
      const words = (element.textContent || element.name || "").trim().slice(0, 40);
      return `${Math.round(box.width)} × ${Math.round(box.height)} ${element.tagName.toLowerCase()} “${words}”`;
    }
  },

  // Where the last of the five facts ends, in CSS pixels from the top of the page.
  factsEnd() {
    return document.querySelector(".facts").lastElementChild.getBoundingClientRect().bottom + scrollY;
  },
})
