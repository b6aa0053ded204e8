// Quick find: the magnifier (or /) opens the search in a dialog; arrows walk through what was found, Enter goes there.
(function () {
  "use strict";
  var dialog = document.getElementById("find");
  if (!dialog || !dialog.showModal) return;
  var input = dialog.querySelector("input");

  function lines() { return Array.from(dialog.querySelectorAll("[data-found]")); }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-find-open]");
    if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      dialog.showModal();
      input.select();
    } else if (event.target === dialog || event.target.closest("[data-find-close]")) {
      dialog.close();
    }
  });

  function walk(step) {
    var all = lines();
    if (!all.length) return;
    var at = all.indexOf(document.activeElement) + step;
    if (at < 0) input.focus();
    else all[Math.min(at, all.length - 1)].focus();
  }

  dialog.addEventListener("keydown", function (event) {
    if (event.isComposing) return;
    // A search field would only empty itself at the first Escape.
    if (event.key === "Escape") { event.preventDefault(); dialog.close(); return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      walk(event.key === "ArrowDown" ? 1 : document.activeElement === input ? 0 : -1);
    }
  });
  // A later answer replaces the line one stands on: one goes on standing on the line in its place.
  var stood = -1;
  dialog.addEventListener("htmx:beforeSwap", function () { stood = lines().indexOf(document.activeElement); });
  dialog.addEventListener("htmx:afterSwap", function () { if (stood >= 0) (lines()[stood] || input).focus(); });

  // Enter in the field: the first line, as soon as it is there; without any, the page of the search.
  dialog.querySelector("form").addEventListener("submit", function (event) {
    var first = lines()[0];
    if (!first || dialog.querySelector(".htmx-request")) return;
    event.preventDefault();
    window.location.assign(first.href);
  });
})();
