// Dialogs, toasts and small menus.
import { $, el, icon, isPhone, roving } from "./dom.js";
import { t } from "./i18n.js";

/** A modal question. `body`: nodes or text; `initial`: what has the focus first; `check`: whether it may be agreed to now. Resolves to true when agreed. */
export function ask({ title, body = [], agree, refuse = t("cancel"), danger = false, role = "dialog", initial = null, check = () => true }) {
  return new Promise((resolve) => {
    const parts = [body].flat().map((part) => (typeof part === "string" ? el("p", {}, part) : part));
    const yes = el("button", { type: "button", class: `primary${danger ? " danger" : ""}`, "data-testid": "dialog-agree" }, agree);
    const no = refuse ? el("button", { type: "button", class: "secondary", "data-testid": "dialog-refuse" }, refuse) : null;
    const heading = title ? el("h2", { id: "dialog-title" }, title) : null;
    const dialog = el(
      "dialog",
      { role, "aria-labelledby": title ? "dialog-title" : null, "aria-describedby": "dialog-body" },
      el("div", { class: "dialog-body", id: "dialog-body" }, heading, ...parts),
      el("div", { class: "dialog-buttons" }, no, yes),
    );
    yes.addEventListener("click", () => check() && dialog.close("yes"));
    no?.addEventListener("click", () => dialog.close(""));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close("");
    });
    // Enter in a field agrees, as everywhere; a broken field is shown instead
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, textarea") || event.shiftKey) return;
      event.preventDefault();
      yes.click();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    (initial || yes).focus();
  });
}

/** What a bot's alert looks like. */
export const alertBox = (title, text) => ask({ title, body: text, agree: t("ok"), refuse: null, role: "alertdialog" });

export function toast(text, problem = false) {
  const node = el("div", { class: `toast${problem ? " problem" : ""}`, "data-testid": "toast" }, text);
  const inChat = !$("conversation").hidden && !(isPhone() && $("app").dataset.view === "list");
  const box = $(inChat ? "toasts" : "page-toasts");
  box.append(node);
  while (box.children.length > 3) box.firstElementChild.remove();
  const stay = Math.min(9000, 2600 + text.length * 45);
  setTimeout(() => {
    node.classList.add("leaving");
    setTimeout(() => node.remove(), 220);
  }, stay);
}

let opened = null;

export function closePopover() {
  opened?.();
}

/** Puts `node` beside `button` (or the point `at`): below or above, wherever there is room. */
function place(button, node, at) {
  const seen = button.getClientRects().length ? button : button.parentElement;
  const mark = at ? { left: at.x, right: at.x, top: at.y, bottom: at.y } : seen.getBoundingClientRect();
  const gap = at ? 0 : 6;
  const [width, height] = [node.offsetWidth, node.offsetHeight];
  const above = mark.top - gap - height >= 12;
  const below = !above || (mark.top < innerHeight * 0.6 && mark.bottom + gap + height + 12 <= innerHeight);
  const top = below ? mark.bottom + gap : mark.top - gap - height;
  const left = at || mark.left < innerWidth / 2 ? mark.left : mark.right - width;
  node.style.top = `${Math.max(12, Math.min(top, innerHeight - height - 12))}px`;
  node.style.left = `${Math.max(12, Math.min(left, innerWidth - width - 12))}px`;
  node.classList.toggle("above", !below);
}

/** Shows `node` beside `button` until Escape, a click elsewhere, or a second click on the button. */
export function popover(button, node, at = null) {
  const again = button.getAttribute("aria-expanded") === "true";
  closePopover();
  if (again) return false;
  node.classList.add("popover");
  document.body.append(node);
  place(button, node, at);
  if (button.hasAttribute("aria-haspopup")) button.setAttribute("aria-expanded", "true");
  const outside = (event) => {
    if (!node.contains(event.target) && !button.contains(event.target)) close();
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      event.preventDefault();
      close();
      button.focus({ preventScroll: true });
    } else if (event.key === "Tab") {
      stay(event, node);
    }
  };
  function close() {
    node.remove();
    if (button.hasAttribute("aria-haspopup")) button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    removeEventListener("resize", close);
    opened = null;
  }
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  addEventListener("resize", close);
  opened = close;
  return true;
}

/** Tab goes round within what lies over the page. */
function stay(event, node) {
  const stops = [...node.querySelectorAll("a[href], button, input")].filter((stop) => !stop.disabled && stop.getClientRects().length);
  if (!stops.length) return;
  event.preventDefault();
  const at = stops.indexOf(document.activeElement);
  stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length].focus();
}

/** A menu of {icon, text, danger, checked, run | href}, {heading} and {line}, below a button or at a point. */
export function menu(button, items, at = null) {
  const node = el("div", { role: "menu", "aria-label": t("menu") });
  node.addEventListener("keydown", (event) => roving(event, node.querySelectorAll('[role^="menuitem"]')));
  for (const item of items) {
    if (item.line) node.append(el("div", { role: "separator" }));
    else if (item.heading) node.append(el("div", { class: "menu-heading", role: "presentation" }, item.heading));
    else node.append(menuItem(item, button));
  }
  if (popover(button, node, at)) node.querySelector('[role^="menuitem"]')?.focus();
}

function menuItem(item, button) {
  const link = Boolean(item.href);
  const choice = item.checked !== undefined;
  return el(
    link ? "a" : "button",
    {
      type: link ? null : "button",
      href: item.href,
      target: link ? "_blank" : null,
      rel: link ? "noopener" : null,
      role: choice ? "menuitemradio" : "menuitem",
      "aria-checked": choice ? String(item.checked) : null,
      class: item.danger ? "danger" : null,
      onclick: (event) => {
        closePopover();
        button.focus({ preventScroll: true });
        if (item.run) {
          if (link) event.preventDefault();
          item.run();
        }
      },
    },
    icon(item.icon),
    el("span", {}, item.text),
    item.checked ? icon("check") : null,
  );
}
