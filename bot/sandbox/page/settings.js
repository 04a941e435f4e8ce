// The page's own settings: light or dark, and a beginning anew.
import { $ } from "./dom.js";
import { t } from "./i18n.js";
import { ask, menu, toast } from "./overlays.js";

const STORE = "kabarchy.theme"; // theme.js reads it before the page is drawn
const THEMES = { system: "screen", light: "sun", dark: "moon" };

export const theme = () => document.documentElement.dataset.theme || "system";

function show(wanted) {
  const root = document.documentElement;
  if (wanted === "light" || wanted === "dark") root.dataset.theme = wanted;
  else delete root.dataset.theme;
  // the browser's own frame: two metas, one a scheme
  for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
    meta.media = wanted === "system" ? `(prefers-color-scheme: ${meta.dataset.scheme})` : wanted === meta.dataset.scheme ? "all" : "not all";
  }
}

export function setTheme(wanted) {
  show(wanted);
  try {
    if (wanted === "system") localStorage.removeItem(STORE);
    else localStorage.setItem(STORE, wanted);
  } catch {
    // the choice then lasts until the page is closed
  }
}

async function reset() {
  if (!(await ask({ title: t("reset"), body: t("resetSure"), agree: t("resetAgree"), danger: true }))) return;
  try {
    const response = await fetch("/api/reset", { method: "POST" });
    if (!response.ok) throw new Error(String(response.status));
    toast(t("resetDone"));
  } catch {
    toast(t("notConnected"), true);
  }
}

export function setUpSettings() {
  show(theme());
  addEventListener("storage", (event) => event.key === STORE && show(event.newValue || "system"));
  const button = $("settings-button");
  button.addEventListener("click", () =>
    menu(button, [
      { heading: t("colours") },
      ...Object.entries(THEMES).map(([name, icon]) => ({
        icon,
        text: t(`theme-${name}`),
        checked: theme() === name,
        run: () => setTheme(name),
      })),
      { line: true },
      { icon: "again", text: t("reset"), danger: true, run: reset },
    ]));
}
