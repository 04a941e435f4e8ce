// Documents, photos and contacts inside bubbles.
import { avatar, el, icon } from "./dom.js";
import { fileSize, t } from "./i18n.js";

const KINDS = {
  pdf: "pdf",
  xlsx: "sheet", xls: "sheet", csv: "sheet", ods: "sheet",
  docx: "word", doc: "word", odt: "word", rtf: "word",
  ics: "date",
  png: "image", jpg: "image", jpeg: "image", webp: "image", gif: "image",
};

export const fileUrl = (fileId, download = false) =>
  `/api/files/${encodeURIComponent(fileId)}${download ? "?download=1" : ""}`;

function extension(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase().slice(0, 4) : "";
}

export function documentCard(file, actions) {
  const name = file.file_name || t("document");
  const ending = extension(name);
  const kind = file.mime_type === "application/pdf" ? "pdf" : KINDS[ending];
  const download = el(
    "a",
    {
      class: "doc-action",
      href: fileUrl(file.file_id, true),
      download: name,
      "data-testid": "document-download",
      "aria-label": t("downloadFile", { name }),
    },
    icon("download"),
    el("span", {}, t("download")),
  );
  const buttons = el("div", { class: "doc-actions" }, download);
  if (kind === "pdf" || kind === "image") {
    buttons.prepend(
      el(
        "button",
        {
          type: "button",
          class: "doc-action",
          "data-testid": "document-open",
          "aria-label": t("openFile", { name }),
          onclick: () => actions.view({ name, size: file.file_size, fileId: file.file_id, kind }),
        },
        icon(kind === "pdf" ? "file" : "image"),
        el("span", {}, t("open")),
      ),
    );
  }
  return el(
    "div",
    { class: "doc" },
    el("span", { class: `doc-icon${kind ? ` kind-${kind}` : ""}`, "aria-hidden": "true" }, ending.toUpperCase()),
    el("span", { class: "doc-name", title: name }, name),
    el("span", { class: "doc-size" }, fileSize(file.file_size)),
    buttons,
  );
}

export function photoCard(message, actions) {
  const sizes = [...message.photo].sort((a, b) => a.width * a.height - b.width * b.height);
  const largest = sizes[sizes.length - 1];
  const shown = sizes.find((size) => size.width >= 640) || largest;
  const picture = el("img", {
    src: fileUrl(shown.file_id),
    alt: message.caption || t("photo"),
    width: largest.width || null,
    height: largest.height || null,
  });
  const card = el(
    "button",
    {
      type: "button",
      class: "photo",
      "aria-label": `${t("photo")}: ${t("open")}`,
      onclick: () =>
        actions.view({ name: t("photo"), size: largest.file_size, fileId: largest.file_id, kind: "image" }),
    },
    picture,
  );
  if (largest.width && largest.height) {
    card.style.aspectRatio = String(Math.max(0.6, Math.min(2.4, largest.width / largest.height)));
    card.style.width = `${Math.min(420, Math.max(180, largest.width))}px`;
    card.style.maxWidth = "100%";
  }
  return card;
}

export function contactCard(contact) {
  const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
  const phone = phoneText(contact.phone_number);
  return el(
    "div",
    { class: "contact" },
    avatar(contact.user_id || 0, name),
    el("span", { class: "contact-name" }, name),
    el("span", { class: "contact-phone" }, phone),
  );
}

export function phoneText(number) {
  const text = String(number || "");
  return /^\d+$/.test(text) ? `+${text}` : text;
}
