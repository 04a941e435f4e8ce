// Small helpers to build the page. Data only ever becomes text nodes and attributes, never markup.
const SVG = "http://www.w3.org/2000/svg";

// 24 x 24, drawn with a round pen of 1.9
const ICONS = {
  again: "M5 12a7 7 0 1 0 2.2-5.1L4.5 9.5M4.5 4.5v5h5",
  back: "M15 5l-7 7 7 7",
  clip: "M20 11.5l-7.8 7.8a5 5 0 0 1-7.1-7.1l8.2-8.2a3.4 3.4 0 0 1 4.8 4.8l-8.1 8.1a1.7 1.7 0 0 1-2.4-2.4l7.3-7.3",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  copy: "M9 9h10v11H9zM5 15V4h10",
  down: "M12 5v13M6 12.5l6 6 6-6",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  edit: "M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  forward: "M13 6l6 6-6 6M19 12h-9a5 5 0 0 0-5 5v1",
  image: "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 16M15.5 9.2v.1",
  info: "M12 11v5.5M12 7.5v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  keyboard: "M3 7h18v10H3zM7 10.5v.1M11 10.5v.1M15 10.5v.1M18 10.5v.1M8.5 14h7",
  link: "M8 16L16.5 7.5M9.5 7h7.5v7.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M4.5 7.5h15M4.5 12h15M4.5 16.5h9",
  moon: "M19.5 14.5A8 8 0 1 1 9.5 4.5a6.5 6.5 0 0 0 10 10z",
  more: "M12 5.5v.1M12 12v.1M12 18.5v.1",
  person: "M12 4.5a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4zM4.5 20c.6-3.6 3.6-5.6 7.5-5.6s6.9 2 7.5 5.6",
  people: "M9 6a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 6zM2.8 19.5c.5-3.2 3-5 6.2-5s5.7 1.8 6.2 5M15.5 6.4a3 3 0 0 1 0 5.6M17.5 14.9c2 .6 3.4 2.2 3.8 4.6",
  phone: "M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2.2 2A16 16 0 0 1 4.5 6.2 2 2 0 0 1 6.5 4z",
  pulse: "M3 12.5h4l2.5-7 4.5 13 2.5-6H21",
  reply: "M11 6l-6 6 6 6M5 12h9a5 5 0 0 1 5 5v1",
  screen: "M4 5h16v11H4zM9 20h6M12 16v4",
  search: "M11 4.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM16 16l4.5 4.5",
  send: "M5 12h13M12.5 5.5L19 12l-6.5 6.5",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4zM9 14.8a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4z",
  stop: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM5.7 5.7l12.6 12.6",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1",
  ticks: "M2.5 12.5l4 4 8-9M11.5 16l.5.5 8-9",
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
