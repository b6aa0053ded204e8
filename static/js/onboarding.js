// After a tick the list is new: the line that says what is next takes the focus, so that nobody starts from the top again
// and it is read aloud.
(function () {
  "use strict";
  document.addEventListener("htmx:afterSwap", function (event) {
    var next = document.getElementById("today-next");
    if (event.detail.target.id === "today" && next) next.focus({ preventScroll: true });
  });
})();
// A button that prints what is on the page; without script the browser's own menu does.
(function () {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
})();
