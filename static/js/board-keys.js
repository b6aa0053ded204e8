// The board by keyboard. One card is the way in (Tab), the arrows go on from there, along a column and to the next one;
// Enter opens the person, as for every link. M and X stand in the list of ? (hiring/_board_keys.html).
(function () {
  "use strict";
  var PARTS = "a, button, input, select, summary";
  var last = "";

  function board() { return document.querySelector("[data-board]"); }
  function cards(column) { return Array.from(column.querySelectorAll("[data-card]")); }
  function now() {
    var card = document.activeElement && document.activeElement.closest("[data-board] [data-card]");
    return card || document.getElementById(last) || document.querySelector("[data-board] [data-card]");
  }
  function enter(card) {
    if (!card) return;
    document.querySelectorAll("[data-board] [data-card]").forEach(function (each) { reach(each, each === card); });
    last = card.id;
  }
  function reach(card, on) {
    var state = on ? "0" : "-1";
    if (card.dataset.reach === state) return;
    card.dataset.reach = state;
    card.querySelectorAll(PARTS).forEach(function (part) { part.tabIndex = on ? 0 : -1; });
  }
  function go(card) {
    if (!card) return;
    enter(card);
    card.querySelector("a").focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  function beside(card, step) {
    var columns = Array.from(board().querySelectorAll("[data-stage]"));
    var at = columns.indexOf(card.closest("[data-stage]"));
    var row = cards(columns[at]).indexOf(card);
    for (at += step; columns[at]; at += step) {
      var there = cards(columns[at]);
      if (there.length) return there[Math.min(row, there.length - 1)];
    }
    return null;
  }
  function along(card, step) {
    var list = cards(card.closest("[data-stage]"));
    return list[list.indexOf(card) + step];
  }
  function arrow(key, card) {
    var forward = document.documentElement.dir === "rtl" ? -1 : 1;
    if (key === "ArrowDown") return along(card, 1);
    if (key === "ArrowUp") return along(card, -1);
    if (key === "ArrowRight") return beside(card, forward);
    if (key === "ArrowLeft") return beside(card, -forward);
    var list = cards(card.closest("[data-stage]"));
    return key === "Home" ? list[0] : key === "End" ? list[list.length - 1] : undefined;
  }
  document.addEventListener("keydown", function (event) {
    var card = event.target.closest && event.target.closest("[data-board] [data-card]");
    if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("select, input:not([type=checkbox])")) return;
    if (event.key === "Escape" && card.querySelector("details[open]")) card.querySelector("a").focus();
    if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
    event.preventDefault();
    go(arrow(event.key, card));
  });
  function move(card) {
    var menu = card.querySelector("details");
    if (!menu) return;
    menu.open = true;
    menu.querySelector("select").focus();
  }
  function pick(card) {
    if (!document.body.classList.contains("fh-selecting")) document.querySelector("[data-select]").click();
    card.querySelector(".fh-pick").click();
  }
  document.addEventListener("click", function (event) {
    var key = event.target.closest && event.target.closest("[data-card-key]");
    var card = key && now();
    if (!card) return;
    event.stopPropagation(); // a click beside an open menu would close it again
    go(card);
    (key.dataset.cardKey === "move" ? move : pick)(card);
  }, true);
  document.addEventListener("focusin", function (event) {
    var card = event.target.closest && event.target.closest("[data-board] [data-card]");
    if (card) enter(card);
  });
  function start() { if (board()) enter(now()); }
  document.addEventListener("board:drawn", start);
  document.addEventListener("htmx:afterSwap", start);
  start();
})();
