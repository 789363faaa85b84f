/** The page counts as the engine does: for many settings, the recount of one report equals a run of the engine with these settings. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cellOf } from "../src/data/directions";
import { outletEdges } from "../src/data/outlets";
import { recount, rounded, type Filters } from "../src/data/recount";
import { makeReport, type Report } from "../src/data/report";
import { runFilters } from "../src/state/filters";
import { BOILERPLATE, HOSTILE, PLAIN, compare, coreOf, folder, passagesOf, write } from "./corpus";

interface Result {
  documents: { doc_id: string; matched_words: number; matched_share: number }[];
  pairs: {
    pair_id: string; n_passages: number; matched_words: number; longest_words: number; excluded_words: number;
    a_coverage: number; b_coverage: number; a_coverage_all: number; b_coverage_all: number; near_duplicate: boolean;
  }[];
  passages: { passage_id: string; excluded: boolean; exclude_reason: string | null }[];
  edges: {
    a_source: string; b_source: string; n_pairs: number; n_passages: number; matched_words: number; median_coverage: number;
    share_a_first: number | null; median_lag_seconds: number | null; a_docs: number; b_docs: number; a_share: number; b_share: number;
  }[];
}

const SAMPLES = join(process.cwd(), "../../../../samples");

const CASES: { name: string; flags: string[]; change(filters: Filters, report: Report): Filters }[] = [
  { name: "as run", flags: [], change: (filters) => filters },
  { name: "formulas count, copies do not", flags: ["--exclude-tags", "exact-copy"], change: (f, r) => ({ ...f, excluded: tags(r, ["exact_copy"]) }) },
  { name: "only boilerplate left out", flags: ["--exclude-tags", "boilerplate"], change: (f, r) => ({ ...f, excluded: tags(r, ["boilerplate"]) }) },
  { name: "three tags left out", flags: ["--exclude-tags", "boilerplate,formula,exact-copy"], change: (f, r) => ({ ...f, excluded: tags(r, ["boilerplate", "formula", "exact_copy"]) }) },
  { name: "no pairs within one outlet", flags: ["--skip-same", "source"], change: (f) => ({ ...f, skipSameSource: true }) },
  ...[0.1, 0.3, 0.5, 0.8].map((min) => ({ name: `least coverage ${min} by what counts`, flags: ["--min-coverage", String(min)], change: (f: Filters) => ({ ...f, minCoverage: min }) })),
  // The engine lets a pair stay by the passages that count with the tags and outlets of the same run.
  { name: "all at once", flags: ["--skip-same", "source", "--exclude-tags", "exact-copy", "--min-coverage", "0.25"], change: (f, r) => ({ minWords: 0, excluded: tags(r, ["exact_copy"]), skipSameSource: true, minCoverage: f.minCoverage + 0.25 }) },
];

function tags({ core }: Report, names: string[]): Set<number> {
  return new Set(names.map((name) => core.names.tags.indexOf(name)));
}

const at = folder();
writeFileSync(join(at, "standing.txt"), BOILERPLATE);
const KNOWN = ["--boilerplate", join(at, "standing.txt")];
const CORPORA: [string, string[], string[]][] = [
  ["ceasefire", [join(SAMPLES, "ceasefire/articles")], []],
  ["press-release", [join(SAMPLES, "press-release/articles.jsonl")], []],
  ["own", [write(PLAIN, join(at, "own.jsonl"))], KNOWN],
  ["hostile", [write(HOSTILE, join(at, "hostile.jsonl"))], []],
];

// New articles of some outlets against older ones of the same and of others: shares of an outlet are of its new articles.
const [NEW, OLD] = [(id: string) => /-[123]$/.test(id) && !id.endsWith("-2"), (id: string) => id.endsWith("-2")];
const part = (name: string, wanted: (id: string) => boolean) => write(PLAIN.filter(({ id }) => wanted(id)), join(at, `${name}.jsonl`));
CORPORA.push(["against a reference", [part("new", NEW)], [...KNOWN, "--against", part("old", OLD)]]);

for (const [corpus, inputs, always] of CORPORA) {
  const html = compare(inputs, join(at, `${corpus}.html`), always);
  const report = makeReport(coreOf(html), passagesOf(html));
  for (const { name, flags, change } of CASES) {
    test(`${corpus}: ${name}`, () => {
      const result = JSON.parse(compare(inputs, join(at, "result.json"), [...always, ...flags])) as Result;
      const totals = recount(report, change(runFilters(report.core), report));
      assert.deepEqual(documents(report, totals), result.documents.map((document) => pick(document, ["doc_id", "matched_words", "matched_share"])));
      assert.deepEqual(pairs(report, totals), result.pairs.map((pair) => pick(pair, PAIR)));
      assert.deepEqual(passages(report, totals), result.passages.map((passage) => pick(passage, ["passage_id", "excluded", "exclude_reason"])));
      assert.deepEqual(edges(report, totals), result.edges.map((edge) => pick(edge, EDGE)));
    });
  }
}

test("of the pairs of two outlets with an order, each is ahead in its own", () => {
  const html = readFileSync(join(at, "own.html"), "utf8");
  const report = makeReport(coreOf(html), passagesOf(html));
  const { a, b, order } = report.core.pairs;
  const { source } = report.core.documents;
  const totals = recount(report, runFilters(report.core));
  const rows = outletEdges(report, totals);
  assert.ok(rows.some((edge) => edge.first[0].pairs > 0 && edge.first[1].pairs > 0 && edge.a !== edge.b));
  for (const edge of rows) {
    for (const side of [0, 1] as const) {
      const [row, column] = side === 0 ? [edge.a, edge.b] : [edge.b, edge.a];
      const ahead = order.flatMap((it, pair) => {
        const name = report.core.names.orders[it];
        if (!totals.pairs.kept[pair] || totals.pairs.matched[pair] === 0 || (name !== "a_first" && name !== "b_first")) return [];
        const [first, second] = name === "a_first" ? [a[pair]!, b[pair]!] : [b[pair]!, a[pair]!];
        return source[first] === row && source[second] === column && (side === 0 || edge.a !== edge.b) ? [{ pair, first }] : [];
      });
      const words = ahead.reduce((sum, { pair }) => sum + totals.pairs.matched[pair]!, 0);
      assert.deepEqual([edge.first[side].pairs, edge.first[side].words], [ahead.length, words]);
      const articles = source.filter((it) => it === row).length;
      assert.equal(rounded(edge.first[side].share), rounded(new Set(ahead.map(({ first }) => first)).size / articles));
      assert.ok(edge.match[side].pairs <= edge.first[side].pairs && edge.match[side].words <= edge.first[side].words);
      for (const measure of ["pairs", "words", "share"] as const) assert.equal(cellOf(edge, side === 0, measure, "first"), edge.first[side][measure] || null);
    }
  }
});

test("with a reference, shares are of new articles", () => {
  const html = readFileSync(join(at, "against a reference.html"), "utf8");
  const report = makeReport(coreOf(html), passagesOf(html));
  const { id, reference } = report.core.documents;
  assert.deepEqual(id.filter((_, doc) => reference[doc]), PLAIN.map((article) => article.id).filter(OLD).sort());
  const rows = outletEdges(report, recount(report, runFilters(report.core)));
  assert.ok(rows.some((edge) => edge.a !== edge.b && edge.bDocs > 0 && edge.bShare === 0) || rows.some((edge) => edge.aDocs > edge.aShare * 10), "a reference article is counted among the articles and not in the share");
});

test("a table of first matches only", () => {
  const flags = [...KNOWN, "--first-match"];
  const html = compare([join(at, "own.jsonl")], join(at, "first.html"), flags);
  const report = makeReport(coreOf(html), passagesOf(html));
  const result = JSON.parse(compare([join(at, "own.jsonl")], join(at, "first.json"), flags)) as Result;
  const all = JSON.parse(compare([join(at, "own.jsonl")], join(at, "all.json"), KNOWN)) as Result;
  const n = (rows: { n_pairs: number }[]) => rows.reduce((sum, row) => sum + row.n_pairs, 0);
  assert.ok(n(result.edges) < n(all.edges));
  assert.deepEqual(edges(report, recount(report, runFilters(report.core))), result.edges.map((edge) => pick(edge, EDGE)));
});

test("the cases move figures", () => {
  const html = readFileSync(join(at, "own.html"), "utf8");
  const report = makeReport(coreOf(html), passagesOf(html));
  const seen = new Set(CASES.map(({ change }) => JSON.stringify(pairs(report, recount(report, change(runFilters(report.core), report))))));
  assert.ok(seen.size >= 6, `${seen.size} different outcomes`);
});

const PAIR = [
  "pair_id", "n_passages", "matched_words", "longest_words", "excluded_words", "a_coverage", "b_coverage", "a_coverage_all", "b_coverage_all", "near_duplicate",
] as const;

const EDGE = [
  "a_source", "b_source", "n_pairs", "n_passages", "matched_words", "median_coverage", "share_a_first", "median_lag_seconds", "a_docs", "b_docs", "a_share", "b_share",
] as const;

function pick<T, K extends keyof T>(row: T, names: readonly K[]): Pick<T, K> {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as Pick<T, K>;
}

type Totals = ReturnType<typeof recount>;

function documents({ core }: Report, { documents }: Totals) {
  return core.documents.id.map((doc_id, doc) => ({ doc_id, matched_words: documents.matched[doc]!, matched_share: rounded(documents.share[doc]!) }));
}

function pairs({ core }: Report, { pairs }: Totals) {
  return core.pairs.id.map((pair_id, pair) => ({
    pair_id, n_passages: core.pairs.first[pair + 1]! - core.pairs.first[pair]!, matched_words: pairs.matched[pair]!, longest_words: pairs.longest[pair]!,
    excluded_words: pairs.excludedWords[pair]!, a_coverage: rounded(pairs.aCoverage[pair]!), b_coverage: rounded(pairs.bCoverage[pair]!),
    a_coverage_all: rounded(pairs.aCoverageAll[pair]!), b_coverage_all: rounded(pairs.bCoverageAll[pair]!),
    near_duplicate: Math.min(pairs.aCoverage[pair]!, pairs.bCoverage[pair]!) >= 0.8,
  })).filter((_, pair) => pairs.kept[pair]);
}

function passages({ core, passages, pairOf }: Report, { reason, pairs }: Totals) {
  return passages.id.map((passage_id, p) => ({ passage_id, excluded: reason[p]! >= 0, exclude_reason: core.names.reasons[reason[p]!] ?? null })).filter((_, p) => pairs.kept[pairOf[p]!]);
}

function edges(report: Report, totals: Totals) {
  return outletEdges(report, totals).map((edge) => ({
    a_source: report.core.sources[edge.a]!, b_source: report.core.sources[edge.b]!, n_pairs: edge.pairs, n_passages: edge.passages, matched_words: edge.words,
    median_coverage: rounded(edge.medianCoverage), share_a_first: edge.shareAFirst === null ? null : rounded(edge.shareAFirst), median_lag_seconds: edge.medianLag,
    a_docs: edge.aDocs, b_docs: edge.bDocs, a_share: rounded(edge.aShare), b_share: rounded(edge.bShare),
  }));
}
