/** Names of articles, tags and reasons, as every view shows them. Article text only ever becomes text nodes, each in its own direction. */
import { useApp, type App } from "../app";

/** An article's title, linked to its view. */
export function DocumentLink({ doc }: { doc: number }) {
  const { report, href, f } = useApp();
  return <a class="title" href={href("article", report.core.documents.id[doc]!)}><bdi>{f.title(doc)}</bdi></a>;
}

/** Outlet and date of an article. */
export function Dateline({ doc }: { doc: number }) {
  const { f, t } = useApp();
  const [source, date] = [f.source(doc), f.date(doc)];
  return (
    <span class="dateline">
      {source !== null && <><bdi>{source}</bdi><span aria-hidden="true"> · </span></>}
      <span>{date ?? t.passage.undated}</span>
    </span>
  );
}

/** The tags of a passage, each with the fact that decided it. */
export function PassageTags({ passage }: { passage: number }) {
  const { report: { passages, core }, totals, t } = useApp();
  const tags = passages.tags[passage]!;
  const chips = [];
  for (let n = 0; n < tags.length; n += 2) {
    const name = core.names.tags[tags[n]!]!;
    const fact = passages.tag_facts[tags[n + 1]!] ?? "";
    chips.push(<Chip key={name} name={t.tags[name] ?? name} title={fact || t.tagMeaning[name] || ""} off={totals.reason[passage] === tags[n]} />);
  }
  return <>{chips}</>;
}

/** A tag; struck where it is why something does not count. */
export function Chip({ name, title, off = false }: { name: string; title: string; off?: boolean }) {
  return <span class={off ? "chip off" : "chip"} title={title}>{name}</span>;
}

/** The tags that the passages of a pair carry, as places in `names.tags`. */
export function tagsOfPair({ report: { core, passages } }: App, pair: number): number[] {
  const found = new Set<number>();
  for (let p = core.pairs.first[pair]!; p < core.pairs.first[pair + 1]!; p++) {
    const tags = passages.tags[p]!;
    for (let n = 0; n < tags.length; n += 2) found.add(tags[n]!);
  }
  return [...found].sort((x, y) => x - y);
}

/** Why a passage does not count, in words. */
export function reasonName({ report: { core }, t }: App, reason: number): string {
  if (reason < core.names.tags.length) {
    const name = core.names.tags[reason]!;
    return t.tags[name] ?? name;
  }
  return reason === core.names.reasons.length ? t.reasons.short : t.reasons.same_source;
}

/** Which of a pair's articles appeared first: its place, or -1. */
export function firstOfPair({ report: { core } }: App, pair: number): number {
  const order = core.names.orders[core.pairs.order[pair]!];
  return order === "a_first" ? core.pairs.a[pair]! : order === "b_first" ? core.pairs.b[pair]! : -1;
}
