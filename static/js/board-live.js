// Somebody else moved somebody: the board asks every 20 seconds whether anything happened, while it is looked at. What
// happened is said, and shown on demand, so that nothing jumps under a finger. After an error it waits longer each time.
(function () {
  "use strict";
  var EVERY = 20000;
  var LONGEST = 300000;
  var wait = EVERY;
  var timer = 0;
  var told = 0;

  function board() { return document.querySelector("[data-board][data-news]"); }
  function place() { return document.getElementById("board-news"); }
  function later() {
    window.clearTimeout(timer);
    if (board() && !document.hidden) timer = window.setTimeout(ask, wait);
  }
  function show(news) {
    place().replaceChildren();
    window.firsthireBoard.refresh(news.stages);
  }
  function tell(news) {
    if (news.newest === told) return;
    told = news.newest;
    var line = document.createElement("p");
    var button = document.createElement("button");
    line.className = "fh-strip fh-cluster";
    button.type = "button";
    button.className = "btn btn-sm btn-outline-secondary";
    button.textContent = board().dataset.textShow;
    button.addEventListener("click", function () { show(news); });
    line.append(news.said + " ", button);
    place().replaceChildren(line);
  }
  function ask() {
    if (!board()) return;
    fetch(board().dataset.news + "?since=" + board().dataset.version, { redirect: "error" }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      wait = EVERY;
      return answer.status === 204 ? null : answer.json().then(tell);
    }).catch(function () { wait = Math.min(wait * 2, LONGEST); }).then(later);
  }
  document.addEventListener("visibilitychange", function () {
    window.clearTimeout(timer);
    if (!document.hidden && board()) ask();
  });
  document.addEventListener("board:drawn", function () { if (place()) place().replaceChildren(); });
  window.firsthireNews = ask;
  later();
})();
