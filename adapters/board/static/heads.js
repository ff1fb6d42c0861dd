// The head count's script: a tick shows at once, is kept while there is no connection, and is sent
// when it is back, under an id of its own: sent twice, it counts once.
//
// - A second tap takes the tick off again; what was ticked by mistake is somebody not seen.
// - Everybody is counted once: seen, or else by their own answer.
// - Only the house's own answer ends a tick's waiting. A hotel's login page also says "200 OK".
// - The list is looked up again by itself, so that several wardens see each other's ticks; a line
//   with a tick of one's own still waiting stays as it is.
// - The page is kept on this device while the roll call runs, and opens without a network.

import { cacheOf, forget } from "./kept.js";

const heads = document.querySelector(".heads");
const act = document.getElementById("act");
const notice = document.getElementById("notice");
const unsent = document.getElementById("unsent");
const connection = document.getElementById("connection");
const visitor = document.getElementById("visitor");
const old = document.getElementById("old");
const words = document.body.dataset;
const { person, scope, worker } = heads.dataset;
const STORE = `heads-${heads.dataset.keyOf}`;
const KEPT = cacheOf(person, scope);
const AGAIN_MS = 4000;
const PATIENCE_MS = 15_000;
const LOOK_MS = 20_000;
const OLD_MS = 60_000;

let waiting = load();
let sending = false;
let timer;
let listed = Date.now();

function load() {
  try {
    return JSON.parse(localStorage.getItem(STORE) || "[]");
  } catch {
    return [];
  }
}

function keep() {
  try {
    if (waiting.length) localStorage.setItem(STORE, JSON.stringify(waiting));
    else localStorage.removeItem(STORE);
  } catch {
    // Without a place to keep them they are still sent while the page is open.
  }
  unsent.hidden = !waiting.length;
  unsent.querySelector("b").textContent = waiting.length;
  for (const button of heads.querySelectorAll(".tick")) {
    button.classList.toggle("kept", waits(button));
  }
}

function newId() {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const chance = crypto.getRandomValues(new Uint8Array(20));
  return [...chance].map((byte) => letters[byte % letters.length]).join("");
}

/** Whose line a button is on: ticks and their taking back differ in the last word alone. */
function line(value) {
  return value.slice(0, value.lastIndexOf(":"));
}

function waits(button) {
  return waiting.some((tick) => tick.button && line(tick.button) === line(button.value));
}

function sum(name, by) {
  const shown = document.querySelector(`[data-sum="${name}"]`);
  const count = Number(shown.dataset.count) + by;
  shown.dataset.count = count;
  shown.textContent = count.toLocaleString(document.documentElement.lang);
  if (count) shown.parentElement.hidden = false;
}

/** Where somebody is counted who was not seen. Who needs help is named, seen or not. */
const UNSEEN = { safe: "answered", unaffected: "unaffected", "": "missing" };

function show(button, done) {
  const was = button.getAttribute("aria-pressed") === "true";
  button.setAttribute("aria-pressed", String(done));
  // What the next tap would say.
  button.value = `${line(button.value)}:${done ? "undo" : "here"}`;
  if (was === done) return;
  sum("seen", done ? 1 : -1);
  const unseen = UNSEEN[button.closest("[data-own]").dataset.own];
  if (unseen) sum(unseen, done ? -1 : 1);
}

function tell(text, problem) {
  notice.replaceChildren();
  const said = document.createElement("bdi");
  said.textContent = text;
  notice.append(said);
  notice.classList.toggle("problem", problem);
}

function buttonOf(tick) {
  const buttons = [...heads.querySelectorAll(".tick")];
  return tick.button && buttons.find((button) => line(button.value) === line(tick.button));
}

// --- sending ---------------------------------------------------------------------------------

async function send(tick) {
  const fields = new URLSearchParams(new FormData(act));
  fields.set("event", tick.event);
  for (const name of ["button", "name", "site"]) if (name in tick) fields.set(name, tick[name]);
  const patience = new AbortController();
  const stop = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch("button" in tick ? heads.dataset.act : visitor.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
      signal: patience.signal,
    });
    const told = await response.json();
    if (typeof told.problem !== "boolean" || told.again) return null;
    // Signed out: it waits until somebody signs in again.
    if (response.status === 401 || response.status === 403) {
      tell(told.reply, true);
      return null;
    }
    return told;
  } catch {
    return null;
  } finally {
    clearTimeout(stop);
  }
}

async function drain() {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  while (waiting.length) {
    const tick = waiting[0];
    const told = await send(tick);
    if (!told) {
      timer = setTimeout(drain, AGAIN_MS);
      break;
    }
    waiting.shift();
    keep();
    // It is as it was before this tap, unless another tap on the line waits behind it.
    const button = told.problem && buttonOf(tick);
    if (button && !waits(button)) show(button, tick.button.endsWith(":undo"));
    tell(told.reply, told.problem);
  }
  sending = false;
  // What the house has counted stands on the copy this device keeps, too.
  if (!waiting.length) look();
}

function hold(tick) {
  waiting.push({ event: newId(), ...tick });
  keep();
  drain();
}

act.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.classList.contains("tick")) return;
  event.preventDefault();
  const value = button.value;
  show(button, !value.endsWith(":undo"));
  hold({ button: value });
});

function guest(name) {
  const row = document.createElement("li");
  const said = document.createElement("bdi");
  said.className = "name";
  said.textContent = name;
  row.append(said);
  document.getElementById("visitors").append(row);
  sum("guests", 1);
}

visitor.addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, site } = visitor.elements;
  if (!name.value.trim()) return;
  guest(name.value);
  hold({ name: name.value, site: site.value });
  name.value = "";
});

// --- the list, as it is now ------------------------------------------------------------------

function offline(text) {
  connection.textContent = text;
  connection.hidden = !text;
}

function age() {
  const seconds = Math.max(0, Date.now() - listed) / 1000;
  const late = seconds * 1000 > OLD_MS;
  heads.classList.toggle("old", late);
  document.getElementById("age").classList.toggle("warn", late);
  if (!late) {
    old.textContent = "";
    return;
  }
  const ago = new Intl.RelativeTimeFormat(document.documentElement.lang);
  const [count, unit] = seconds < 5400 ? [seconds / 60, "minute"] : [seconds / 3600, "hour"];
  old.textContent = `(${ago.format(-Math.round(count), unit)})`;
}

function refresh(fresh) {
  for (const now of fresh.querySelectorAll(".heads [data-ask]")) {
    const shown = heads.querySelector(`[data-ask="${CSS.escape(now.dataset.ask)}"]`);
    if (!shown || waits(shown.querySelector(".tick"))) continue;
    if (shown.innerHTML === now.innerHTML && shown.dataset.own === now.dataset.own) continue;
    if (!shown.contains(document.activeElement)) shown.replaceWith(document.adoptNode(now));
    else {
      const tick = now.querySelector(".tick");
      const mine = shown.querySelector(".tick");
      mine.value = tick.value;
      mine.setAttribute("aria-pressed", tick.getAttribute("aria-pressed"));
      shown.dataset.own = now.dataset.own;
    }
  }
  if (waiting.length) return;
  document.querySelector(".sums").replaceChildren(
    ...[...fresh.querySelectorAll(".sums > .sum")].map((one) => document.adoptNode(one)),
    unsent,
  );
  const visitors = fresh.getElementById("visitors");
  if (visitors) document.getElementById("visitors").replaceChildren(...visitors.children);
  document.getElementById("age").firstChild.replaceWith(fresh.getElementById("age").firstChild);
}

/** When the list before us was drawn, by this device's own clock. */
async function drawn() {
  if (!worker || !window.caches || !(await caches.has(KEPT))) return undefined;
  const found = await (await caches.open(KEPT)).match(location.href.split("#")[0]);
  return found ? Number(found.headers.get("x-kept-at")) : undefined;
}

async function look() {
  if (document.hidden || sending) return;
  try {
    const response = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const word = response.headers.get("x-heads");
    if (word === "gone") return location.reload();
    if (!word || !response.ok) throw new Error("not ours");
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    // What this device had kept comes back where the network does not answer.
    if (response.headers.has("x-kept-at")) throw new Error("kept");
    listed = Date.now();
    refresh(fresh);
    offline("");
  } catch {
    offline(navigator.onLine ? words.reconnecting : words.offline);
  }
  age();
}

// --- keeping it ------------------------------------------------------------------------------

async function install() {
  // Nothing of anybody else, and of this roll call nothing once it has ended.
  await forget((whose, where) => whose !== person || (!worker && where === scope));
  if (!worker || !navigator.serviceWorker || !window.caches) return;
  const files = document.querySelectorAll("link[href], script[src], img[src]");
  const wanted = new Set([...files].map((one) => one.href || one.src));
  const cache = await caches.open(KEPT);
  const known = new Set((await cache.keys()).map((request) => request.url));
  await cache.addAll([...wanted].filter((address) => !known.has(address)));
  const registration = await navigator.serviceWorker.register(worker, { scope });
  if (navigator.serviceWorker.controller) return;
  await new Promise((done) => {
    const begun = registration.installing || registration.waiting;
    if (!begun || registration.active) return done();
    begun.addEventListener("statechange", () => begun.state === "activated" && done());
    return undefined;
  });
  // It has not seen this page being opened: it sees it now.
  if (!navigator.serviceWorker.controller) {
    await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
  }
  await look();
  document.documentElement.dataset.kept = "yes";
}

for (const tick of waiting) {
  const button = buttonOf(tick);
  if (button) show(button, !tick.button.endsWith(":undo"));
  else if (tick.name) guest(tick.name);
}
keep();
drain();
drawn().then((at) => {
  if (at) listed = at;
  age();
  if (!navigator.onLine) offline(words.offline);
});
install().catch(() => {});
setInterval(look, LOOK_MS);
setInterval(age, 10_000);
window.addEventListener("online", () => {
  drain();
  look();
});
window.addEventListener("offline", () => offline(words.offline));
document.addEventListener("visibilitychange", look);
