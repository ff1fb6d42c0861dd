// A head count without a network: this worker keeps the page its warden has opened and what the
// page is made of, shows it while no answer comes, and knows nothing else.
//
// - It looks after one roll call's head count of one person. Every other page passes it by.
// - Only what the house itself marks to be kept is kept. What the house says is over, or not
//   theirs any more, is thrown away at once, and the worker with it.
// - The newest comes first: what is kept is shown only while the network does not answer.

const scope = new URL(self.registration.scope).pathname;
const person = new URL(self.location.href).searchParams.get("person");
const NAME = `heads:${person}:${scope}`;
const PATIENCE_MS = 6000;
const LONGEST_MS = 12 * 3600 * 1000;
const FILES = /\/board\/static\/[0-9a-f]+\/[a-z.-]+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function end() {
  await caches.delete(NAME);
  await self.registration.unregister();
}

async function keep(address, response) {
  const headers = new Headers(response.headers);
  headers.set("x-kept-at", String(Date.now()));
  const copy = new Response(await response.blob(), { status: 200, headers });
  const cache = await caches.open(NAME);
  await cache.put(address, copy);
}

async function kept(address) {
  if (!(await caches.has(NAME))) return undefined;
  const cache = await caches.open(NAME);
  // Another list of the same head count says itself of which site it is.
  const found = (await cache.match(address)) || (await cache.match(address, { ignoreSearch: true }));
  if (!found) return undefined;
  if (Date.now() - Number(found.headers.get("x-kept-at")) <= LONGEST_MS) return found;
  await end();
  return undefined;
}

async function newest(request, address) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    // Without following: whatever stands between us and the house is not to be kept.
    const response = await fetch(address, {
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
      signal: patience.signal,
    });
    const word = response.headers.get("x-heads");
    if (word === `keep ${person}` && response.ok) await keep(address, response.clone());
    else if (word) await end();
    else return (await kept(address)) || response;
    return response;
  } catch {
    return (await kept(address)) || (await fetch(request));
  } finally {
    clearTimeout(timer);
  }
}

async function file(request) {
  const found = await caches.match(request.url, { cacheName: NAME, ignoreVary: true });
  return found || fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  url.hash = "";
  if (url.pathname === scope) event.respondWith(newest(request, url.href));
  else if (FILES.test(url.pathname)) event.respondWith(file(request));
});
