// The reply keyboard below the composer.
import { $, el, icon } from "./dom.js";
import { label, t } from "./i18n.js";

export class ReplyKeyboard {
  constructor(actions) {
    this.actions = actions;
    this.box = $("reply-keyboard");
    this.toggle = $("keyboard-toggle");
    this.markup = null;
    this.shown = false;
    this.toggle.addEventListener("click", () => this.show(!this.shown));
  }

  /** `used`: the buttons were for one use and went; the person can call them back. */
  set(markup, used = false) {
    this.markup = markup?.keyboard?.length ? markup : null;
    this.box.replaceChildren();
    this.box.classList.toggle("tall", Boolean(this.markup) && !this.markup.resize_keyboard);
    for (const row of this.markup?.keyboard || []) {
      this.box.append(el("div", { class: "key-row" }, ...row.map((button) => this.key(button))));
    }
    this.actions.hint("keyboard", used ? "" : this.markup?.input_field_placeholder);
    this.show(Boolean(this.markup) && !used);
  }

  redraw() {
    this.actions.hint();
    this.show(this.shown);
  }

  show(wanted) {
    this.shown = wanted && Boolean(this.markup);
    this.box.hidden = !this.shown;
    // a persistent keyboard cannot be put away
    this.toggle.hidden = !this.markup || (this.shown && Boolean(this.markup.is_persistent));
    this.toggle.setAttribute("aria-expanded", String(this.shown));
    label(this.toggle, this.shown ? "hideKeyboard" : "showKeyboard");
  }

  key(given) {
    const button = typeof given === "string" ? { text: given } : given;
    const wantsContact = Boolean(button.request_contact);
    const special = Object.keys(button).some((name) => /^request_|^web_app$/.test(name) && button[name]);
    const style = button.style ? ` style-${button.style}` : "";
    return el(
      "button",
      {
        type: "button",
        class: `key${wantsContact ? " with-icon" : ""}${style}`,
        "data-testid": "button",
        onclick: async () => {
          let done = false;
          if (wantsContact) done = await this.actions.shareContact();
          else if (special) this.actions.toast(t("notHere"));
          else done = this.actions.send(button.text);
          if (done && this.markup?.one_time_keyboard) this.show(false);
        },
      },
      wantsContact ? icon("phone") : null,
      el("span", {}, button.text),
    );
  }
}
