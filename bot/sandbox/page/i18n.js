// The page's language: the reader's choice, else the browser's, else Kyrgyz. Dates have their own tables,
// because browsers do not reliably know Kyrgyz.
import { WORDS } from "./words.js";

const STORE = "kabarchy.language";
const listeners = new Set();

const MONTHS = {
  ky: ["январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь"],
  kyOfYear: ["январы", "февралы", "марты", "апрели", "майы", "июну", "июлу", "августу", "сентябры", "октябры", "ноябры", "декабры"],
  ru: ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"],
  en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
};
const UNITS = { ky: ["Б", "КБ", "МБ"], ru: ["Б", "КБ", "МБ"], en: ["B", "KB", "MB"] };

function initial() {
  let stored = null;
  try {
    stored = localStorage.getItem(STORE);
  } catch {
    // private windows may refuse storage: the browser's language decides
  }
  const wanted = [stored, ...(navigator.languages || [navigator.language])].map((code) => (code || "").slice(0, 2));
  return wanted.find((code) => code in WORDS) || "ky";
}

let current = initial();

export const language = () => current;

export function t(key, values = {}) {
  const sentence = WORDS[current][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

export function onLanguage(listener) {
  listeners.add(listener);
}

export function setLanguage(code) {
  if (!(code in WORDS) || code === current) return;
  current = code;
  try {
    localStorage.setItem(STORE, code);
  } catch {
    // the choice then lasts until the page is closed
  }
  applyWords(document);
  for (const listener of listeners) listener(code);
}

/** Fills every element that names its word: data-t, data-t-label, data-t-placeholder. */
export function applyWords(root) {
  document.documentElement.lang = current;
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) label(node, node.dataset.tLabel);
  for (const node of root.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
}

/** Gives an element a translated accessible name that later language changes keep up to date. */
export function label(node, key) {
  node.dataset.tLabel = key;
  node.setAttribute("aria-label", t(key));
  if (node.tagName === "BUTTON") node.title = t(key);
}

const two = (number) => String(number).padStart(2, "0");
export const dayKey = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
export const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;

export function dayName(date, now = new Date()) {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (dayKey(date) === dayKey(now)) return t("today");
  if (dayKey(date) === dayKey(yesterday)) return t("yesterday");
  return fullDate(date, date.getFullYear() !== now.getFullYear());
}

function fullDate(date, withYear) {
  const [day, month, year] = [date.getDate(), date.getMonth(), date.getFullYear()];
  if (current === "ky") {
    return withYear ? `${year}-жылдын ${day}-${MONTHS.kyOfYear[month]}` : `${day}-${MONTHS.ky[month]}`;
  }
  if (current === "ru") return `${day} ${MONTHS.ru[month]}${withYear ? ` ${year} г.` : ""}`;
  return `${day} ${MONTHS.en[month]}${withYear ? ` ${year}` : ""}`;
}

export const moment = (date) => `${fullDate(date, true)}, ${clock(date)}`;

export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const unit = bytes < 1024 ? 0 : bytes < 1024 * 1024 ? 1 : 2;
  const number = bytes / 1024 ** unit;
  const text = number.toFixed(unit > 0 && number < 10 ? 1 : 0);
  return `${current === "en" ? text : text.replace(".", ",")} ${UNITS[current][unit]}`;
}
