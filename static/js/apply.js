// The application form. What is typed stays in this browser until it is sent: the words of one job, never a file and
// never a box that agrees to something. Seven days later, or with [Forget it], it is gone. Two tabs: the later one is
// kept, and what the other has sent takes nothing away from it.
(function () {
  "use strict";
  var PREFIX = "fh-apply:", DAYS = 7;
  var form = document.querySelector("form[data-keep]");
  var sent = document.querySelector("[data-kept-sent]");

  // Somebody may have forbidden their browser to keep anything: then nothing is kept, and nothing is said about it.
  function usable(store) {
    try { store.setItem(PREFIX + "-", "1"); store.removeItem(PREFIX + "-"); return true; } catch (refused) { return false; }
  }
  function able() {
    try { return usable(window.localStorage) && usable(window.sessionStorage); } catch (refused) { return false; }
  }
  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch (broken) { return null; }
  }
  function sweep() {
    Object.keys(localStorage).filter(function (key) { return key.indexOf(PREFIX) === 0; }).forEach(function (key) {
      var kept = read(key);
      if (!kept || !(Date.now() - kept.at < DAYS * 864e5)) localStorage.removeItem(key);
    });
  }

  // -- thanks: what this tab has sent is forgotten; another tab's words are its own

  function forgetSent(key) {
    var kept = read(key), mine = sessionStorage.getItem(key);
    if (kept && (!mine || kept.form === mine)) localStorage.removeItem(key);
    sessionStorage.removeItem(key);
  }

  // -- the form

  function wanted(field) {
    return field.name && !field.disabled && !/^(hidden|file|password|submit|button)$/.test(field.type || "") &&
      !field.closest("[data-never-kept]");
  }
  function fields() { return Array.from(form.elements).filter(wanted); }
  function ticks(field) { return field.type === "checkbox" || field.type === "radio"; }

  function typed() {
    var said = {};
    fields().forEach(function (field) {
      if (ticks(field) ? field.checked : field.value) (said[field.name] = said[field.name] || []).push(field.value);
    });
    return said;
  }
  function put(said) {
    fields().forEach(function (field) {
      var values = said[field.name];
      if (!Array.isArray(values)) return;
      if (ticks(field)) field.checked = values.indexOf(field.value) >= 0;
      else if (!field.value) field.value = values[0];
    });
  }

  function keep() {
    var key = PREFIX + form.dataset.keep, own = form.elements.key.value;
    var line = form.querySelector("[data-kept]"), gone = form.querySelector("[data-kept-gone]"), waiting;

    function stopped() { return sessionStorage.getItem(key + ":not") === "1"; }
    function save() {
      clearTimeout(waiting);
      waiting = null;
      if (!stopped()) localStorage.setItem(key, JSON.stringify({ at: Date.now(), form: own, said: typed() }));
    }
    var there = read(key);
    if (there && there.said && !form.dataset.again) put(there.said);
    form.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(save, 300); });
    form.addEventListener("submit", function () { if (waiting) save(); sessionStorage.setItem(key, own); });
    window.addEventListener("pagehide", function () { if (waiting) save(); });
    form.querySelector("[data-forget]").addEventListener("click", function () {
      clearTimeout(waiting);
      waiting = null;
      localStorage.removeItem(key);
      sessionStorage.setItem(key + ":not", "1"); // as long as this tab lives
      line.hidden = true;
      gone.hidden = false;
      gone.focus();
    });
    (stopped() ? gone : line).hidden = false;
  }

  if (able()) {
    sweep();
    if (sent) forgetSent(PREFIX + sent.dataset.keptSent);
    if (form) keep();
  }

  // Brings people to what the page asks.
  var left = document.getElementById("left-out");
  var wrong = document.querySelector("[data-apply] .is-invalid, [data-apply] [aria-invalid='true']");
  if (left) left.focus();
  else if (wrong) wrong.focus();
})();
