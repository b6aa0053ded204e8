// The application form: brings people to what the page asks, and warns before a large file travels for nothing.
(function () {
  "use strict";
  var left = document.getElementById("left-out");
  var wrong = document.querySelector("[data-apply] .is-invalid");
  if (left) left.focus();
  else if (wrong) wrong.focus();
})();
