// Dialogs that choose somebody: whose contact to send, who comes into a window beside this one.
import { avatar, el } from "./dom.js";
import { t } from "./i18n.js";
import { phoneText } from "./media.js";
import { ask } from "./overlays.js";

function choice(person, line, checked) {
  return el(
    "label",
    { class: "pick" },
    el("input", { type: "radio", name: "pick", value: person.id, checked }),
    avatar(person.id, person.name),
    el("span", { class: "pick-words" }, el("b", {}, person.name), el("small", {}, line)),
  );
}

function filter(list) {
  const field = el("input", { type: "search", class: "pick-search", autocomplete: "off", placeholder: t("search"), "aria-label": t("searchPeople") });
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const row of list.querySelectorAll(".pick")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  return field;
}

const chosen = (list) => list.querySelector("input[name=pick]:checked")?.value ?? null;

/** -> what goes into the "contact" act, or null. One's own contact stands first, a number without an account last. */
export async function pickContact(own, people) {
  const others = people.filter((person) => String(person.id) !== String(own.id) && person.phone);
  const stranger = el("label", { class: "pick" },
    el("input", { type: "radio", name: "pick", value: "0" }),
    el("span", { class: "avatar tone-none", "aria-hidden": "true" }, "#"),
    el("span", { class: "pick-words" }, el("b", {}, t("otherNumber")), el("small", {}, t("otherNumberText"))));
  const list = el("fieldset", { class: "picks" }, el("legend", { class: "announcer" }, t("shareAnyContact")),
    choice(own, t("ownContact", { phone: phoneText(own.phone) }), true), stranger,
    ...others.map((person) => choice(person, phoneText(person.phone), false)));
  const name = el("input", { type: "text", maxlength: "64", autocomplete: "off", "data-testid": "contact-name" });
  const phone = el("input", { type: "tel", maxlength: "20", autocomplete: "off", placeholder: "+996", "data-testid": "contact-phone" });
  const fields = el("div", { class: "pick-fields" }, el("label", {}, t("contactName"), name), el("label", {}, t("contactPhone"), phone));
  fields.hidden = true;
  stranger.after(fields);
  list.addEventListener("change", () => {
    fields.hidden = chosen(list) !== "0";
  });
  const check = () => {
    if (chosen(list) !== "0") return true;
    const missing = [name, phone].find((field) => !field.value.trim());
    missing?.focus();
    return !missing;
  };
  const agreed = await ask({ title: t("shareAnyContact"), body: [filter(list), list], agree: t("send"), check, initial: list.querySelector("input") });
  if (!agreed) return null;
  const id = chosen(list);
  if (id === "0") return { owner: 0, name: name.value.trim(), phone: phone.value.trim() };
  return id === String(own.id) ? {} : { owner: Number(id) };
}

/** -> the chosen person's id, or null. */
export async function pickPerson(title, people) {
  if (!people.length) return null;
  const list = el("fieldset", { class: "picks" }, el("legend", { class: "announcer" }, title),
    ...people.map((person, index) => choice(person, person.about || person.phone || "", index === 0)));
  const agreed = await ask({ title, body: [filter(list), list], agree: t("open"), initial: list.querySelector("input") });
  return agreed ? chosen(list) : null;
}

/** A window as narrow as a telephone, at the free side of the screen: two people side by side. */
export function openBeside(id) {
  const width = Math.min(620, Math.max(380, Math.round(screen.availWidth / 2)));
  const before = screenX + outerWidth / 2 > screen.availWidth / 2;
  const left = before ? 0 : Math.max(0, screen.availWidth - width);
  const place = `popup,width=${width},height=${screen.availHeight},left=${left},top=0`;
  window.open(`/?user=${encodeURIComponent(id)}`, `kabarchy-${id}`, place)?.focus();
}
