// Sending files: the paper-clip, dropping onto the chat, pasting. Pictures go as photos or as they are.
import { $, el, icon } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { ask, menu, toast } from "./overlays.js";

const LIMIT = 50 * 1024 * 1024;
const PHOTO_SIDE = 1280; // px, what Telegram's own apps send

export class Attach {
  constructor(actions) {
    this.actions = actions;
    const input = $("file-input");
    $("attach").addEventListener("click", () =>
      menu($("attach"), [
        { icon: "image", text: t("attachFile"), run: () => input.click() },
        { icon: "person", text: t("contact"), run: () => actions.shareAnyContact() },
      ]));
    input.addEventListener("change", () => {
      this.offer([...input.files]);
      input.value = "";
    });
    document.addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (!files.length || !this.free()) return;
      event.preventDefault();
      this.offer(files);
    });
    this.dropping($("conversation"), $("drop"));
  }

  free() {
    return this.actions.person() && this.actions.canSend() && !document.querySelector("dialog[open]");
  }

  dropping(area, veil) {
    let depth = 0;
    const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    const show = (on) => {
      veil.hidden = !on;
      if (!on) depth = 0;
    };
    area.addEventListener("dragenter", (event) => {
      if (!carries(event) || !this.free()) return;
      event.preventDefault();
      depth += 1;
      show(true);
    });
    area.addEventListener("dragleave", () => {
      depth -= 1;
      if (depth <= 0) show(false);
    });
    area.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      show(false);
      if (this.free()) this.offer([...event.dataTransfer.files]);
    });
    // a file dropped beside the chat must not replace the page
    for (const name of ["dragover", "drop"]) {
      document.addEventListener(name, (event) => carries(event) && event.preventDefault());
    }
  }

  async offer(files) {
    const fit = files.filter((file) => {
      if (file.size > LIMIT) toast(t("fileTooBig", { name: file.name, size: fileSize(LIMIT) }), true);
      if (file.size === 0) toast(t("fileEmpty", { name: file.name }), true);
      return file.size > 0 && file.size <= LIMIT;
    });
    if (!fit.length) return;
    const bitmaps = await Promise.all(fit.map(decode));
    const body = [preview(fit, bitmaps)];
    const asPhoto = bitmaps.some(Boolean) ? choice() : null;
    if (asPhoto) body.push(asPhoto.node);
    const caption = el("textarea", { class: "caption", rows: "1", maxlength: "1024", placeholder: t("caption"), "aria-label": t("caption"), "data-testid": "caption" });
    body.push(caption);
    const user = this.actions.person().id;
    const agreed = await ask({ title: t("sendFile"), body, agree: t("send"), initial: caption });
    if (agreed) {
      this.actions.focusComposer();
      for (const [index, file] of fit.entries()) {
        const photo = bitmaps[index] && asPhoto.chosen() ? await photoOf(bitmaps[index]) : null;
        await this.upload(user, { name: file.name, content: photo || file, photo: Boolean(photo), caption: index ? "" : caption.value.trim() });
      }
    }
    for (const bitmap of bitmaps) bitmap?.close();
  }

  upload(user, { name, content, photo, caption }) {
    const progress = el("progress", { max: "1", value: "0", "aria-label": name });
    const row = el("div", { class: "upload" }, icon(photo ? "image" : "file"), el("span", {}, name), progress);
    const box = $("uploads");
    box.append(row);
    box.hidden = false;
    return new Promise((resolve) => {
      const form = new FormData();
      form.append("caption", caption);
      form.append("file", content, name);
      const request = new XMLHttpRequest();
      request.open("POST", `/api/chat/${encodeURIComponent(user)}/document${photo ? "?as=photo" : ""}`);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress.value = event.loaded / event.total;
      });
      request.addEventListener("loadend", () => {
        row.remove();
        box.hidden = box.children.length === 0;
        if (request.status < 200 || request.status >= 300) toast(t("fileFailed", { name }), true);
        resolve();
      });
      request.send(form);
    });
  }
}

/** The picture in a file; null for anything a browser cannot draw. */
async function decode(file) {
  if (!file.type.startsWith("image/") || file.type === "image/svg+xml") return null;
  try {
    return await createImageBitmap(file);
  } catch {
    return null;
  }
}

function draw(bitmap, side) {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = el("canvas", { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff"; // a photo has no transparent parts
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** A JPEG of a photo's size, as Telegram's own apps make it. */
const photoOf = (bitmap) => new Promise((resolve) => draw(bitmap, PHOTO_SIDE).toBlob(resolve, "image/jpeg", 0.87));

function preview(files, bitmaps) {
  if (files.length === 1 && bitmaps[0]) {
    const canvas = draw(bitmaps[0], 720);
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", files[0].name);
    return el("figure", { class: "dialog-picture" }, canvas, el("figcaption", {}, `${files[0].name}, ${fileSize(files[0].size)}`));
  }
  return el("ul", { class: "dialog-files" }, ...files.map((file, index) =>
    el("li", {}, bitmaps[index] ? draw(bitmaps[index], 88) : icon("file"), el("b", { title: file.name }, file.name),
      el("small", {}, fileSize(file.size)))));
}

function choice() {
  const box = (name, checked) => el("input", { type: "radio", name: "send-as", "data-testid": name, checked });
  const photo = box("as-photo", true);
  return {
    node: el("fieldset", { class: "segments" }, el("legend", { class: "announcer" }, t("sendAs")),
      el("label", {}, photo, el("span", {}, t("asPhoto"))), el("label", {}, box("as-file", false), el("span", {}, t("asFile")))),
    chosen: () => photo.checked,
  };
}
