// What a device keeps of a head count, so that its page opens without a network; and throwing it
// away.
//
// - One cache and one worker for each person and roll call. The worker looks after that head
//   count's page alone, and is gone with it.

const PREFIX = "heads:";
const LONGEST_MS = 12 * 3600 * 1000;

/** The cache of a person's head count; `scope` is the page's path. */
export function cacheOf(person, scope) {
  return `${PREFIX}${person}:${scope}`;
}

async function stale(name) {
  const [newest] = await (await caches.open(name)).matchAll();
  const at = Number(newest?.headers.get("x-kept-at") ?? Date.now());
  return Date.now() - (at || Date.now()) > LONGEST_MS;
}

/** Throw away every head count for which `which(person, scope)` says so, and what is old. */
export async function forget(which) {
  if (!window.caches || !navigator.serviceWorker) return;
  for (const name of await caches.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    const [person, ...scope] = name.slice(PREFIX.length).split(":");
    if (which(person, scope.join(":")) || (await stale(name))) await caches.delete(name);
  }
  for (const one of await navigator.serviceWorker.getRegistrations()) {
    const script = new URL((one.active || one.waiting || one.installing)?.scriptURL || location.href);
    if (!script.pathname.endsWith("/heads-worker.js")) continue;
    if (which(script.searchParams.get("person"), new URL(one.scope).pathname)) await one.unregister();
  }
}
