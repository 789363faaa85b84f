/** The pure parts: marks, collation, routes, filters, curves, tables of words; and a rule over the sources. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Core, Passages } from "../src/data";
import { byThreshold, histogram } from "../src/data/curves";
import { spelledOut } from "../src/data/acting";
import { carriersOf } from "../src/data/carriers";
import { collate, shown, type Run } from "../src/data/collate";
import { creditsOf } from "../src/data/credits";
import { heads } from "../src/data/lists";
import { chunks, clip, cut, type Marked } from "../src/data/marks";
import { remarksOf } from "../src/data/remarks";
import { median } from "../src/data/outlets";
import { recount, rounded } from "../src/data/recount";
import { makeReport, type Report } from "../src/data/report";
import { hasRunTags, isRun, readFilters, runFilters, writeFilters } from "../src/state/filters";
import { en } from "../src/strings/en";
import { makeFormat } from "../src/strings/format";
import { formatRoute, parseRoute, toView, withParams } from "../src/state/route";
import { timeTicks, ticks } from "../src/charts/scale";
import { flowing } from "../src/data/wrap";

/** The cases of the engine, in `src/report/overview/nested.rs`. */
test("a statement leads a list once", () => {
  const carried = [
    [[0, 0, 100], [1, 0, 100], [2, 0, 100], [3, 0, 100]],
    // Half of it, in most of the same articles.
    [[0, 40, 90], [1, 40, 90], [4, 0, 50]],
    // Beside it.
    [[0, 100, 200], [1, 100, 200], [2, 100, 200]],
    // In one of three articles.
    [[0, 10, 90], [5, 0, 80], [6, 0, 80]],
    // More than it.
    [[2, 0, 300], [3, 0, 300]],
    [[7, 0, 9], [8, 0, 9]],
  ];
  const column = (places: number[][], n: number) => places.map((place) => place[n]);
  const members = carried.map((places) => ({ doc: column(places, 0), start: column(places, 1), end: column(places, 2) }));
  const core = { clusters: { members, n_docs: carried.map((places) => places.length) } } as unknown as Core;
  const [all, pair] = [heads(core, [0, 1, 2, 3, 4, 5], 3), heads(core, [1, 0], 3)];
  assert.deepEqual(all, [{ cluster: 0, inside: 2 }, { cluster: 2, inside: 0 }, { cluster: 3, inside: 0 }]);
  assert.deepEqual(pair, [{ cluster: 1, inside: 1 }], "the first of the list leads");
  assert.deepEqual(heads(core, [], 3), []);
});

/** A fixed series of whole numbers below `below`. */
function series(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

test("lines broken at a width run on, paragraphs stay, and every place stays what it was", () => {
  const flow = (words: string) => flowing({ length: words.length, parts: [[0, words]] }).parts[0]![1];
  const wired = [
    "    The harbour board of Wexcombe said on Monday",
    "that the northern channel would be dredged and",
    "deepened before the first ferry of the summer.",
    "    Ships above 900 tonnes are",
    "to pay a levy of three thousand and a hundred or",
    "14 crowns for every passage of the channel from",
    "June on, it said.",
    "Mud will go to sea.",
    "",
    "  tonnes   levy",
    "  900      14",
    "* the wreck of the Kittiwake is removed first and",
  ].join("\r\n");
  const shown = flow(wired);
  assert.equal(shown.length, wired.length);
  assert.equal(shown.replaceAll("\r ", "\r\n"), wired);
  assert.deepEqual(shown.split("\n").map((line) => line.replaceAll("\r", "").trim()), [
    "The harbour board of Wexcombe said on Monday that the northern channel would be dredged and deepened before the first ferry of the summer.",
    "Ships above 900 tonnes are to pay a levy of three thousand and a hundred or 14 crowns for every passage of the channel from June on, it said.",
    "Mud will go to sea.", "", "tonnes   levy", "900      14", "* the wreck of the Kittiwake is removed first and",
  ]);
  const paragraphs = Array.from({ length: 6 }, (_, n) => `${"A paragraph that stands on a line of its own, as the web has it. ".repeat(n + 2)}`).join("\n");
  assert.equal(flow(paragraphs), paragraphs);
  const list = "Headlines\nDredger due at Easter\nPilot recalls\nWhere will all the mud of the channel go?\nFerry waits\nBoard: no comment on Thrupp\nSport";
  assert.equal(flow(list), list);
  const parts = flowing({ length: 999, parts: [[0, wired], [500, wired]] }).parts;
  assert.deepEqual(parts.map(([start, words]) => [start, words]), [[0, shown], [500, shown]]);
});

test("pieces joined again are the text, each with the passage that begins last over it", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const next = series(seed);
    const length = 1 + next(60);
    const passages: Marked[] = Array.from({ length: next(5) }, () => {
      const start = next(length);
      const end = start + 1 + next(length - start);
      const first = next(end - start + 1);
      return { start, end, runs: next(2) ? [0, first, 9, 1, end - start - first, 2] : null, side: 1 as const };
    });
    const zones = Array.from({ length: next(3) }, () => { const start = next(length); return [next(3), start, start + next(length - start + 1), -1, -1]; }).flat();
    const pieces = cut(length, passages, zones);
    assert.equal(pieces[0]!.start, 0);
    assert.equal(pieces[pieces.length - 1]!.end, length);
    pieces.forEach((piece, n) => {
      assert.ok(piece.start < piece.end);
      if (n > 0) assert.equal(piece.start, pieces[n - 1]!.end);
      for (let place = piece.start; place < piece.end; place++) {
        const over = passages.map((p, k) => ({ ...p, k })).filter((p) => p.start <= place && place < p.end).sort((x, y) => x.start - y.start || x.k - y.k);
        const last = over[over.length - 1];
        assert.equal(piece.passage, last?.k ?? -1, `seed ${seed} at ${place}`);
        const change = !last?.runs ? -1 : place < last.start + last.runs[1]! ? 0 : 1;
        assert.equal(piece.change, change);
        let bits = 0;
        for (let z = 0; z < zones.length; z += 5) if (zones[z + 1]! <= place && place < zones[z + 2]!) bits |= 1 << zones[z]!;
        assert.equal(piece.zones, bits);
      }
    });
    const from = next(length);
    const to = from + next(length - from + 1);
    const words = clip(pieces, from, to);
    assert.equal(words.reduce((sum, piece) => sum + piece.end - piece.start, 0), to - from);
  }
});

test("blocks of a text are the text and never part a character", () => {
  const cases = ["", "\n", "one\ntwo\n\nthree", "x".repeat(10_000), `${"a ".repeat(4000)}`, "👩".repeat(4000), `a${"😀".repeat(2999)}`];
  for (const text of cases) {
    const found = chunks(text, 7);
    assert.equal(found.map(({ start, end }) => text.slice(start - 7, end - 7)).join(""), text);
    for (const { start, end } of found) {
      assert.ok(end - start <= 3_001);
      assert.ok(!/^[\udc00-\udfff]/.test(text.slice(start - 7, start - 6)), "begins inside of a character");
    }
  }
});

test("a version is told as changes to another", () => {
  const names = ["same", "deleted", "inserted", "replaced"];
  const a = { length: 15, parts: [[0, "the old grey dog"]] as [number, string][] };
  const b = { length: 20, parts: [[0, "So: the new dog ran"]] as [number, string][] };
  // "the " same; "old grey " replaced by "new "; "dog" same.
  const diff = [0, 4, 4, 3, 9, 4, 0, 3, 3];
  const told = collate({ diff, ownSide: 2, own: [b, 4], other: [a, 0] }, names, 0, 19);
  assert.deepEqual(told, [
    { change: "beyond", from: "", to: "So: " },
    { change: "same", from: "the ", to: "the " },
    { change: "replaced", from: "old grey ", to: "new " },
    { change: "same", from: "dog", to: "dog" },
    { change: "beyond", from: "", to: " ran" },
  ]);
  assert.deepEqual(collate({ diff, ownSide: 2, own: [b, 4], other: [a, 0] }, names, 6, 10), [
    { change: "same", from: "the ", to: "e " },
    { change: "replaced", from: "old grey ", to: "ne" },
  ]);
  assert.equal(collate({ diff, ownSide: 2, own: [{ length: 20, parts: [] }, 4], other: [a, 0] }, names, 0, 19), null);
});

test("words of two versions never run together, and those of this one are its text", () => {
  const same = (from: string, to = from): Run => ({ change: "same", from, to });
  const replaced = (from: string, to: string, change = "replaced"): Run => ({ change, from, to });
  const cases: [Run[], string][] = [
    [[same("shall be disband ", "shall be disband"), replaced("in full", ""), same(".")], "shall be disband [-in full-]."],
    [[same("the "), replaced("old grey ", "new "), same("dog")], "the [-old grey-] {+new+} dog"],
    [[same("on "), replaced("Wednesday.\n\nThe ", "Friday, the "), same("rest")], "on [-Wednesday. The-] {+Friday, the+} rest"],
    [[same("Karabakh ", "Karabakh"), replaced("region, by ", ", through "), same("the")], "Karabakh [-region, by-]{+, through+} the"],
    [[same("in the "), replaced("full ", ""), same("region")], "in the [-full-] region"],
    [[same("old"), replaced("-", ""), same("new")], "old[---]new"],
    [[replaced("14", "15", "number"), replaced(" men", ""), same(" left")], "[-14-] {+15+} [-men-] left"],
    [[same("a"), replaced("", " b"), same(" c")], "a {+b+} c"],
  ];
  for (const [runs, text] of cases) {
    const pieces = shown(runs);
    assert.equal(pieces.map(({ kind, words }) => (kind === "dropped" ? `[-${words}-]` : kind === "added" ? `{+${words}+}` : words)).join(""), text);
    const own = pieces.filter(({ kind }) => kind !== "dropped" && kind !== "gap").map(({ words }) => words).join("");
    assert.equal(own, runs.map(({ to }) => to).join(""));
  }
});

test("a route survives the way through the address", () => {
  const ids = ["wc1-00", "a/b c", "ü?&=#%", "</script>", "__proto__", "%"];
  for (const id of ids) {
    const route = toView(parseRoute("#/overview?exclude=quoted&sort=words"), "pair", id, { passage: "3" });
    const again = parseRoute(formatRoute(route));
    assert.equal(again.view, "pair");
    assert.equal(again.id, id);
    assert.deepEqual([...again.params], [["exclude", "quoted"], ["passage", "3"]]);
  }
  for (const broken of ["", "#", "#/nowhere/x", "#/pair/%E0%A4%A", "#/__proto__"]) assert.doesNotThrow(() => parseRoute(broken));
  assert.equal(parseRoute("#/nowhere").view, "overview");
  assert.equal(formatRoute(withParams(parseRoute("#/method?a=1"), { a: "" })), "#/method");
});

test("switches where the run had them are not written, others survive", () => {
  const core = { settings: { exclude_tags: ["boilerplate", "formula"], skip_same_source: false, min_coverage: 0.05 }, names: { tags: ["boilerplate", "common", "formula"] } } as unknown as Core;
  const run = runFilters(core);
  assert.ok(isRun(core, run));
  const cases = [
    { ...run, excluded: new Set<number>() }, { ...run, excluded: new Set([1]) }, { ...run, skipSameSource: true },
    { ...run, minCoverage: 0.37 }, { ...run, minWords: 12 },
  ];
  for (const filters of cases) {
    assert.ok(!isRun(core, filters));
    const route = withParams(parseRoute("#/overview"), writeFilters(core, filters));
    assert.deepEqual(readFilters(core, parseRoute(formatRoute(route))), filters);
  }
  assert.equal(readFilters(core, parseRoute("#/overview?min=1")).minCoverage, 0.05, "not below what the run kept");
  assert.equal(readFilters(core, parseRoute("#/overview?min=nonsense&words=-4")).minWords, 0);
});

test("the engine's verdict on what recurs holds with the run's tags only", () => {
  const core = { settings: { exclude_tags: ["formula"] }, names: { tags: ["boilerplate", "formula"] } } as unknown as Core;
  const run = runFilters(core);
  assert.ok(hasRunTags(core, { ...run, minCoverage: 0.4, skipSameSource: true }));
  for (const excluded of [[], [0], [0, 1]]) assert.ok(!hasRunTags(core, { ...run, excluded: new Set(excluded) }));
});

test("credits are counted by article and outlet, the most frequent first", () => {
  const [credit, byline] = [1, 0];
  const core = {
    names: { zones: ["byline", "credit"] },
    documents: {
      source: [0, 1, 1, -1], zone_names: ["Wire", "Agency", "Brandt"],
      zones: [[credit, 0, 4, 0, 0, credit, 9, 12, 0, 0], [credit, 0, 4, 1, 0], [byline, 0, 3, 2, 0, credit, 5, 8, 0, 0], [credit, 0, 4, 0, 0]],
    },
  } as unknown as Core;
  assert.deepEqual(creditsOf(core), [{ name: "Wire", docs: [0, 2, 3], nSources: 2 }, { name: "Agency", docs: [1], nSources: 1 }]);
});

test("what turns or erases is spelled out in titles", () => {
  assert.equal(spelledOut("a\u202Eb\u2066c\u001bd – é ع 🌉\t"), "a[U+202E]b[U+2066]c[U+001B]d – é ع 🌉\t");
  assert.equal(spelledOut(spelledOut("\u202e")), "[U+202E]");
});

/** Articles of 100 words, and passages: side a, side b, words, tag or -1. Passages of one pair stand together. */
function reportOf(nDocuments: number, passages: [number, number, number, number][]): Report {
  const pairs = passages.filter(([a, b], n) => n === 0 || a !== passages[n - 1]![0] || b !== passages[n - 1]![1]);
  const first = pairs.map(([a, b]) => passages.findIndex((it) => it[0] === a && it[1] === b));
  const spread = (of: (it: [number, number, number, number], n: number) => number) => passages.map(of);
  // Side by side from the beginning of both articles.
  const at = (n: number) => passages.slice(Math.max(...first.filter((place) => place <= n)), n).reduce((sum, it) => sum + it[2], 0);
  const documents = Array.from({ length: nDocuments }, (_, doc) => `d${doc}`);
  const core = {
    names: { tags: ["quoted"], reasons: ["quoted", "same_source"] }, sources: [], settings: {}, clusters: { id: [] },
    documents: { id: documents, title: documents, source: documents.map(() => -1), published: documents.map(() => null), n_words: documents.map(() => 100) },
    pairs: { id: pairs.map((_, pair) => `p${pair}`), a: pairs.map(([a]) => a), b: pairs.map(([, b]) => b), first: [...first, passages.length] },
  } as unknown as Core;
  const words = spread(([, , length]) => length);
  return makeReport(core, {
    id: words.map((_, n) => `x${n}`), a_word: spread((_, n) => at(n)), b_word: spread((_, n) => at(n)), a_words: words, b_words: words, matched: words,
    tags: passages.map(([, , , tag]) => (tag < 0 ? [] : [tag, 0])), cluster: words.map(() => -1),
  } as unknown as Passages);
}

test("a pair stays by the passages that count", () => {
  // Pair 0-1: 60 words of which 50 are left out. Pair 1-2: 30 words. Pair 2-3: 40 words, all left out.
  const report = reportOf(4, [[0, 1, 10, -1], [0, 1, 50, 0], [1, 2, 30, -1], [2, 3, 40, 0]]);
  const kept = (minCoverage: number, excluded: number[]) => [...recount(report, { minCoverage, excluded: new Set(excluded), skipSameSource: false, minWords: 0 }).pairs.kept];
  assert.deepEqual(kept(0, [0]), [1, 1, 1], "with no least share every pair stays");
  assert.deepEqual(kept(0.05, [0]), [1, 1, 0]);
  assert.deepEqual(kept(0.3, [0]), [0, 1, 0]);
  assert.deepEqual(kept(0.3, []), [1, 1, 1]);
  assert.deepEqual(kept(0.6, []), [1, 0, 0]);
});

test("counts by share and by threshold agree", () => {
  const shares = Float64Array.from([0, 0.01, 0.05, 0.5, 0.999, 1]);
  const bins = histogram(shares);
  assert.equal(bins.reduce((sum, n) => sum + n, 0), 5);
  assert.deepEqual([bins[0], bins[1], bins[10], bins[19]], [1, 1, 1, 2]);
  const curve = byThreshold(shares);
  for (const { x, y } of curve) assert.equal(y, [...shares].filter((share) => share > 0 && share >= x).length, `${x}`);
});

test("numbers are rounded and ordered as the engine does", () => {
  assert.deepEqual([rounded(1 / 3), rounded(2 / 3), rounded(0.0000005), rounded(0), rounded(1)], [0.333333, 0.666667, 0.000001, 0, 1]);
  assert.deepEqual([median([]), median([3]), median([4, 1]), median([9, 1, 5])], [null, 3, 2.5, 5]);
});

test("a share is none or the whole only when exactly that, as in the terminal", () => {
  const { percent } = makeFormat({ language: "en", documents: {}, sources: [] } as unknown as Core, en);
  const cases: [number, string][] = [
    [0, "0%"], [1e-9, "<1%"], [0.0099, "<1%"], [0.01, "1%"], [0.125, "12%"], [0.135, "14%"], [0.375, "38%"], [0.5, "50%"], [0.99, "99%"],
    [0.995, "99%"], [0.999999, "99%"], [1, "100%"],
  ];
  for (const [share, said] of cases) assert.equal(percent(share), said, String(share));
});

test("the grammar is right for none, one and many", () => {
  const [all, some] = [(n: number) => en.counting.all(n, en.passages(n, String(n))), (n: number) => en.counting.some(n, String(n), en.passages(7, "7"))];
  assert.deepEqual([0, 1, 2].map(all), ["No passage is left to count.", "The 1 passage counts.", "All 2 passages count."]);
  assert.deepEqual([0, 1, 2].map(some), ["None of 7 passages counts.", "1 of 7 passages counts.", "2 of 7 passages count."]);
  assert.equal(en.overview.live(1, "1", "5 articles", "50%"), "1 of 5 articles shares at least 50% of its words with one other article.");
  assert.equal(en.overview.live(0, "0", "5 articles", "50%"), "None of 5 articles shares at least 50% of its words with one other article.");
});

test("remarks on the run and on its documents are told together, the most frequent first", () => {
  const core = {
    warnings: [{ path: "b.csv", line: 3, message: "odd quotes" }, { path: null, line: null, message: "few words" }],
    documents: { remarks: [["no year"], [], ["odd quotes", "no year"], ["no year"]] },
  } as unknown as Core;
  assert.deepEqual(remarksOf(core), [
    { message: "no year", n: 3, place: { doc: 0 } },
    { message: "odd quotes", n: 2, place: { path: "b.csv", line: 3 } },
    { message: "few words", n: 1, place: null },
  ]);
});

test("who was first is told of all carriers, or of those with a date", () => {
  const carriers = (seconds: (number | null)[], rank: (number | null)[]) => {
    const core = { documents: { seconds }, clusters: { members: [{ doc: [0, 1, 2, 2], rank }] } } as unknown as Core;
    const { docs, dated, firstDated } = carriersOf(core, 0);
    return [docs.length, dated.length, firstDated];
  };
  assert.deepEqual(carriers([10, 20, 70], [1, 2, 3, 3]), [3, 3, 0]);
  assert.deepEqual(carriers([10, 10, 70], [1, 1, 3, 3]), [3, 3, -1], "two at one time");
  assert.deepEqual(carriers([null, 20, 80], [null, 1, 2, 2]), [3, 2, 1]);
  assert.deepEqual(carriers([null, null, 80], [null, null, 1, 1]), [3, 1, 2]);
  assert.deepEqual(carriers([null, null, null], [null, 1, null, null]), [3, 0, -1], "the rank is by credit");
});

test("ticks are few, rising and cover what they measure", () => {
  for (const most of [0, 1, 3, 7, 99, 1234, 50_000]) {
    const found = ticks(most);
    assert.ok(found[found.length - 1]! >= most && found.length <= 6, String(found));
  }
  for (const span of [60, 3_600, 90_000, 86_400 * 30, 86_400 * 4_000]) {
    const { at } = timeTicks(1_000_000, 1_000_000 + span);
    assert.ok(at.length <= 7 && at.every((tick, n) => n === 0 || tick > at[n - 1]!));
  }
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? sources(join(folder, entry.name)) : [join(folder, entry.name)]));
}

test("article text becomes text nodes only, and nothing is fetched, stored or run", () => {
  const forbidden = /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|\beval\(|new Function|\bfetch\(|XMLHttpRequest|localStorage|sessionStorage|: any\b|as any\b/;
  for (const file of sources("src").filter((file) => /\.tsx?$/.test(file))) {
    readFileSync(file, "utf8").split("\n").forEach((line, n) => assert.ok(!forbidden.test(line), `${file}:${n + 1}: ${line.trim()}`));
  }
});
