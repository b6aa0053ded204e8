// Keys. An element with data-key="t" is pressed by T (a field is focused); ? lists the keys of the page with what they do
// (data-key-label, else the element's own words). One box in that list turns all single keys off, for people who dictate.
(function () {
  "use strict";
  var dialog = document.getElementById("keys");

  function off() {
    try { return localStorage.getItem("keys") === "off"; } catch (error) { return false; }
  }
  function shown(element) { return element.getClientRects().length > 0 && !element.disabled; }
  // One element for each key: what the page itself has comes before what stands on every page.
  function elements() {
    var found = Array.from(document.querySelectorAll("main [data-key], [data-key]")).filter(shown);
    var inside = function (element) { return element.closest("main") ? 0 : 1; };
    found.sort(function (one, other) { return inside(one) - inside(other); });
    return found.filter(function (element, place) {
      return found.findIndex(function (other) { return other.dataset.key === element.dataset.key; }) === place;
    });
  }
  function typing(target) {
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit)$/.test(target.type));
  }
  // The letter itself, or, on a keyboard of another script, the place where the letter would be.
  function pressed(event, key) {
    if (event.key.toLowerCase() === key) return true;
    return /[^\u0000-\u024f]/.test(event.key) && event.code === "Key" + key.toUpperCase();
  }
  function press(element) {
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && !/^(checkbox|radio)$/.test(element.type)) element.focus();
    else element.click();
  }
  function label(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    var copy = element.cloneNode(true);
    copy.querySelectorAll("kbd, .fh-keyhint").forEach(function (hint) { hint.remove(); });
    return element.getAttribute("aria-label") || copy.textContent.trim() || element.placeholder || "";
  }
  function list() {
    var rows = dialog.querySelector("[data-keys]");
    rows.textContent = "";
    elements().forEach(function (element) {
      var key = document.createElement("dt");
      var what = document.createElement("dd");
      var cap = document.createElement("kbd");
      cap.textContent = element.dataset.keyCap || element.dataset.key.toUpperCase();
      key.append(cap);
      what.textContent = label(element);
      rows.append(key, what);
    });
    dialog.querySelector("[data-keys-on]").checked = !off();
    dialog.querySelector("[data-keys-none]").hidden = rows.children.length > 0;
    dialog.showModal();
  }
  dialog.querySelector("[data-keys-on]").addEventListener("change", function (event) {
    try { localStorage.setItem("keys", event.target.checked ? "on" : "off"); } catch (error) { /* private window */ }
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
    if (event.defaultPrevented || typing(event.target)) return;
    if (event.key === "?") { event.preventDefault(); list(); return; }
    if (off() || (/^Arrow/.test(event.key) && event.target.type === "radio")) return;
    var found = elements().find(function (element) { return pressed(event, element.dataset.key.toLowerCase()); });
    if (!found) return;
    event.preventDefault();
    press(found);
  });
  document.querySelectorAll("[data-keys-show]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", list);
  });
})();
