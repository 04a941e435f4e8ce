// The list of messages: order, days, following the newest, edits and deletions in place.
import { $, calm, el } from "./dom.js";
import { editable, messageMenu } from "./actions.js";
import { bubble } from "./bubble.js";
import { dayKey, dayName, t } from "./i18n.js";

const TOUCH = matchMedia("(hover: none)");

export class Log {
  constructor(actions) {
    this.actions = actions;
    this.box = $("messages");
    this.column = $("column");
    this.jump = $("jump");
    this.messages = new Map();
    this.following = true;
    this.unseen = 0;
    this.typingRow = el("div", { class: "msg in typing", "aria-hidden": "true" },
      el("div", { class: "bubble" }, el("i"), el("i"), el("i")));
    this.box.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.jump.addEventListener("click", () => this.toEnd(true));
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("contextmenu", (event) => this.contextMenu(event));
    this.box.addEventListener("click", (event) => {
      const more = event.target.closest?.(".msg-more");
      if (more) messageMenu(this.messageAt(more), more, this.actions);
      // where nothing hovers, a tap on the message itself opens its menu, as in Telegram
      else if (TOUCH.matches && event.target.closest(".bubble") && !event.target.closest("a, button, code, [role=button]")) {
        this.contextMenu(event);
      }
    });
    this.box.addEventListener("focusin", (event) => this.current(event.target.closest?.("article.msg")));
    const keep = new ResizeObserver(() => this.following && this.toEnd());
    keep.observe(this.box);
    keep.observe(this.column);
  }

  /** Replaces everything; `place` keeps the reader's scroll position (after a reconnection). */
  fill(messages, keepPlace = false) {
    const from = this.box.scrollTop;
    const follow = !keepPlace || this.following;
    this.box.setAttribute("aria-live", "off");
    this.messages = new Map([...messages].sort((a, b) => a.message_id - b.message_id).map((m) => [m.message_id, m]));
    this.column.replaceChildren();
    for (const message of this.messages.values()) this.day(message).append(bubble(message, this.actions));
    this.following = follow;
    this.setUnseen(0);
    if (follow) this.toEnd();
    else this.box.scrollTop = from;
    requestAnimationFrame(() => this.box.setAttribute("aria-live", "polite"));
    this.blank();
  }

  redraw() {
    this.fill([...this.messages.values()], true);
  }

  add(message) {
    if (this.messages.has(message.message_id)) {
      this.edit(message);
      return;
    }
    const mine = !message.from?.is_bot;
    const follow = this.following || mine;
    this.messages.set(message.message_id, message);
    if (!mine) this.setTyping(false);
    this.column.querySelector(".welcome, .pill.none")?.remove();
    const node = bubble(message, this.actions);
    node.classList.add("fresh");
    this.day(message).append(node);
    if (this.typingRow.isConnected) this.column.append(this.typingRow);
    if (follow) this.toEnd();
    else if (!mine) this.setUnseen(this.unseen + 1);
  }

  edit(message) {
    const old = this.node(message.message_id);
    if (!old) return;
    this.messages.set(message.message_id, message);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused ? [...old.querySelectorAll("button, a")].indexOf(focused) : -1;
    const whole = focused === old;
    const node = bubble(message, this.actions);
    if (!calm()) node.querySelector(".bubble")?.classList.add("changed");
    old.replaceWith(node);
    if (whole) node.focus({ preventScroll: true });
    else if (place >= 0) (node.querySelectorAll("button, a")[place] || this.box).focus({ preventScroll: true });
    if (this.following) this.toEnd();
  }

  remove(messageId) {
    const node = this.node(messageId);
    this.messages.delete(messageId);
    if (!node) return;
    if (node.contains(document.activeElement)) this.box.focus({ preventScroll: true });
    const gone = () => {
      const day = node.parentElement;
      node.remove();
      if (day && !day.querySelector(".msg")) day.remove();
      this.blank();
    };
    if (calm()) {
      gone();
      return;
    }
    node.removeAttribute("data-testid");
    node.classList.add("leaving");
    setTimeout(gone, 180);
  }

  messageAt(node) {
    return this.messages.get(Number(node?.closest("article.msg")?.dataset.messageId));
  }

  lastOwn() {
    return [...this.messages.values()].filter(editable).pop();
  }

  /** The message under the keyboard: its menu is the one that Tab reaches. */
  current(article) {
    for (const old of this.column.querySelectorAll(".msg-more[tabindex='0']")) old.tabIndex = -1;
    const more = article?.querySelector(".msg-more");
    if (more) more.tabIndex = 0;
  }

  key(event) {
    const article = event.target.closest("article.msg");
    if (event.target !== this.box && event.target !== article) return;
    const all = [...this.column.querySelectorAll("article.msg")];
    const at = article ? all.indexOf(article) : all.length;
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === "Enter" && article) {
      event.preventDefault();
      messageMenu(this.messageAt(article), article.querySelector(".msg-more"), this.actions);
    } else if (to !== undefined) {
      event.preventDefault();
      if (to >= all.length) this.actions.focusComposer();
      else all[Math.max(0, to)]?.focus();
    }
  }

  contextMenu(event) {
    const article = event.target.closest("article.msg");
    if (!article || event.target.closest("a[href]") || String(getSelection())) return;
    event.preventDefault();
    const at = event.clientX || event.clientY ? { x: event.clientX, y: event.clientY } : null;
    messageMenu(this.messageAt(article), article.querySelector(".msg-more"), this.actions, at);
  }

  node(messageId) {
    return this.column.querySelector(`[data-testid="message-${messageId}"]`);
  }

  reveal(messageId) {
    const node = this.node(messageId);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
    node.querySelector(".bubble")?.classList.add("changed");
    setTimeout(() => node.querySelector(".bubble")?.classList.remove("changed"), 1200);
  }

  day(message) {
    const date = new Date(message.date * 1000);
    const key = dayKey(date);
    const found = this.column.querySelector(`[data-day="${key}"]`);
    if (found) return found;
    const section = el("section", { class: "day", "data-day": key },
      el("h3", { class: "day-name" }, dayName(date)));
    const later = [...this.column.querySelectorAll(".day")].find((other) => other.dataset.day > key);
    this.column.insertBefore(section, later || null);
    return section;
  }

  /** What stands there before the first message. */
  blank() {
    const welcome = this.actions.welcome();
    this.column.querySelector(".welcome, .pill.none")?.remove();
    if (this.messages.size) return;
    if (!welcome) {
      this.column.prepend(el("p", { class: "service pill none" }, t("noMessages")));
      return;
    }
    this.column.prepend(
      el("div", { class: "welcome" },
        el("img", { class: "mark", src: "/static/mark.svg", alt: "", width: "84", height: "84" }),
        el("h3", {}, t("whatCan")),
        el("p", {}, welcome),
        el("p", { class: "welcome-hint" }, t("pressStart"))),
    );
  }

  setTyping(on) {
    if (on) this.column.append(this.typingRow);
    else this.typingRow.remove();
    if (this.following) this.toEnd();
  }

  setUnseen(count) {
    this.unseen = count;
    const badge = $("jump-count");
    badge.hidden = count === 0;
    badge.textContent = String(count);
  }

  scrolled() {
    this.following = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 70;
    this.jump.hidden = this.following;
    if (this.following) this.setUnseen(0);
    // the day stays in sight while one scrolls, and then gives the text free
    for (const name of this.column.querySelectorAll(".day-name")) {
      name.classList.toggle("stuck", name.parentElement.offsetTop < this.box.scrollTop - 4);
    }
    this.box.classList.remove("still");
    clearTimeout(this.stillTimer);
    this.stillTimer = setTimeout(() => this.box.classList.add("still"), 1200);
  }

  toEnd(smooth = false) {
    this.following = true;
    this.box.scrollTo({ top: this.box.scrollHeight, behavior: smooth && !calm() ? "smooth" : "auto" });
    if (!smooth) this.scrolled();
  }
}
