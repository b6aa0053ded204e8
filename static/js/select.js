// Choosing several people, on the board and on the list: the boxes appear with [data-select] and belong to the form
// [data-several]; Shift takes everybody between two. Without scripts the same button loads the page with the boxes.
(function () {
  "use strict";
  var last = null;

  function form() { return document.querySelector("[data-several]"); }
  function boxes() { return Array.from(document.querySelectorAll(".fh-pick")); }
  function count() {
    var said = form() && form().querySelector("[data-picked]");
    if (!said) return;
    said.textContent = said.dataset.text.replace("{n}", boxes().filter(function (box) { return box.checked; }).length);
  }
  function select(on) {
    document.body.classList.toggle("fh-selecting", on);
    form().hidden = !on;
    form().querySelector("[data-all]").checked = false;
    boxes().forEach(function (box) {
      box.hidden = !on;
      if (!on) box.checked = false;
    });
    last = null;
    count();
  }
  document.addEventListener("click", function (event) {
    var element = event.target;
    if (!element.closest || !form()) return;
    if (element.closest("[data-select], [data-select-end]")) {
      event.preventDefault();
      select(!element.closest("[data-select-end]") && form().hidden);
    }
    if (element.matches(".fh-pick")) {
      if (event.shiftKey && last) range(boxes(), last, element);
      last = element;
      count();
    }
    if (element.matches("[data-all]")) {
      boxes().forEach(function (box) { box.checked = element.checked; });
      count();
    }
  });
  function range(all, from, to) {
    var ends = [all.indexOf(from), all.indexOf(to)].sort(function (one, other) { return one - other; });
    if (ends[0] >= 0) all.slice(ends[0], ends[1] + 1).forEach(function (box) { box.checked = to.checked; });
  }
  // Cards that come while one scrolls have their boxes, too; "all" includes them.
  function arrived() {
    if (!form() || form().hidden) return;
    var all = form().querySelector("[data-all]").checked;
    boxes().forEach(function (box) {
      box.hidden = false;
      if (all) box.checked = true;
    });
    count();
  }
  document.addEventListener("htmx:load", arrived);
  document.addEventListener("board:drawn", arrived);
  // An address that is sent to a colleague says what was chosen, and nothing else.
  document.addEventListener("formdata", function (event) {
    if (event.target.getAttribute("role") !== "search") return;
    Array.from(event.formData.entries()).forEach(function (pair) { if (!pair[1]) event.formData.delete(pair[0]); });
  });
  // A notice stands above what is done with several, however many lines that takes.
  function makeRoom() {
    var high = form().offsetHeight;  // 0 while it is hidden
    document.body.style.setProperty("--fh-several", high + "px");
  }
  if (form() && window.ResizeObserver) new ResizeObserver(makeRoom).observe(form());
  if (form() && !form().hidden) { document.body.classList.add("fh-selecting"); count(); }
})();
