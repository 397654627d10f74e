/* The page where contacts are noted opens without network: fresh when there is one, else as it was last seen. */
"use strict";
const NAME = "cordee-fair";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith((async () => {
    const cache = await caches.open(NAME);
    try {
      const answer = await fetch(request);
      if (request.mode === "navigate") {
        // Signed out, or no longer in the project: what was kept is not shown any more.
        if (answer.ok && !answer.redirected && answer.type === "basic") await cache.put(request, answer.clone());
        else if (answer.status === 404 || answer.type === "opaqueredirect" || answer.redirected) await cache.delete(request);
      }
      return answer;
    } catch (cut) {
      const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate", ignoreVary: true });
      if (kept) return kept;
      throw cut;
    }
  })());
});
