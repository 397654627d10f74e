/* A card is dragged to another column: its own form is sent, the same that the keyboard sends. */
(() => {
  "use strict";
  const columns = document.querySelectorAll("[data-column]");
  let held = null;
  const way = (card, to) => {
    const from = card.closest("[data-column]").dataset.column;
    if (from === to) return null;
    const take = card.querySelector("form[data-take]");
    if (take) return to === "planned" ? () => take.requestSubmit() : null;
    const check = card.querySelector("a[data-check]");
    if (check) {
      if (to === "done") return () => check.click();
    }
    const move = card.querySelector("form[data-move]");
    if (!move) return null;
    const choice = move.elements.to;
    if (![...choice.options].some((option) => option.value === to)) return null;
    return () => { choice.value = to; move.requestSubmit(); };
  };
  document.querySelectorAll("[data-card]").forEach((card) => {
    if (!card.querySelector("form[data-take], form[data-move], a[data-check]")) return;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      held = card;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.dataset.card);
      columns.forEach((column) => column.toggleAttribute("data-open", way(card, column.dataset.column) !== null));
    });
    card.addEventListener("dragend", () => {
      held = null;
      columns.forEach((column) => column.removeAttribute("data-open"));
    });
  });
  columns.forEach((column) => {
    column.addEventListener("dragover", (event) => {
      if (held && way(held, column.dataset.column)) event.preventDefault();
    });
    column.addEventListener("drop", (event) => {
      const go = held && way(held, column.dataset.column);
      if (!go) return;
      event.preventDefault();
      go();
    });
  });
})();
