/** One passage and all who carry it: when each appeared, and how its wording differs from the earliest, or from the one that stands for all. */
import { useMemo, useState } from "preact/hooks";
import { useApp, type App } from "../app";
import { Timeline, type Event } from "../charts/timeline";
import { carriersOf, type Carriers } from "../data/carriers";
import { collate, shown, type Shown } from "../data/collate";
import { slice } from "../data/text";
import { excerptOf } from "../data/lists";
import { rowOf } from "../data/report";
import { whyOf } from "../parts/failures";
import { diffsOf, textOf, useLoaded } from "../parts/load";
import { Dateline, DocumentLink } from "../parts/names";
import { spelled } from "../parts/spell";
import { isolated, nearest } from "../strings/clip";
import { NotFound } from "./missing";

/** Versions shown at first and with each step. */
const PORTION = 25;

export function Passage() {
  const app = useApp();
  const cluster = app.report.clusterById.get(app.route.id);
  return cluster === undefined ? <NotFound id={app.route.id} /> : <PassageOf cluster={cluster} />;
}

function PassageOf({ cluster }: { cluster: number }) {
  const app = useApp();
  const { report: { core }, t, f, href } = app;
  const { clusters, documents } = core;
  const [docs, sources] = [clusters.n_docs[cluster]!, clusters.n_sources[cluster]!];
  const carriers = useMemo(() => carriersOf(core, cluster), [cluster]);
  const events = useMemo(() => eventsOf(app, cluster, earliest(app, cluster, carriers)), [cluster]);
  return (
    <article class="passage">
      <p class="kicker">{t.passage.of}</p>
      <h1 class="quoted"><bdi>{excerptOf(app.report, cluster)}</bdi></h1>
      <p class="lede">
        {sources > 0 ? t.passage.sentence(t.articles(docs, f.whole(docs)), t.outlets(sources, f.whole(sources))) : t.passage.sentenceNoOutlets(t.articles(docs, f.whole(docs)))}{" "}
        <First cluster={cluster} carriers={carriers} />{" "}
        {t.passage.origins(clusters.n_origins[cluster]!, f.whole(clusters.n_origins[cluster]!))}
      </p>
      <section aria-labelledby="timeline">
        <h2 id="timeline">{t.passage.timeline}</h2>
        <Timeline events={events} linkTo={(doc) => href("article", documents.id[doc]!)} />
        {events.some((event) => event.when) && <p class="note">{events.some((event) => event.first) && t.passage.timelineFirst} {t.passage.timelineNote}</p>}
      </section>
      <Variants cluster={cluster} carriers={carriers} />
    </article>
  );
}

/** Who appeared first; where some are undated, who did of the others. */
function First({ cluster, carriers }: { cluster: number; carriers: Carriers }) {
  const app = useApp();
  const { report: { core: { clusters } }, t, f } = app;
  const { docs, dated } = carriers;
  const [first, span] = [clusters.first_doc[cluster]!, clusters.span_seconds[cluster] ?? null];
  const all = f.whole(docs.length);
  const [areAllDated, some] = [dated.length === docs.length, t.passage.datedArticles(f.whole(dated.length))];
  const of = earliest(app, cluster, carriers);
  const unknown = areAllDated || dated.length === 0 ? t.passage.firstUnknown : t.passage.firstDatedUnknown(some, all);
  return (
    <>
      {of < 0 ? unknown : <>{first >= 0 ? t.passage.first : t.passage.firstDated(dated.length, some, all)} <DocumentLink doc={of} /> (<Dateline doc={of} />).</>}{" "}
      {span !== null && span > 0 && (areAllDated ? t.passage.span : t.passage.spanDated)(f.duration(span))}
    </>
  );
}

/** The only first one, else the only earliest of those with a date; -1 without one. */
function earliest({ report: { core: { clusters } } }: App, cluster: number, { firstDated }: Carriers): number {
  return clusters.first_doc[cluster]! >= 0 ? clusters.first_doc[cluster]! : firstDated;
}

function eventsOf({ report: { core }, f }: App, cluster: number, first: number): Event[] {
  const members = core.clusters.members[cluster]!;
  const seen = new Set<number>();
  return members.doc.flatMap((doc) => {
    if (seen.has(doc)) return [];
    seen.add(doc);
    const [seconds, precision] = [core.documents.seconds[doc] ?? null, core.documents.precision[doc] ?? null];
    const when: [number, number] | null = seconds === null ? null : [seconds, precision ?? 60];
    return [{ doc, row: f.source(doc) ?? f.title(doc), when, first: doc === first }];
  });
}

/** The member all others are compared with: the only first one, else the one that stands for the group. */
function baseOf({ report: { core: { clusters } } }: App, cluster: number): { member: number; isFirst: boolean } {
  const first = clusters.first_doc[cluster]!;
  const member = first < 0 ? -1 : clusters.members[cluster]!.doc.indexOf(first);
  return member >= 0 ? { member, isFirst: true } : { member: clusters.representative[cluster]!, isFirst: false };
}

function Variants({ cluster, carriers }: { cluster: number; carriers: Carriers }) {
  const app = useApp();
  const { report: { core }, t, f } = app;
  const [portion, setPortion] = useState(PORTION);
  const members = core.clusters.members[cluster]!;
  const { member: base, isFirst } = baseOf(app, cluster);
  const order = [base, ...members.doc.map((_, n) => n).filter((n) => n !== base)];
  return (
    <section aria-labelledby="variants">
      <h2 id="variants">{isFirst ? t.passage.variants : t.passage.variantsRepresentative}</h2>
      <p class="note">{!isFirst && t.passage.baseRepresentative} <bdi>{t.passage.variantsNote(isolated(f.title(members.doc[base]!)))}</bdi></p>
      <ol class="variants">
        {order.slice(0, portion).map((n) => <Variant key={n} cluster={cluster} member={n} base={base} carriers={carriers} />)}
      </ol>
      {order.length > portion && <button type="button" class="plain" onClick={() => setPortion(portion + 4 * PORTION)}>{t.passage.more(f.whole(Math.min(order.length - portion, 4 * PORTION)))}</button>}
    </section>
  );
}

interface VariantProps {
  cluster: number;
  member: number;
  base: number;
  carriers: Carriers;
}

function Variant({ cluster, member, base, carriers: { docs, dated } }: VariantProps) {
  const app = useApp();
  const { report: { core, passages }, t, f, href } = app;
  const members = core.clusters.members[cluster]!;
  const doc = members.doc[member]!;
  const link = useMemo(() => linkTo(app, cluster, base, member), [cluster, base, member]);
  const loaded = useLoaded(`${core.clusters.id[cluster]}/${member}`, () => wordsOf(app, cluster, base, member, link));
  const evidence = core.names.evidence[members.rank_evidence[member]!] ?? "";
  const rank = members.rank[member] ?? null;
  const isOfDated = dated.length > 0 && dated.length < docs.length;
  return (
    <li class={member === base ? "variant base" : "variant"} data-member={member}>
      <header>
        <DocumentLink doc={doc} /> <Dateline doc={doc} />
        <p class="facts">
          {rank !== null && dated.length !== 1 && <span>{isOfDated ? t.passage.rankDated(f.whole(rank)) : t.passage.rank(f.whole(rank), t.passage.rankBy[evidence] ?? "")}</span>}
          {(members.lag[member] ?? 0) > 0 && <span>{t.passage.later(f.duration(members.lag[member]!))}</span>}
          {member === base && <span>{t.passage.base}</span>}
          {link && loaded.state === "there" && loaded.value.kind === "diff" && <span>{t.passage.alike(f.percent(passages.identity[core.pairs.first[link.pair]! + link.nth]! / 1e4))}</span>}
          {link && <a href={href("pair", core.pairs.id[link.pair]!, { passage: String(link.nth + 1) })}>{core.clusters.first_doc[cluster]! >= 0 ? t.passage.contextEarliest : t.passage.context}</a>}
        </p>
      </header>
      {loaded.state === "failed" && <p class="muted">{whyOf(loaded.error, t)}</p>}
      {loaded.state === "there" && <Collated words={loaded.value} />}
      {loaded.state === "there" && member !== base && loaded.value.kind === "plain" && <p class="note">{t.passage.plain}</p>}
    </li>
  );
}

/** The passage between two members of a cluster, and which side the base is on. */
interface Link {
  pair: number;
  nth: number;
  baseIsA: boolean;
}

function linkTo({ report }: App, cluster: number, base: number, member: number): Link | null {
  const { core, passages } = report;
  const members = core.clusters.members[cluster]!;
  const [from, to] = [members.doc[base]!, members.doc[member]!];
  if (member === base || from === to) return null;
  const common = (start: number, end: number, n: number) => Math.min(end, members.end[n]!) - Math.max(start, members.start[n]!);
  let best: { link: Link; common: number } | null = null;
  for (const pair of rowOf(report.pairsOf, to)) {
    const baseIsA = core.pairs.a[pair] === from;
    if (!baseIsA && core.pairs.b[pair] !== from) continue;
    for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) {
      const [inA, inB] = baseIsA ? [base, member] : [member, base];
      const shared = Math.min(common(passages.a_start[p]!, passages.a_end[p]!, inA), common(passages.b_start[p]!, passages.b_end[p]!, inB));
      if (shared > (best?.common ?? 0)) best = { link: { pair, nth: p - core.pairs.first[pair]!, baseIsA }, common: shared };
    }
  }
  return best?.link ?? null;
}

type Words = { kind: "none" } | { kind: "plain"; words: string } | { kind: "diff"; shown: Shown[] };

async function wordsOf({ report: { core, passages } }: App, cluster: number, base: number, member: number, link: Link | null): Promise<Words> {
  const members = core.clusters.members[cluster]!;
  const [start, end] = [members.start[member]!, members.end[member]!];
  const own = await textOf(core, members.doc[member]!);
  const diff = link ? (await diffsOf(core, link.pair))?.[link.nth] : undefined;
  if (link && diff) {
    const p = core.pairs.first[link.pair]! + link.nth;
    const [a, b] = [passages.a_start[p]!, passages.b_start[p]!];
    const sides = { diff, ownSide: link.baseIsA ? 2 : 1, own: [own, link.baseIsA ? b : a], other: [await textOf(core, members.doc[base]!), link.baseIsA ? a : b] } as const;
    const runs = collate(sides, core.names.changes, start, end);
    if (runs) return { kind: "diff", shown: shown(runs) };
  }
  const words = slice(own, start, end);
  return words === null ? { kind: "none" } : { kind: "plain", words };
}

/** Characters shown of what stands before and after the passage compared. */
const AROUND = 240;

function Collated({ words }: { words: Words }) {
  const { t } = useApp();
  if (words.kind === "none") return <p class="muted">{t.passage.noText}</p>;
  if (words.kind === "plain") return <p class="words" dir="auto">{spelled(words.words)}</p>;
  return (
    <p class="words collated" dir="auto">
      {words.shown.map(({ kind, words, fact }, n) => {
        if (kind === "dropped") return <del key={n} class={fact ? "fact" : ""}>{spelled(words)}</del>;
        if (kind === "added") return <ins key={n} class={fact ? "fact" : ""}>{spelled(words)}</ins>;
        if (kind === "beyond") return <span key={n} class="beyond" title={t.passage.beyond}>{spelled(nearest(words, AROUND, n === 0 ? "before" : "after"))}</span>;
        return <span key={n}>{spelled(words)}</span>;
      })}
    </p>
  );
}
