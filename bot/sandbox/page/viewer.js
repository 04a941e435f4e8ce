// The panel that shows a PDF or a picture beside the chat. On phones a PDF opens in a new tab.
import { $, el, icon, isPhone } from "./dom.js";
import { fileSize, t } from "./i18n.js";
import { fileUrl } from "./media.js";

const NARROW = matchMedia("(max-width: 1150px)"); // as in media.css
let back = null;
let tabbed = false;

export function view({ name, size, fileId, kind }) {
  const url = fileUrl(fileId);
  if (kind === "pdf" && (isPhone() || navigator.pdfViewerEnabled === false)) {
    window.open(url, "_blank", "noopener");
    return;
  }
  if ($("viewer").hidden) back = document.activeElement;
  const panel = $("viewer");
  const close = el(
    "button",
    { type: "button", class: "icon-button", "data-testid": "viewer-close", "aria-label": t("close"), title: t("close"), onclick: closeViewer },
    icon("close"),
  );
  const content =
    kind === "pdf"
      ? el("iframe", { src: `${url}#view=FitH&navpanes=0`, title: name })
      : el("div", { class: "picture" }, el("img", { src: url, alt: name }));
  panel.replaceChildren(
    el(
      "header",
      { class: "viewer-bar" },
      el("div", { class: "viewer-words" }, el("h2", { id: "viewer-name" }, name), el("p", {}, fileSize(size))),
      el(
        "a",
        { class: "doc-action", href: fileUrl(fileId, true), download: name, "aria-label": t("downloadFile", { name }) },
        icon("download"),
        el("span", {}, t("download")),
      ),
      el(
        "a",
        { class: "icon-button", href: url, target: "_blank", rel: "noopener", "aria-label": t("newWindow"), title: t("newWindow") },
        icon("window"),
      ),
      close,
    ),
    content,
  );
  panel.setAttribute("aria-labelledby", "viewer-name");
  panel.hidden = false;
  $("app").classList.add("with-viewer");
  cover();
  close.focus();
}

/** Where there is no room beside the chat, the panel lies over it: the chat is then out of reach. */
function cover() {
  const over = !$("viewer").hidden && NARROW.matches;
  $("people-pane").inert = over;
  $("chat-pane").inert = over;
  if (over) $("viewer").setAttribute("aria-modal", "true");
  else $("viewer").removeAttribute("aria-modal");
}

export function closeViewer() {
  const panel = $("viewer");
  if (panel.hidden) return;
  panel.hidden = true;
  panel.removeAttribute("aria-labelledby");
  panel.replaceChildren();
  $("app").classList.remove("with-viewer");
  cover();
  if (back?.isConnected) back.focus({ preventScroll: true });
  back = null;
}

/** A browser's own PDF reader takes the focus once it is ready; only who tabs or points into it wants that. */
function returnStolenFocus() {
  const frame = $("viewer").querySelector("iframe");
  if (!frame || document.activeElement !== frame || tabbed || frame.matches(":hover")) return;
  $("viewer").querySelector("button").focus();
}

export function setUpViewer() {
  NARROW.addEventListener("change", cover);
  // where the page's policy allows no frames, the document still opens, in a tab of its own
  document.addEventListener("securitypolicyviolation", (event) => {
    const frame = $("viewer").querySelector("iframe");
    if (!frame || event.effectiveDirective !== "frame-src") return;
    closeViewer();
    window.open(frame.src, "_blank", "noopener");
  });
  window.addEventListener("blur", () => setTimeout(returnStolenFocus));
  document.addEventListener("keydown", (event) => {
    tabbed = event.key === "Tab";
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) closeViewer();
  });
}
