/* Small helps; every page works without them. */
(() => {
  "use strict";

  // The summary of errors takes the focus, so that it is read first.
  const focusSummary = (root) => {
    const summary = root.querySelector?.("[data-focus]");
    if (summary) summary.focus();
  };
  document.addEventListener("DOMContentLoaded", () => focusSummary(document));
  document.addEventListener("htmx:load", (event) => focusSummary(event.detail.elt));

  // Fragments are asked for with the same proof of origin as forms.
  const cookie = (name) => document.cookie.split("; ").find((pair) => pair.startsWith(name + "="))?.slice(name.length + 1);
  document.addEventListener("htmx:configRequest", (event) => {
    const proof = cookie("cordee_csrf");
    if (proof && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = proof;
  });

  // The line is cut, or the server failed: say so, keep everything, offer to try again.
  let last = null;
  const sayCut = (event) => {
    const notes = document.getElementById("notes");
    const words = document.getElementById("cut");
    if (!notes || !words) return;
    last = event.detail.elt;
    notes.replaceChildren(words.content.cloneNode(true));
    notes.scrollIntoView({ block: "center" });
  };
  document.addEventListener("htmx:sendError", sayCut);
  document.addEventListener("htmx:timeout", sayCut);
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) sayCut(event);
    else document.getElementById("notes")?.scrollIntoView({ block: "center" });
  });
  document.addEventListener("click", (event) => {
    const again = event.target.closest("[data-again]");
    if (again && last) {
      document.getElementById("notes").replaceChildren();
      const form = last.closest("form");
      if (form && last !== form && last.type !== "submit") last.click();
      else if (form) form.requestSubmit(last === form ? undefined : last);
      else last.click();
    }
    // « Plus » closes when one of its links is followed.
    if (event.target.closest(".cd-more a")) document.getElementById("plus")?.hidePopover?.();
  });

  // « / » leads to the search, unless one is writing.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const field = document.getElementById("q") || document.querySelector("[data-everywhere]");
    if (!field || !field.offsetParent) return;
    event.preventDefault();
    field.focus();
  });

  // A passkey that did not answer: allauth says it by an event, we say it in words.
  document.addEventListener("allauth.error", (event) => {
    const words = document.getElementById("passkey-failed");
    if (!words) return;
    event.preventDefault();
    words.hidden = false;
    words.focus();
  });

  // Controls that need this script appear only with it.
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-script]").forEach((control) => { control.hidden = false; });
    document.querySelectorAll("[data-print]").forEach((control) => control.addEventListener("click", () => window.print()));
  });
})();
