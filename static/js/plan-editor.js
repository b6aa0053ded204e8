// Dragging the steps of a plan (with SortableJS). A drop does what the arrows do: it sends the step's own form, with
// the step that it stands before now.
//   ol[data-plan-steps] > li[data-ref] > form[data-move] with an input "before" and a button named "to", value "before"
(function () {
  "use strict";
  var list = document.querySelector("[data-plan-steps]");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (!list || !window.Sortable) return;
  window.Sortable.create(list, {
    draggable: "[data-ref]", animation: calm ? 0 : 140, delay: 180, delayOnTouchOnly: true, touchStartThreshold: 6,
    ghostClass: "fh-drag-ghost", scrollSensitivity: 60, filter: "button, input, a", preventOnFilter: false,
    onEnd: function (event) {
      if (event.oldIndex === event.newIndex) return;
      var form = event.item.querySelector("form[data-move]");
      var next = event.item.nextElementSibling;
      form.elements.before.value = next ? next.dataset.ref : "";
      form.requestSubmit(form.querySelector('button[value="before"]'));
    },
  });
})();
