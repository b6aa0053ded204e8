// form[data-sample]: what is typed is remembered by this browser until it is sent, and put back after an accident. What is
// kept with us (a newer revision) goes before it.
(function () {
  "use strict";
  var form = document.querySelector("form[data-sample]");
  var sent = document.querySelector("[data-sample-sent]");
  var name = "fh-sample-" + (form ? form.dataset.sample : sent ? sent.dataset.sampleSent : "");

  function areas() {
    return Array.from(form.querySelectorAll("textarea"));
  }
  function remember() {
    var values = areas().map(function (area) { return area.value; });
    try {
      localStorage.setItem(name, JSON.stringify({ revision: form.dataset.revision, values: values }));
    } catch (error) { /* a browser that keeps nothing: the button Keep does */ }
  }
  function putBack() {
    var found = null;
    try {
      found = JSON.parse(localStorage.getItem(name));
    } catch (error) { /* as above */ }
    if (!found || found.revision !== form.dataset.revision) return;
    var changed = areas().filter(function (area, n) {
      if (!found.values[n] || area.value === found.values[n]) return false;
      area.value = found.values[n];
      return true;
    });
    if (changed.length) window.firsthire.say(form.dataset.textBack, "info");
  }

  try {
    if (sent) localStorage.removeItem(name);
  } catch (error) { /* nothing was remembered either */ }
  if (!form) return;
  if (!form.querySelector(".alert-warning")) putBack();
  form.addEventListener("input", remember);
})();
