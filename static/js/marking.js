// C and M mark the words that are selected in the text: a fact to check, or a typing mistake.
//   [data-marks=fact|typing]     the keys' buttons; [data-mark=..] those of the form below, which work without this
//   [data-marking]               the form's fold: opened where something is still to be said
//   [data-source]                where the words stand
(function () {
  "use strict";
  function field(name) { return document.querySelector("[data-marking] [name=" + name + "]"); }
  function selected() {
    var chosen = window.getSelection();
    var words = chosen.toString().trim();
    var node = chosen.anchorNode && (chosen.anchorNode.closest ? chosen.anchorNode : chosen.anchorNode.parentElement);
    var place = node && node.closest("#reading [data-source]");
    return words && place ? { words: words.slice(0, 500), source: place.dataset.source } : null;
  }
  function press(kind) { document.querySelector("[data-marking] [data-mark=" + kind + "]").click(); }
  function ready() {
    document.querySelectorAll("[data-marking-keys]").forEach(function (keys) { keys.hidden = false; });
  }
  // The selection is gone by the time a button has the focus.
  document.addEventListener("pointerdown", function (event) {
    if (event.target.closest("[data-marks]")) event.preventDefault();
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-marks]");
    if (!button) return;
    var found = selected();
    if (found) {
      field("quote").value = found.words;
      field("source").value = found.source;
    }
    if (found && button.dataset.marks === "typing") { press("typing"); return; }
    document.querySelector("[data-marking]").open = true;
    (found ? field("kind") : field("quote")).focus();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || event.target.name !== "kind" || !event.target.closest("[data-marking]")) return;
    event.preventDefault();
    press("fact");
  });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.elt.dataset.mark && field("quote")) {
      field("quote").value = "";
      document.querySelector("[data-marking]").open = false;
      document.querySelector("[data-focus]").focus({ preventScroll: true });
    }
  });
  document.addEventListener("htmx:load", ready);
  ready();
})();
