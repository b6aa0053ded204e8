// A form that keeps itself, and the interview kit.
//   form[data-keep-typing]   what is typed goes to the form's own address a second after the last letter (typing=1). While
//                       there is no connection it stays in this browser, for this member alone, and is sent as soon as
//                       it can be; a page that is opened again puts it back. Sending the form waits for that.
//   [data-kept-line]    says so: "Kept 14:03"
//   form[data-kit]      parts ([data-part=minutes]) one after the other: the bar and the arrows lead through them, 1 to 5
//                       and 0 choose a level of the one at hand, E goes to its note, Escape out of a field
//   [data-clock]        a quiet bar for the minutes of each part. It stops nothing and is told to nobody.
(function () {
  "use strict";
  var PREFIX = "fh-typed:", DAYS = 7, WAIT = 1000, LONGEST = 30000;

  function store(act) {
    try { return act(window.localStorage); } catch (refused) { return null; } // nothing may be kept: nothing is
  }
  function read(key) {
    return store(function (kept) { return JSON.parse(kept.getItem(key)); });
  }
  function sweep() {
    store(function (kept) {
      Object.keys(kept).filter(function (key) { return key.indexOf(PREFIX) === 0; }).forEach(function (key) {
        var there = read(key);
        if (!there || !(Date.now() - there.at < DAYS * 864e5)) kept.removeItem(key);
      });
    });
  }
  function ticks(field) { return field.type === "checkbox" || field.type === "radio"; }
  function fields(form) {
    return Array.from(form.elements).filter(function (field) {
      return field.name && !/^(hidden|submit|button)$/.test(field.type || "");
    });
  }
  function typed(form) {
    return fields(form).filter(function (field) { return ticks(field) ? field.checked : field.value; })
      .map(function (field) { return [field.name, field.value]; });
  }
  // `all`: as it was left. Else something newer is there, and only what is empty there is filled.
  function put(form, said, all) {
    fields(form).forEach(function (field) {
      var values = said.filter(function (pair) { return pair[0] === field.name; }).map(function (pair) { return pair[1]; });
      if (ticks(field)) {
        if (all) field.checked = values.indexOf(field.value) >= 0;
        else if (values.indexOf(field.value) >= 0 && !form.querySelector("[name='" + field.name + "']:checked")) field.checked = true;
      } else if (values.length && (all || !field.value)) field.value = values[0];
    });
  }

  function keepTyping(form) {
    var key = PREFIX + form.dataset.keepTyping + ":" + form.getAttribute("action");
    var line = form.querySelector("[data-kept-line]");
    var timer = 0, tries = 0, running = null, dirty = false, over = false;

    function say(text, bad) {
      if (!line) return;
      line.textContent = text;
      line.classList.toggle("fh-kept-not", !!bad);
    }
    function aside() {
      store(function (kept) {
        kept.setItem(key, JSON.stringify({ at: Date.now(), seen: form.elements.seen.value, said: typed(form) }));
      });
    }
    function forget() { store(function (kept) { kept.removeItem(key); }); }
    function later(wait) {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, wait);
    }
    function failed() {
      running = null;
      dirty = true;
      aside();
      tries += 1;
      say(document.body.dataset.textSaving, true);
      later(Math.min(WAIT * Math.pow(2, tries), LONGEST));
      return false;
    }
    function answered(response) {
      if (response.redirected || response.status >= 500 || response.status === 403 || response.status === 429) return failed();
      return response.json().then(function (answer) {
        running = null;
        tries = 0;
        if (!response.ok) {
          over = response.status === 409; // somebody was faster: sending the form shows both
          aside();
          say(answer.said, true);
          return over;
        }
        form.elements.seen.value = answer.seen;
        if (!dirty) forget();
        say(line.dataset.textKept.replace("{time}", answer.time));
        if (dirty) later(WAIT);
        return true;
      });
    }
    // True once the server has everything, or has said why it will not.
    function save() {
      window.clearTimeout(timer);
      if (over) return Promise.resolve(true);
      if (running) return running.then(function (well) { return dirty ? save() : well; });
      if (!dirty) return Promise.resolve(true);
      var data = new URLSearchParams(new FormData(form));
      data.set("typing", "1");
      dirty = false;
      running = fetch(form.action, { method: "POST", body: data, keepalive: true }).then(answered).catch(failed);
      return running;
    }
    form.addEventListener("input", function () {
      dirty = true;
      later(WAIT);
    });
    window.addEventListener("online", function () { if (dirty) save(); });
    document.addEventListener("visibilitychange", function () { if (document.hidden && dirty) save(); });
    window.addEventListener("pagehide", function () { if (dirty && !form.dataset.sent) aside(); });
    window.addEventListener("beforeunload", function (event) { if (tries && dirty && !form.dataset.sent) event.preventDefault(); });

    // Sent by hand: first what is on its way arrives, so that the two do not overtake each other.
    form.addEventListener("submit", function (event) {
      if (form.dataset.through || (!running && !tries)) {
        delete form.dataset.through;
        window.clearTimeout(timer);
        if (!tries) forget();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      var button = event.submitter;
      save().then(function (well) {
        if (!well) return window.firsthire.say(document.body.dataset.textOffline, "warning");
        form.dataset.through = "1";
        form.requestSubmit(button);
      });
    });

    var there = read(key);
    if (there && Array.isArray(there.said) && !form.querySelector(".is-invalid, .errorlist, .invalid-feedback")) {
      put(form, there.said, there.seen === form.elements.seen.value);
      say(line.dataset.textGone);
      dirty = true;
      later(WAIT);
    }
  }

  // -- the kit

  function kit(form) {
    var parts = Array.from(form.querySelectorAll("[data-part]"));
    var bar = form.querySelector("[data-kit-bar]"), where = form.querySelector("[data-kit-where]");
    var clock = form.querySelector("[data-clock]"), print = form.querySelector("[data-print]");
    var now = 0, seconds = parts.map(function () { return 0; });

    function keys(part, on) {
      part.querySelectorAll(".fh-levels:first-of-type input[type=radio]").forEach(function (level) {
        set(level, on && (level.value === "none" ? "0" : level.value), level.closest("label").textContent.trim());
      });
      var note = part.querySelector("textarea[name^='note_']");
      if (note) set(note, on && "e", form.querySelector("label[for='" + note.id + "']").textContent.trim());
    }
    function set(element, key, label) {
      if (!key) { delete element.dataset.key; return; }
      element.dataset.key = key;
      element.dataset.keyLabel = label;
    }
    function at(n) {
      parts.forEach(function (part, place) { keys(part, place === n); });
      parts[now].removeAttribute("data-now");
      now = n;
      parts[now].dataset.now = "";
      where.textContent = where.dataset.text.replace("{n}", n + 1).replace("{all}", parts.length);
      bar.querySelector("[data-kit-step='-1']").disabled = n === 0;
      bar.querySelector("[data-kit-step='1']").disabled = n === parts.length - 1;
    }
    bar.hidden = false;
    bar.addEventListener("click", function (event) {
      var step = event.target.closest("[data-kit-step]");
      if (!step) return;
      at(Math.max(0, Math.min(parts.length - 1, now + Number(step.dataset.kitStep))));
      parts[now].scrollIntoView({ block: "start" });
      parts[now].focus({ preventScroll: true });
    });
    form.addEventListener("focusin", function (event) {
      var part = parts.indexOf(event.target.closest("[data-part]"));
      if (part >= 0 && part !== now) at(part);
    });
    form.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.target.tagName !== "TEXTAREA") return;
      parts[now].focus({ preventScroll: true });
    });
    at(0);

    print.hidden = false;
    print.addEventListener("click", function () { window.print(); });
    clock.hidden = false;
    clock.addEventListener("click", function () {
      clock.hidden = true;
      form.querySelectorAll("[data-part-clock]").forEach(function (meter) { meter.hidden = false; });
      window.setInterval(function () {
        var meter = parts[now].querySelector("[data-part-clock]");
        seconds[now] += 1;
        if (!meter) return;
        var full = Number(parts[now].dataset.part) * 60;
        meter.value = Math.min(100, seconds[now] * 100 / full);
        meter.classList.toggle("fh-meter-warn", seconds[now] >= full);
      }, 1000);
    });
    var wrong = form.querySelector(".invalid-feedback, .errorlist");
    if (wrong && wrong.closest("[data-part]")) {
      at(parts.indexOf(wrong.closest("[data-part]")));
      parts[now].scrollIntoView({ block: "start" });
    }
  }

  sweep();
  document.querySelectorAll("form[data-keep-typing]").forEach(keepTyping);
  document.querySelectorAll("form[data-kit]").forEach(kit);
})();
