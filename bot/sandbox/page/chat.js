// The open chat: what the server says goes to the parts of the page, what the person does goes to the server.
import { $, avatar, el, isPhone } from "./dom.js";
import { Attach } from "./attach.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { language, t } from "./i18n.js";
import { Presses } from "./keyboards.js";
import { classify } from "./links.js";
import { Log } from "./log.js";
import { showFaults } from "./faults.js";
import { phoneText } from "./media.js";
import { alertBox, ask, menu, toast } from "./overlays.js";
import { openBeside, pickContact, pickPerson } from "./pick.js";
import { ReplyKeyboard } from "./reply.js";
import { closeViewer, view } from "./viewer.js";

const ACTION_LASTS = 5500; // ms, as in Telegram, unless a message comes first

export class Chat {
  constructor(everybody) {
    this.everybody = everybody; // -> all people there are
    this.user = null;
    this.who = null;
    this.botInfo = { name: "Кабарчы", username: "", description: "" };
    this.started = true;
    this.blocked = false;
    this.place = null; // of a group or a channel: whether the bot may write there
    this.connected = false;
    this.connection = null;
    this.pendingStart = null;
    const actions = this.actions();
    this.log = new Log(actions);
    this.presses = new Presses(actions, $("column"));
    this.composer = new Composer(actions);
    this.reply = new ReplyKeyboard(actions);
    this.attach = new Attach(actions);
    $("start").addEventListener("click", () => this.start(""));
    $("unblock").addEventListener("click", () => this.emit({ type: "block", blocked: false }));
    $("place-button").addEventListener("click", () => this.emit({ bot: !this.place.bot }));
    $("more-button").addEventListener("click", () => this.more());
  }

  /** What the parts of the chat may ask for. */
  actions() {
    const chat = this;
    return {
      bot: () => chat.botInfo,
      person: () => chat.who,
      canSend: () => chat.started && !chat.blocked,
      welcome: () => (chat.started ? "" : chat.botInfo.description || chat.botInfo.short_description || chat.botInfo.name),
      emit: (message) => chat.emit(message),
      send: (text) => chat.emit({ type: "text", text }),
      start: (payload) => chat.start(payload),
      quote: (mode, message) => chat.composer.take(mode, message),
      hint: (kind, text) => chat.composer.hint(kind, text),
      lastOwn: () => chat.log.lastOwn(),
      insert: (text) => chat.composer.insert(text),
      focusComposer: () => chat.composer.focus(),
      reveal: (messageId) => chat.log.reveal(messageId),
      follow: (url) => chat.follow(url),
      shareContact: () => chat.shareContact(),
      shareAnyContact: () => chat.shareAnyContact(),
      alert: (text) => alertBox(chat.botInfo.name, text),
      toast,
      view,
      get presses() {
        return chat.presses;
      },
    };
  }

  open(user, person, startPayload = null) {
    if (this.connection) this.connection.close();
    closeViewer();
    this.user = user;
    this.place = null;
    this.pendingStart = startPayload;
    this.connected = false;
    this.fresh = true;
    this.presses.clear();
    this.composer.switchTo(String(user));
    this.reply.set(null);
    this.composer.setCommands([]);
    this.log.messages.clear();
    $("column").replaceChildren();
    this.setPerson(person);
    $("blank").hidden = true;
    $("conversation").hidden = false;
    this.showGates();
    this.showStatus();
    this.connection = new Connection(user, {
      onMessage: (message) => this.heard(message),
      onState: (connected) => {
        this.connected = connected;
        if (!connected) this.presses.clear();
        this.showStatus();
      },
    });
  }

  close() {
    this.connection?.close();
    this.connection = null;
    this.user = null;
    closeViewer();
    this.composer.hide();
    // on a phone the chat slides away as it is
    $("conversation").hidden = !isPhone();
    $("blank").hidden = isPhone();
  }

  setPerson(person) {
    if (!person) return;
    this.who = person;
    $("bar-person").replaceChildren(avatar(person.id, person.name));
    this.showStatus();
  }

  setBot(bot) {
    this.botInfo = { ...this.botInfo, ...bot };
    $("bot-name").textContent = this.botInfo.name;
  }

  async loadBot() {
    try {
      const response = await fetch(`/api/bot?lang=${language()}`);
      if (!response.ok) return this.botInfo;
      const bot = await response.json();
      if (this.user === null) this.setBot(bot); // an open chat speaks the person's language
      return bot;
    } catch {
      return this.botInfo; // the connection will say it better
    }
  }

  redraw() {
    this.reply.redraw();
    if (this.user === null) return;
    this.showStatus();
    this.showGates();
    this.log.redraw();
  }

  heard(message) {
    const { log } = this;
    const handlers = {
      history: () => this.history(message),
      message: () => this.arrived(message.message),
      edited: () => log.edit(message.message),
      deleted: () => {
        this.composer.forget(message.message_id);
        log.remove(message.message_id);
      },
      reply_keyboard: () => this.reply.set(message.markup, message.used),
      force_reply: () => this.asked(message.ask),
      faults: () => showFaults(message.faults),
      callback_answer: () => this.presses.answered(message),
      pressed: () => this.presses.pressed(message.client_id, message.callback_id),
      action: () => this.doing(message.action),
      commands: () => this.composer.setCommands(message.commands),
      state: () => this.setState(message),
      place: () => {
        this.place = { bot: message.bot };
        this.showGates();
      },
      error: () => toast(message.text, true),
    };
    handlers[message.type]?.();
  }

  history(message) {
    if (message.bot) this.setBot(message.bot);
    this.started = message.started;
    this.blocked = message.blocked;
    this.place = message.place || null;
    this.composer.setCommands(message.commands);
    this.reply.set(message.reply_keyboard, message.keyboard_used);
    this.presses.clear();
    this.log.fill(message.messages, !this.fresh);
    showFaults(message.faults);
    if (this.composer.quote.mode && !this.log.messages.has(this.composer.quote.message.message_id)) this.composer.leaveQuote();
    this.asked(message.force_reply);
    this.showGates();
    if (this.fresh && !this.place) (this.started && !this.blocked ? this.composer : this).focus();
    this.fresh = false;
    if (this.pendingStart !== null) {
      const payload = this.pendingStart;
      this.pendingStart = null;
      this.start(payload);
    }
  }

  asked(ask) {
    this.composer.asked(ask && this.log.messages.get(ask.message_id), ask?.placeholder);
  }

  /** To the one button there is, while there is nothing to write in. */
  focus() {
    if (!isPhone()) $(this.blocked ? "unblock" : "start").focus({ preventScroll: true });
  }

  arrived(message) {
    if (message.from?.is_bot) this.doing(null);
    this.log.add(message);
    if (document.hidden && message.from?.is_bot) document.dispatchEvent(new CustomEvent("unseen"));
  }

  setState({ blocked, started }) {
    const waited = document.activeElement?.closest(".gate") || document.activeElement === document.body;
    this.blocked = blocked;
    this.started = started;
    this.showGates();
    this.log.blank();
    document.dispatchEvent(new CustomEvent("people"));
    if (waited && started && !blocked) this.composer.focus();
    else if (blocked) this.focus();
  }

  emit(message) {
    const sent = Boolean(this.connected && this.connection?.send(message));
    if (!sent) toast(t("notConnected"), true);
    return sent;
  }

  start(payload) {
    return this.emit({ type: "start", payload: payload || "" });
  }

  doing(action) {
    clearTimeout(this.actionTimer);
    this.action = action;
    this.log.setTyping(Boolean(action));
    if (action) this.actionTimer = setTimeout(() => this.doing(null), ACTION_LASTS);
    this.showStatus();
  }

  showStatus() {
    const status = $("bar-status");
    status.classList.toggle("busy", !this.connected || Boolean(this.action));
    if (!this.connected) status.textContent = t("connecting");
    else if (this.action) status.textContent = t(this.action === "typing" ? "typing" : "uploading");
    else if (this.place) status.textContent = this.who?.kind ? `${this.who.name} · ${t(this.who.kind)}` : "";
    else status.textContent = this.who ? t("actingAs", { name: this.who.name }) : t("bot");
  }

  showGates() {
    $("block-gate").hidden = !this.blocked;
    $("start-gate").hidden = this.blocked || this.started;
    $("composer-form").hidden = this.blocked || !this.started || Boolean(this.place);
    $("place-gate").hidden = !this.place;
    if (this.place) {
      $("place-words").textContent = t(this.place.bot ? "botIsHere" : "botIsNotHere");
      $("place-button").textContent = t(this.place.bot ? "takeBotOut" : "letBotIn");
    }
    if (this.place || this.blocked || !this.started) this.reply.box.hidden = true;
    else this.reply.show(this.reply.shown);
  }

  async shareContact() {
    const person = this.who;
    const card = el(
      "div",
      { class: "dialog-card" },
      avatar(person.id, person.name),
      el("strong", {}, person.name),
      el("span", {}, phoneText(person.phone)),
    );
    const agreed = await ask({
      title: t("shareContact"),
      body: [el("p", { class: "muted" }, t("shareContactText")), card],
      agree: t("send"),
    });
    return agreed && this.emit({ type: "contact" });
  }

  async follow(url) {
    const target = classify(url, this.botInfo.username);
    if (target.kind === "bot") {
      this.start(target.start || "");
    } else if (target.kind === "outside" && (await ask({ title: t("openLink"), body: target.href, agree: t("open") }))) {
      window.open(target.href, "_blank", "noopener");
    }
  }

  more() {
    if (this.place) {
      menu($("more-button"), [
        { icon: "window", text: t("newWindow"), href: `/?user=${encodeURIComponent(this.user)}`, run: () => openBeside(this.user) },
      ]);
      return;
    }
    menu($("more-button"), [
      { icon: "people", text: t("beside"), run: () => this.beside() },
      { icon: "window", text: t("newWindow"), href: `/?user=${encodeURIComponent(this.user)}`, run: () => openBeside(this.user) },
      { line: true },
      this.blocked
        ? { icon: "stop", text: t("unblock"), run: () => this.emit({ type: "block", blocked: false }) }
        : { icon: "stop", text: t("block"), danger: true, run: () => this.block() },
    ]);
  }

  async beside() {
    const others = this.everybody().filter((person) => String(person.id) !== String(this.user));
    const id = await pickPerson(t("beside"), others);
    if (id) openBeside(id);
  }

  async shareAnyContact() {
    const contact = await pickContact(this.who, this.everybody());
    if (contact) this.emit({ type: "contact", ...contact });
    this.composer.focus();
  }

  async block() {
    const sure = await ask({ title: t("block"), body: t("blockSure"), agree: t("block"), danger: true });
    if (sure) this.emit({ type: "block", blocked: true });
  }
}
