// The people whose chats may be opened.
import { $, avatar, el, icon, roving } from "./dom.js";
import { language, t } from "./i18n.js";
import { openBeside } from "./pick.js";

const EVERY = 4000; // ms between looks at the unread counts

export class People {
  constructor(choose) {
    this.choose = choose;
    this.all = [];
    this.chosen = null;
    this.seen = new Map(); // person -> how many of the server's unread this window has shown
    this.box = $("people");
    this.search = $("people-search");
    this.search.addEventListener("input", () => this.draw());
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        this.box.querySelector(".person")?.focus();
      } else if (event.key === "Enter") {
        this.box.querySelector(".person")?.click();
      } else if (event.key === "Escape") {
        this.search.value = "";
        this.draw();
      }
    });
    this.box.addEventListener("keydown", (event) => {
      if (event.target.matches(".person")) roving(event, this.box.querySelectorAll(".person"));
    });
    this.box.addEventListener("focusin", (event) => this.only(event.target.closest("li")));
    setInterval(() => !document.hidden && this.load(), EVERY);
  }

  async load() {
    try {
      const response = await fetch(`/api/people?lang=${language()}`);
      if (!response.ok) return;
      const text = await response.text();
      if (text === this.last) return;
      this.last = text;
      this.all = JSON.parse(text);
      this.draw();
    } catch {
      // the server is away: the chat's header says so
    }
  }

  find(id) {
    return this.all.find((person) => String(person.id) === String(id)) || null;
  }

  select(id) {
    this.chosen = id === null ? null : String(id);
    this.draw();
    this.box.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  draw() {
    const focused = document.activeElement?.closest?.(".person")?.dataset.testid;
    const wanted = this.search.value.trim().toLowerCase();
    const found = this.all.filter((person) => `${person.name} ${person.about}`.toLowerCase().includes(wanted));
    this.box.replaceChildren(...found.map((person) => el("li", {}, this.row(person), this.window(person))));
    this.only((this.box.querySelector('[aria-current="true"]') || this.box.querySelector(".person"))?.parentElement);
    if (!found.length && wanted) this.box.append(el("li", { class: "none" }, t("nobody")));
    if (focused) this.box.querySelector(`[data-testid="${focused}"]`)?.focus({ preventScroll: true });
  }

  /** Tab stops at one person of the list; the arrows go to the others. */
  only(row) {
    if (!row) return;
    for (const link of this.box.querySelectorAll("a")) link.tabIndex = row.contains(link) ? 0 : -1;
  }

  window(person) {
    const link = el("a", {
      class: "icon-button person-window",
      href: `/?user=${encodeURIComponent(person.id)}`,
      target: "_blank",
      "data-testid": `window-${person.id}`,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        openBeside(person.id);
      },
    }, icon("window"));
    link.setAttribute("aria-label", `${t("newWindow")}: ${person.name}`);
    link.title = t("newWindow");
    return link;
  }

  unread(person) {
    if (String(person.id) === this.chosen) this.seen.set(person.id, person.unread);
    const seen = this.seen.get(person.id) || 0;
    if (person.unread >= seen) return person.unread - seen;
    this.seen.set(person.id, 0);
    return person.unread;
  }

  row(person) {
    const current = String(person.id) === this.chosen;
    const unread = this.unread(person);
    return el(
      "a",
      {
        class: "person",
        href: `/?user=${encodeURIComponent(person.id)}`,
        "data-testid": `person-${person.id}`,
        "aria-current": current ? "true" : null,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
          event.preventDefault();
          this.choose(person.id);
        },
      },
      avatar(person.id, person.name),
      el(
        "span",
        { class: "person-words" },
        el("span", { class: "person-name" }, person.name),
        el("span", { class: "person-about" }, (person.kind ? t(person.kind) : person.about) || person.phone || ""),
      ),
      el(
        "span",
        { class: "person-side" },
        el("span", { class: "person-language" }, (person.language_code || "").toUpperCase()),
        el(
          "span",
          { class: "person-marks" },
          person.blocked ? el("span", { role: "img", "aria-label": t("hasBlocked"), title: t("hasBlocked") }, icon("stop")) : null,
          unread ? el("span", { class: "unread", "aria-label": t("unread", { n: unread }) }, String(unread)) : null,
        ),
      ),
    );
  }
}
