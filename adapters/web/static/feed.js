// The list of cards: puts in what is new, exchanges what has changed, leaves everything else.
//
// - Nothing moves under a finger: while one is down, changes wait; and for a moment after things
//   have moved, taps do not count, because they were meant for what stood there before.
// - Focus stays where it is, on the same button of the new card if the old one is exchanged.
// - Whoever reads further up is not pulled down; whoever is at the end stays there.

const NEWEST = 30; // the server keeps this many up to date
const SETTLING_MS = 350;
const LONGEST_PRESS_MS = 3000;
const DOUBLE_MS = 700;

export class Feed {
  constructor({ here, words, state, tap, changed }) {
    this.here = here;
    this.words = words;
    this.state = state;
    this.changed = changed;
    this.list = document.getElementById("feed");
    this.scroller = document.getElementById("scroll");
    this.newer = document.getElementById("newer");
    this.title = document.body.dataset.title;
    this.busy = [];
    this.held = [];
    this.pressed = 0;
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button.tap");
      if (!button) return;
      event.preventDefault();
      const { post } = button.closest(".post").dataset;
      const meant = `${post} ${button.value}`;
      // A second tap right after the first is a trembling thumb, not a second answer.
      const doubled = meant === this.tapped && event.timeStamp - this.tappedAt < DOUBLE_MS;
      if (button.classList.contains("sending") || doubled) return;
      this.tapped = meant;
      this.tappedAt = event.timeStamp;
      tap(post, button.value, button.textContent.trim());
    });
    this.list.addEventListener("pointerdown", () => this.press());
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => this.release(60));
    }
    this.scroller.addEventListener("scroll", () => this.atEnd() && this.hideNewer(), { passive: true });
    this.newer.addEventListener("click", () => this.toEnd());
    this.scroller.addEventListener("click", (event) => {
      const link = event.target.closest("#older");
      if (link) {
        event.preventDefault();
        this.loadOlder(link);
      }
    });
    this.look();
  }

  /** Takes in what the server says has changed. */
  apply(update) {
    if (this.pressed) {
      this.held.push(update);
      return;
    }
    const keep = this.place();
    const fresh = [];
    let moved = false;
    if (update.whole) moved = this.clearGap(update);
    for (const post of update.gone) moved = this.remove(document.getElementById(`p${post}`)) || moved;
    for (const [post, html] of update.cards) {
      const drawn = fragment(html);
      const shown = document.getElementById(`p${post}`);
      if (!shown) {
        this.insert(drawn);
        moved = true;
        if (!update.past) fresh.push(drawn);
      } else if (shown.dataset.version !== drawn.dataset.version) {
        moved = buttons(shown) !== buttons(drawn) || moved;
        exchange(shown, drawn);
      }
    }
    if (update.state) this.state = update.state;
    if (moved) this.days();
    this.keepPlace(keep, fresh);
    if (moved) this.settle();
    this.announce(fresh);
    this.look(fresh.some((item) => item.classList.contains("mine")) || update.whole);
  }

  /** After a long absence there may be posts in between that nobody has: start from here. */
  clearGap(update) {
    const posts = update.cards.map(([post]) => post);
    const oldest = Math.min(...posts, Infinity);
    const shown = this.posts();
    const overlaps = shown.some((item) => Number(item.dataset.post) >= oldest);
    let moved = false;
    for (const item of shown) {
      const post = Number(item.dataset.post);
      const gone = post >= oldest && !posts.includes(post);
      if (gone || (!overlaps && update.older) || !posts.length) moved = this.remove(item) || moved;
    }
    const link = document.getElementById("older");
    if (link && !overlaps && posts.length) link.href = `${this.here}/older?before=${oldest}`;
    return moved;
  }

  posts() {
    return [...this.list.querySelectorAll(":scope > .post")];
  }

  insert(drawn) {
    const number = Number(drawn.dataset.post);
    const after = this.posts().find((item) => Number(item.dataset.post) > number);
    this.list.insertBefore(drawn, after || null);
    document.getElementById("empty")?.remove();
  }

  remove(item) {
    item?.remove();
    return Boolean(item);
  }

  /** A line with the date wherever a new day begins. */
  days() {
    for (const line of this.list.querySelectorAll(":scope > .day")) line.remove();
    let day = "";
    for (const item of this.posts()) {
      if (item.dataset.day === day) continue;
      day = item.dataset.day;
      const line = document.createElement("li");
      const time = document.createElement("time");
      line.className = "day";
      time.dateTime = day;
      time.textContent = item.dataset.dayWords;
      line.append(time);
      item.before(line);
    }
  }

  /** What the page's title and the composer say about the cards. */
  look(mine = false) {
    const waiting = this.list.querySelectorAll("[data-waits]").length;
    document.title = waiting ? `(${waiting}) ${this.title}` : this.title;
    const asking = [...this.list.querySelectorAll("[data-hint]")].pop();
    const hint = asking?.dataset.hint || "";
    queueMicrotask(() => this.changed({ hint, wants: asking?.dataset.wants || "", mine }));
    this.mark(this.busy);
  }

  /** Shows which taps are on their way: a list of [post, button]. */
  mark(busy) {
    this.busy = busy;
    for (const button of this.list.querySelectorAll(".tap.sending")) {
      button.classList.remove("sending");
      button.removeAttribute("aria-busy");
    }
    for (const [post, id] of busy) {
      for (const button of document.getElementById(`p${post}`)?.querySelectorAll(".tap") || []) {
        if (button.value !== id) continue;
        button.classList.add("sending");
        button.setAttribute("aria-busy", "true");
      }
    }
  }

  /** True for a card so far up that the server does not keep it up to date. */
  standsStill(post) {
    const posts = this.posts();
    const at = posts.findIndex((item) => item.dataset.post === String(post));
    return at >= 0 && posts.length - at > NEWEST;
  }

  async loadOlder(link) {
    const response = await fetch(link.href, { headers: { Accept: "application/json" } }).catch(() => null);
    const update = response?.ok && (await response.json().catch(() => null));
    if (!update?.cards) return;
    this.apply({ ...update, whole: false, state: "", past: true });
    if (update.older && update.cards.length) {
      link.href = `${this.here}/older?before=${update.cards[0][0]}`;
    } else {
      link.remove();
    }
  }

  // --- Fingers, focus, scrolling -----------------------------------------------------------

  press() {
    clearTimeout(this.pressed);
    this.pressed = setTimeout(() => this.release(0), LONGEST_PRESS_MS);
  }

  /** A little later, so that the tap itself still finds its button. */
  release(delay) {
    if (!this.pressed) return;
    clearTimeout(this.pressed);
    this.pressed = setTimeout(() => {
      this.pressed = 0;
      for (const update of this.held.splice(0)) this.apply(update);
    }, delay);
  }

  settle() {
    clearTimeout(this.settling);
    this.list.classList.add("settling");
    this.settling = setTimeout(() => this.list.classList.remove("settling"), SETTLING_MS);
  }

  /** The column runs in reverse, so the end is at zero and everything above it is negative. */
  atEnd() {
    return this.scroller.scrollTop > -60;
  }

  toEnd() {
    this.scroller.scrollTop = 0;
    this.hideNewer();
  }

  hideNewer() {
    this.newer.hidden = true;
  }

  place() {
    if (this.atEnd()) return null;
    const top = this.scroller.getBoundingClientRect().top;
    const item = this.posts().find((post) => post.getBoundingClientRect().bottom > top);
    return item && { id: item.id, top: item.getBoundingClientRect().top };
  }

  keepPlace(keep, fresh) {
    if (fresh.some((item) => item.classList.contains("mine"))) {
      this.toEnd();
      return;
    }
    const item = keep && document.getElementById(keep.id);
    if (!item) return;
    this.scroller.scrollTop += item.getBoundingClientRect().top - keep.top;
    if (fresh.length) this.newer.hidden = false;
  }

  announce(fresh) {
    for (const item of fresh) {
      item.classList.add("new");
      if (item.classList.contains("mine")) continue;
      const urgent = item.querySelector(".card.urgent");
      const line = document.createElement("p");
      line.textContent = item.querySelector("h2").textContent;
      line.lang = item.querySelector("article").lang;
      const told = document.getElementById(urgent ? "told-now" : "told");
      told.append(line);
      while (told.children.length > 5) told.firstChild.remove();
    }
  }
}

function fragment(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function buttons(item) {
  return [...item.querySelectorAll(".tap")].map((button) => button.value).join("\n");
}

function exchange(shown, drawn) {
  const focused = shown.contains(document.activeElement) ? document.activeElement : null;
  shown.replaceWith(drawn);
  if (!focused) return;
  const same = [...drawn.querySelectorAll("button.tap")].find((b) => b.value === focused.value);
  const target = same || drawn.querySelector("h2");
  if (!same) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
