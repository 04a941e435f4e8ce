// Sending files: the paper-clip, dropping onto the chat, pasting.
import { $, el, icon } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { ask, toast } from "./overlays.js";

const LIMIT = 50 * 1024 * 1024;
const PICTURES = new Set(["image/png", "image/jpeg", "image/webp"]);

export class Attach {
  constructor(actions) {
    this.actions = actions;
    const input = $("file-input");
    $("attach").addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      this.offer([...input.files]);
      input.value = "";
    });
    $("composer").addEventListener("paste", (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (!files.length) return;
      event.preventDefault();
      this.offer(files);
    });
    this.dropping($("conversation"), $("drop"));
  }

  dropping(area, veil) {
    let depth = 0;
    const carries = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
    const show = (on) => {
      veil.hidden = !on;
      if (!on) depth = 0;
    };
    area.addEventListener("dragenter", (event) => {
      if (!carries(event) || !this.actions.canSend()) return;
      event.preventDefault();
      depth += 1;
      show(true);
    });
    area.addEventListener("dragover", (event) => {
      if (carries(event)) event.preventDefault();
    });
    area.addEventListener("dragleave", () => {
      depth -= 1;
      if (depth <= 0) show(false);
    });
    area.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      show(false);
      if (this.actions.canSend()) this.offer([...event.dataTransfer.files]);
    });
  }

  async offer(files) {
    const fit = files.filter((file) => {
      if (file.size > LIMIT) toast(t("fileTooBig", { name: file.name, size: fileSize(LIMIT) }), true);
      return file.size <= LIMIT;
    });
    if (!fit.length) return;
    const list = el("ul", { class: "dialog-files" }, ...fit.map((file) =>
      el("li", {}, icon(PICTURES.has(file.type) ? "image" : "file"), el("b", { title: file.name }, file.name),
        el("small", {}, fileSize(file.size)))));
    const box = el("input", { type: "checkbox", "data-testid": "as-photo" });
    const body = [list];
    if (fit.every((file) => PICTURES.has(file.type))) {
      box.checked = true;
      body.push(el("label", { class: "dialog-check" }, box, t("asPhoto")));
    }
    const user = this.actions.person().id;
    if (!(await ask({ title: t("sendFile"), body, agree: t("send") }))) return;
    for (const file of fit) await this.upload(user, file, box.checked);
  }

  upload(user, file, asPhoto) {
    const progress = el("progress", { max: "1", value: "0", "aria-label": file.name });
    const row = el("div", { class: "upload" }, icon("file"), el("span", {}, file.name), progress);
    const box = $("uploads");
    box.append(row);
    box.hidden = false;
    return new Promise((resolve) => {
      const form = new FormData();
      form.append("file", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", `/api/chat/${encodeURIComponent(user)}/document${asPhoto ? "?as=photo" : ""}`);
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) progress.value = event.loaded / event.total;
      });
      request.addEventListener("loadend", () => {
        row.remove();
        box.hidden = box.children.length === 0;
        if (request.status < 200 || request.status >= 300) toast(t("fileFailed", { name: file.name }), true);
        resolve();
      });
      request.send(form);
    });
  }
}
