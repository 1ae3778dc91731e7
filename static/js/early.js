// Keys that are pressed while the page still comes in are kept, and given to the page once all its scripts are there.
// So are fields that are changed: what follows from them is asked for when somebody listens.
// The other scripts are modules and run last; this one is not, and runs before anything is to be seen.

(() => {
  const kept = [];

  function keep(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (plain && event.target === document.body) kept.push(event);
  }

  document.addEventListener("keydown", keep);

  const changed = { input: new Set(), change: new Set() };

  function note(event) {
    changed[event.type].add(event.target);
  }

  for (const type of Object.keys(changed)) document.addEventListener(type, note);

  // htmx tells it first when it has looked through the whole page.
  document.addEventListener("htmx:load", () => {
    for (const [type, fields] of Object.entries(changed)) {
      document.removeEventListener(type, note);
      for (const field of fields) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }, { once: true });

  document.addEventListener("DOMContentLoaded", () => {
    document.removeEventListener("keydown", keep);
    for (const event of kept) {
      // Whatever was answered meanwhile, by a script that was there sooner, is not answered twice.
      if (!event.defaultPrevented) document.body.dispatchEvent(new KeyboardEvent(event.type, event));
    }
  });
})();
