/** How the figures came about: a paragraph for a paper, how to cite, settings, terms, caveats. */
import { useRef, useState } from "preact/hooks";
import { useApp, type App } from "../app";
import type { Json } from "../data";
import { unlistedPairs } from "../data/report";
import { isRun } from "../state/filters";

export function Method() {
  const app = useApp();
  const { report: { core }, t } = app;
  const citation = t.method.citation(core.tool.name, core.tool.version, "") + core.corpus_sha256.slice(0, 16);
  return (
    <div class="method">
      <h1>{t.method.title}</h1>
      <section aria-labelledby="paragraph">
        <h2 id="paragraph">{t.method.paragraph}</h2>
        {!isRun(core, app.filters) && <p class="changed">{t.counting.changed}</p>}
        <Copyable text={methods(app)} />
      </section>
      <section aria-labelledby="cite">
        <h2 id="cite">{t.method.cite}</h2>
        <Copyable text={`${citation}.`} />
      </section>
      <section aria-labelledby="caveats">
        <h2 id="caveats">{t.method.caveats}</h2>
        <ul class="prose">{t.method.caveatList.map((caveat) => <li key={caveat}>{caveat}</li>)}</ul>
      </section>
      <section aria-labelledby="settings">
        <h2 id="settings">{t.method.settings}</h2>
        <dl class="facts-list">
          <div><dt>{t.method.version}</dt><dd>{core.tool.name} {core.tool.version}</dd></div>
          <div><dt>{t.method.schema}</dt><dd>{core.tool.schema_version}</dd></div>
          <div><dt>{t.method.digest}</dt><dd><code>{core.corpus_sha256}</code><p class="note">{t.method.digestMeaning}</p></dd></div>
        </dl>
        <table class="plain settings">
          <thead><tr><th scope="col">{t.method.name}</th><th scope="col">{t.method.value}</th><th scope="col">{t.method.meaning}</th></tr></thead>
          <tbody>
            {Object.entries(core.settings).map(([name, value]) => <tr key={name}><td><code>{name}</code></td><td><bdi>{said(value, t.method)}</bdi></td><td class="muted">{t.method.meanings[name] ?? ""}</td></tr>)}
          </tbody>
        </table>
      </section>
      <Codebook />
    </div>
  );
}

function said(value: Json, { unset, yes, no }: { unset: string; yes: string; no: string }): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return unset;
  if (Array.isArray(value)) return value.map(String).join(", ");
  if (typeof value === "boolean") return value ? yes : no;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function methods({ report, totals, filters, t, f }: App): string {
  const { core } = report;
  const number = (name: string) => (typeof core.settings[name] === "number" ? core.settings[name] : 0);
  const excluded = core.names.tags.filter((_, tag) => filters.excluded.has(tag)).map((tag) => t.tags[tag] ?? tag);
  const unlisted = unlistedPairs(core);
  const sharing = totals.documents.nSharing;
  return t.method.methods({
    tool: core.tool.name, version: core.tool.version,
    articles: t.articles(report.nDocuments, f.whole(report.nDocuments)),
    outlets: core.sources.length > 0 ? t.method.methodsOutlets(t.outlets(core.sources.length, f.whole(core.sources.length))) : "",
    digest: core.corpus_sha256.slice(0, 16),
    minWords: f.whole(number("min_words")), minIdentity: f.percent(number("min_identity")), maxGap: f.whole(number("max_gap")), minBits: f.whole(number("min_bits")),
    excluded: excluded.length > 0 ? t.method.methodsExcluded(excluded) : t.method.methodsNoneExcluded,
    same: filters.skipSameSource ? t.method.methodsSame : "",
    minCoverage: filters.minCoverage > 0 ? t.method.methodsMin(f.percent(filters.minCoverage)) : "",
    pairs: t.pairs(totals.pairs.nKept, f.whole(totals.pairs.nKept)),
    passages: t.passages(totals.nPassages, f.whole(totals.nPassages)),
    hidden: totals.nHidden > 0 ? t.method.methodsHidden(t.passages(totals.nHidden, f.whole(totals.nHidden)), t.pairs(totals.pairs.nCounting, f.whole(totals.pairs.nCounting))) : "",
    shareOf: t.method.methodsShare(f.whole(sharing), t.articles(report.nDocuments, f.whole(report.nDocuments))),
  }) + (unlisted > 0 ? t.method.methodsListed(t.pairs(report.nPairs, f.whole(report.nPairs)), f.whole(unlisted)) : "");
}

function Copyable({ text }: { text: string }) {
  const { t } = useApp();
  const [said, setSaid] = useState("");
  const words = useRef<HTMLQuoteElement>(null);
  const copy = () => {
    const done = () => setSaid(t.method.copied);
    // A page from disk may have no clipboard; then the words are selected instead.
    const select = () => {
      if (words.current) getSelection()?.selectAllChildren(words.current);
      setSaid(t.method.copyFailed);
    };
    if (navigator.clipboard) navigator.clipboard.writeText(text).then(done, select);
    else select();
  };
  return (
    <div class="copyable">
      <blockquote ref={words}>{text}</blockquote>
      <button type="button" class="plain" onClick={copy}>{t.method.copy}</button> <span role="status">{said}</span>
    </div>
  );
}

function Codebook() {
  const { t, report: { core } } = useApp();
  const lists: [string, readonly (readonly [string, string])[]][] = [
    [t.method.codebook, t.method.terms],
    [t.method.kindTerms, core.names.kinds.map((kind) => [t.kinds[kind] ?? kind, t.kindMeaning[kind] ?? ""] as const)],
    [t.method.editTerms, core.names.edits.map((edit) => [t.edits[edit] ?? edit, t.editMeaning[edit] ?? ""] as const)],
    [t.method.tagTerms, core.names.tags.map((tag) => [t.tags[tag] ?? tag, t.tagMeaning[tag] ?? ""] as const)],
    [t.pair.origin, core.names.origins.map((origin) => [t.origins[origin] ?? origin, t.originMeaning[origin] ?? ""] as const)],
  ];
  return (
    <section aria-labelledby="codebook">
      {lists.map(([title, terms], n) => (
        <div key={title}>
          <h2 {...(n === 0 ? { id: "codebook" } : {})}>{title}</h2>
          <dl class="facts-list">{terms.map(([term, meaning]) => <div key={term}><dt>{term}</dt><dd>{meaning}</dd></div>)}</dl>
        </div>
      ))}
    </section>
  );
}
