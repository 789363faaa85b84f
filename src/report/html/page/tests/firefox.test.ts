/**
 * The page in Firefox, from disk: every view opens and fits, its data are unpacked, a switch recounts, keys work, nothing is logged or
 * requested. What is finer is tested in Chromium. WIRECOPY names the program, FIREFOX the browser (firefox-esr).
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { HOSTILE, PLAIN, compare, folder, write, type Article } from "./corpus";
import { Firefox } from "./firefox";

const at = folder();
let firefox: Firefox;

before(async () => {
  firefox = await Firefox.start(process.env["FIREFOX"] ?? "firefox-esr", at);
});

after(() => firefox.close());

interface Result {
  documents: { doc_id: string }[];
  pairs: { pair_id: string; n_passages: number }[];
  passages: { pair_id: string; a_text: string; b_text: string }[];
  clusters: { cluster_id: string }[];
}

function make(name: string, articles: Article[]): { file: string; result: Result } {
  const input = write(articles, join(at, `${name}.jsonl`));
  compare([input], join(at, `${name}.html`));
  return { file: join(at, `${name}.html`), result: JSON.parse(compare([input], join(at, `${name}.json`))) as Result };
}

/** The pair with the most passages. */
const richest = ({ pairs }: Result) => [...pairs].sort((x, y) => y.n_passages - x.n_passages)[0]!;

test("every view opens and fits, and nothing is logged or requested", async () => {
  for (const [name, articles] of [["plain", PLAIN], ["hostile", HOSTILE]] as const) {
    const { file, result } = make(name, [...articles]);
    const pair = `#/pair/${encodeURIComponent(richest(result).pair_id)}`;
    const views = ["#/overview", "#/articles", `#/article/${encodeURIComponent(result.documents[0]!.doc_id)}?zones=1`, `${pair}?passage=1`, `${pair}?layout=rows`, "#/passages", `#/passage/${result.clusters[0]!.cluster_id}`, "#/outlets", "#/method"];
    for (const view of views) {
      for (const width of [1280, 390]) {
        await firefox.open(file, view, width);
        assert.notEqual((await firefox.ask<string>("document.querySelector('main h1').textContent")).trim(), "");
        assert.equal(await firefox.ask<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0, `${name} ${view} at ${width}`);
        assert.equal(await firefox.ask<boolean>("document.querySelector('.failure') === null && window.pwned === undefined"), true, `${name} ${view}`);
      }
    }
  }
  assert.deepEqual(firefox.faults, []);
});

test("texts are unpacked and marked, keys step, a switch recounts", async () => {
  const { file, result } = make("plain", PLAIN);
  const pair = richest(result);
  await firefox.open(file, `#/pair/${encodeURIComponent(pair.pair_id)}`);
  await firefox.until("document.querySelector('.pane.right .mark') !== null");
  await firefox.press("n");
  await firefox.until("document.querySelector('[data-position]').dataset.position === '1'");
  const marked = await firefox.ask<string>("[...document.querySelectorAll('.pane.left [data-p=\"0\"]')].map((mark) => mark.textContent).join('')");
  const passage = result.passages.find(({ pair_id }) => pair_id === pair.pair_id)!;
  assert.ok(marked === passage.a_text || marked === passage.b_text, marked);

  await firefox.press("?");
  await firefox.until("document.querySelector('dialog[open]') !== null");

  await firefox.open(file, "#/overview");
  assert.equal(await firefox.ask<number>("Number(document.querySelector('[data-shown]').dataset.shown)"), result.pairs.length);
  await firefox.open(file, "#/overview?min=50");
  assert.ok((await firefox.ask<number>("Number(document.querySelector('[data-shown]').dataset.shown)")) < result.pairs.length);
  assert.deepEqual(firefox.faults, []);
});
