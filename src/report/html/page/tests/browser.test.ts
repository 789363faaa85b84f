/**
 * The page in a real browser (Chromium, from disk): every view opens, switches recount to the engine's figures, keys work, the address
 * holds the state, nothing is requested, hostile text stays text and every mark is exact to the character, contrast is AA.
 * WIRECOPY names the program, CHROMIUM the browser (/usr/bin/chromium).
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { KNOWN, at, launch, make, newPage, open, pairLink, quit, shownText, views, type Result } from "./chromium";
import { HOSTILE, PLAIN, compare, long, write } from "./corpus";

before(launch);
after(quit);

test("every view opens, wide and narrow, and fits", async () => {
  for (const report of [make("plain", PLAIN, KNOWN), make("hostile", HOSTILE)]) {
    for (const [name, link] of views(report.result)) {
      for (const width of [1280, 390]) {
        const { page, close } = await open(report.file, link, { width });
        assert.notEqual((await page.textContent("main h1"))?.trim(), "", name);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(overflow <= 0, `${name} at ${width}: ${overflow} pixels too wide`);
        await close();
      }
    }
  }
});

test("contrast, names and roles hold in light and dark, wide and narrow", async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const report = make("plain", PLAIN, KNOWN);
  for (const [name, link] of views(report.result)) {
    for (const dark of [false, true]) {
      for (const width of [1280, 390]) {
        const { page, close } = await open(report.file, `${link}${link.includes("?") ? "&" : "?"}exclude=boilerplate,exact_copy`, { width, dark });
        await page.click(".counting button[aria-expanded]");
        await page.evaluate(axe);
        const found = (await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'] })")) as { violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] };
        const said = found.violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} – ${node.failureSummary}`).join(" | ")}`);
        assert.deepEqual(said, [], `${name}, ${dark ? "dark" : "light"}, ${width}`);
        await close();
      }
    }
  }
});

test("switches recount to the engine's figures", async () => {
  const report = make("plain", PLAIN, KNOWN);
  const input = join(at, "plain.jsonl");
  const engine = (flags: string[]) => JSON.parse(compare([input], join(at, "other.json"), [...KNOWN, ...flags])) as Result;
  const { page, close } = await open(report.file, "#/overview");
  const shown = async () => Number(await page.getAttribute("[data-shown]", "data-shown"));
  assert.equal(await shown(), report.result.pairs.length);

  await page.locator("[data-threshold]").fill("50");
  const halved = engine(["--min-coverage", "50%"]);
  assert.ok(halved.pairs.length < report.result.pairs.length && halved.pairs.length > 0);
  assert.equal(await shown(), halved.pairs.length);
  const sharing = halved.documents.filter((document) => document.matched_words > 0).length;
  const counting = halved.pairs.filter((pair) => pair.matched_words > 0).length;
  const first = (await page.textContent("h1")) ?? "";
  assert.match(first, new RegExp(`${sharing} of ${halved.documents.length} articles .* ${counting} pairs?`), "the first sentence recounts");
  assert.match(page.url(), /min=50/);
  await page.locator("[data-threshold]").fill("0");
  assert.doesNotMatch(page.url(), /min=/);

  await page.click(".counting button[aria-expanded]");
  await page.click('[data-tag="boilerplate"]');
  const all = engine(["--exclude-tags", "formula"]);
  const one = report.result.pairs.find((pair) => pair.matched_words !== all.pairs.find((other) => other.pair_id === pair.pair_id)!.matched_words);
  assert.ok(one, "the tag moves a pair");
  const matched = async (id: string) => {
    await page.evaluate((fragment) => { location.hash = fragment; }, pairLink(id, `?${(page.url().split("?")[1] ?? "")}`));
    await page.waitForSelector("article.pair");
    return Number((await page.getAttribute(".lede", "data-matched")) ?? 0);
  };
  assert.equal(await matched(one.pair_id), all.pairs.find((pair) => pair.pair_id === one.pair_id)!.matched_words);

  await page.click("text=Back to the run’s settings");
  await page.click("[data-same]");
  const apart = engine(["--skip-same", "source"]);
  const within = apart.pairs.find((pair) => pair.matched_words === 0)!;
  assert.equal(await matched(within.pair_id), 0);
  for (const document of apart.documents) {
    await page.evaluate((fragment) => { location.hash = fragment; }, `#/article/${document.doc_id}?same=skip`);
    await page.waitForSelector("article.article");
    assert.equal(Number(await page.getAttribute(".lede", "data-matched")), document.matched_words, document.doc_id);
  }
  await close();
});

test("pairs stand in the terminal's order, those of which nothing counts apart at the end", async () => {
  const { file, result } = make("left-out", PLAIN, [...KNOWN, "--exclude-tags", "boilerplate,quoted"]);
  const { page, close } = await open(file, "#/overview");
  const [larger, smaller] = [Math.max, Math.min].map((of) => (pair: Result["pairs"][number]) => of(pair.a_coverage, pair.b_coverage));
  const sorted = [...result.pairs].sort((x, y) => larger!(y) - larger!(x) || smaller!(y) - smaller!(x) || y.matched_words - x.matched_words);
  const shown = () => page.$$eval("td a.two-lines", (links) => links.map((link) => decodeURIComponent(link.getAttribute("href")!.split(/[/?]/)[2]!)));
  assert.deepEqual(await shown(), sorted.map(({ pair_id }) => pair_id).slice(0, (await shown()).length));
  const counting = result.pairs.filter(({ matched_words }) => matched_words > 0).length;
  const rest = result.pairs.length - counting;
  assert.ok(rest > 0);
  assert.match((await page.textContent(".pair-table .count"))!, new RegExp(`^${counting} pairs, and ${rest} that shares? only what is left out$`));
  for (const sort of ["order", "-words", "-share"]) {
    await page.evaluate((fragment) => { location.hash = fragment; }, `#/overview?sort=${sort}`);
    await page.waitForFunction((name) => document.querySelector(`[aria-sort=${name}ending]`) !== null, sort.startsWith("-") ? "asc" : "desc");
    await page.locator(".table-box").first().evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await page.waitForTimeout(50);
    const last = (await shown()).slice(-rest);
    assert.ok(last.every((id) => result.pairs.find(({ pair_id }) => pair_id === id)!.matched_words === 0), sort);
  }
  await close();
});

test("where nothing is left the switches are named, with the way back", async () => {
  const { file } = make("plain", PLAIN, KNOWN);
  for (const view of ["outlets", "overview", "passages"]) {
    const { page, close } = await open(file, `#/${view}?words=5000`);
    const said = (await page.textContent("main"))!;
    assert.match(said, /No two articles [^.]*share wording that counts\. In effect: passages of at least 5,000 words; passages left out that are boilerplate/);
    assert.equal(await page.locator(".histogram, .curve, .heatmap").count(), 0, "no plot without a point");
    await page.locator("main .empty button").first().click();
    assert.doesNotMatch(page.url(), /words=/);
    assert.equal(await page.locator("main .empty").count(), 0, view);
    await close();
  }
});

test("what the least share is chosen by does not change with it", async () => {
  const { file } = make("plain", PLAIN, KNOWN);
  const drawn = async (query: string) => {
    const { page, close } = await open(file, `#/overview${query}`);
    const found = await page.evaluate(() => ({
      curve: document.querySelector(".curve .line")!.getAttribute("d"),
      bins: [...document.querySelectorAll(".histogram .bin")].map((bin) => bin.textContent),
      at: document.querySelector(".curve .value")!.textContent,
    }));
    await close();
    return found;
  };
  for (const chart of ["", "&chart=pairs"]) {
    const [all, half] = [await drawn(`?x=1${chart}`), await drawn(`?min=60${chart}`)];
    assert.ok(all.bins.length > 2);
    assert.deepEqual([half.curve, half.bins], [all.curve, all.bins]);
    assert.notEqual(half.at, all.at);
    const [short, shorter] = [await drawn(`?words=30&min=60${chart}`), await drawn(`?words=30${chart}`)];
    assert.deepEqual([short.curve, short.bins], [shorter.curve, shorter.bins]);
    assert.notDeepEqual(short.bins, all.bins, "the other switches count");
  }
});

test("keys, search, address and the way back", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, "#/overview");
  await page.keyboard.press("?");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.isVisible("dialog[open]")));

  await page.keyboard.press("/");
  await page.keyboard.type("echo");
  await page.waitForFunction((all) => Number(document.querySelector("[data-shown]")?.getAttribute("data-shown")) < all, result.pairs.length);
  const withEcho = result.pairs.filter((pair) => `${pair.a_doc_id} ${pair.b_doc_id}`.includes("echo")).length;
  assert.equal(Number(await page.getAttribute("[data-shown]", "data-shown")), withEcho);
  assert.match(page.url(), /q=echo/);

  // Escape empties the field and then leaves it, so that keys are keys again.
  await page.keyboard.press("Escape");
  await page.waitForFunction((all) => Number(document.querySelector("[data-shown]")?.getAttribute("data-shown")) === all, result.pairs.length);
  await page.keyboard.type("echo");
  await page.waitForFunction((n) => Number(document.querySelector("[data-shown]")?.getAttribute("data-shown")) === n, withEcho);
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.pair");
  await page.goBack();
  await page.waitForSelector("[data-shown]");
  assert.match(page.url(), /q=echo/, "back leads to the search");

  const most = [...result.pairs].sort((x, y) => y.n_passages - x.n_passages)[0]!;
  assert.ok(most.n_passages > 1);
  await page.evaluate((fragment) => { location.hash = fragment; }, pairLink(most.pair_id));
  await page.waitForSelector(".reader .mark");
  const position = async () => Number(await page.getAttribute("[data-position]", "data-position"));
  await page.keyboard.press("n");
  await page.keyboard.press("n");
  assert.equal(await position(), 2);
  await page.keyboard.press("p");
  assert.equal(await position(), 1);
  assert.match(page.url(), /passage=1/);
  const left = await page.getAttribute(".pane.left", "data-doc");
  await page.keyboard.press("s");
  assert.equal(await page.getAttribute(".pane.right", "data-doc"), left);
  await page.click('.pane.left [data-p="1"]');
  assert.equal(await position(), 2);
  assert.equal(await page.locator(".pane.right .mark.active").first().getAttribute("data-p"), "1", "both sides follow");
  await page.click("details.legend summary");
  await page.keyboard.press("Escape");
  assert.ok(await page.isVisible("article.pair"), "Escape closes what is open before it leaves");
  assert.equal(await page.getAttribute("details.legend", "open"), null);
  await page.keyboard.press("Escape");
  await page.waitForSelector("[data-shown]");
  await page.keyboard.press("/");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  // An empty field is left.
  await page.waitForSelector("dialog[open]");
  await close();
});

test("marks are exact to the character, whatever the text", async () => {
  for (const [name, articles] of [["plain", PLAIN], ["hostile", HOSTILE]] as const) {
    const { file, result } = make(name, [...articles], name === "plain" ? KNOWN : []);
    const texts = new Map(articles.map(({ id, text }) => [id, text]));
    assert.ok(result.pairs.length >= 3);
    for (const pair of result.pairs) {
      const passages = result.passages.filter((passage) => passage.pair_id === pair.pair_id);
      const { page, close } = await open(file, pairLink(pair.pair_id, "?layout=rows"));
      await page.waitForSelector(".row-text");
      const turned = (await page.textContent(".row-heads p")) !== null && (await sideOfRows(page, file, pair));
      const rows = await page.$$eval("[data-row]", (items) => items.map((item) => [...item.querySelectorAll("[data-slice]")].map((side) => side.textContent)));
      assert.deepEqual(rows, passages.map(({ a_text, b_text }) => (turned ? [b_text, a_text] : [a_text, b_text])), pair.pair_id);
      await close();

      const panes = await open(file, pairLink(pair.pair_id, "?passage=1"));
      await panes.page.waitForSelector(".pane.right .mark");
      for (const side of ["left", "right"] as const) {
        const id = (await panes.page.getAttribute(`.pane.${side}`, "data-doc"))!;
        assert.equal(await shownText(panes.page, `.pane.${side}`), texts.get(id));
        const words = passages.map((passage) => (id === pair.a_doc_id ? passage.a_text : passage.b_text));
        const spans = passages.map((passage) => (id === pair.a_doc_id ? [passage.a_start_char, passage.a_end_char] : [passage.b_start_char, passage.b_end_char]) as [number, number]);
        for (const [n, [start, end]] of spans.entries()) {
          if (spans.some(([from, to], other) => other !== n && from < end && start < to)) continue;
          const marked = await panes.page.$$eval(`.pane.${side} [data-p="${n}"]`, (marks) => marks.map((mark) => mark.textContent).join(""));
          assert.equal(marked, words[n], `${pair.pair_id} passage ${n}`);
        }
      }
      await panes.close();
    }
  }
});

/** Whether b stands left: as the panes have it. */
async function sideOfRows(page: Page, file: string, pair: Result["pairs"][number]): Promise<boolean> {
  const other = await page.context().newPage();
  await other.goto(`file://${file}${pairLink(pair.pair_id)}`);
  await other.waitForSelector(".pane.left");
  const left = await other.getAttribute(".pane.left", "data-doc");
  await other.close();
  return left === pair.b_doc_id;
}

test("200,000 words in one line open, scroll to the passage and keep their text", async () => {
  const articles = long();
  const { file, result } = make("long", articles);
  const begun = Date.now();
  const { page, close } = await open(file, pairLink(result.pairs[0]!.pair_id, "?passage=1"));
  await page.waitForSelector('.pane.left .mark[data-label="1"]');
  await page.waitForSelector('.pane.right .mark[data-label="1"]');
  assert.ok(Date.now() - begun < 10_000, `${Date.now() - begun} ms`);
  for (const side of ["left", "right"]) {
    const id = await page.getAttribute(`.pane.${side}`, "data-doc");
    assert.equal(await shownText(page, `.pane.${side}`), articles.find((article) => article.id === id)!.text);
    const visible = await page.waitForFunction((scope) => {
      const [box, mark] = [document.querySelector(`${scope} .reader`)!.getBoundingClientRect(), document.querySelector(`${scope} .mark`)!.getBoundingClientRect()];
      return mark.top >= box.top && mark.bottom <= box.bottom;
    }, `.pane.${side}`);
    assert.ok(visible);
  }
  await close();
});

test("texts cut to fit a size leave gaps that are told, and exact marks", async () => {
  const { file, result } = make("cut", long(), ["--max-size", "300KB"]);
  const { page, close } = await open(file, pairLink(result.pairs[0]!.pair_id, "?passage=1"));
  await page.waitForSelector('.pane.left .mark[data-label="1"]');
  assert.match((await page.textContent(".panes"))!, /[0-9,]{7,} characters are not in this file/);
  for (const side of ["left", "right"]) {
    const id = await page.getAttribute(`.pane.${side}`, "data-doc");
    const words = id === result.pairs[0]!.a_doc_id ? result.passages[0]!.a_text : result.passages[0]!.b_text;
    assert.equal(await page.$$eval(`.pane.${side} [data-p="0"]`, (marks) => marks.map((mark) => mark.textContent).join("")), words);
  }
  await close();
  const overview = await open(file, "#/overview");
  assert.match((await overview.page.textContent(".notes"))!, /max-size/);
  await overview.close();
});

test("a report in several files asks for those beside it and no other", async () => {
  const input = write(PLAIN, join(at, "split.jsonl"));
  compare([input], join(at, "split.html"), ["--split"]);
  const page = await newPage();
  const [asked, faults]: [string[], string[]] = [[], []];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`file://${at}/split.html#/overview`);
  const link = await page.getAttribute("td a.two-lines", "href");
  await page.evaluate((fragment) => { location.hash = fragment; }, link!);
  await page.waitForSelector(".pane .reader .mark");
  assert.deepEqual(faults, []);
  assert.ok(asked.length >= 3 && asked.every((url) => url.startsWith(`file://${at}/split`)), asked.join(" "));
  await page.close();
});

test("what was found about a passage is said, not only marked", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const pair = result.pairs.find(({ a_doc_id, b_doc_id }) => a_doc_id === "echo-2" && b_doc_id === "wire-1")!;
  const place = 1 + result.passages.filter(({ pair_id }) => pair_id === pair.pair_id).findIndex(({ a_text }) => a_text.includes("700"));
  for (const layout of [`?passage=${place}`, "?layout=rows"]) {
    const { page, close } = await open(file, pairLink(pair.pair_id, layout));
    await page.waitForSelector(".findings .chip.edit");
    assert.match((await page.textContent(".layouts"))!, /number changed[^]*“900” → “700”|number changed[^]*900[^]*→[^]*700/);
    await close();
  }
  const most = [...result.pairs].sort((x, y) => y.n_passages - x.n_passages)[0]!;
  const article = await open(file, `#/article/${most.a_doc_id}?zones=1&with=${most.b_doc_id}`);
  await article.page.waitForSelector(".reader .mark");
  await article.page.keyboard.press("n");
  await article.page.keyboard.press("n");
  assert.match(article.page.url(), /at=1/, "keys step through what is shared");
  assert.match((await article.page.textContent(".zones"))!, /quotation \d[^]*inside “…”/);
  assert.match((await article.page.textContent(".partners"))!, /(earlier|later)[^]*numbers? changed/);
  await article.close();
});

test("of a passage: who was first where some are undated, and how alike the words shown are", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, `#/passage/${result.clusters[0]!.cluster_id}`);
  assert.match((await page.textContent(".lede"))!, /Earliest of the \d dated articles \(of \d\): Wexcombe to dredge/);
  assert.doesNotMatch((await page.textContent("main"))!, /in time/);
  await page.waitForSelector(".collated");
  const variants = await page.$$eval(".variant", (items) => items.map((item) => ({
    alike: /(\d+)% alike/.exec(item.textContent!)?.[1], isCompared: item.querySelector(".collated") !== null,
    link: item.querySelector('.facts a[href*="passage="]')?.getAttribute("href") ?? "",
  })));
  assert.ok(variants.filter(({ isCompared }) => isCompared).length > 2);
  for (const { alike, isCompared, link } of variants) {
    assert.equal(alike !== undefined, isCompared, "a figure where words are compared, and only there");
    if (alike === undefined) continue;
    const [, id, place] = /pair\/([^?]+)\?.*passage=(\d+)/.exec(link)!;
    const { identity } = result.passages.filter(({ pair_id }) => pair_id === id)[Number(place) - 1]!;
    assert.ok(Math.abs(Number(alike) - identity * 100) < 1, `${alike}% and ${identity}`);
  }
  await close();
});

test("which outlet is more often first comes with the number of pairs that have an order", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, "#/outlets");
  const rows = await page.$$eval(".edges tbody tr", (items) => items.map((item) => [...item.querySelectorAll("td")].map((cell) => cell.innerText.trim())));
  const edge = (a: string, b: string) => rows.find((row) => row[0] === `${a} × ${b}`)!;
  const known = result.edges.find(({ a_source, b_source, share_a_first }) => share_a_first !== null && share_a_first !== 0.5 && a_source !== b_source)!;
  assert.match(edge(known.a_source, known.b_source)[6]!, new RegExp(`^(${known.a_source}|${known.b_source})\\s+(100|[5-9]\\d)% of [1-${known.n_pairs}]$`));
  for (const { a_source, b_source } of result.edges.filter(({ a_source, b_source, share_a_first }) => share_a_first === 0.5 && a_source !== b_source)) {
    assert.match(edge(a_source, b_source)[6]!, /^even, of \d+$/);
  }
  await close();
});

test("below the first sentence a click leads to who, where, when and what changed", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, "#/overview");
  const entries = await page.$$eval(".begin li", (items) => items.map((item) => ({ href: item.querySelector("a")!.getAttribute("href")!, text: item.textContent! })));
  assert.match(entries[0]!.href, /^#\/passage\//);
  assert.match(entries[1]!.href, /^#\/pair\//);
  const strongest = Math.max(...result.pairs.filter(({ a_doc_id, b_doc_id }) => a_doc_id.split("-")[0] !== b_doc_id.split("-")[0]).map((pair) => pair.matched_words));
  assert.match(entries[1]!.text, new RegExp(`${strongest} words shared`));
  assert.match(entries[2]!.text, /number changed \(\d/);
  await page.click(".begin li:nth-child(3) a");
  await page.waitForSelector(".findings .chip.edit");
  await close();
});

test("measure and order of the outlets' matrix are free of each other, and its cells are read by pointer and keys", async () => {
  const { file } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, "#/outlets");
  const figures = new Set<string>();
  for (const measure of ["pairs", "words", "share of articles"]) {
    for (const order of ["any", "row first", "row first of all"]) {
      await page.click(`.segmented button:text-is("${measure}")`);
      await page.click(`.segmented button:text-is("${order}")`);
      assert.deepEqual(await page.$$eval(".segmented [aria-pressed=true]", (buttons) => buttons.map((button) => button.textContent)), [measure, order]);
      figures.add(await page.$$eval(".heatmap .cell text", (cells) => cells.map((cell) => cell.textContent).join(" ")));
    }
  }
  assert.ok(figures.size >= 6, `${figures.size} different matrices`);
  await page.locator("[data-cell='0/1']").hover();
  assert.match((await page.textContent("#matrix ~ .chart-key .readout"))!, / × .*: /);
  await page.mouse.move(0, 0);
  await page.locator("#matrix ~ .scroll-x").focus();
  for (const key of ["ArrowDown", "ArrowRight"]) await page.keyboard.press(key);
  assert.match((await page.textContent("#matrix ~ .chart-key .readout"))!, / × .*: /);
  await page.keyboard.press("Enter");
  await page.waitForSelector("[data-shown]");
  assert.ok(Number(await page.getAttribute("[data-shown]", "data-shown")) > 0);
  await close();
});

test("a file that lists not all pairs says so on every view", async () => {
  // Each article shares its own words with the next one, so that the tables are the largest part.
  const words = (n: number) => Array.from({ length: 24 }, (_, k) => `q${((n * 7919 + k * 104_729) % 999_983).toString(36)}z`).join(" ");
  const chain = Array.from({ length: 400 }, (_, n) => ({ id: `c${n}`, source: `Outlet ${n % 7}`, text: `The board said that ${words(n)}. It was then that ${words(n + 1)}.` }));
  const { file, result } = make("chain", chain, ["--max-size", "215KB"]);
  const { page, close } = await open(file, "#/overview");
  const listed = Number(await page.getAttribute("[data-shown]", "data-shown"));
  assert.ok(listed < result.pairs.length, `${listed} of ${result.pairs.length}`);
  assert.match((await page.textContent(".counting"))!, new RegExp(`lists ${listed} pairs; ${result.pairs.length - listed} more`));
  await page.click("nav a:last-child");
  assert.match((await page.textContent(".counting"))!, /Figures on these pages are of the pairs listed/);
  assert.match((await page.textContent(".copyable"))!, /These figures are of the [\d,]+ pairs that the report lists/);
  await close();
});

test("a file that was cut off or damaged says so", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const html = readFileSync(file, "utf8");
  const page = await newPage();
  const said = async (name: string, text: string, link: string) => {
    writeFileSync(join(at, name), text);
    await page.goto(`file://${at}/${name}${link}`);
    await page.waitForTimeout(300);
    return (await page.textContent("body"))!;
  };
  assert.match(await said("half.html", html.slice(0, html.length / 2), ""), /cut off/);
  const damaged = html.replace(/(id="block-texts-0">.{40})..../, "$1!!!!");
  assert.notEqual(damaged, html);
  assert.match(await said("damaged.html", damaged, pairLink(result.pairs[0]!.pair_id)), /Block “texts-0” cannot be unpacked/);
  assert.match(await said("core.html", html.replace(/(id="block-core">.{40})..../, "$1!!!!"), ""), /cannot be shown[^]*“core” cannot be unpacked/);
  await page.close();
});

test("what is missing is said, with the way to supply it", async () => {
  const bare = PLAIN.map(({ id, text }) => ({ id, text }));
  const { file, result } = make("bare", bare);
  const outlets = await open(file, "#/outlets");
  assert.match((await outlets.page.textContent("main"))!, /--source-field/);
  await outlets.close();
  const story = await open(file, `#/passage/${result.clusters[0]!.cluster_id}`);
  assert.match((await story.page.textContent("main"))!, /--date-field/);
  await story.close();
  // Dates that tell nothing, and one outlet, are said to be what is in the way.
  const day = PLAIN.map((it) => ({ ...it, date: "2031-04-09" }));
  const equal = await open(make("equal", day, KNOWN).file, "#/outlets");
  const said = (await equal.page.textContent("main"))!;
  assert.match(said, /articles are dated, but no date tells/);
  assert.doesNotMatch(said, /--date-field/);
  await equal.close();
  const one = await open(make("one", PLAIN.map((it) => ({ ...it, source: "Courier" })), KNOWN).file, "#/outlets");
  assert.match((await one.page.textContent("main"))!, /of one outlet/);
  assert.equal(await one.page.locator("#matrix").count(), 0);
  await one.close();
  // Without the articles' words a pair is its passages by their lines.
  const redacted = make("redacted", PLAIN, [...KNOWN, "--redact", "text"]);
  const blank = await open(redacted.file, pairLink(redacted.result.pairs[0]!.pair_id));
  await blank.page.waitForSelector(".layouts");
  assert.match((await blank.page.textContent(".layouts"))!, /line \d/);
  assert.equal(await blank.page.locator(".layouts .segmented").count(), 0);
  await blank.close();
  const nowhere = await open(file, "#/pair/none");
  assert.match((await nowhere.page.textContent("main"))!, /another run/);
  await nowhere.close();
});
