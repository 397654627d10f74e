/* Contacts noted at a fair: kept on the device until the site has them. Each has a key made here, so that a contact
   that is sent twice is counted once. The page works without this script too, as long as there is a network. */
(() => {
  "use strict";
  const form = document.querySelector("[data-fair]");
  if (!form) return;
  const { project, receive, worker, scope, shell } = form.dataset;
  const PREFIX = `cordee-lead-${project}-`;
  const box = document.querySelector("[data-waiting]");
  const counts = document.querySelectorAll("[data-count]");
  const say = (name) => document.querySelectorAll("[data-say]").forEach((line) => { line.hidden = line.dataset.say !== name; });

  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const keys = () => Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  const show = () => {
    const waiting = keys().length;
    counts.forEach((place) => { place.textContent = String(waiting); });
    box.hidden = waiting === 0;
  };

  // One entry a contact: two tabs of one phone never write over each other.
  form.addEventListener("submit", (event) => {
    const data = new FormData(form);
    const words = Object.fromEntries(["name", "reach", "company", "note", "heat"].map((name) => [name, data.get(name) || ""]));
    if (!`${words.name}${words.reach}${words.company}`.trim()) return; // the site says what is missing
    event.preventDefault();
    const key = newKey();
    const lead = { ...words, key, about: data.getAll("about"), shared: data.get("shared") !== null, noted_at: new Date().toISOString() };
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(lead));
    } catch {
      say("full");
      return;
    }
    form.reset();
    form.elements.name.focus();
    say("noted");
    show();
    send();
  });

  let sending = false;
  const send = async () => {
    const names = keys().slice(0, 50);
    if (sending || !names.length || !navigator.onLine) return;
    sending = true;
    try {
      const proof = document.cookie.split("; ").find((pair) => pair.startsWith("cordee_csrf="))?.slice(12) || "";
      const body = new URLSearchParams({ voix: form.elements.voix.value, leads: `[${names.map((name) => localStorage.getItem(name)).join(",")}]` });
      const answer = await fetch(receive, { method: "POST", body, headers: { "X-CSRFToken": proof }, redirect: "manual" });
      if (answer.ok) {
        (await answer.json()).kept.forEach((key) => localStorage.removeItem(PREFIX + key));
        if (keys().length === 0) say("sent");
      } else {
        say("door"); // signed out meanwhile: everything stays here
      }
    } catch {
      say("cut");
    } finally {
      sending = false;
      show();
    }
  };

  document.querySelector("[data-send]").addEventListener("click", send);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  setInterval(send, 20000);
  show();
  send();

  // From now on this page opens without network: itself, and what it is made of.
  if (!("serviceWorker" in navigator)) return;
  const parts = () => [
    ...Array.from(document.querySelectorAll("link[rel=stylesheet], link[rel=icon], link[rel=preload]"), (link) => link.href),
    ...Array.from(document.querySelectorAll("script[src]"), (script) => script.src),
    ...shell.split(" ").filter(Boolean),
    location.href.split("#")[0],
  ];
  const ready = async () => {
    await navigator.serviceWorker.register(worker, { scope });
    const cache = await caches.open("cordee-fair");
    await Promise.all(parts().map((address) => cache.add(address).catch(() => {})));
    document.querySelector("[data-ready]").hidden = false;
  };
  if (navigator.onLine) ready().catch(() => {});
})();
