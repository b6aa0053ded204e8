// The browser knows its time zone: when the guess of the server was another, its line is fetched again.
(function () {
  "use strict";
  var line = document.querySelector("[data-place]");
  var zone = window.Intl && Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!line || !zone || zone === line.dataset.zone || !window.htmx) return;
  window.htmx.ajax("GET", line.dataset.place + "?zone=" + encodeURIComponent(zone), { target: line, swap: "outerHTML" });
})();
