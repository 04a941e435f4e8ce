// What a link in the chat does: a link to this very bot acts in the chat, any other opens in a new tab.
const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog", "www.t.me"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** -> {kind: "bot", start: string|null} | {kind: "outside", href} | {kind: "none"} */
export function classify(raw, botUsername) {
  let text = String(raw).trim();
  if (!/^[a-z][a-z0-9+.-]*:/i.test(text) || /^[\w.-]+:\d/.test(text)) text = `https://${text}`;
  let url;
  try {
    url = new URL(text);
  } catch {
    return { kind: "none" };
  }
  if (!SCHEMES.has(url.protocol)) return { kind: "none" };
  const mine = (name) => Boolean(botUsername) && (name || "").toLowerCase() === botUsername.toLowerCase();
  if (url.protocol === "tg:") {
    if (url.href.startsWith("tg://resolve") && mine(url.searchParams.get("domain"))) {
      return { kind: "bot", start: url.searchParams.get("start") };
    }
    return { kind: "none" };
  }
  if (HOSTS.has(url.hostname.toLowerCase()) && mine(url.pathname.split("/")[1])) {
    return { kind: "bot", start: url.searchParams.get("start") };
  }
  return { kind: "outside", href: url.href };
}

/** Makes the anchor `node` behave as a link to `raw`; false when it must not be a link at all. */
export function wire(node, raw, actions) {
  const target = classify(raw, actions.bot().username);
  if (target.kind === "none") return false;
  node.title = String(raw);
  if (target.kind === "outside") {
    node.href = target.href;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
    return true;
  }
  node.href = String(raw).includes(":") ? raw : `https://${raw}`;
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => {
    event.preventDefault();
    if (target.start !== null) actions.start(target.start);
    else actions.focusComposer();
  });
  return true;
}
