// The chat page comes alive here: what it is made of, and who tells whom.
//
// The page works without any of this. Scripts add four things: cards that change by themselves
// (live.js, feed.js), actions that survive a lost connection (queue.js), a comfortable line to
// write in (composer.js), and nothing that takes the focus away from where it is.

import { Composer } from "./composer.js";
import { Feed } from "./feed.js";
import { Live } from "./live.js";
import { Queue } from "./queue.js";

const page = document.body;

/** A sentence by its key, as the server has put it on the page. */
export function words(key) {
  return page.dataset[key.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] || "";
}

/** The line above the composer: the last answer to what the person did. Good news goes by itself:
 *  minutes later it would read as if it were about something newer. */
let passing = 0;
function notice(text, problem = false) {
  clearTimeout(passing);
  if (text && !problem) passing = setTimeout(() => notice(""), 20000);
  const line = document.getElementById("notice");
  const said = document.createElement("bdi");
  said.textContent = text;
  line.classList.toggle("problem", problem);
  line.replaceChildren(...(text ? [said] : []));
}

document.documentElement.classList.add("scripted");

const here = page.dataset.here;
const store = `renraku.${page.dataset.person}`;

const feed = new Feed({ here, words, state: page.dataset.state, tap, changed });
const queue = new Queue({ here, words, store, said, notice, marked: (busy) => feed.mark(busy) });
const live = new Live({ here, words, feed, queue, notice, version: page.dataset.version });
const composer = new Composer({ words, store, queue, notice });

function tap(post, button, label) {
  notice("");
  queue.add("tap", { post, button }, label);
}

/** The house has answered an action. */
function said(action, reply, problem) {
  notice(reply || "", problem);
  if (action.kind === "tap" && feed.standsStill(action.fields.post)) {
    live.lookAgain(action.fields.post);
  }
  live.nudge();
}

/** The feed has changed: what was sent may now be in it, and a new question may wait. */
function changed({ hint, wants, mine }) {
  composer?.ask(hint, wants);
  queue?.arrived(mine);
}

queue.start();
live.start();
