// Dialogs, toasts and small menus.
import { $, el, icon, isPhone, roving } from "./dom.js";
import { t } from "./i18n.js";

/** A modal question. `body`: nodes or text. Resolves to true when agreed. */
export function ask({ title, body = [], agree, refuse = t("cancel"), danger = false, role = "dialog" }) {
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
    yes.addEventListener("click", () => dialog.close("yes"));
    no?.addEventListener("click", () => dialog.close(""));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close("");
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}

/** What a bot's alert looks like. */
export const alertBox = (title, text) => ask({ title, body: text, agree: t("ok"), refuse: null, role: "alertdialog" });

export function toast(text, problem = false) {
  const node = el("div", { class: `toast${problem ? " problem" : ""}`, "data-testid": "toast" }, text);
  const box = $("toasts");
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

/** Shows `node` below `button` until Escape, a click elsewhere, or a second click on the button. */
export function popover(button, node) {
  const again = button.getAttribute("aria-expanded") === "true";
  closePopover();
  if (again) return false;
  node.classList.add("popover");
  const place = button.getBoundingClientRect();
  node.style.top = `${place.bottom + 6}px`;
  node.style.right = `${isPhone() ? 12 : Math.max(12, innerWidth - place.right)}px`;
  document.body.append(node);
  button.setAttribute("aria-expanded", "true");
  const outside = (event) => {
    if (!node.contains(event.target) && !button.contains(event.target)) close();
  };
  const keys = (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      button.focus();
    }
  };
  function close() {
    node.remove();
    button.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    document.removeEventListener("keydown", keys, true);
    opened = null;
  }
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("keydown", keys, true);
  opened = close;
  return true;
}

/** A menu of {icon, text, danger, run | href} below a button. */
export function menu(button, items) {
  const node = el("div", { role: "menu", "aria-labelledby": button.id, onkeydown: (event) => roving(event, node.children) },
    ...items.map((item) => {
      const link = Boolean(item.href);
      return el(
        link ? "a" : "button",
        {
          type: link ? null : "button",
          href: item.href,
          target: link ? "_blank" : null,
          rel: link ? "noopener" : null,
          role: "menuitem",
          class: item.danger ? "danger" : null,
          onclick: () => {
            closePopover();
            item.run?.();
          },
        },
        icon(item.icon),
        item.text,
      );
    }));
  if (popover(button, node)) node.firstElementChild?.focus();
}
