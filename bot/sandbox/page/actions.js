// What can be done with a message: a menu at the pointer, at its button, or from the keyboard.
import { copyText } from "./dom.js";
import { t } from "./i18n.js";
import { menu, toast } from "./overlays.js";

export const editable = (message) => !message.from?.is_bot && typeof message.text === "string" && !message.forward_origin && !message.via_bot;

export function messageMenu(message, node, actions, at = null) {
  const words = message.text || message.caption;
  const items = [];
  if (actions.canSend()) items.push({ icon: "reply", text: t("reply"), run: () => actions.quote("reply", message) });
  if (words) {
    items.push({ icon: "copy", text: t("copyText"), run: async () => toast(t((await copyText(words)) ? "copied" : "notHere")) });
  }
  if (actions.canSend() && !message.has_protected_content) {
    items.push({ icon: "forward", text: t("forward"), run: () => actions.emit({ type: "forward", message_id: message.message_id }) });
  }
  if (actions.canSend() && editable(message)) {
    items.push({ icon: "edit", text: t("edit"), run: () => actions.quote("edit", message) });
  }
  if (items.length) menu(node, items, at);
}
