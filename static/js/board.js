// Dragging on the board (with SortableJS). A drop does what the card's own Move form does: it chooses the column's stage
// and sends that form, so that rules, questions and "somebody was faster" are answered as for the button.
//   [data-board] > [data-stage] > [data-cards] > [data-card] > form[data-move] with a field or buttons named "to"
//   (data-move-field names another). data-text-refused on the board: what to say when a card cannot go there.
(function () {
  "use strict";
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function move(card) { return card.querySelector("form[data-move]"); }
  function stage(list) { return list.closest("[data-stage]").dataset.stage; }
  function ways(form, to) {
    var name = form.dataset.moveField || "to";
    var select = form.querySelector('select[name="' + name + '"]');
    if (select) return Array.from(select.options).find(function (option) { return option.value === to && !option.disabled; });
    return form.querySelector('[name="' + name + '"][value="' + to + '"]:not(:disabled)');
  }
  function may(card, to) {
    var form = move(card);
    return Boolean(form && ways(form, to));
  }
  function back(event) { event.from.insertBefore(event.item, event.from.children[event.oldIndex] || null); }
  function submit(event) {
    var form = move(event.item);
    var way = ways(form, stage(event.to));
    var failed = function () { back(event); };
    if (way.tagName === "OPTION") way.selected = true;
    else if (way.type === "radio") way.checked = true;
    form.addEventListener("board:failed", failed, { once: true });
    form.requestSubmit(way.tagName === "BUTTON" ? way : undefined);
  }
  function show(board, card) {
    board.querySelectorAll("[data-stage]").forEach(function (column) {
      var here = card && !column.contains(card);
      column.classList.toggle("fh-no-drop", Boolean(here && !may(card, column.dataset.stage)));
      column.classList.toggle("fh-may-drop", Boolean(here && may(card, column.dataset.stage)));
    });
  }
  function lists(board) {
    board.querySelectorAll("[data-cards]").forEach(function (list) {
      if (window.Sortable.get(list)) return;
      window.Sortable.create(list, {
        group: "board-" + (board.id || "one"), draggable: "[data-card]", sort: false, animation: calm ? 0 : 140,
        delay: 180, delayOnTouchOnly: true, touchStartThreshold: 6, ghostClass: "fh-drag-ghost", scrollSensitivity: 60,
        filter: "select, input, textarea, button, summary", preventOnFilter: false,
        onStart: function (event) { show(board, event.item); },
        onMove: function (event) { return event.to === event.from || may(event.dragged, stage(event.to)); },
        onEnd: function (event) {
          show(board, null);
          if (event.to === event.from) return refused(board, event);
          submit(event);
        },
      });
    });
  }
  // Let go over a column that refuses: the card is back by itself, say why.
  function refused(board, event) {
    var point = event.originalEvent && (event.originalEvent.changedTouches || [event.originalEvent])[0];
    var below = point && document.elementFromPoint(point.clientX, point.clientY);
    var column = below && below.closest("[data-stage]");
    if (!column || column.contains(event.item) || !board.dataset.textRefused) return;
    window.firsthire.say(board.dataset.textRefused, "warning");
  }
  function start() {
    if (!window.Sortable) return;
    document.querySelectorAll("[data-board]").forEach(lists);
  }
  start();
  document.addEventListener("htmx:load", start);
})();
