// form[data-tick]: the tick shows at once and stays. While there is no connection the form says so and tries again by
// itself, slower each time; only an answer of the server ends it. With hx-post on the form htmx sends and swaps as usual.
(function () {
  "use strict";
  var waiting = new Set();
  var body = document.body;

  function mark(form, saved) {
    var button = form.querySelector(".fh-tick");
    if (button) button.setAttribute("aria-pressed", "true");
    var note = form.querySelector("[data-tick-note]");
    if (saved && note) note.remove();
    if (saved || note) return;
    note = document.createElement("p");
    note.className = "fh-tick-note";
    note.dataset.tickNote = "";
    note.setAttribute("role", "status");
    form.append(note);
    note.textContent = body.dataset.textSaving;
  }
  function later(form) {
    var tries = Number(form.dataset.tries || 0) + 1;
    form.dataset.tries = tries;
    waiting.add(form);
    mark(form, false);
    window.setTimeout(function () { again(form); }, Math.min(1000 * Math.pow(2, tries - 1), 30000));
  }
  function again(form) {
    if (!form.isConnected || !waiting.has(form)) return;
    waiting.delete(form);
    if (form.hasAttribute("hx-post")) form.requestSubmit();
    else send(form);
  }
  function send(form) {
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" }).then(function (answer) {
      if (answer.status >= 500 || answer.status === 429) return later(form);
      mark(form, true);
      if (answer.ok) window.location.assign(answer.redirected ? answer.url : window.location.href);
      else window.firsthire.say(body.dataset.textFailed, "error");
    }, function () { later(form); });
  }

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form[data-tick]");
    if (!form) return;
    var button = form.querySelector(".fh-tick");
    if (button) button.setAttribute("aria-pressed", "true");
    if (form.hasAttribute("hx-post")) return;
    event.preventDefault();
    send(form);
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var form = event.target.closest && event.target.closest("form[data-tick]");
      if (form) later(form);
    });
  });
  window.addEventListener("online", function () { Array.from(waiting).forEach(again); });
  window.addEventListener("beforeunload", function (event) { if (waiting.size) event.preventDefault(); });
})();
