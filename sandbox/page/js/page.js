// What the page does by itself: its address, its keys, where the focus goes.
(() => {
  const place = () => location.search;
  const told = () =>
    parent !== window && parent.postMessage({ half: window.name, place: place() }, location.origin);

  // The address says where one is, so that reloading and going back keep the place.
  window.placed = (address, title, replace) => {
    document.title = title;
    if (address === place()) return told();
    history[replace ? "replaceState" : "pushState"](null, "", address + location.hash);
    told();
  };
  addEventListener("popstate", () => emitEvent("went", place()));

  // Where one writes; on a phone that would bring up the keyboard each time.
  window.settle = () => {
    if (matchMedia("(max-width: 700px)").matches) return;
    const before = document.activeElement;
    setTimeout(() => {
      // Who has gone elsewhere by now is left there.
      const now = document.activeElement;
      if (now !== before && now !== document.body && !now?.closest(".q-dialog")) return;
      (writing() ?? document.querySelector(".stream"))?.focus();
    }, 60);
  };
  const writing = () => {
    const named = document.querySelector("[data-testid=composer]");
    const fields = "input, textarea, [contenteditable=true]";
    const field = named?.matches(fields) ? named : named?.querySelector(fields);
    return field?.offsetParent ? field : null;
  };

  // Who knows where to go types on before the dialog is there: it gets these keys.
  let ahead = null;
  window.typedAhead = () => {
    const typed = ahead;
    ahead = null;
    return typed ?? { words: "", enter: false };
  };
  const early = (event) => {
    if (!ahead || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") ahead.enter = true;
    else if (event.key.length === 1) ahead.words += event.key;
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", early, true);

  const OPEN = ".q-dialog__inner, .q-menu, [role=menu], [role=listbox], .talk-box";
  const busy = () => [...document.querySelectorAll(OPEN)].some((each) => each.checkVisibility());
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      ahead = { words: "", enter: false };
      setTimeout(() => (ahead = null), 3000);
      emitEvent("switch");
    }
    if (event.key !== "Escape" || event.defaultPrevented || busy()) return;
    const close = document.querySelector("[data-testid=thread-close]");
    if (close?.offsetParent) {
      close.click();
      settle();
    } else {
      document.querySelector(".sidebar.open [data-testid=places-close]")?.click();
    }
  });

  // Who uses the skip link means to write or read, not to have the address change.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".skip")) return;
    event.preventDefault();
    (writing() ?? document.querySelector(".stream"))?.focus();
  });

  // A message drawn anew takes the focus with it; it goes back to the same thing in there.
  let had = null;
  const signs = (element) =>
    [element.tagName, element.dataset.testid, element.getAttribute("aria-label") ?? element.innerText].join();
  addEventListener("focusin", (event) => {
    const slot = event.target.closest?.("[data-slot]");
    had = slot && { slot: slot.dataset.slot, sign: signs(event.target), element: event.target };
  });
  addEventListener("pointerdown", () => (had = null), true);
  const restore = () => {
    if (!had || had.element.isConnected || document.activeElement !== document.body) return;
    const slot = document.querySelector(`[data-slot="${had.slot}"]`);
    const all = [...(slot?.querySelectorAll("button, a, input, [tabindex]") ?? [])];
    const same = all.find((each) => signs(each) === had.sign) ?? all[0];
    had = null;
    same?.focus({ preventScroll: true });
  };
  // The bar that shows something loading has no name of its own.
  const named = () => document.querySelector(".q-loading-bar")?.setAttribute("aria-label", "Loading");
  new MutationObserver(() => {
    if (had) requestAnimationFrame(restore);
    named();
  }).observe(document, { childList: true, subtree: true });
})();
