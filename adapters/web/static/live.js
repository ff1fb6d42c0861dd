// The connection that brings what is new, and what to do while there is none.
//
// - Silence is not peace: the server is heard at least every 15 seconds, or the connection is
//   taken for dead and made anew. It then says which state the page shows and gets the rest.
// - Where a lasting connection is not to be had, the page asks every few seconds instead.
// - The person is told that something is wrong only when it stays wrong for a moment.

const SILENT_MS = 40_000;
const HELLO_MS = 10_000;
const ASK_MS = 10_000;
const CROWDED_MS = 30_000;
const SLOWEST_MS = 30_000;
const WORTH_TELLING_MS = 2500;

export class Live {
  constructor({ here, words, feed, queue, notice, version }) {
    Object.assign(this, { here, words, feed, queue, notice, version });
    this.line = document.getElementById("connection");
    this.failures = 0;
    this.connected = false;
    this.stopped = false;
    window.addEventListener("online", () => this.connect());
    window.addEventListener("offline", () => this.lost());
    window.addEventListener("pageshow", (event) => event.persisted && this.connect());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && !this.connected) this.connect();
    });
  }

  start() {
    this.connect();
  }

  connect() {
    if (this.stopped) return;
    this.drop();
    const source = new EventSource(`${this.here}/events?state=${encodeURIComponent(this.feed.state)}`);
    this.source = source;
    this.listen(HELLO_MS);
    source.addEventListener("hello", (event) => this.hello(JSON.parse(event.data)));
    source.addEventListener("beat", () => this.listen(SILENT_MS));
    source.addEventListener("feed", (event) => {
      this.listen(SILENT_MS);
      this.feed.apply(JSON.parse(event.data));
    });
    source.addEventListener("over", (event) => this.over(event.data));
    source.addEventListener("error", () => this.lost());
  }

  hello({ version }) {
    this.connected = true;
    this.failures = 0;
    this.listen(SILENT_MS);
    this.tell("");
    this.queue.hurry();
    // After an upgrade a page that nobody is looking at or writing in starts afresh.
    const idle = document.hidden && !this.queue.actions.length && !document.getElementById("text").value;
    if (version !== this.version && idle) location.reload();
  }

  /** Hears nothing for so long: the connection is dead. */
  listen(patience) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), patience);
  }

  drop() {
    this.source?.close();
    this.source = null;
    this.connected = false;
    clearTimeout(this.silence);
    clearTimeout(this.retry);
  }

  lost() {
    if (this.stopped) return;
    this.drop();
    this.failures += 1;
    const wait = Math.min(SLOWEST_MS, 500 * 2 ** this.failures) * (0.5 + Math.random());
    this.retry = setTimeout(() => this.connect(), wait);
    if (this.failures > 2 || !navigator.onLine) this.askMeanwhile();
    else this.tellSoon(this.words("reconnecting"));
  }

  async askMeanwhile() {
    const answered = await this.ask();
    if (this.connected || this.stopped) return;
    if (answered) this.tell("");
    else this.tell(this.words(navigator.onLine ? "reconnecting" : "offline"));
    clearTimeout(this.asking);
    this.asking = setTimeout(() => !this.connected && this.askMeanwhile(), ASK_MS);
  }

  /** True if the server could be asked for the newest posts. */
  async ask() {
    const address = `${this.here}/fresh?state=${encodeURIComponent(this.feed.state)}`;
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response) return false;
    if (response.status === 200) {
      const update = await response.json().catch(() => null);
      if (!update?.cards) return false;
      this.feed.apply(update);
    }
    if ([404, 410].includes(response.status)) this.end((await response.json().catch(() => null))?.reply);
    return response.ok;
  }

  /** The link no longer opens this page. */
  end(sentence) {
    this.stopped = true;
    this.drop();
    clearTimeout(this.asking);
    this.notice(sentence || "", true);
    this.tell(this.words("offline"));
  }

  over(why) {
    this.drop();
    if (why === "refused") {
      this.ask();
    } else if (why === "crowded") {
      // Open in too many windows: this one looks now and then, and comes back when looked at.
      this.tell(this.words("web-crowded"));
      this.retry = setTimeout(() => this.crowded(), CROWDED_MS);
    } else {
      this.retry = setTimeout(() => this.connect(), 500 + 2500 * Math.random());
      this.tellSoon(this.words("reconnecting"));
    }
  }

  async crowded() {
    await this.ask();
    if (!this.connected && !this.stopped) this.retry = setTimeout(() => this.crowded(), CROWDED_MS);
  }

  /** Something was just done: without a live connection, look at once what came of it. */
  nudge() {
    if (!this.connected && !this.stopped) this.ask();
  }

  /** A card too far up to be kept up to date has been tapped. */
  async lookAgain(post) {
    const address = `${this.here}/older?before=${Number(post) + 1}`;
    const response = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const update = response?.ok && (await response.json().catch(() => null));
    if (update?.cards) this.feed.apply({ ...update, whole: false, state: "", past: true });
  }

  tell(text) {
    clearTimeout(this.telling);
    this.line.textContent = text;
    this.line.hidden = !text;
  }

  tellSoon(text) {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => !this.connected && this.tell(text), WORTH_TELLING_MS);
  }
}
