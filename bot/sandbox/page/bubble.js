// One Bot API Message -> one element of the chat.
import { el, icon } from "./dom.js";
import { richText } from "./entities.js";
import { clock, label, moment, t } from "./i18n.js";
import { inlineKeyboard } from "./keyboards.js";
import { languageOf } from "./languages.js";
import { contactCard, documentCard, photoCard } from "./media.js";
import { summary } from "./quote.js";

const JUMBO = /^(\p{Extended_Pictographic}[\uFE0F\u200D\p{Emoji_Modifier}]*){1,3}$/u;

export function bubble(message, actions) {
  const side = message.from?.is_bot ? "in" : "out";
  const author = side === "in" ? actions.bot().name : t("you");
  const parts = content(message, actions);
  if (!parts) return serviceLine(message);

  const time = meta(message);
  const box = el("div", { class: "bubble", id: `bubble-${message.message_id}` }, el("span", { class: "said" }, `${author}: `), ...parts.nodes);
  if (parts.photo) box.classList.add("has-photo");
  if (parts.text !== null) {
    const text = el("div", { class: "text", dir: "auto", lang: languageOf(parts.text, actions.person()?.language_code) }, richText(parts.text, parts.entities, actions), time);
    if (!parts.nodes.length && !message.via_bot && JUMBO.test(parts.text)) box.classList.add("jumbo");
    box.append(text);
  } else {
    box.append(time);
  }
  const stack = el("div", { class: "stack" }, box);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) {
    stack.classList.add("keyed");
    stack.append(inlineKeyboard(message, rows, actions));
  }
  const more = el("button", { type: "button", class: "icon-button msg-more", tabindex: "-1", "aria-haspopup": "menu", "aria-expanded": "false" }, icon("more"));
  label(more, "messageMenu");
  return el(
    "article",
    {
      class: `msg ${side}`,
      tabindex: "-1",
      "aria-labelledby": `bubble-${message.message_id}`,
      "data-testid": `message-${message.message_id}`,
      "data-message-id": message.message_id,
    },
    stack,
    more,
  );
}

function content(message, actions) {
  const nodes = [];
  const head = provenance(message);
  if (head) nodes.push(head);
  if (message.reply_to_message) nodes.push(replyHead(message.reply_to_message, actions));
  if (typeof message.text === "string") {
    return { nodes, text: message.text, entities: message.entities, photo: false };
  }
  if (message.sticker) return { nodes, text: message.sticker.emoji || "🙂", entities: [], photo: false };
  const caption = { text: message.caption || null, entities: message.caption_entities };
  if (message.photo?.length) {
    nodes.push(photoCard(message, actions));
    return { nodes, ...caption, photo: true };
  }
  const file = message.document || message.audio || message.voice || message.video || message.animation;
  if (file) {
    nodes.push(documentCard(file, actions));
    return { nodes, ...caption, photo: false };
  }
  if (message.contact) {
    nodes.push(contactCard(message.contact));
    return { nodes, ...caption, photo: false };
  }
  if (message.location) {
    const { latitude, longitude } = message.venue?.location || message.location;
    const words = [message.venue?.title, message.venue?.address, `${latitude}, ${longitude}`].filter(Boolean);
    return { nodes, text: `📍 ${words.join("\n")}`, entities: [], photo: false };
  }
  return null;
}

function replyHead(replied, actions) {
  const author = replied.from?.is_bot ? actions.bot().name : t("you");
  return el(
    "button",
    { type: "button", class: "reply", onclick: () => actions.reveal(replied.message_id) },
    el("b", {}, author),
    el("span", {}, summary(replied)),
  );
}

/** Who wrote it first, or which bot made it. */
function provenance(message) {
  const origin = message.forward_origin;
  const lines = [];
  if (origin) {
    const user = origin.sender_user;
    const name = user ? [user.first_name, user.last_name].filter(Boolean).join(" ") : origin.sender_user_name || t("hiddenAccount");
    lines.push(el("span", {}, `${t("forwardedFrom")} `, el("b", {}, name)));
  }
  if (message.via_bot) lines.push(el("span", {}, t("via", { name: `@${message.via_bot.username}` })));
  return lines.length ? el("p", { class: "provenance" }, ...lines) : null;
}

function meta(message) {
  const sent = new Date(message.date * 1000);
  const node = el("span", { class: "meta", title: moment(sent) });
  if (message.edit_date) node.append(el("span", { class: "edited" }, t("edited")));
  node.append(el("time", { datetime: sent.toISOString() }, clock(sent)));
  if (!message.from?.is_bot) node.append(icon("ticks"));
  return node;
}

function serviceLine(message) {
  const pinned = message.pinned_message;
  const words = pinned ? `📌 ${pinned.text || pinned.caption || ""}` : t("unsupported");
  return el("p", { class: "msg service pill", "data-testid": `message-${message.message_id}` }, words);
}
