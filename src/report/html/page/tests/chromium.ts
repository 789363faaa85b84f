/** Chromium for the tests: reports made by the program, opened from disk; whatever a page asks for, logs or refuses is a failure. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type BrowserContext, type Page } from "playwright-core";
import { BOILERPLATE, compare, folder, write, type Article } from "./corpus";

const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export interface Result {
  pairs: { pair_id: string; a_doc_id: string; b_doc_id: string; n_passages: number; matched_words: number; a_coverage: number; b_coverage: number }[];
  passages: { pair_id: string; identity: number; a_text: string; b_text: string; a_start_char: number; a_end_char: number; b_start_char: number; b_end_char: number }[];
  clusters: { cluster_id: string; n_docs: number }[];
  documents: { doc_id: string; matched_words: number }[];
  edges: { a_source: string; b_source: string; n_pairs: number; share_a_first: number | null }[];
}

/** Where everything is written. */
export const at = folder();
writeFileSync(join(at, "standing.txt"), BOILERPLATE);
export const KNOWN = ["--boilerplate", join(at, "standing.txt")];
let browser: BrowserContext;

export async function launch(): Promise<void> {
  browser = await chromium.launchPersistentContext(join(at, "profile"), {
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", headless: true, args: QUIET, viewport: { width: 1280, height: 900 },
  });
}

export const quit = (): Promise<void> => browser.close();

export const newPage = (): Promise<Page> => browser.newPage();

/** Makes a report and the result beside it. */
export function make(name: string, articles: Article[], flags: string[] = []): { file: string; result: Result } {
  const input = write(articles, join(at, `${name}.jsonl`));
  compare([input], join(at, `${name}.html`), flags);
  return { file: join(at, `${name}.html`), result: JSON.parse(compare([input], join(at, `${name}.json`), flags)) as Result };
}

/** Opens a view; whatever the page asks for, logs or refuses is a failure at `close`. */
export async function open(file: string, fragment: string, look: { width?: number; dark?: boolean } = {}): Promise<{ page: Page; close(): Promise<void> }> {
  const page = await newPage();
  const faults: string[] = [];
  page.on("request", (request) => request.url().split("#")[0] !== `file://${encodeURI(file)}` && faults.push(`request ${request.url().slice(0, 200)}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && faults.push(`console ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error ${error.message}`));
  page.on("dialog", (dialog) => { faults.push(`dialog ${dialog.message()}`); void dialog.dismiss(); });
  await page.setViewportSize({ width: look.width ?? 1280, height: 900 });
  await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light", reducedMotion: "reduce" });
  await page.goto(`file://${file}${fragment}`);
  await page.waitForSelector("main h1");
  return {
    page,
    close: async () => {
      assert.equal(await page.evaluate("window.pwned"), undefined, "article text ran");
      await page.close();
      assert.deepEqual(faults, []);
    },
  };
}

export const pairLink = (id: string, query = "") => `#/pair/${encodeURIComponent(id)}${query}`;

/** One address for each view, in a report that has something to show in it. */
export function views({ pairs, clusters, documents }: Result): [string, string][] {
  return [
    ["overview", "#/overview"], ["articles", "#/articles"], ["article", `#/article/${encodeURIComponent(documents[0]!.doc_id)}`],
    ["pair", pairLink(pairs[0]!.pair_id, "?passage=1")], ["pair by rows", pairLink(pairs[0]!.pair_id, "?layout=rows&zones=1")],
    ["passages", "#/passages"], ["passage", `#/passage/${clusters[0]!.cluster_id}`], ["outlets", "#/outlets"], ["method", "#/method"],
  ];
}

/** The text of a document as the reader shows it. */
export const shownText = (page: Page, scope: string) => page.evaluate((box) => [...document.querySelectorAll(`${box} .reader .block`)].map((block) => {
  const copy = block.cloneNode(true) as Element;
  copy.querySelectorAll(".gutter").forEach((gutter) => gutter.remove());
  return copy.textContent;
}).join(""), scope);
