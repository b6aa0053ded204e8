// Pages of the handbook dragged to another place: the row's own form says where to. The buttons do the same by keyboard.
(function () {
  "use strict";
  function drop(event) {
    var form = event.item.querySelector("form[data-place]");
    if (!form) return;
    form.elements.shelf.value = event.to.dataset.shelf;
    form.elements.index.value = event.newDraggableIndex;
    form.requestSubmit();
  }
  document.querySelectorAll("[data-shelf]").forEach(function (list) {
    window.Sortable.create(list, {
      group: "shelves",
      draggable: "[data-page]",
      handle: ".fh-handbook-grip",
      ghostClass: "fh-drag-ghost",
      animation: 120,
      onEnd: drop,
    });
  });
})();
