// The sign-in package says in the console only when a passkey was not read or the person turned away: say it on the page.
(function () {
  "use strict";
  var text = document.currentScript.dataset.text;
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    window.firsthire.say(text, "warning");
  });
})();
