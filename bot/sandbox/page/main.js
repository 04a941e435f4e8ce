// The page: which chat the address names, the chooser's language, the way back.
import { $, isPhone, placeIcons, roving } from "./dom.js";
import { applyWords, language, onLanguage, setLanguage, t } from "./i18n.js";
import { Chat } from "./chat.js";
import { setUpFaults } from "./faults.js";
import { closePopover } from "./overlays.js";
import { People } from "./people.js";
import { setUpSettings } from "./settings.js";
import { setUpViewer } from "./viewer.js";

placeIcons(document);
applyWords(document);

const people = new People((id) => go(id));
const chat = new Chat(() => people.all.filter((person) => !person.kind));
let unseen = 0;

function title() {
  const person = chat.user === null ? null : people.find(chat.user);
  const name = person ? `${person.name} · ${chat.botInfo.name}` : chat.botInfo.name;
  document.title = unseen ? `(${unseen}) ${name}` : name;
}

function go(id) {
  if (String(id) === String(chat.user)) {
    $("app").dataset.view = "chat";
    chat.composer.focus();
    return;
  }
  history.pushState({ inside: true }, "", `/?user=${encodeURIComponent(id)}`);
  show();
}

/** Shows what the address names. A start payload is taken out of the address, so that it is sent once. */
function show() {
  closePopover();
  const query = new URLSearchParams(location.search);
  const id = query.get("user");
  if (id === null || (people.all.length && !people.find(id))) {
    $("app").dataset.view = "list";
    people.select(null);
    if (chat.user !== null) chat.close();
    title();
    return;
  }
  const payload = query.get("start");
  if (payload !== null) history.replaceState(history.state, "", `/?user=${encodeURIComponent(id)}`);
  $("app").dataset.view = "chat";
  people.select(id);
  if (String(chat.user) !== id || payload !== null) chat.open(id, people.find(id), payload);
  title();
}

function back() {
  if (history.state?.inside) {
    history.back();
    return;
  }
  history.replaceState(null, "", "/");
  show();
}

function showLanguages() {
  for (const button of document.querySelectorAll("[data-lang]")) {
    const chosen = button.dataset.lang === language();
    button.setAttribute("aria-checked", String(chosen));
    button.tabIndex = chosen ? 0 : -1;
  }
}

async function loadNames() {
  const [bot] = await Promise.all([chat.loadBot(), people.load()]);
  $("app-name").textContent = bot.name;
  $("page-name").textContent = `${bot.name}: ${t("localTelegram")}`;
  if (chat.user !== null) chat.setPerson(people.find(chat.user));
  title();
}

for (const button of document.querySelectorAll("[data-lang]")) {
  button.addEventListener("click", () => setLanguage(button.dataset.lang));
  button.addEventListener("keydown", (event) => {
    roving(event, document.querySelectorAll("[data-lang]"));
    const now = document.activeElement?.dataset.lang;
    if (now) setLanguage(now);
  });
}
onLanguage(async () => {
  showLanguages();
  await loadNames();
  people.draw();
  chat.redraw();
});

matchMedia("(max-width: 760px)").addEventListener("change", () => chat.user === null && chat.close());
$("back").addEventListener("click", back);
addEventListener("popstate", show);
document.addEventListener("people", () => people.load());
document.addEventListener("unseen", () => {
  unseen += 1;
  title();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  title();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isPhone()) return;
  if (document.activeElement?.matches("input, textarea, select") || document.querySelector("dialog[open]")) return;
  if (chat.user === null || $("composer-form").hidden) return;
  event.preventDefault();
  chat.composer.insert("/");
});

$("skip").addEventListener("click", (event) => {
  event.preventDefault();
  const target = ["composer", "start", "unblock", "place-button", "people-search"].map($).find((node) => node.getClientRects().length);
  target?.focus();
});

setUpViewer();
setUpSettings();
setUpFaults();
showLanguages();
await loadNames();
show();
