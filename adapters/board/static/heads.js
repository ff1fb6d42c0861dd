// The head count's script: a tick shows at once, is kept while there is no connection, and is sent
// when it is back, under an id of its own: sent twice, it counts once.
//
// - A second tap takes the tick off again; what was ticked by mistake is somebody who is missing.
// - Whoever needs help has no tick, and counts neither as here nor as missing.
// - Only the house's own answer ends a tick's waiting. A hotel's login page also says "200 OK".

const heads = document.querySelector(".heads");
const act = document.getElementById("act");
const notice = document.getElementById("notice");
const unsent = document.getElementById("unsent");
const words = document.body.dataset;
const STORE = `heads-${heads.dataset.keyOf}`;
const AGAIN_MS = 4000;
const PATIENCE_MS = 15_000;

let waiting = load();
let sending = false;
let timer;

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
    const kept = waiting.some((tick) => line(tick.button) === line(button.value));
    button.classList.toggle("kept", kept);
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

function show(button, done) {
  button.setAttribute("aria-pressed", String(done));
  // What the next tap would say.
  button.value = `${line(button.value)}:${done ? "undo" : "safe"}`;
  const ticked = heads.querySelectorAll('.tick[aria-pressed="true"]').length;
  const all = heads.querySelectorAll(".tick").length;
  document.getElementById("here").textContent = ticked;
  document.getElementById("missing").textContent = all - ticked;
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
  return buttons.find((button) => line(button.value) === line(tick.button));
}

async function send(tick) {
  const fields = new URLSearchParams(new FormData(act));
  fields.set("event", tick.event);
  fields.set("button", tick.button);
  const patience = new AbortController();
  const stop = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const response = await fetch(heads.dataset.act, {
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
    if (told.problem) {
      const button = buttonOf(tick);
      // It is as it was before this tap, unless another tap on the line waits behind it.
      const later = waiting.some((one) => line(one.button) === line(tick.button));
      if (button && !later) show(button, tick.button.endsWith(":undo"));
      tell(told.reply, true);
    }
  }
  sending = false;
}

act.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.classList.contains("tick")) return;
  event.preventDefault();
  waiting.push({ event: newId(), button: button.value });
  show(button, button.value.endsWith(":safe"));
  keep();
  drain();
});

for (const tick of waiting) {
  const button = buttonOf(tick);
  if (button) show(button, tick.button.endsWith(":safe"));
}
keep();
drain();
window.addEventListener("online", drain);
