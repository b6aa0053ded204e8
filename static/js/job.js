// The editor of a job: comes back to the row that was moved, with the same button under the finger.
(function () {
  "use strict";
  var form = document.querySelector("[data-job-editor]");
  if (!form) return;
  var key = "firsthire.job-row";

  form.addEventListener("click", function (event) {
    var button = event.target.closest("button[value^='up-'], button[value^='down-']");
    if (button) sessionStorage.setItem(key, button.value);
  });
  var value = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  var again = value && form.querySelector("button[value='" + CSS.escape(value) + "']");
  if (again) again.focus();
  var wrong = form.querySelector(".is-invalid");
  if (wrong) wrong.focus();
})();
