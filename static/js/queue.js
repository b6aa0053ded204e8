// Reading CVs by key. [data-cycle] goes to the next mark of its [data-cycle-group]; the heading takes the focus, so that
// a screen reader announces who is read now. T, L, N and U are ordinary data-key buttons.
//   form[data-next]   the decision. The page at data-next is fetched while this one is read and shown at once; what the
//                     server answers to the decision is the truth and replaces it where the two differ.
//   [data-tabs] > a[data-tab]   on a phone one part at a time; without scripts they lead to the parts below each other.
(function () {
  "use strict";
  var next = null;

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
    document.dispatchEvent(new Event("htmx:load"));
    start();
  }
  function prefetch() {
    var address = form() && form().dataset.next;
    if (!address) return;
    fetch(address).then(html).then(function (found) {
      if (form() && form().dataset.next === address && found.querySelector("form[data-next]")) next = found;
    }, function () { /* then the next page is loaded as pages are */ });
  }
  function answered(found, address) {
    var truth = found.querySelector("form[data-next]");
    if (truth && form() && truth.getAttribute("action") === form().getAttribute("action")) {
      document.getElementById("messages").replaceChildren.apply(
        document.getElementById("messages"), Array.from(found.getElementById("messages").childNodes));
      document.dispatchEvent(new Event("htmx:load"));
    } else {
      history.replaceState(null, "", address);
      show(found.getElementById("main"), found.title, found.body.className);
    }
    prefetch();
  }

  document.addEventListener("submit", function (event) {
    var sent = event.target;
    var button = event.submitter;
    if (!next || sent !== form() || !button || button.value === "no") return;
    event.preventDefault();
    event.stopPropagation();
    var data = new URLSearchParams(new FormData(sent));
    var before = [document.getElementById("main"), document.title, document.body.className];
    var ready = next;
    data.set(button.name, button.value);
    next = null;
    show(ready.getElementById("main"), ready.title, ready.body.className);
    fetch(sent.action, { method: "POST", body: data, keepalive: true }).then(function (response) {
      return html(response).then(function (found) { answered(found, response.url); });
    }).catch(function () {
      show.apply(null, before);
      window.firsthire.say(document.body.dataset.textOffline, "error");
      prefetch();
    });
  }, true);
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-cycle]");
    var tab = event.target.closest("[data-tab]");
    if (tab) {
      event.preventDefault();
      turn(tab.closest("[data-tabs]"), tab.dataset.tab);
    }
    if (!button) return;
    var marks = Array.from(button.closest("[data-cycle-group]").querySelectorAll("input[type=radio]"));
    var now = marks.findIndex(function (mark) { return mark.checked; });
    var after = marks[now + 1];
    if (after) after.checked = true;
    else marks[now].checked = false;
  });
  start();
  prefetch();
})();
