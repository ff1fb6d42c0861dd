// What the person has done and the house has not confirmed yet.
//
// - Only the house's own answer counts. A hotel's login page also says "200 OK".
// - An action gets its id once, when it is meant; however often it is sent, it is one event.
// - It is kept in the browser's storage until the house says that it is safe there. What cannot
//   be kept, as photos, makes the browser ask before the page is left.
// - What waits goes out by itself as soon as it can; what was refused waits for a tap. What is
//   found from long ago is not sent behind the person's back either.

const LETTERS = "abcdefghjkmnpqrstvwxyz23456789";
const STALE_MS = 3600_000;
const TEMPORARY = new Set([408, 425, 429, 500, 502, 503, 504]);
const TIMEOUT_MS = { photo: 120_000, tap: 15_000, say: 20_000, place: 15_000 };
const SLOWEST_MS = 20_000;
const WORTH_TELLING = 3; // failed tries, some ten seconds

export class Queue {
  constructor({ here, words, store, said, notice, marked }) {
    Object.assign(this, { here, words, said, notice, marked });
    this.prefix = `${store}.unsent.`;
    this.list = document.getElementById("unsent");
    this.actions = [];
    this.running = new Set();
    this.tries = 0;
    this.list.addEventListener("click", (event) => this.clicked(event));
    window.addEventListener("online", () => this.hurry());
    window.addEventListener("beforeunload", (event) => {
      if (this.actions.some((a) => !a.kept && a.state !== "sent")) event.preventDefault();
    });
  }

  /** Takes up what an earlier visit has left. */
  start() {
    for (const key of keys(this.prefix)) {
      try {
        const action = JSON.parse(localStorage.getItem(key));
        const stale = Date.now() - action.at > STALE_MS;
        this.actions.push({ ...action, state: stale ? "failed" : "waiting", tried: true, kept: true });
      } catch {
        localStorage.removeItem(key);
      }
    }
    this.actions.sort((a, b) => a.at - b.at);
    this.show();
    this.drain();
  }

  add(kind, fields, label, blob = null) {
    if (kind === "tap") {
      const same = (a) => a.kind === "tap" && a.state !== "sent"
        && a.fields.post === fields.post && a.fields.button === fields.button;
      const found = this.actions.find(same);
      if (found) {
        found.state = "waiting";
        this.hurry();
        return;
      }
    }
    const action = { id: newId(), kind, fields, label, at: Date.now(), state: "waiting", blob };
    this.actions.push(action);
    this.keep(action);
    this.show();
    this.hurry();
  }

  keep(action) {
    if (action.blob) return;
    const { id, kind, fields, label, at } = action;
    try {
      localStorage.setItem(this.prefix + id, JSON.stringify({ id, kind, fields, label, at }));
      action.kept = true;
    } catch {
      // No storage in this browser: it is kept as long as the page is open.
    }
  }

  forget(action) {
    this.actions = this.actions.filter((other) => other !== action);
    this.unkeep(action);
  }

  unkeep(action) {
    try {
      localStorage.removeItem(this.prefix + action.id);
    } catch {
      // There was none to begin with.
    }
  }

  /** Tries at once: the connection is back, or the person is waiting for it. */
  hurry() {
    clearTimeout(this.timer);
    this.tries = 0;
    this.drain();
  }

  /** Taps and words in their order; photos beside them, so that none of them waits for one. */
  drain() {
    this.lane((action) => action.kind !== "photo", "quick");
    this.lane((action) => action.kind === "photo", "photo");
  }

  async lane(mine, name) {
    if (this.running.has(name)) return;
    this.running.add(name);
    try {
      for (;;) {
        const next = this.actions.find((a) => mine(a) && a.state === "waiting");
        if (!next || !(await this.send(next))) break;
      }
    } finally {
      this.running.delete(name);
    }
  }

  /** True if the next may be sent: this one has come through or was refused for good. */
  async send(action) {
    action.state = "sending";
    this.show();
    const { status, answer } = await this.post(action);
    if (status === 200 && answer) {
      this.tries = 0;
      this.unkeep(action);
      action.state = "sent";
      if (action.kind === "tap" || action.shown) this.forget(action);
      this.said(action, answer.reply, answer.problem);
    } else if (!answer || TEMPORARY.has(status)) {
      action.state = "waiting";
      action.tried = true;
      if (answer) this.notice(answer.reply, true);
      else if (this.tries === WORTH_TELLING) this.notice(this.words("web-no-answer"), true);
      const wait = Math.min(SLOWEST_MS, 1000 * 2 ** this.tries++);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.drain(), wait * (0.75 + Math.random() / 2));
    } else {
      action.state = "failed";
      this.notice(answer.reply, true);
      if (action.kind === "tap") this.forget(action);
    }
    this.show();
    return action.state !== "waiting";
  }

  async post(action) {
    const fields = action.blob ? new FormData() : new URLSearchParams();
    fields.append("event", action.id);
    for (const [name, value] of Object.entries(action.fields)) fields.append(name, value);
    if (action.blob) fields.append("photo", action.blob, "photo.jpg");
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), TIMEOUT_MS[action.kind]);
    try {
      const response = await fetch(`${this.here}/${action.kind}`, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
        signal: patience.signal,
      });
      const answer = await response.json().catch(() => null);
      const ours = typeof answer?.problem === "boolean";
      return { status: response.status, answer: ours ? answer : null };
    } catch {
      return { status: 0, answer: null };
    } finally {
      clearTimeout(timer);
    }
  }

  /** The feed has brought something of one's own: what was sent now stands there. */
  arrived(mine) {
    if (!mine) return;
    // The card may overtake the answer to the request that made it.
    for (const action of this.actions) action.shown ||= action.state === "sending";
    const sent = this.actions.filter((action) => action.state === "sent");
    for (const action of sent) this.forget(action);
    if (sent.length) this.show();
  }

  // --- What can be seen of it --------------------------------------------------------------

  show() {
    // A tap shows on its button; only if it has to wait it gets a line of its own.
    const visible = this.actions.filter((action) => action.kind !== "tap" || action.tried);
    this.list.replaceChildren(...visible.map((action) => this.line(action)));
    const busy = this.actions.filter((a) => a.kind === "tap" && a.state !== "failed");
    this.marked(busy.map((action) => [action.fields.post, action.fields.button]));
  }

  line(action) {
    const item = make("li", "post mine");
    const card = make("article", "card");
    const said = make("blockquote", "said", action.fields.text || action.label);
    said.dir = "auto";
    item.dataset.id = action.id;
    item.append(card);
    if (action.preview || action.blob) {
      action.preview ||= URL.createObjectURL(action.blob);
      const photo = make("span", "photo");
      const picture = make("img", "");
      picture.src = action.preview;
      picture.alt = action.label;
      photo.append(picture);
      card.append(photo);
      if (action.fields.text) card.append(said);
    } else {
      card.append(said);
    }
    if (action.state === "failed") {
      const again = make("button", "state", this.words("web-failed"));
      const drop = make("button", "state drop", "✕");
      drop.setAttribute("aria-label", document.getElementById("drop").textContent);
      again.type = drop.type = "button";
      card.append(again, drop);
    } else {
      const waits = action.tried ? "web-waiting" : "web-sending";
      const key = action.state === "sent" ? "web-sent" : waits;
      const mark = action.state === "sent" ? "✓ " : "";
      card.append(make("p", "state", mark + this.words(key)));
    }
    return item;
  }

  clicked(event) {
    const button = event.target.closest("button.state");
    const id = button?.closest(".post").dataset.id;
    const action = this.actions.find((a) => a.id === id);
    if (!action) return;
    if (button.classList.contains("drop")) {
      this.forget(action);
      this.show();
    } else {
      action.state = "waiting";
      this.notice("");
      this.hurry();
    }
  }
}

function make(name, className, text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

function keys(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

function newId() {
  const chance = crypto.getRandomValues(new Uint8Array(20));
  return [...chance].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}
