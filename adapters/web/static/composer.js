// The line to write in, the photo, the place.
//
// - What is typed is kept in the browser from the first letter; it is let go only when it has
//   become an action of the queue, which keeps it in turn.
// - Enter sends where there is a real keyboard, never in the middle of composing a Japanese or
//   Chinese word; on a phone it makes a new line.
// - A photo is made small before it is sent: a good second instead of a minute on a poor
//   connection. What the browser cannot read goes as it is; the server decides.

const EDGE = 1600;
const QUALITY = 0.85;

export class Composer {
  constructor({ words, store, queue, notice }) {
    Object.assign(this, { words, queue, notice });
    this.key = `${store}.draft`;
    this.form = document.getElementById("composer");
    this.text = document.getElementById("text");
    this.file = document.getElementById("photo");
    this.attach = document.getElementById("attach");
    this.place = document.getElementById("place");
    this.preview = document.getElementById("preview");
    this.photo = null;

    this.restore();
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });

    this.file.className = "unseen";
    this.file.tabIndex = -1;
    this.attach.type = "button";
    this.attach.addEventListener("click", () => this.file.click());
    this.file.addEventListener("change", () => this.chosen());
    document.getElementById("drop").addEventListener("click", () => {
      this.release();
      this.attach.focus();
    });

    if (navigator.geolocation && window.isSecureContext) {
      this.place.hidden = false;
      this.place.addEventListener("click", () => this.tellPlace());
    }
  }

  /** What the newest open question would like typed or handed over. */
  ask(hint, wants) {
    const photo = wants.includes("photo");
    this.text.placeholder = (!photo && hint) || this.words("type-here");
    this.attach.classList.toggle("wanted", photo);
    this.place.classList.toggle("wanted", wants.includes("place"));
  }

  restore() {
    try {
      this.text.value ||= localStorage.getItem(this.key) || "";
    } catch {
      // A browser without storage: typed words live as long as the page.
    }
    this.grow();
  }

  typed() {
    this.grow();
    try {
      if (this.text.value) localStorage.setItem(this.key, this.text.value);
      else localStorage.removeItem(this.key);
    } catch {
      // As above.
    }
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.text.rows = Math.min(8, this.text.value.split("\n").length);
  }

  pressed(event) {
    const composing = event.isComposing || event.keyCode === 229;
    const keyboard = window.matchMedia("(hover: hover) and (pointer: fine)").matches;
    if (event.key !== "Enter" || composing || event.shiftKey) return;
    if (!keyboard && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.send();
  }

  send() {
    const text = this.text.value.trim();
    if (!text && !this.photo) {
      this.text.focus();
      return;
    }
    this.notice("");
    if (this.photo) {
      const label = this.attach.textContent.trim();
      this.queue.add("photo", text ? { text } : {}, label, this.photo);
      this.release();
    } else {
      this.queue.add("say", { text }, text);
    }
    this.text.value = "";
    this.typed();
    document.getElementById("scroll").scrollTop = 0;
  }

  async chosen() {
    const file = this.file.files[0];
    this.file.value = "";
    if (!file) return;
    this.release();
    this.photo = await small(file);
    const picture = this.preview.querySelector("img");
    picture.src = URL.createObjectURL(this.photo);
    this.preview.hidden = false;
    this.text.focus({ preventScroll: true });
  }

  release() {
    const picture = this.preview.querySelector("img");
    if (picture.src) URL.revokeObjectURL(picture.src);
    picture.removeAttribute("src");
    this.preview.hidden = true;
    this.photo = null;
  }

  tellPlace() {
    this.place.setAttribute("aria-busy", "true");
    const label = this.place.textContent.trim();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        this.place.removeAttribute("aria-busy");
        const { latitude, longitude } = coords;
        this.queue.add("place", { latitude, longitude }, label);
      },
      () => {
        this.place.removeAttribute("aria-busy");
        this.notice(this.words("web-place-refused"), true);
        this.text.focus();
      },
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  }
}

/** The photo, upright and at most 1600 pixels a side; or as it is, where that fails. */
async function small(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, EDGE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made && made.size < file.size ? made : file;
  } catch {
    return file;
  }
}
