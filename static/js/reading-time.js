// While a CV is open: its seconds are counted, and colleagues get another one.
//   form[data-open]     [name=seconds] is raised each second, not while the tab is hidden or nobody did anything for a minute;
//                       the address hears each minute that the page is open still, and at the end that it was left
//   [data-budget]       <progress> to 600: shown after five minutes, .fh-meter-warn from ten on. It says nothing aloud.
(function () {
  "use strict";
  var IDLE = 60, GIVEN_UP = 900, SHOWN = 300, FULL = 600, BEAT = 60;
  var quiet = 0, beat = 0;

  function form() { return document.querySelector("form[data-open]"); }
  function token(open) { return open.elements.csrfmiddlewaretoken.value; }
  function bar(seconds) {
    var meter = document.querySelector("[data-budget]");
    if (!meter) return;
    meter.hidden = seconds < SHOWN;
    meter.value = Math.min(seconds, FULL);
    meter.classList.toggle("fh-meter-warn", seconds >= FULL);
  }
  function say(open) {
    var data = new URLSearchParams({ csrfmiddlewaretoken: token(open), ticket: open.dataset.ticket, next: open.dataset.ahead || "" });
    fetch(open.dataset.open, { method: "POST", body: data }).then(function (answer) {
      return answer.status === 200 && !answer.redirected ? answer.text() : "";
    }).then(function (words) { if (words) window.firsthire.say(words, "warning"); }, function () { /* next minute */ });
  }
  window.setInterval(function () {
    var open = form();
    quiet += 1;
    beat += 1;
    if (!open || document.hidden) return;
    if (quiet <= IDLE) {
      open.elements.seconds.value = Number(open.elements.seconds.value) + 1;
      bar(Number(open.elements.seconds.value));
    }
    if (beat < BEAT || quiet > GIVEN_UP) return;
    beat = 0;
    say(open);
  }, 1000);
  ["keydown", "pointermove", "pointerdown", "scroll", "touchstart"].forEach(function (kind) {
    document.addEventListener(kind, function () { quiet = 0; }, { passive: true, capture: true });
  });

  function leave(open, address, ticket) {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", token(open));
    data.append("leave", ticket);
    navigator.sendBeacon(address, data);
  }
  window.addEventListener("pagehide", function () {
    var open = form();
    if (!open) return;
    leave(open, open.dataset.open, open.dataset.ticket);
    if (open.dataset.aheadOpen) leave(open, open.dataset.aheadOpen, open.dataset.aheadTicket);
  });
  // Back by the browser's own button: the page is as it was, and claimed again.
  window.addEventListener("pageshow", function (event) { if (event.persisted && form()) say(form()); });
})();
