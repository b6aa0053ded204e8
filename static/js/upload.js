// form[data-upload="Sending"]: while chosen files travel, a bar with the percentage stands below the form, and a button
// to stop. Without this script, or without a file, the form is sent as any other; the answer is the same page either way.
(function () {
  "use strict";
  var body = document.body;

  function percent(part) {
    return new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(part);
  }
  function hasFile(form) {
    return Array.from(form.querySelectorAll("input[type='file']")).some(function (input) { return input.files.length; });
  }
  function part(name, className) {
    var element = document.createElement(name);
    element.className = className;
    return element;
  }

  // The bar moves with every piece; what is read aloud changes at every quarter only.
  function panel(form, stop) {
    var whole = part("div", "fh-gap-before fh-stack-small");
    var said = part("p", "visually-hidden");
    var line = part("p", "fh-quiet");
    var bar = part("progress", "fh-meter");
    var button = part("button", "btn btn-outline-secondary btn-sm");
    var quarter = -1;
    whole.dataset.uploadLine = "";
    said.setAttribute("role", "status");
    line.setAttribute("aria-hidden", "true");
    bar.max = 1;
    bar.setAttribute("aria-label", form.dataset.upload);
    button.type = "button";
    button.dataset.stop = "";
    button.textContent = body.dataset.textStop;
    button.addEventListener("click", stop);
    whole.append(said, line, bar, button);
    form.append(whole);
    return {
      show: function (share) {
        var now = share < 1 ? form.dataset.upload + " · " + percent(share) : body.dataset.textArrived;
        bar.value = share;
        line.textContent = now;
        button.hidden = share >= 1; // too late to stop: the other side has it all
        if (Math.floor(share * 4) > quarter) {
          quarter = Math.floor(share * 4);
          said.textContent = now;
        }
      },
    };
  }

  function send(form, submitter) {
    var request = new XMLHttpRequest();
    var data = new FormData(form);
    var shown = panel(form, function () { request.abort(); });
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    form.dataset.uploading = "1";
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) shown.show(event.loaded / event.total);
    });
    request.upload.addEventListener("load", function () { shown.show(1); });
    request.addEventListener("load", function () { arrived(request); });
    request.addEventListener("error", function () { over(form, body.dataset.textOffline, "error"); });
    request.addEventListener("abort", function () { over(form, body.dataset.textStopped, "info"); });
    request.open("POST", (submitter && submitter.getAttribute("formaction")) || form.action);
    request.setRequestHeader("X-Upload", "1");
    shown.show(0);
    request.send(data);
  }
  function over(form, text, level) {
    window.firsthire.rest(form);
    window.firsthire.say(text, level);
  }

  // A redirect comes as an address (vault.uploads.say_where), because a script may not see a real one before it is
  // followed; any other answer is the page itself: the same form with its refusals, or one of our error pages.
  function arrived(request) {
    var there = request.getResponseHeader("HX-Redirect");
    if (there) return window.location.assign(there);
    window.history.replaceState(null, "", request.responseURL);
    var page = new DOMParser().parseFromString(request.responseText, "text/html");
    var main = document.importNode(page.querySelector("main"), true);
    document.title = page.title;
    document.querySelector("main").replaceWith(main);
    if (window.htmx) window.htmx.process(main);
    document.dispatchEvent(new Event("htmx:load"));
    var first = main.querySelector("[aria-invalid=true], [role=alert], h1");
    if (!first.matches("input, select, textarea")) first.tabIndex = -1;
    first.focus();
  }

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form[data-upload]");
    if (event.defaultPrevented || !form || !hasFile(form)) return;
    event.preventDefault();
    send(form, event.submitter);
  });
})();
