// The times of a link: shown in the zone of this browser at once, and again when another one is chosen.
// Without scripts there is the list of zones and its button.
(function () {
  "use strict";
  var form = document.querySelector("form[data-zone]");
  if (!form) return;
  var select = form.querySelector("select");
  var mine = "";
  try { mine = Intl.DateTimeFormat().resolvedOptions().timeZone || ""; } catch (error) { mine = ""; }
  var known = Array.from(select.options).some(function (option) { return option.value === mine; });
  select.addEventListener("change", function () { form.requestSubmit(); });
  if (form.dataset.zone === "guess" && known && select.value !== mine) {
    select.value = mine;
    form.submit();
  }
})();
