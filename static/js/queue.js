// Reading CVs by key. [data-cycle] goes to the next mark of its [data-cycle-group]; the heading takes the focus, so that
// a screen reader announces who is read now. T, L, N and U are ordinary data-key buttons.
//   form[data-next]   the decision. The page at data-next is fetched while this one is read and shown at once; what the
//                     server answers to the decision is the truth and replaces it where the two differ. data-ready appears
//                     on it when that page is there. Without a connection the CV comes back and the decision waits for one.
//   [data-why]          N opens this one line: the reason filled in from what is not met, 1 to 9 choose what is not, Enter
//                       ([data-why-sure]) decides, Escape goes on reading. Without it N asks on a page of its own.
//   [data-tabs] > a[data-tab]   on a phone one part at a time; without scripts they lead to the parts below each other.
(function () {
  "use strict";
  var next = null;
  var waiting = null;
  var timer = 0;

  function form() { return document.querySelector("form[data-next]"); }
  function page(text) { return new DOMParser().parseFromString(text, "text/html"); }
  function html(response) { return response.text().then(page); }

  function turn(tabs, name) {
    document.getElementById(tabs.dataset.tabs).dataset.now = name;
    tabs.querySelectorAll("[data-tab]").forEach(function (tab) {
      if (tab.dataset.tab === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    });
  }
  function start() {
    var tabs = document.querySelector("[data-tabs]");
    var heading = document.querySelector("[data-focus]") || document.getElementById("main");
    if (tabs) turn(tabs, tabs.querySelector("[data-tab]").dataset.tab);
    heading.focus();
  }
  function show(main, title, look) {
    document.getElementById("main").replaceWith(document.adoptNode(main));
    document.title = title;
    document.body.className = look;
    window.scrollTo(0, 0);
    window.htmx.process(document.getElementById("main"));
    document.dispatchEvent(new Event("htmx:load"));
    start();
  }
  function prefetch() {
    var reading = form();
    var address = reading && reading.dataset.next;
    if (!address) return;
    fetch(address).then(html).then(function (found) {
      if (form() !== reading) return;
      var ahead = found.querySelector("form[data-next]");
      if (ahead) {
        next = found;
        reading.dataset.ahead = ahead.dataset.pk;
        reading.dataset.aheadOpen = ahead.dataset.open;
        reading.dataset.aheadTicket = ahead.dataset.ticket;
      }
      reading.dataset.ready = "";
    }, function () { /* then the next page is loaded as pages are */ });
  }
  function answered(found, response) {
    var truth = found.querySelector("form[data-next]");
    if (truth && form() && truth.getAttribute("action") === form().getAttribute("action")) {
      document.getElementById("messages").replaceChildren.apply(
        document.getElementById("messages"), Array.from(found.getElementById("messages").childNodes));
      document.querySelector("[data-progress]").textContent = found.querySelector("[data-progress]").textContent;
      form().dataset.ticket = truth.dataset.ticket;
      document.dispatchEvent(new Event("htmx:load"));
    } else {
      if (response.redirected) history.replaceState(null, "", response.url);
      show(found.getElementById("main"), found.title, found.body.className);
    }
    prefetch();
  }
  function send(decision) {
    var data = new URLSearchParams(new FormData(decision.form)); // with the marks as they are by now
    data.set(decision.name, decision.value);
    return fetch(decision.form.action, { method: "POST", body: data, keepalive: true }).then(function (response) {
      if (response.status >= 500 || response.status === 429) throw new Error("busy");
      return html(response).then(function (found) { answered(found, response); });
    });
  }
  // No connection: the CV comes back as it was left, says so, and the decision is sent by itself as soon as it can be.
  function forget() {
    if (waiting) waiting.note.remove();
    window.clearTimeout(timer);
    waiting = null;
  }
  function again() {
    var decision = waiting;
    if (!decision) return;
    window.clearTimeout(timer);
    waiting = null;
    send(decision).then(function () { decision.note.remove(); }, function () { later(decision); });
  }
  function later(decision) {
    decision.tries += 1;
    waiting = decision;
    timer = window.setTimeout(again, Math.min(1000 * Math.pow(2, decision.tries), 30000));
  }
  window.addEventListener("online", again);
  window.addEventListener("beforeunload", function (event) { if (waiting) event.preventDefault(); });

  // "Not this time": why, in one line on the same page. True when that has yet to be said.
  function why(on) {
    var line = document.querySelector("[data-why]");
    if (!line) return null;
    line.hidden = !on;
    line.disabled = !on;
    return line;
  }
  function ask(decision, button) {
    var line = decision.querySelector("[data-why]");
    if (!line || button.hasAttribute("data-why-sure")) return false;
    why(true);
    fill(decision);
    line.scrollIntoView({ block: "nearest" });
    line.querySelector("[data-why-sure]").focus();
    return true;
  }
  function fill(decision) {
    var unmet = Array.from(decision.querySelectorAll("[data-must]")).find(function (row) {
      return row.querySelector("input[value=not_met]").checked;
    });
    var reason = decision.elements.reason;
    if (!reason.dataset.usual) reason.dataset.usual = reason.value;
    reason.value = unmet ? "requirement" : reason.dataset.usual;
    decision.querySelector("[data-why-text]").value = unmet ? decision.dataset.notMet.replace("{what}", unmet.dataset.must) : "";
  }
  function asking() { return document.querySelector("[data-why]:not([hidden])"); }
  document.addEventListener("keydown", function (event) {
    var line = asking();
    if (!line) return;
    if (event.key === "Escape") {
      why(false);
      document.querySelector("[data-focus]").focus();
    } else if (event.key === "Enter" && event.target.closest("[data-why] input, [data-why] select")) {
      event.preventDefault();
      line.querySelector("[data-why-sure]").click();
    }
  });

  document.addEventListener("submit", function (event) {
    var sent = event.target;
    var button = event.submitter;
    if (sent !== form()) return;
    if (button && button.value === "no" && ask(sent, button)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    forget(); // whatever was to be sent for this CV, this is what is meant now
    if (!next || !button || button.value === "no" && !sent.querySelector("[data-why]")) return;
    event.preventDefault();
    event.stopPropagation();
    var decision = { form: sent, name: button.name, value: button.value, tries: 0 };
    var before = [document.getElementById("main"), document.title, document.body.className];
    var ready = next;
    var copy = page(ready.documentElement.outerHTML);
    next = null;
    show(ready.getElementById("main"), ready.title, ready.body.className);
    send(decision).catch(function () {
      show.apply(null, before);
      next = copy;
      decision.note = window.firsthire.say(document.body.dataset.textSaving, "warning");
      later(decision);
    });
  }, true);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-cycle]");
    var tab = event.target.closest("[data-tab]");
    if (tab) {
      event.preventDefault();
      turn(tab.closest("[data-tabs]"), tab.dataset.tab);
    }
    if (event.target.closest("[data-why-not]")) {
      why(false);
      document.querySelector("[data-focus]").focus();
    }
    if (!button) return;
    var marks = Array.from(button.closest("[data-cycle-group]").querySelectorAll("input[type=radio]"));
    if (asking()) {
      marks.find(function (mark) { return mark.value === "not_met"; }).checked = true;
      fill(button.form);
      return;
    }
    var now = marks.findIndex(function (mark) { return mark.checked; });
    var after = marks[now + 1];
    if (after) after.checked = true;
    else marks[now].checked = false;
  });
  start();
  prefetch();
})();
