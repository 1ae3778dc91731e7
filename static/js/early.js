// Keys that are pressed while the page still comes in are kept, and given to the page once all its scripts are there.
// The other scripts are modules and run last; this one is not, and runs before anything is to be seen.

(() => {
  const kept = [];

  function keep(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (plain && event.target === document.body) kept.push(event);
  }

  document.addEventListener("keydown", keep);

  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("keydown", keep);
    for (const event of kept) {
      // Whatever was answered meanwhile, by a script that was there sooner, is not answered twice.
      if (!event.defaultPrevented) document.body.dispatchEvent(new KeyboardEvent(event.type, event));
    }
  });
})();
