// Reading CVs by key. [data-cycle] goes to the next mark of its [data-cycle-group]; the heading takes the focus,
// so that a screen reader announces who is read now. T, L, N and U are ordinary data-key buttons.
(function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-cycle]");
    if (!button) return;
    var marks = Array.from(button.closest("[data-cycle-group]").querySelectorAll("input[type=radio]"));
    var now = marks.findIndex(function (mark) { return mark.checked; });
    var next = marks[now + 1];
    if (next) next.checked = true;
    else marks[now].checked = false;
  });
  var heading = document.querySelector("[data-focus]");
  if (heading) heading.focus();
})();
