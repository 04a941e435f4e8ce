// The WebSocket of one person's chat: reconnects by itself, waiting longer each time.
const FIRST = 400;
const LONGEST = 8000;

export class Connection {
  constructor(user, { onMessage, onState }) {
    this.onMessage = onMessage;
    this.onState = onState;
    this.url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/chat/${encodeURIComponent(user)}`;
    this.closed = false;
    this.failures = 0;
    this.soon = () => this.retry();
    addEventListener("online", this.soon);
    document.addEventListener("visibilitychange", this.soon);
    this.open();
  }

  open() {
    clearTimeout(this.timer);
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.addEventListener("message", (event) => {
      if (this.socket !== socket || this.closed) return;
      const message = JSON.parse(event.data);
      if (message.type === "history") {
        this.failures = 0;
        this.onState(true);
      }
      this.onMessage(message);
    });
    socket.addEventListener("close", () => {
      if (this.socket !== socket || this.closed) return;
      this.onState(false);
      const wait = Math.min(LONGEST, FIRST * 2 ** this.failures) * (0.75 + Math.random() / 2);
      this.failures += 1;
      this.timer = setTimeout(() => this.open(), wait);
    });
  }

  retry() {
    if (this.closed || document.hidden) return;
    if (this.socket.readyState === WebSocket.CLOSED) this.open();
  }

  /** False when there is nobody to hear it. */
  send(message) {
    if (this.socket.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    removeEventListener("online", this.soon);
    document.removeEventListener("visibilitychange", this.soon);
    this.socket.close();
  }
}
