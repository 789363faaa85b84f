/**
 * How the page lies on a screen of any width, on paper, and in colours and letters that the reader's system sets. In Chromium, as
 * `browser.test.ts`.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KNOWN, launch, make, newPage, open, pairLink, quit, shownText, views } from "./chromium";
import { PLAIN } from "./corpus";

before(launch);
after(quit);

test("names without a place to break them fit, wide and narrow", async () => {
  const long = (name: string) => `a-very-long-name-${"x".repeat(180)}-${name}`;
  const named = (untitled: boolean) => PLAIN.map(({ id, title, source, ...rest }) => ({ ...rest, id: long(id), ...(source ? { source: long(source.replace(" ", "_")) } : {}), ...(untitled ? {} : { title: long((title ?? "").replaceAll(" ", "_")) }) }));
  for (const [name, articles] of [["long-untitled", named(true)], ["long-titled", named(false)]] as const) {
    const report = make(name, articles);
    const links = views(report.result);
    const echo = report.result.documents.find(({ doc_id }) => doc_id.endsWith("echo-1"))!.doc_id;
    links.push(["article with zones", `#/article/${echo}?zones=1`], ["pair with zones", pairLink(report.result.pairs[0]!.pair_id, "?zones=1&passage=1")], ["outlets, one chosen", `#/outlets?outlet=${report.result.edges[0]!.a_source}`]);
    for (const [view, link] of links) {
      for (const width of [1280, 390]) {
        const { page, close } = await open(report.file, link, { width });
        await page.waitForTimeout(150);
        // Nor does a part of the page hang over, where the page itself hides it.
        const found = await page.evaluate(() => {
          const edge = document.documentElement.clientWidth;
          const scrolls = (it: Element): boolean => it.parentElement !== null && (["auto", "scroll", "hidden"].includes(getComputedStyle(it.parentElement).overflowX) || scrolls(it.parentElement));
          const over = [...document.querySelectorAll("main *")].filter((it) => it.getBoundingClientRect().right > edge + 1 && !scrolls(it) && !(it instanceof SVGElement));
          return { wide: document.documentElement.scrollWidth - edge, over: over.slice(0, 3).map((it) => `${it.tagName}.${it.getAttribute("class")}`) };
        });
        assert.ok(found.wide <= 0 && found.over.length === 0, `${name}: ${view} at ${width}: ${found.wide} pixels too wide, ${found.over.join(" ")}`);
        await close();
      }
    }
  }
});

test("no figure of a table is lost on a phone or on paper", async () => {
  const { file } = make("plain", PLAIN, KNOWN);
  for (const view of ["overview", "articles", "passages"]) {
    const shown = async (look: { width: number }, media: "screen" | "print") => {
      const { page, close } = await open(file, `#/${view}`, look);
      await page.emulateMedia({ media });
      const found = await page.evaluate((isPrint) => {
        if (isPrint) window.dispatchEvent(new Event("beforeprint"));
        const rows = [...document.querySelectorAll("tbody tr[aria-rowindex]")];
        const edge = document.documentElement.clientWidth;
        const cells = [...rows[0]!.querySelectorAll<HTMLElement>("[role=cell]")];
        const isSeen = (it: Element) => {
          const [box, row] = [it.getBoundingClientRect(), it.closest("tr")!.getBoundingClientRect()];
          return box.width > 0 && box.height > 0 && box.left >= 0 && box.right <= edge + 1 && box.bottom <= row.bottom + 1;
        };
        const hidden = rows.flatMap((row) => [...row.querySelectorAll("[role=cell]:not(:empty), .chip, .share-number")]).filter((it) => !isSeen(it));
        return {
          words: rows.map((row) => row.textContent), hidden: hidden.map((it) => it.textContent),
          labels: cells.slice(1).map((cell) => getComputedStyle(cell, "::before").content.replaceAll('"', "")), names: cells.map((cell) => cell.dataset["label"]),
          sorters: document.querySelectorAll("thead [aria-sort] button").length,
        };
      }, media === "print");
      await close();
      return found;
    };
    const [wide, narrow, middle, paper] = [await shown({ width: 1280 }, "screen"), await shown({ width: 390 }, "screen"), await shown({ width: 900 }, "screen"), await shown({ width: 700 }, "print")];
    for (const other of [wide, narrow, middle, paper]) {
      assert.deepEqual(other.hidden, [], view);
      assert.ok(wide.words.every((words, n) => other.words[n] === undefined || other.words[n] === words), view);
    }
    assert.deepEqual(narrow.labels.map((label, n) => (label === "none" ? "" : label === narrow.names[n + 1])), narrow.labels.map((label) => (label === "none" ? "" : true)));
    assert.ok(narrow.labels.filter((label) => label === "none").length <= 1, "each figure is named");
    assert.equal(narrow.sorters, wide.sorters);
    assert.ok(wide.sorters > 2);
  }
});

test("cards sort, and rows grow with the reader's letters", async () => {
  const { file } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, "#/overview", { width: 390 });
  await page.click("thead button:text('Longest')");
  await page.waitForSelector("[aria-sort=descending] >> text=Longest");
  assert.match(page.url(), /sort=longest/);
  // A mark set before the rows are in their new order is taken back.
  await page.waitForTimeout(200);
  await page.keyboard.press("j");
  await page.waitForSelector("tr.marked");
  const height = () => page.locator("tr[aria-rowindex='2']").evaluate((row) => row.getBoundingClientRect().height);
  const usual = await height();
  await page.evaluate(() => { document.documentElement.style.fontSize = "32px"; });
  await page.keyboard.press("j");
  await page.waitForFunction((height) => Math.abs(document.querySelector("tr[aria-rowindex='2']")!.getBoundingClientRect().height - 2 * height) < 4, usual);
  await close();
});

test("lines that a width broke run on, on the screen and on paper, and marks stay exact", async () => {
  const wrap = (text: string) => text.split("\n\n").map((paragraph) => `    ${paragraph.replace(/(.{30,44}) /gu, "$1\n")}`).join("\n\n");
  const wrapped = PLAIN.map((article) => ({ ...article, text: wrap(article.text) }));
  const { file, result } = make("wrapped", wrapped, KNOWN);
  const pair = result.pairs.find(({ a_doc_id, b_doc_id }) => a_doc_id === "herald-1" && b_doc_id === "wire-1")!;
  const flow = (text: string) => text.replace(/(\S)\n(?=\S)/gu, "$1 ");
  const panes = await open(file, pairLink(pair.pair_id, "?passage=1"));
  await panes.page.waitForSelector(".pane.right .mark");
  for (const side of ["left", "right"]) {
    const id = await panes.page.getAttribute(`.pane.${side}`, "data-doc");
    assert.equal(await shownText(panes.page, `.pane.${side}`), flow(wrapped.find((article) => article.id === id)!.text));
  }
  await panes.page.emulateMedia({ media: "print" });
  await panes.page.evaluate(() => void window.dispatchEvent(new Event("beforeprint")));
  await panes.page.waitForSelector(".row-text");
  const passages = result.passages.filter(({ pair_id }) => pair_id === pair.pair_id);
  const rows = await panes.page.$$eval("[data-row]", (items) => items.map((item) => [...item.querySelectorAll("[data-slice]")].map((side) => side.textContent)));
  assert.deepEqual(rows.map((sides) => [...sides].sort()), passages.map(({ a_text, b_text }) => [flow(a_text), flow(b_text)].sort()));
  assert.ok(passages.some(({ a_text }) => a_text !== flow(a_text)));
  await panes.close();
});

test("a time line has its days and hours on any width, and its marks are links", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  for (const width of [1280, 390]) {
    const { page, close } = await open(file, `#/passage/${result.clusters[0]!.cluster_id}`, { width });
    const ticks = await page.$$eval(".timeline g > text.tick", (items) => items.map((item) => { const { left, right } = item.getBoundingClientRect(); return { left, right }; }));
    assert.ok(ticks.length >= 2, `${ticks.length} ticks at ${width}`);
    ticks.forEach(({ left }, n) => n > 0 && assert.ok(left > ticks[n - 1]!.right, `tick ${n} at ${width}`));
    await page.locator(".timeline a").first().focus();
    assert.match((await page.textContent(".readout"))!, / · /);
    await page.keyboard.press("Enter");
    await page.waitForSelector("article.article");
    await close();
  }
});

test("marks of one day lie beside each other, and none of them is shown as the first", async () => {
  const day = Array.from({ length: 7 }, (_, n) => ({ ...PLAIN[0]!, id: `d${n}`, source: `Outlet ${n % 3}`, date: "2032-03-01" }));
  const { file, result } = make("day", day);
  const { page, close } = await open(file, `#/passage/${result.clusters[0]!.cluster_id}`, { width: 390 });
  const marks = await page.$$eval(".timeline .event", (items) => items.map((item) => { const { left, right, top, bottom } = item.getBoundingClientRect(); return { left, right, top, bottom }; }));
  assert.equal(marks.length, 7);
  for (const [n, x] of marks.entries()) for (const y of marks.slice(n + 1)) assert.ok(x.right <= y.left || y.right <= x.left || x.bottom <= y.top || y.bottom <= x.top);
  assert.equal(await page.locator(".event.first").count(), 0);
  assert.doesNotMatch((await page.textContent("main"))!, /tallest/);
  await close();
});

test("where the system sets the colours, bars and choices are still seen", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const page = await newPage();
  await page.emulateMedia({ forcedColors: "active" });
  await page.goto(`file://${file}#/overview`);
  await page.waitForSelector(".bar-fill");
  const ground = (selector: string) => page.locator(selector).first().evaluate((it) => getComputedStyle(it).backgroundColor);
  assert.notEqual(await ground(".bar-fill"), await ground("html"));
  assert.notEqual(await ground(".segmented [aria-pressed=true]"), await ground(".segmented [aria-pressed=false]"));
  await page.goto(`file://${file}${pairLink(result.pairs[0]!.pair_id, "?passage=1")}`);
  await page.waitForSelector(".mark.active");
  assert.notEqual(await ground(".mark.active"), await ground("html"));
  await page.close();
});

test("names over the columns of many outlets never touch", async () => {
  const many = Array.from({ length: 40 }, (_, n) => ({ ...PLAIN[n % 2]!, id: `m${n}`, source: `${n % 3 === 0 ? "Daily " : ""}outlet-${n}.example` }));
  const { file } = make("many", many);
  const { page, close } = await open(file, "#/outlets");
  for (const [media, width] of [["screen", 1280], ["screen", 390], ["print", 700]] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media });
    const names = await page.$$eval(".heatmap .row-name[transform]", (items) => items.map((item) => { const { left, right } = item.getBoundingClientRect(); return { left, right }; }));
    assert.equal(names.length, 40);
    names.forEach(({ left }, n) => n > 0 && assert.ok(left >= names[n - 1]!.right - 1, `${media} at ${width}: name ${n}`));
    if (media === "print") assert.ok(names[39]!.right <= width, "all of it is on the paper");
  }
  await close();
});

test("printed, a pair is its passages in rows", async () => {
  const { file, result } = make("plain", PLAIN, KNOWN);
  const { page, close } = await open(file, pairLink(result.pairs[0]!.pair_id));
  await page.waitForSelector(".panes");
  await page.emulateMedia({ media: "print" });
  const rows = await page.evaluate(async () => {
    window.dispatchEvent(new Event("beforeprint"));
    await Promise.resolve();
    return document.querySelectorAll(".row").length;
  });
  assert.equal(rows, result.pairs[0]!.n_passages, "drawn before the printer looks");
  const [left, right] = await Promise.all([page.locator(".row-text").nth(0).boundingBox(), page.locator(".row-text").nth(1).boundingBox()]);
  assert.equal(left!.y, right!.y);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await page.waitForSelector(".panes");
  await close();

  const overview = await open(file, "#/overview");
  await overview.page.emulateMedia({ media: "print" });
  const printed = await overview.page.evaluate(async () => {
    window.dispatchEvent(new Event("beforeprint"));
    await Promise.resolve();
    const box = document.querySelector(".pair-table .table-box")!;
    const chart = document.querySelector<SVGSVGElement>(".histogram")!;
    return {
      isReadable: chart.viewBox.baseVal.width < 0.65 * 688, rows: box.querySelectorAll("tbody tr:not(.spacer)").length, cut: box.scrollHeight - box.clientHeight };
  });
  assert.deepEqual(printed, { isReadable: true, rows: Math.min(result.pairs.length, 100), cut: 0 }, "all rows, none behind a scroll bar");
  await overview.close();
});
