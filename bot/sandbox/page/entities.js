// A Bot API text with its entities -> DOM nodes. Offsets are UTF-16 units, as JavaScript's own string indices are.
import { el, icon, copyText } from "./dom.js";
import { t, label } from "./i18n.js";
import { wire } from "./links.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
// what a client makes clickable by itself, if the server did not say so
const CLICKABLE = /(https?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]}'…])|(?<=^|[\s(«"])(\/[a-z][a-z0-9_]{0,31})(?![\w/])/gi;

export function richText(text, entities, actions) {
  const sorted = (entities || [])
    .map((entity) => ({ ...entity, end: Math.min(entity.offset + entity.length, text.length) }))
    .filter((entity) => entity.offset >= 0 && entity.end > entity.offset)
    .sort((a, b) => a.offset - b.offset || b.end - a.end);
  const root = document.createDocumentFragment();
  fill(root, { text, start: 0, end: text.length, entities: sorted, inert: false, actions });
  return root;
}

function fill(parent, { text, start, end, entities, inert, actions }) {
  const queue = [...entities];
  let at = start;
  while (queue.length) {
    const entity = queue.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.end, end);
    if (to <= from) continue;
    leaf(parent, text.slice(at, from), inert, actions);
    const inside = [];
    const rests = []; // of entities that overlap this one: they continue after it
    while (queue.length && queue[0].offset < to) {
      const next = queue.shift();
      inside.push(next);
      if (next.end > to) rests.push({ ...next, offset: to });
    }
    queue.unshift(...rests);
    const { node, hole, quiet } = shell(entity, text.slice(from, to), actions);
    fill(hole, { text, start: from, end: to, entities: inside, inert: inert || quiet, actions });
    parent.append(node);
    at = to;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1;
  }
  leaf(parent, text.slice(at, end), inert, actions);
}

function leaf(parent, text, inert, actions) {
  if (!text) return;
  if (inert) {
    parent.append(text);
    return;
  }
  let at = 0;
  for (const found of text.matchAll(CLICKABLE)) {
    parent.append(text.slice(at, found.index));
    const node = found[1] ? anchor(found[1], actions) : command(found[2], actions);
    node.append(found[0]);
    parent.append(node);
    at = found.index + found[0].length;
  }
  parent.append(text.slice(at));
}

function anchor(url, actions) {
  const node = el("a");
  return wire(node, url, actions) ? node : el("span");
}

function command(text, actions) {
  return el("button", { type: "button", class: "link command", onclick: () => actions.send(text) });
}

function copyable(tag, text, actions) {
  return el(tag, {
    title: t("copy"),
    onclick: async () => actions.toast(t((await copyText(text)) ? "copied" : "notHere")),
  });
}

/** The element of one entity, the hole for its content, and whether links inside it are dead (quiet). */
function shell(entity, text, actions) {
  const same = (node, quiet = false) => ({ node, hole: node, quiet });
  switch (entity.type) {
    case "bold":
    case "italic":
    case "underline":
    case "strikethrough":
      return same(el(PLAIN[entity.type]));
    case "spoiler":
      return spoiler();
    case "code":
      return same(copyable("code", text, actions), true);
    case "pre":
      return pre(entity, text, actions);
    case "blockquote":
      return same(el("blockquote"));
    case "expandable_blockquote":
      return foldable();
    case "text_link":
      return same(anchor(entity.url, actions), true);
    case "url":
      return same(anchor(text, actions), true);
    case "email":
      return same(anchor(`mailto:${text}`, actions), true);
    case "phone_number":
      return same(anchor(`tel:${text.replace(/[^+\d]/g, "")}`, actions), true);
    case "mention":
      return same(anchor(`https://t.me/${text.slice(1)}`, actions), true);
    case "bot_command":
      return same(command(text.replace(/@\w+$/, ""), actions), true);
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return same(el("span", { class: "tag" }), true);
    default:
      return same(el("span"));
  }
}

function spoiler() {
  const hole = el("span", { "aria-hidden": "true", inert: true });
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0" }, hole);
  label(node, "hiddenText");
  const reveal = (event) => {
    if (!node.hasAttribute("role")) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    for (const name of ["role", "tabindex", "aria-label", "data-t-label"]) node.removeAttribute(name);
    hole.removeAttribute("aria-hidden");
    hole.inert = false;
    node.classList.add("open");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return { node, hole, quiet: false };
}

function pre(entity, text, actions) {
  const hole = el("code");
  const copy = copyable("button", text, actions);
  copy.type = "button";
  copy.setAttribute("aria-label", t("copy"));
  copy.append(icon("copy"));
  const head = el("span", { class: "pre-head" }, el("span", {}, entity.language || ""), copy);
  return { node: el("span", { class: "pre" }, head, el("pre", { tabindex: "0" }, hole)), hole, quiet: true };
}

function foldable() {
  const hole = el("div", { class: "quote" });
  const button = el("button", { type: "button", class: "fold", "aria-expanded": "false" }, t("showAll"));
  const node = el("blockquote", { class: "folded" }, hole, button);
  button.addEventListener("click", () => {
    const folded = node.classList.toggle("folded");
    button.setAttribute("aria-expanded", String(!folded));
    button.textContent = t(folded ? "showAll" : "showLess");
  });
  return { node, hole, quiet: false };
}
