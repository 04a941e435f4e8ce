// The line where one writes: it grows, Enter sends, Shift+Enter breaks the line, "/" suggests commands.
import { $, el, isPhone, roving } from "./dom.js";
import { t } from "./i18n.js";
import { Quote } from "./quote.js";

export class Composer {
  constructor(actions) {
    this.actions = actions;
    this.form = $("composer-form");
    this.area = $("composer");
    this.button = $("send");
    this.list = $("suggestions");
    this.menuButton = $("menu-button");
    this.commands = [];
    this.drafts = new Map();
    this.person = null;
    this.picked = -1;
    this.asMenu = false;
    this.hints = { ask: "", keyboard: "" };
    this.quote = new Quote(() => this.leaveQuote());
    this.area.addEventListener("input", () => this.changed());
    this.area.addEventListener("keydown", (event) => this.key(event));
    this.area.addEventListener("blur", () => !this.asMenu && setTimeout(() => !this.asMenu && this.hide(), 120));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.menuButton.addEventListener("click", () => this.toggleMenu());
    this.list.addEventListener("keydown", (event) => this.menuKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (this.asMenu && !this.list.contains(event.target) && !this.menuButton.contains(event.target)) this.hide();
    });
    this.changed();
  }

  /** Keeps what was begun in one chat while another is open. */
  switchTo(person) {
    if (this.person !== null) this.drafts.set(this.person, this.quote.mode === "edit" ? "" : this.area.value);
    this.person = person;
    this.hints = { ask: "", keyboard: "" };
    this.quote.clear();
    this.area.value = this.drafts.get(person) || "";
    this.hint();
    this.hide();
    this.changed();
  }

  setCommands(commands) {
    this.commands = commands || [];
    this.menuButton.hidden = this.commands.length === 0;
    this.hide();
    this.suggest(); // somebody may have begun to type already
  }

  focus() {
    if (!isPhone()) this.area.focus({ preventScroll: true });
  }

  insert(text) {
    this.area.value = text;
    this.area.focus();
    this.changed();
  }

  /** What stands in the empty field: the bot's question, else its hint for the buttons, else the page's own. */
  hint(kind, text) {
    if (kind) this.hints[kind] = text || "";
    this.area.placeholder = this.hints.ask || this.hints.keyboard || t("writeMessage");
    this.quote.draw();
  }

  /** Answers or changes a message. */
  take(mode, message, forced = false) {
    if (this.quote.mode === "edit") this.area.value = "";
    this.quote.set(mode, message, forced);
    if (mode === "edit") this.area.value = message.text;
    this.area.focus({ preventScroll: true });
    this.changed();
  }

  /** The bot asks for an answer to a message of its own; null: not any more. */
  asked(message, placeholder) {
    this.hint("ask", placeholder);
    if (message && this.quote.forced && this.quote.message.message_id === message.message_id) return;
    if (message) this.take("reply", message, true);
    else if (this.quote.forced) this.quote.clear();
  }

  leaveQuote() {
    if (this.quote.mode === "edit") this.area.value = "";
    this.quote.clear();
    this.changed();
    this.area.focus();
  }

  /** The message is gone: so is what was to be said about it. */
  forget(messageId) {
    if (this.quote.message?.message_id === messageId) this.leaveQuote();
  }

  submit() {
    const text = this.area.value.trim();
    const { mode, message } = this.quote;
    if (!text) return;
    const sent =
      mode === "edit"
        ? this.actions.emit({ type: "edit", message_id: message.message_id, text })
        : this.actions.emit({ type: "text", text, ...(mode ? { reply_to: message.message_id } : {}) });
    if (!sent) return;
    this.quote.clear();
    this.area.value = "";
    this.changed();
    this.area.focus();
  }

  changed() {
    const empty = this.area.value.trim() === "";
    this.button.setAttribute("aria-disabled", String(empty));
    this.form.classList.toggle("filled", !empty);
    this.area.style.height = "auto";
    this.area.style.height = `${Math.min(190, Math.max(42, this.area.scrollHeight))}px`;
    this.area.style.overflowY = this.area.scrollHeight > 190 ? "auto" : "hidden";
    this.suggest();
  }

  suggest() {
    const typed = /^\/([\p{L}\d_]*)$/u.exec(this.area.value);
    if (!typed) {
      if (!this.asMenu) this.hide();
      return;
    }
    const start = typed[1].toLowerCase();
    this.show(this.commands.filter(({ command }) => command.toLowerCase().startsWith(start)), false);
  }

  toggleMenu() {
    if (this.asMenu) {
      this.hide();
      return;
    }
    this.show(this.commands, true);
    this.list.firstElementChild?.focus();
  }

  show(commands, asMenu) {
    if (!commands.length) {
      this.hide();
      return;
    }
    this.asMenu = asMenu;
    this.picked = asMenu ? -1 : 0;
    this.list.setAttribute("role", asMenu ? "menu" : "listbox");
    this.menuButton.setAttribute("aria-expanded", String(asMenu));
    this.list.replaceChildren(
      ...commands.map(({ command, description }, index) =>
        el(
          "button",
          {
            type: "button",
            id: `suggestion-${index}`,
            class: "suggestion",
            role: asMenu ? "menuitem" : "option",
            tabindex: asMenu ? null : "-1",
            "data-command": command,
            onpointerdown: (event) => !asMenu && event.preventDefault(),
            onclick: () => this.choose(command),
          },
          el("span", {}, description || command),
          el("span", { class: "suggestion-command" }, `/${command}`),
        ),
      ),
    );
    this.list.hidden = false;
    this.mark();
  }

  hide() {
    this.asMenu = false;
    this.list.hidden = true;
    this.menuButton.setAttribute("aria-expanded", "false");
    this.area.removeAttribute("aria-activedescendant");
  }

  mark() {
    [...this.list.children].forEach((node, index) => {
      if (this.asMenu) node.removeAttribute("aria-selected");
      else node.setAttribute("aria-selected", String(index === this.picked));
    });
    const node = this.list.children[this.picked];
    node?.scrollIntoView({ block: "nearest" });
    if (node && !this.asMenu) this.area.setAttribute("aria-activedescendant", node.id);
  }

  choose(command) {
    const fromMenu = this.asMenu;
    this.hide();
    if (!this.actions.send(`/${command}`)) return;
    if (!fromMenu) {
      this.area.value = "";
      this.changed();
    }
    this.focus();
  }

  key(event) {
    if (event.isComposing) return;
    const choosing = !this.list.hidden && !this.asMenu;
    if (choosing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const count = this.list.children.length;
      this.picked = (this.picked + (event.key === "ArrowDown" ? 1 : -1) + count) % count;
      this.mark();
    } else if (choosing && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.insert(`/${this.list.children[this.picked].dataset.command} `);
    } else if (choosing && event.key === "Escape") {
      event.preventDefault();
      this.hide();
    } else if (this.quote.mode && event.key === "Escape") {
      event.preventDefault();
      this.leaveQuote();
    } else if (event.key === "ArrowUp" && !this.area.value && !this.quote.mode) {
      const last = this.actions.lastOwn();
      if (!last) return;
      event.preventDefault();
      this.take("edit", last);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (choosing) this.choose(this.list.children[this.picked].dataset.command);
      else this.submit();
    }
  }

  menuKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.hide();
      this.menuButton.focus();
    } else if (event.key === "Tab") {
      this.hide();
    } else {
      roving(event, this.list.children);
    }
  }
}
