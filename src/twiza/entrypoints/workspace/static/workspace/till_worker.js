// Keeps the till's own page for when there is no network. It is served from the till's address, so that it looks after
// nothing else, and it keeps nothing but what that page names. Sales are none of its business: the page keeps them.
"use strict";
const KEPT = `till:${self.registration.scope}`;
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

const isOwnPage = (url) => url.split(/[?#]/)[0] === self.registration.scope;

// The page itself is fetched anew; what lies under /static/ never changes under its name.
const keep = async (addresses) => {
  const kept = await caches.open(KEPT);
  for (const address of addresses) {
    if (!isOwnPage(address) && await kept.match(address)) continue;
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await kept.put(address, answer);
    else throw new Error(address);
  }
  const wanted = new Set(addresses);
  for (const request of await kept.keys()) if (!wanted.has(request.url)) await kept.delete(request);
};

self.addEventListener("message", (event) => {
  if (!event.data.keep) return;
  const told = (isKept) => event.source.postMessage({ isKept });
  event.waitUntil(keep(event.data.keep).then(() => told(true), () => told(false)));
});

// A line that is nearly dead is no better than none: after a moment the kept page is shown.
const page = async (request) => {
  const kept = await (await caches.open(KEPT)).match(self.registration.scope);
  const late = new Promise((resolve) => { if (kept) setTimeout(() => resolve(kept), PATIENCE_MS); });
  const fresh = fetch(request).catch(() => kept || Response.error());
  return Promise.race([fresh, late]);
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && isOwnPage(request.url)) event.respondWith(page(request));
  else if (request.mode !== "navigate" && new URL(request.url).origin === self.location.origin && !request.url.startsWith(self.registration.scope)) {
    event.respondWith(caches.open(KEPT).then((kept) => kept.match(request.url)).then((kept) => kept || fetch(request)));
  }
});
