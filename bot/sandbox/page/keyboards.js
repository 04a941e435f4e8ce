// Inline keyboards below messages, and the taps that still wait for the bot's answer.
import { copyText, el, icon } from "./dom.js";
import { t } from "./i18n.js";
import { wire } from "./links.js";

const PATIENCE = 15_000; // ms until a tap stops spinning, answered or not

export function inlineKeyboard(message, rows, actions) {
  return el(
    "div",
    { class: "keys" },
    ...rows.map((row) => el("div", { class: "key-row" }, ...row.map((button) => key(message, button, actions)))),
  );
}

function key(message, button, actions) {
  const style = button.style ? ` style-${button.style}` : "";
  const base = { class: `key${style}`, "data-testid": "button" };
  const link = button.url || button.web_app?.url || button.login_url?.url;
  if (link) {
    const node = el("a", base, button.text, icon("link"));
    if (!wire(node, link, actions)) node.addEventListener("click", () => actions.toast(t("notHere")));
    return node;
  }
  const node = el("button", { ...base, type: "button" }, button.text);
  if (typeof button.callback_data === "string") {
    node.dataset.press = button.callback_data;
    if (actions.presses.waits(message.message_id, button.callback_data)) node.setAttribute("aria-busy", "true");
    node.addEventListener("click", () => actions.presses.press(message.message_id, button.callback_data));
  } else if (button.copy_text) {
    node.append(icon("copy"));
    node.addEventListener("click", async () => {
      actions.toast(t((await copyText(button.copy_text.text)) ? "copied" : "notHere"));
    });
  } else {
    const query = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    node.addEventListener("click", () => {
      if (typeof query === "string") actions.insert(`@${actions.bot().username} ${query}`);
      else actions.toast(t("notHere"));
    });
  }
  return node;
}

/** Taps on their way: client_id -> {messageId, data, callbackId, timer}. */
export class Presses {
  constructor(actions, root) {
    this.actions = actions;
    this.root = root;
    this.waiting = new Map();
    this.early = new Map(); // answers that came before the server told us our callback id
  }

  waits(messageId, data) {
    return [...this.waiting.values()].some((tap) => tap.messageId === messageId && tap.data === data);
  }

  press(messageId, data) {
    if (this.waits(messageId, data)) return;
    const clientId = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
    const sent = this.actions.emit({ type: "press", message_id: messageId, data, client_id: clientId });
    if (!sent) return;
    const timer = setTimeout(() => this.settle(clientId), PATIENCE);
    this.waiting.set(clientId, { messageId, data, callbackId: null, timer });
    this.show(messageId, data, true);
  }

  pressed(clientId, callbackId) {
    const tap = this.waiting.get(clientId);
    if (!tap) return;
    tap.callbackId = callbackId;
    const answer = this.early.get(callbackId);
    if (answer) this.answered(answer);
  }

  answered(answer) {
    const found = [...this.waiting].find(([, tap]) => tap.callbackId === answer.callback_id);
    if (!found) {
      this.early.set(answer.callback_id, answer);
      setTimeout(() => this.early.delete(answer.callback_id), 3000);
      return;
    }
    this.early.delete(answer.callback_id);
    this.settle(found[0]);
    if (answer.url) this.actions.follow(answer.url);
    if (answer.text && answer.show_alert) this.actions.alert(answer.text);
    else if (answer.text) this.actions.toast(answer.text);
  }

  settle(clientId) {
    const tap = this.waiting.get(clientId);
    if (!tap) return;
    clearTimeout(tap.timer);
    this.waiting.delete(clientId);
    this.show(tap.messageId, tap.data, false);
  }

  clear() {
    for (const clientId of [...this.waiting.keys()]) this.settle(clientId);
    this.early.clear();
  }

  show(messageId, data, busy) {
    for (const node of this.root.querySelectorAll(`[data-message-id="${messageId}"] [data-press]`)) {
      if (node.dataset.press !== data) continue;
      if (busy) node.setAttribute("aria-busy", "true");
      else node.removeAttribute("aria-busy");
    }
  }
}
