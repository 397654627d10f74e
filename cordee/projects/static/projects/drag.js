/* A half-day is dragged to another of the same person; the site makes the move and says what it breaks. */
(() => {
  "use strict";
  const form = document.querySelector("[data-move]");
  if (!form) return;
  let held = null;
  document.querySelectorAll("[data-slot]").forEach((cell) => {
    if (cell.dataset.held) cell.draggable = true;
    cell.addEventListener("dragstart", (event) => {
      held = cell;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", cell.dataset.slot);
    });
    cell.addEventListener("dragover", (event) => {
      if (held && held !== cell && held.dataset.person === cell.dataset.person) event.preventDefault();
    });
    cell.addEventListener("drop", (event) => {
      if (!held || held === cell || held.dataset.person !== cell.dataset.person) return;
      event.preventDefault();
      form.elements.person.value = cell.dataset.person;
      form.elements.slot.value = held.dataset.slot;
      form.elements.to.value = cell.dataset.slot;
      form.requestSubmit();
    });
    cell.addEventListener("dragend", () => { held = null; });
  });
})();
