// The board's script: it keeps an open roll call up to date and saves a reload after a tap.
//
// - Without it every page works as it is; nothing here decides or remembers anything.
// - What has not changed stays where it is: lines keep their place, their focus and their button.
// - For a moment after lines have moved no tap counts: it was meant for what stood there before.

import { forget } from "./kept.js";

const SETTLE_MS = 450;
const PATIENCE_MS = 20_000;
const SILENCE_MS = 45_000;

const notice = document.getElementById("notice");
const connection = document.getElementById("connection");
const words = document.body.dataset;

function tell(text, problem) {
  notice.replaceChildren();
  if (!text) return;
  const said = document.createElement("bdi");
  said.textContent = text;
  notice.append(said);
  notice.classList.toggle("problem", problem);
}

function connected(text) {
  connection.textContent = text;
  connection.hidden = !text;
}

// On a narrow screen the tabs can be pushed aside: the present one is in sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// --- a tap -----------------------------------------------------------------------------------

const act = document.getElementById("act");

function newId() {
  const letters = "0123456789abcdefghjkmnpqrstvwxyz";
  const chance = crypto.getRandomValues(new Uint8Array(20));
  return [...chance].map((byte) => letters[byte % letters.length]).join("");
}

act?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !window.fetch) return;
  event.preventDefault();
  if (button.hasAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const fields = new URLSearchParams(new FormData(act));
  // Each tap of a page that stays is an event of its own; trying again is the same event.
  button.dataset.event ||= newId();
  fields.set("event", button.dataset.event);
  fields.set("button", button.value);
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(act.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
      signal: patience.signal,
    });
    const told = await response.json();
    if (typeof told.problem !== "boolean") throw new Error("not ours");
    if (!told.again) delete button.dataset.event;
    if (told.go) {
      location.assign(told.go);
      return;
    }
    tell(told.reply, told.problem);
    if (!live && !told.problem) location.reload();
  } catch {
    tell(words.noAnswer, true);
  } finally {
    clearTimeout(timer);
    button.removeAttribute("aria-busy");
  }
});

// --- an open roll call ------------------------------------------------------------------------

const live = document.getElementById("live");

function parsed(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content;
}

/** Bring `old` to the state of `fresh`, keeping every keyed line that says the same. */
function morph(old, fresh) {
  const before = [...old.querySelectorAll("[data-key]")];
  const known = new Map(before.map((line) => [line.dataset.key, line]));
  const order = before.map((line) => line.dataset.key).join();
  const focused = document.activeElement?.closest?.("[data-key]")?.dataset.key;
  const value = document.activeElement?.value;
  for (const line of fresh.querySelectorAll("[data-key]")) {
    const was = known.get(line.dataset.key);
    if (was && was.innerHTML === line.innerHTML) {
      line.replaceWith(was);
    } else if (!was && before.length) {
      line.classList.add("fresh");
    }
  }
  old.replaceChildren(fresh);
  if (focused && old.querySelector(`[data-key="${CSS.escape(focused)}"]`)) {
    const line = old.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    const same = [...line.querySelectorAll("button")].find((button) => button.value === value);
    same?.focus({ preventScroll: true });
  }
  const after = [...old.querySelectorAll("[data-key]")].map((line) => line.dataset.key).join();
  return order !== after;
}

function follow() {
  let heard = Date.now();
  let running = live.dataset.running;
  let source;
  let settle;

  function open() {
    source?.close();
    const address = new URL(live.dataset.events, location.href);
    address.searchParams.set("state", live.dataset.state);
    source = new EventSource(address);
    source.addEventListener("hello", (event) => {
      heard = Date.now();
      connected("");
      if (JSON.parse(event.data).version !== live.dataset.version) location.reload();
    });
    source.addEventListener("beat", () => (heard = Date.now()));
    source.addEventListener("sheet", (event) => {
      heard = Date.now();
      show(JSON.parse(event.data));
    });
    source.addEventListener("over", (event) => {
      source.close();
      const why = JSON.parse(event.data);
      if (why === "refused" || why === "restart") setTimeout(() => location.reload(), 1000 + Math.random() * 4000);
    });
    source.addEventListener("error", () => connected(navigator.onLine ? words.reconnecting : words.offline));
  }

  function show(told) {
    live.dataset.state = told.state;
    let moved = false;
    for (const [name, html] of Object.entries(told.parts)) {
      const part = document.querySelector(`[data-part="${name}"]`);
      if (!part) continue;
      const need = name === "need" && part.querySelectorAll("[data-key]").length;
      const shifted = morph(part, parsed(html));
      moved ||= shifted;
      if (name === "need" && part.querySelectorAll("[data-key]").length > need) {
        document.getElementById("told").textContent = part.querySelector("h2").textContent;
      }
    }
    if (moved) {
      document.body.classList.add("settling");
      clearTimeout(settle);
      settle = setTimeout(() => document.body.classList.remove("settling"), SETTLE_MS);
    }
    if (running === "yes" && !told.running) location.reload();
    running = told.running ? "yes" : "no";
  }

  open();
  setInterval(() => {
    // A connection that died silently says nothing, not even a heartbeat.
    if (Date.now() - heard > SILENCE_MS) {
      heard = Date.now();
      open();
    }
  }, 5000);
  window.addEventListener("online", open);
}

if (live && live.dataset.events) follow();

// What is on its way is looked at again until it is out.
const again = Number(document.querySelector("[data-again]")?.dataset.again);
if (again) setTimeout(() => location.reload(), again * 1000);

// Of head counts kept on this device none is left of anybody else, nor of what has ended.
const over = live?.dataset.running === "no" ? `${location.pathname}/heads` : "";
const calls = document.querySelector("[data-calls]")?.dataset.calls.split(" ");
forget((whose, scope) => {
  const call = scope.split("/").at(-2);
  return whose !== words.person || scope === over || (calls && !calls.includes(call));
}).catch(() => {});
