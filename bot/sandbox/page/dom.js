// Small helpers to build the page. Data only ever becomes text nodes and attributes, never markup.
const SVG = "http://www.w3.org/2000/svg";

// 24 x 24, drawn with a round pen of 1.9
const ICONS = {
  back: "M15 5l-7 7 7 7",
  clip: "M20 11.5l-7.8 7.8a5 5 0 0 1-7.1-7.1l8.2-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.1 8.1a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3",
  close: "M6 6l12 12M18 6L6 18",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M12 5v13M6 12.5l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 16M15.5 9.2v.1",
  info: "M12 11v5.5M12 7.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  keyboard: "M3 7h18v10H3zM7 10.5v.1M11 10.5v.1M15 10.5v.1M18 10.5v.1M8.5 14h7",
  link: "M8 16L16.5 7.5M9.5 7h7.5v7.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4.5 7.5h15M4.5 12h15M4.5 16.5h9",
  more: "M12 5.5v.1M12 12v.1M12 18.5v.1",
  phone: "M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z",
  pulse: "M3 12.5h4l2.5-7 4.5 13 2.5-6H21",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
  send: "M5 12h13M12.5 5.5L19 12l-6.5 6.5",
  stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  window: "M10 5H5v14h14v-5M14 4h6v6M19.5 4.5L11 13",
};

export const $ = (id) => document.getElementById(id);

/** el("button", {class: "x", type: "button", onclick: f}, "text", node, null) -> element. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function placeIcons(root) {
  for (const node of root.querySelectorAll("[data-icon]")) node.prepend(icon(node.dataset.icon));
}

export function avatar(id, name) {
  const letters = name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
  return el("span", { class: `avatar tone-${Math.abs(Number(id) || 0) % 8}`, "aria-hidden": "true" }, letters);
}

export const isPhone = () => matchMedia("(max-width: 760px)").matches;
export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Arrow keys, Home and End move the focus among the matching elements. */
export function roving(event, nodes) {
  const list = [...nodes];
  const at = list.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  let next = null;
  if (step && list.length) next = list[(at + step + list.length) % list.length];
  if (event.key === "Home") next = list[0];
  if (event.key === "End") next = list[list.length - 1];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = el("textarea", { class: "announcer" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
