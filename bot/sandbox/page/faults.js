// A small panel that lets Telegram misbehave, to show what the bot then does.
import { $, el } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { closePopover, popover, toast } from "./overlays.js";

const KINDS = ["429", "lost", "slow", "500", "off"];
const CODES = { lost: "…✕", slow: "≈", off: "✓" };

let ordered = "off";
const numbers = { seconds: 3, count: 1 };

/** How many calls are still to be hit, whatever shape the server tells it in. */
function waiting(answer) {
  const list = Array.isArray(answer) ? answer : answer?.faults || answer?.waiting || [];
  if (Array.isArray(list)) return list.reduce((sum, fault) => sum + (Number(fault.count) || 1), 0);
  return 0;
}

async function refresh() {
  try {
    const answer = await (await fetch("/api/faults")).json();
    if (!waiting(answer)) ordered = "off";
    $("faults-button").classList.toggle("on", waiting(answer) > 0);
  } catch {
    $("faults-button").classList.remove("on");
  }
}

async function order(kind) {
  try {
    const response = await fetch("/api/faults", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind, ...numbers }),
    });
    if (!response.ok) throw new Error(String(response.status));
    ordered = kind;
    toast(kind === "off" ? t("faultoff") : t("faultSet", { name: t(`fault${kind}`) }));
  } catch {
    toast(t("faultFailed"), true);
  }
  closePopover();
  await refresh();
}

function number(name, key, min, max) {
  const input = el("input", { type: "number", min, max, step: "1", value: numbers[name], inputmode: "numeric" });
  input.addEventListener("input", () => {
    numbers[name] = Math.min(max, Math.max(min, Math.round(Number(input.value)) || min));
  });
  return el("label", {}, t(key), input);
}

function panel() {
  return el(
    "section",
    { class: "faults", role: "dialog", "aria-labelledby": "faults-title", "data-testid": "faults-panel" },
    el("h2", { id: "faults-title" }, t("faults")),
    el("p", {}, t("faultsText")),
    el("div", { class: "fault-numbers" }, number("count", "faultCount", 1, 100), number("seconds", "faultSeconds", 1, 120)),
    el("div", { class: "fault-kinds" }, ...KINDS.map((kind) =>
      el(
        "button",
        {
          type: "button",
          class: "fault",
          "aria-pressed": String(kind === ordered),
          "data-testid": `fault-${kind}`,
          onclick: () => order(kind),
        },
        el("code", { "aria-hidden": "true" }, CODES[kind] || kind),
        t(`fault${kind}`),
      ))),
  );
}

export function setUpFaults() {
  const button = $("faults-button");
  button.addEventListener("click", async () => {
    const node = panel();
    if (popover(button, node)) node.querySelector(".fault").focus();
    await refresh();
    for (const fault of node.querySelectorAll(".fault")) {
      fault.setAttribute("aria-pressed", String(fault.dataset.testid === `fault-${ordered}`));
    }
  });
  onLanguage(closePopover);
  setInterval(() => button.classList.contains("on") && !document.hidden && refresh(), 2000);
  refresh();
}
