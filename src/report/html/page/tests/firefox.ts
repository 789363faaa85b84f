/** Firefox from outside, by WebDriver BiDi over its own port: a page from disk, what it logs and asks for, keys, pictures. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import WebSocket from "ws";

/** Nothing is asked of the network by the browser itself, so that a request is the page's. */
const PREFERENCES = {
  "app.update.disabledForTesting": true, "browser.shell.checkDefaultBrowser": false, "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false, "network.connectivity-service.enabled": false, "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false, "browser.startup.page": 0, "ui.prefersReducedMotion": 1,
};

const PATIENCE_MS = 60_000;

interface Answer {
  id?: number;
  type: "success" | "error" | "event";
  method?: string;
  result?: unknown;
  message?: string;
  params?: unknown;
}

export class Firefox {
  /** Errors and warnings of pages, and requests that leave this machine. */
  readonly faults: string[] = [];
  private readonly waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  private calls = 0;
  private context = "";

  private constructor(private readonly process: ChildProcess, private readonly socket: WebSocket) {
    socket.on("message", (data: Buffer) => this.hear(JSON.parse(data.toString()) as Answer));
  }

  static async start(program: string, folder: string): Promise<Firefox> {
    const profile = join(folder, "firefox");
    mkdirSync(profile);
    writeFileSync(join(profile, "user.js"), Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`).join("\n"));
    const process = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
    const address = await listening(process);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const firefox = new Firefox(process, socket);
    await firefox.call("session.new", { capabilities: {} });
    await firefox.call("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
    const { contexts } = await firefox.call<{ contexts: { context: string }[] }>("browsingContext.getTree", {});
    firefox.context = contexts[0]!.context;
    return firefox;
  }

  async close(): Promise<void> {
    await this.call("browser.close", {}).catch(() => undefined);
    this.socket.close();
    this.process.kill();
  }

  /** Opens a file from disk at a fragment, in a window of some width. */
  async open(file: string, fragment: string, width = 1280): Promise<void> {
    const { context } = this;
    await this.call("browsingContext.setViewport", { context, viewport: { width, height: 900 } });
    // Another fragment of the same file would be no new page.
    await this.call("browsingContext.navigate", { context, url: "about:blank", wait: "complete" });
    await this.call("browsingContext.navigate", { context, url: `file://${file}${fragment}`, wait: "complete" });
    await this.until("document.querySelector('main h1') !== null");
  }

  /** The value of an expression in the page. */
  async ask<T extends string | number | boolean>(expression: string): Promise<T> {
    const answer = await this.call<{ type: string; result: { value: T }; exceptionDetails?: { text: string } }>("script.evaluate", {
      expression, target: { context: this.context }, awaitPromise: true,
    });
    if (answer.type === "exception") throw new Error(answer.exceptionDetails?.text);
    return answer.result.value;
  }

  async until(expression: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS / 2;
    while (!(await this.ask<boolean>(expression))) {
      if (Date.now() > end) throw new Error(`never true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async press(key: string): Promise<void> {
    const actions = ["keyDown", "keyUp"].map((type) => ({ type, value: key }));
    await this.call("input.performActions", { context: this.context, actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** A PNG of the whole page. */
  async picture(): Promise<Buffer> {
    const { data } = await this.call<{ data: string }>("browsingContext.captureScreenshot", { context: this.context, origin: "document" });
    return Buffer.from(data, "base64");
  }

  private call<T>(method: string, params: object): Promise<T> {
    const id = ++this.calls;
    return new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${method}: no answer`)), PATIENCE_MS);
      const done = <V>(then: (value: V) => void) => (value: V) => { clearTimeout(late); this.waiting.delete(id); then(value); };
      this.waiting.set(id, { resolve: done(resolve as (result: unknown) => void), reject: done(reject) });
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }

  private hear({ id, type, method, result, message, params }: Answer): void {
    if (type === "event") return this.note(method ?? "", params);
    const call = this.waiting.get(id ?? -1);
    if (type === "success") call?.resolve(result);
    else call?.reject(new Error(message ?? "no reason given"));
  }

  private note(method: string, params: unknown): void {
    if (method === "log.entryAdded") {
      const { level, text } = params as { level: string; text: string | null };
      if (level === "error" || level === "warn") this.faults.push(`${level} ${text}`);
    } else {
      const { url } = (params as { request: { url: string } }).request;
      if (!/^(file|about|data):/.test(url)) this.faults.push(`request ${url.slice(0, 200)}`);
    }
  }
}

function listening(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const late = setTimeout(() => reject(new Error(`Firefox does not listen: ${said}`)), PATIENCE_MS);
    process.once("error", reject);
    process.once("exit", (code) => reject(new Error(`Firefox ended with ${code}: ${said}`)));
    process.stderr?.on("data", (data: Buffer) => {
      said += data.toString();
      const address = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(late);
      resolve(address);
    });
  });
}
