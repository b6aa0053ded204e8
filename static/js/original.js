// [data-original] (key O): the CV as text or as it was sent, in the same place. What was sent is fetched when it is asked
// for, never before, because looking at it is recorded; without scripts the link leads to a page of its own.
//   [data-original-card] > [data-original-text], [data-original-place data-text-lost]
(function () {
  "use strict";
  function turn(link, card, original) {
    var words = link.dataset.textOriginal || link.textContent;
    link.dataset.textOriginal = words;
    link.textContent = original ? link.dataset.textShown : words;
    card.querySelector("[data-original-text]").hidden = original;
    card.querySelector("[data-original-place]").hidden = !original;
  }
  function load(link, card) {
    var place = card.querySelector("[data-original-place]");
    link.setAttribute("aria-busy", "true");
    fetch(link.href, { headers: { "HX-Request": "true" }, cache: "no-store" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error("closed");
      return answer.text();
    }).then(function (html) {
      place.replaceChildren(document.adoptNode(new DOMParser().parseFromString(html, "text/html").body.firstElementChild));
      turn(link, card, true);
    }, function () {
      window.firsthire.say(place.dataset.textLost, "error");
    }).then(function () { link.removeAttribute("aria-busy"); });
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-original]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    if (link.hasAttribute("aria-busy")) return;
    var card = link.closest("[data-original-card]");
    var place = card.querySelector("[data-original-place]");
    if (place.hidden && !place.firstElementChild) load(link, card);
    else turn(link, card, place.hidden);
  });
})();
