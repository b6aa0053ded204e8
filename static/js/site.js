// What every page has. Each part hangs on a data- attribute and each page works without it.
(function () {
  "use strict";
  var body = document.body;

  function on(type, selector, act) {
    document.addEventListener(type, function (event) {
      var element = event.target.closest && event.target.closest(selector);
      if (element) act(element, event);
    });
  }

  // data-theme-toggle: light or dark
  document.querySelectorAll("[data-theme-toggle]").forEach(function (button) { button.hidden = false; });
  on("click", "[data-theme-toggle]", function () { window.firsthireTheme(); });

  // data-menu: a <details> that closes on Escape and on a click outside
  function closeMenus(except) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (menu !== except) menu.open = false;
    });
  }
  document.addEventListener("click", function (event) { closeMenus(event.target.closest("details[data-menu]")); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var open = document.querySelector("details[data-menu][open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });

  // every form that changes something is sent once, however often its button is pressed, and the button says so.
  // Ticks have their own way (tick.js): they stay ticked and try again by themselves.
  on("submit", "form[method='post']:not([data-tick])", function (form, event) {
    if (event.defaultPrevented) return;
    if (event.submitter && event.submitter.formTarget === "_blank") return;  // this page stays, and goes on
    wake(form, event.submitter);
    // Nothing came back: the button works again, and the server still takes only one.
    window.setTimeout(function () { if (!form.dataset.uploading) rest(form); }, 8000);
  });
  function wake(form, button) {
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    if (button) button.dataset.busy = "";
  }
  function rest(form) {
    delete form.dataset.sent;
    delete form.dataset.uploading;
    form.removeAttribute("aria-busy");
    form.querySelectorAll("[data-upload-line]").forEach(function (line) { line.remove(); });
    form.querySelectorAll("[data-busy]").forEach(function (button) { delete button.dataset.busy; });
  }
  window.addEventListener("pageshow", function () { document.querySelectorAll("form[data-sent]").forEach(rest); });
  // On the way down, so that nobody below hears of the second press: htmx would keep it and send it afterwards.
  document.addEventListener("submit", function (event) {
    if (!event.target.dataset.sent) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  // A form that htmx sends: the same, until the answer is there.
  function isPressed(event) {
    var cause = event.detail.requestConfig && event.detail.requestConfig.triggeringEvent;
    return event.target.matches("form[data-once]") && cause && cause.type === "submit" ? cause : null;
  }
  document.addEventListener("htmx:beforeRequest", function (event) {
    var cause = isPressed(event);
    if (cause) wake(event.target, cause.submitter);
  });
  document.addEventListener("htmx:afterRequest", function (event) { if (isPressed(event)) rest(event.target); });

  // toasts: a button to close them; the quiet ones leave by themselves
  function dress(toast) {
    if (toast.dataset.dressed) return;
    toast.dataset.dressed = "1";
    var close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close fh-toast-close";
    close.setAttribute("aria-label", body.dataset.textClose);
    close.addEventListener("click", function () { toast.remove(); });
    toast.append(close);
    var stays = toast.querySelector("form, a") || /error|warning/.test(toast.dataset.toast);
    if (!stays) leave(toast);
  }
  function leave(toast) {
    window.setTimeout(function () {
      if (toast.matches(":hover") || toast.contains(document.activeElement)) leave(toast);
      else toast.remove();
    }, 9000);
  }
  function dressAll() { document.querySelectorAll("[data-toast]").forEach(dress); }
  dressAll();
  document.addEventListener("htmx:load", dressAll);

  function say(text, level) {
    var place = document.getElementById("messages");
    var toast = document.createElement("div");
    var line = document.createElement("p");
    toast.className = "fh-toast fh-toast-" + level;
    toast.dataset.toast = level;
    line.className = "fh-toast-text";
    line.textContent = text;
    toast.append(line);
    place.append(toast);
    dress(toast);
    return toast;
  }
  window.firsthire = { say: say, rest: rest };

  // the thin line on top while something is on its way
  var progress = document.getElementById("progress");
  var running = 0;
  function busy(step) {
    running = Math.max(0, running + step);
    progress.classList.toggle("is-busy", running > 0);
  }
  document.addEventListener("htmx:beforeRequest", function () { busy(1); });
  document.addEventListener("htmx:afterRequest", function () { busy(-1); });
  document.addEventListener("submit", function (event) {
    if (event.defaultPrevented || event.target.closest("[data-tick]")) return;
    busy(1);
    window.setTimeout(function () { busy(-1); }, 10000); // an answer that is a download leaves the page standing
  });
  on("click", "a[href]", function (link, event) {
    var elsewhere = link.target || link.hasAttribute("download") || link.origin !== window.location.origin;
    var beside = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    var here = link.hash && link.pathname === window.location.pathname && link.search === window.location.search;
    if (event.defaultPrevented || elsewhere || beside || here) return;
    busy(1);
    window.setTimeout(function () { busy(-1); }, 10000);
  });
  window.addEventListener("pageshow", function () { busy(-running); });

  // an answer that could not be shown: say so instead of nothing. Our own error answers are one sentence of plain text.
  function sentence(answer) {
    var plain = /^text\/plain/.test(answer.getResponseHeader("Content-Type") || "");
    return plain && answer.responseText.length < 300 ? answer.responseText : body.dataset.textFailed;
  }
  document.addEventListener("htmx:responseError", function (event) { say(sentence(event.detail.xhr), "error"); });
  document.addEventListener("htmx:sendError", function (event) {
    if (!event.target.closest("form[data-tick]")) say(body.dataset.textOffline, "error");
  });

  // data-print: print this page
  document.querySelectorAll("[data-print]").forEach(function (button) { button.hidden = false; });
  on("click", "[data-print]", function () { window.print(); });

  // data-copy="text" or data-copy="#id": copy, and say so on the button
  on("click", "[data-copy]", function (button) {
    var what = button.dataset.copy;
    var source = what.charAt(0) === "#" ? document.querySelector(what) : null;
    var text = source ? source.value || source.textContent.trim() : what;
    navigator.clipboard.writeText(text).then(function () { say(body.dataset.textCopied, "success"); }, function () {
      if (source && source.select) source.select();
    });
  });
})();
