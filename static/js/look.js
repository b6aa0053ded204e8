// A typed colour gets the browser's own picker beside it; both say the same.
(function () {
  "use strict";
  function known(value) { return /^#[0-9a-f]{6}$/i.test(value); }
  document.querySelectorAll("input[data-colour]").forEach(function (typed) {
    var picker = document.createElement("input");
    var label = document.querySelector('label[for="' + typed.id + '"]');
    picker.type = "color";
    picker.className = "fh-picker";
    picker.setAttribute("aria-label", label ? label.textContent.trim() : typed.name);
    typed.classList.add("fh-colour");
    picker.value = known(typed.value) ? typed.value.toLowerCase() : typed.placeholder || "#ffffff";
    picker.addEventListener("input", function () {
      typed.value = picker.value;
      typed.dispatchEvent(new Event("input", { bubbles: true }));
    });
    typed.addEventListener("input", function () {
      if (known(typed.value)) picker.value = typed.value.toLowerCase();
    });
    typed.insertAdjacentElement("afterend", picker);
  });
})();
