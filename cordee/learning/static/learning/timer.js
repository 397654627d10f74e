// Counts a step down on the page. Without this file the page says the minutes left and the hour of the end.
// The server's clock counts: the page says what time it was there, so a phone that is wrong still counts right.
"use strict";
(() => {
  const timer = document.querySelector("[role=timer][data-until]");
  if (!timer) return;
  const shown = timer.querySelector("b");
  const ahead = Date.now() - Date.parse(timer.dataset.now);
  const until = Date.parse(timer.dataset.until);
  const tick = () => {
    const left = Math.ceil((until - (Date.now() - ahead)) / 1000);
    shown.textContent = left > 0
      ? `${timer.dataset.left} ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
      : timer.dataset.over;
    if (left > 0) setTimeout(tick, 1000);
  };
  if (!Number.isNaN(ahead) && !Number.isNaN(until)) tick();
})();
