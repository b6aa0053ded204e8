// A move without leaving the board: the form of a card is sent, then the columns it concerns are drawn anew where they
// stand. Nothing scrolls, what is ticked stays ticked, and the focus goes with the person who was moved. What asks a
// question or was too late answers with a page of its own, which is shown. Without scripts the form is sent as forms are.
//   window.firsthireBoard.refresh(stages, moved)   draws these columns (none: all) anew; a promise
(function () {
  "use strict";
  function board() { return document.querySelector("[data-board][data-column]"); }
  function page(text) { return new DOMParser().parseFromString(text, "text/html"); }
  function columns(root) { return Array.from(root.querySelectorAll("[data-stage]")); }
  function column(root, stage) { return root.querySelector('[data-stage="' + stage + '"]'); }
  function cards(list) { return list.querySelectorAll("[data-card]").length; }

  function show(text) {
    var found = page(text);
    document.getElementById("main").replaceWith(document.adoptNode(found.getElementById("main")));
    document.title = found.title;
    window.scrollTo(0, 0);
    window.htmx.process(document.getElementById("main"));
    document.dispatchEvent(new Event("htmx:load"));
    (document.querySelector("#main [autofocus]") || document.getElementById("main")).focus();
  }

  // -- one column, drawn anew

  var picked = []; // on the whole board: whoever goes to another column stays ticked there
  function ticked() {
    return Array.from(document.querySelectorAll(".fh-pick:checked")).map(function (box) { return box.value; });
  }
  function fill(list, nodes) {
    var top = list.scrollTop;
    list.replaceChildren.apply(list, nodes);
    list.scrollTop = top;
    list.querySelectorAll(".fh-pick").forEach(function (box) {
      box.hidden = !document.body.classList.contains("fh-selecting");
      box.checked = picked.indexOf(box.value) >= 0;
    });
    window.htmx.process(list);
  }
  function address(stage, many, moved) {
    var asked = new URLSearchParams(window.location.search);
    asked.set("stage", stage);
    asked.set("many", many);
    if (moved) asked.set("also", moved);
    return board().dataset.column + "?" + asked;
  }
  function redraw(stage, fresh, moved) {
    var here = column(document, stage);
    var there = column(fresh, stage);
    if (!here || !there) return Promise.resolve();
    here.querySelector("[data-head]").replaceWith(document.adoptNode(there.querySelector("[data-head]")));
    var list = here.querySelector("[data-cards]");
    var drawn = there.querySelector("[data-cards]");
    var enough = cards(list) <= cards(drawn) && (!moved || drawn.querySelector("#card-" + moved));
    if (enough) {
      fill(list, Array.from(drawn.childNodes));
      return Promise.resolve();
    }
    return fetch(address(stage, cards(list), moved)).then(function (answer) { return answer.text(); }).then(function (text) {
      fill(list, Array.from(page(text).body.childNodes));
    });
  }

  // -- the focus: on the same part of the same card, or on whoever took its place

  function part(element) {
    var card = element && element.closest && element.closest("[data-card]");
    if (!card) return null;
    var list = Array.from(card.parentNode.querySelectorAll("[data-card]"));
    return { id: card.id, pick: element.matches(".fh-pick"), stage: card.closest("[data-stage]").dataset.stage, at: list.indexOf(card) };
  }
  function focus(was) {
    if (!was) return;
    var card = document.getElementById(was.id);
    if (!card) {
      var list = column(document, was.stage).querySelectorAll("[data-card]");
      card = list[Math.min(was.at, list.length - 1)];
    }
    var target = card ? card.querySelector(was.pick ? ".fh-pick:not([hidden])" : "a") || card.querySelector("a") : board();
    if (target) target.focus({ preventScroll: false });
  }

  function refresh(stages, moved) {
    var was = part(document.activeElement);
    if (moved) was = { id: "card-" + moved, pick: false, stage: stages[0], at: 0 };
    return fetch(window.location.href).then(function (answer) { return answer.text(); }).then(function (text) {
      var fresh = page(text);
      if (!fresh.querySelector("[data-board]")) { window.location.reload(); return null; }
      board().dataset.version = fresh.querySelector("[data-board]").dataset.version;
      document.getElementById("messages").append.apply(
        document.getElementById("messages"), Array.from(fresh.getElementById("messages").children));
      picked = ticked();
      var all = stages.length ? stages : columns(document).map(function (each) { return each.dataset.stage; });
      return Promise.all(all.map(function (stage) { return redraw(stage, fresh, moved); })).then(function () {
        document.dispatchEvent(new Event("htmx:load"));
        focus(was);
        document.dispatchEvent(new Event("board:drawn"));
      });
    });
  }

  // -- sending

  function failed(form) {
    window.firsthire.rest(form);
    form.dispatchEvent(new Event("board:failed"));
    window.firsthire.say(document.body.dataset.textOffline, "error");
  }
  function send(form) {
    var card = form.closest("[data-card]");
    var data = new URLSearchParams(new FormData(form));
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    // The answer to a move that went through is a redirection; where to is known, so it is not followed.
    return fetch(form.action, { method: "POST", body: data, redirect: "manual" }).then(function (answer) {
      if (answer.type === "opaqueredirect") return refresh([data.get("expected"), data.get("to")], card.id.slice(5));
      if (answer.status === 409 || answer.status === 422) return answer.text().then(show);
      throw new Error(answer.status);
    }).catch(function () { failed(form); });
  }
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.matches("form[data-move]") || form.method !== "post" || !board() || form.dataset.sent) return;
    event.preventDefault();
    send(form);
  }, true); // on the way down: what marks a form as sent comes after
  // Whoever was shown ahead of their turn comes again further down: once is enough.
  document.addEventListener("htmx:afterSwap", function (event) {
    var list = event.target.closest && event.target.closest("[data-cards]");
    if (!list) return;
    var seen = {};
    Array.from(list.querySelectorAll("[data-card]")).forEach(function (card) {
      if (seen[card.id]) card.remove();
      seen[card.id] = true;
    });
  });
  window.firsthireBoard = { refresh: refresh };
})();
