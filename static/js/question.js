// A question's form: shows the fields that belong to the chosen kind. Without this script all of them are there.
(function () {
  "use strict";
  document.querySelectorAll("form[data-kinds]").forEach(function (form) {
    function show() {
      form.querySelectorAll("[data-of]").forEach(function (part) {
        part.hidden = part.dataset.of.split(" ").indexOf(form.elements.kind.value) < 0;
      });
    }
    form.elements.kind.addEventListener("change", show);
    show();
  });
})();
