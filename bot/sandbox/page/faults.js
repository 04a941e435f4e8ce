// A small panel that lets Telegram misbehave, to show what the bot then does, and the line that says so meanwhile.
import { $, el } from "./dom.js";
import { onLanguage, t } from "./i18n.js";
import { closePopover, popover, toast } from "./overlays.js";

const KINDS = ["429", "dropped", "lost", "slow", "500", "off"];
const CODES = { dropped: "✕→", lost: "←✕", slow: "≈", off: "✓" };
const TIMED = new Set(["429", "slow"]);

let waiting = []; // what the server still has on order
const numbers = { seconds: 3, count: 1, endless: false };

const now = () => (waiting.length ? waiting[0].kind : "off");

/** What the server says is on order: told to every open chat. */
export function showFaults(faults) {
  waiting = faults || [];
  const banner = $("fault-banner");
  const on = waiting.length > 0;
  $("faults-button").classList.toggle("on", on);
  banner.hidden = !on;
  $("fault-words").textContent = on ? waiting.map(sentence).join(" · ") : "";
  for (const button of document.querySelectorAll(".fault")) {
    button.setAttribute("aria-checked", String(button.dataset.testid === `fault-${now()}`));
  }
}

function sentence({ kind, seconds, count }) {
  const name = kind in CODES || KINDS.includes(kind) ? t(`fault${kind}`) : kind;
  const time = TIMED.has(kind) ? t("faultTime", { n: seconds }) : "";
  return [name, time, count ? t("faultLeft", { n: count }) : t("faultEndless")].filter(Boolean).join(", ");
}

async function order(kind) {
  try {
    const response = await fetch("/api/faults", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind, seconds: numbers.seconds, count: numbers.endless ? 0 : numbers.count }),
    });
    if (!response.ok) throw new Error(String(response.status));
    showFaults(await response.json());
  } catch {
    toast(t("faultFailed"), true);
  }
}

function changed() {
  if (now() !== "off") order(now()); // the numbers are meant for what is on already
}

function number(name, key, min, max) {
  const input = el("input", { type: "number", min, max, step: "1", value: numbers[name], inputmode: "numeric" });
  input.addEventListener("change", () => {
    numbers[name] = Math.min(max, Math.max(min, Math.round(Number(input.value)) || min));
    input.value = numbers[name];
    changed();
  });
  return el("label", {}, t(key), input);
}

function endless(count) {
  const box = el("input", { type: "checkbox", checked: numbers.endless, "data-testid": "fault-endless" });
  const show = () => {
    count.querySelector("input").disabled = numbers.endless;
  };
  box.addEventListener("change", () => {
    numbers.endless = box.checked;
    show();
    changed();
  });
  show();
  return el("label", { class: "fault-endless" }, box, t("faultUntilOff"));
}

/** The limits are Telegram's own and no fault, so they stay when the faults are switched off. */
function limits() {
  const box = el("input", { type: "checkbox", "data-testid": "flood-control", disabled: true });
  const ask = async (order) => {
    try {
      const response = await fetch("/api/flood", order);
      if (!response.ok) throw new Error(String(response.status));
      box.checked = (await response.json()).on;
      box.disabled = false;
    } catch {
      toast(t("faultFailed"), true);
    }
  };
  box.addEventListener("change", () => ask({
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ on: box.checked }),
  }));
  ask();
  return el("label", { class: "fault-endless" }, box, el("span", {}, el("b", {}, t("flood")), " – ", t("floodText")));
}

function panel(button) {
  const count = number("count", "faultCount", 1, 100);
  const kinds = KINDS.map((kind) =>
    el(
      "button",
      {
        type: "button",
        role: "radio",
        class: "fault",
        "aria-checked": String(kind === now()),
        "data-testid": `fault-${kind}`,
        onclick: async () => {
          await order(kind);
          closePopover();
          button.focus();
        },
      },
      el("code", { "aria-hidden": "true" }, CODES[kind] || kind),
      el("span", {}, el("b", {}, t(`fault${kind}`)), el("small", {}, t(`fault${kind}Text`))),
    ));
  return el(
    "section",
    { class: "faults", role: "dialog", "aria-labelledby": "faults-title", "aria-describedby": "faults-text", "data-testid": "faults-panel" },
    el("h2", { id: "faults-title" }, t("faults")),
    el("p", { id: "faults-text" }, t("faultsText")),
    el("div", { class: "fault-numbers" }, count, number("seconds", "faultSeconds", 1, 120)),
    endless(count),
    el("div", { class: "fault-kinds", role: "radiogroup", "aria-labelledby": "faults-title" }, ...kinds),
    limits(),
  );
}

export function setUpFaults() {
  const button = $("faults-button");
  button.addEventListener("click", () => {
    const node = panel(button);
    if (popover(button, node)) node.querySelector('.fault[aria-checked="true"]').focus();
  });
  $("fault-off").addEventListener("click", () => order("off"));
  onLanguage(() => {
    closePopover();
    showFaults(waiting);
  });
}
