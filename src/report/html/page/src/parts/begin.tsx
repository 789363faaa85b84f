/** Below the first sentence: a way into what was carried widest, what two articles share most of, and what was changed. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { useApp, type App } from "../app";
import { changed, strongestPair, type Changed } from "../data/begin";
import { excerptOf } from "../data/lists";
import { clipped } from "../strings/clip";
import { Dateline, firstOfPair } from "./names";

/** Characters shown of a passage and of a name; kinds of change named. */
const [EXCERPT, NAME, KINDS] = [84, 48, 3];

export function Begin({ clusters }: { clusters: number[] }) {
  const app = useApp();
  const { report, totals, t } = app;
  const [pair, changes] = useMemo(() => [strongestPair(report, totals), changed(report, totals)], [totals]);
  const widest = clusters[0] ?? -1;
  if (pair < 0) return null;
  return (
    <ul class="begin" aria-label={t.begin.title}>
      {widest >= 0 && <WidestPassage cluster={widest} />}
      <Strongest pair={pair} />
      {changes.most >= 0 && <Changes {...changes} />}
    </ul>
  );
}

function Entry({ question, href, answer, children }: { question: string; href: string; answer: string; children: ComponentChildren }) {
  return (
    <li>
      <h2>{question}</h2>
      <p><a href={href}><bdi>{answer}</bdi></a></p>
      <p class="facts"><span>{children}</span></p>
    </li>
  );
}

function WidestPassage({ cluster }: { cluster: number }) {
  const { report, t, f, href } = useApp();
  const { clusters } = report.core;
  const [docs, outlets] = [clusters.n_docs[cluster]!, clusters.n_sources[cluster]!];
  const first = clusters.first_doc[cluster]!;
  return (
    <Entry question={t.begin.widest} href={href("passage", clusters.id[cluster]!)} answer={`“${clipped(excerptOf(report, cluster), EXCERPT)}”`}>
      {outlets > 1 ? t.outlets(outlets, f.whole(outlets)) : t.articles(docs, f.whole(docs))}{first < 0 ? `; ${t.begin.unknown}` : <>; {t.begin.first} <Dateline doc={first} /></>}
    </Entry>
  );
}

/** The two articles of a pair by outlet, else by title, with the date where that is the same: in order of time where it is known. */
function title(app: App, pair: number): string {
  const { report: { core }, t, f } = app;
  const docs = [core.pairs.a[pair]!, core.pairs.b[pair]!] as const;
  const tells = (name: (doc: number) => string | null) => docs.every((doc) => name(doc) !== null) && name(docs[0]) !== name(docs[1]);
  const called = (doc: number) => clipped((tells(f.source) ? f.source(doc) : null) ?? f.title(doc), NAME);
  const name = (doc: number) => (tells(f.source) || tells(f.title) ? called(doc) : `${called(doc)} (${f.date(doc) ?? core.documents.id[doc]})`);
  const first = firstOfPair(app, pair);
  const names = docs.map(name);
  return first < 0 ? t.begin.both(names[0]!, names[1]!) : first === docs[0] ? t.begin.then(names[0]!, names[1]!) : t.begin.then(names[1]!, names[0]!);
}

function Strongest({ pair }: { pair: number }) {
  const app = useApp();
  const { report: { core }, totals: { pairs }, t, f, href } = app;
  const [words, share, lag] = [pairs.matched[pair]!, Math.max(pairs.aCoverage[pair]!, pairs.bCoverage[pair]!), core.pairs.lag[pair] ?? null];
  return (
    <Entry question={t.begin.strongest} href={href("pair", core.pairs.id[pair]!)} answer={title(app, pair)}>
      {t.begin.shared(t.words(words, f.whole(words)), f.percent(share))}; {firstOfPair(app, pair) < 0 ? t.begin.unknown : lag === null ? t.begin.ordered : t.begin.later(f.duration(lag))}
    </Entry>
  );
}

function Changes({ kinds, most }: Changed) {
  const app = useApp();
  const { report: { core, pairOf }, t, f, href } = app;
  const pair = pairOf[most]!;
  const told = kinds.slice(0, KINDS).map(([kind, n]) => `${t.edits[core.names.edits[kind]!] ?? core.names.edits[kind]!} (${f.whole(n)})`);
  return (
    <Entry question={t.begin.changed} href={href("pair", core.pairs.id[pair]!, { passage: String(most - core.pairs.first[pair]! + 1) })} answer={title(app, pair)}>
      {t.begin.kinds(told.join(", "))}
    </Entry>
  );
}
