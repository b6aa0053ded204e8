// The editor of a job: a yellow blank turns white while it is filled in, and a row that was moved keeps the finger on it.
(function () {
  "use strict";
  var form = document.querySelector("[data-job-editor]");
  if (!form) return;
  var key = "firsthire.job-row";

  form.querySelectorAll(".fh-blank").forEach(function (field) { field.dataset.blank = ""; });
  form.addEventListener("input", function (event) {
    if ("blank" in event.target.dataset) event.target.classList.toggle("fh-blank", !event.target.value);
  });

  // What did not change stays: nobody hears it again, and a button in it keeps the focus.
  document.addEventListener("htmx:oobBeforeSwap", function (event) {
    var now = event.detail.target, fresh = event.detail.fragment;
    if (now && fresh && same(now, inside(fresh))) event.detail.shouldSwap = false;
  });
  function inside(fragment) {
    var holder = document.createElement("div");
    holder.append(fragment.cloneNode(true));
    var outer = holder.firstElementChild;
    return outer && outer.hasAttribute("hx-swap-oob") ? outer : holder;
  }
  function told(element) {
    return Array.from(element.childNodes).filter(function (node) { return node.nodeType === 1 || node.data.trim(); });
  }
  function same(one, other) {
    var here = told(one), there = told(other);
    return here.length === there.length && here.every(function (node, n) { return node.isEqualNode(there[n]); });
  }

  form.addEventListener("click", function (event) {
    var button = event.target.closest("button[value^='up-'], button[value^='down-']");
    if (button) sessionStorage.setItem(key, button.value);
  });
  var value = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  var again = value && form.querySelector("button[value='" + CSS.escape(value) + "']");
  // After the load: on its way to the row's anchor the browser takes the focus away.
  if (again) window.addEventListener("load", function () { window.setTimeout(function () { again.focus(); }, 0); });
  var wrong = form.querySelector(".is-invalid");
  if (wrong) wrong.focus();
})();
