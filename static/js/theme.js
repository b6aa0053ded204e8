// Loaded before the styles, so that the page never flashes in the other theme. The choice is kept in this browser.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function chosen() {
    try { return localStorage.getItem("theme"); } catch (error) { return null; }
  }
  function apply() {
    root.setAttribute("data-bs-theme", chosen() || (dark.matches ? "dark" : "light"));
  }
  root.classList.add("js");
  apply();
  dark.addEventListener("change", apply);
  window.firsthireTheme = function () {
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    try { localStorage.setItem("theme", next); } catch (error) { /* private window: this page only */ }
    root.setAttribute("data-bs-theme", next);
  };
})();
