// The line above the composer: which message one answers or changes.
import { $ } from "./dom.js";
import { t } from "./i18n.js";

/** The first words of a message, whatever is in it. */
export function summary(message) {
  const words = message.text || message.caption || message.document?.file_name || message.contact?.first_name;
  if (words) return words.split("\n")[0];
  return message.sticker?.emoji || t(message.photo ? "photo" : message.contact ? "contact" : "document");
}

export class Quote {
  constructor(done) {
    this.box = $("quote");
    this.mode = null; // "reply" | "edit"
    this.message = null;
    this.forced = false;
    $("quote-close").addEventListener("click", () => {
      this.clear();
      done();
    });
  }

  set(mode, message, forced = false) {
    this.mode = mode;
    this.message = message;
    this.forced = forced;
    this.draw();
  }

  clear() {
    this.mode = this.message = null;
    this.forced = false;
    this.box.hidden = true;
  }

  draw() {
    if (!this.mode) return;
    $("quote-title").textContent = t(this.mode === "edit" ? "editing" : "replying");
    $("quote-words").textContent = summary(this.message);
    this.box.dataset.mode = this.mode;
    this.box.hidden = false;
  }
}
