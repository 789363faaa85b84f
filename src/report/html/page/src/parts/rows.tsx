/** The passages of a pair one below the other, both sides in a row; the layout for print. Drawn in portions, of which one is shown. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp, type App } from "../app";
import { clip, cut, type Piece } from "../data/marks";
import { editName, marked } from "../data/pairing";
import type { Drawn } from "../views/pair";
import { slice, type Text } from "../data/text";
import { PassageTags, reasonName } from "./names";
import { Pieces, useLegend } from "./reader";

/** Rows drawn at once, and the most that are printed. */
const [PORTION, PRINTED] = [60, 500];

interface Side {
  doc: number;
  text: Text;
  pieces: Piece[];
  spans: { start: number; end: number }[];
}

export function Rows({ drawn, at, choose, printing }: { drawn: Drawn; at: number; choose: (n: number) => void; printing: boolean }) {
  const { report, t, f } = useApp();
  const left = useSide(drawn, true);
  const right = useSide(drawn, false);
  const list = useRef<HTMLOListElement>(null);
  const first = printing ? 0 : Math.floor(Math.max(at - 1, 0) / PORTION) * PORTION;
  const last = Math.min(drawn.n, printing ? PRINTED : first + PORTION);
  useEffect(() => {
    if (at > 0 && !printing) list.current?.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: "center" });
  }, [at]);
  return (
    <div class="passage-rows">
      <div class="row-heads" aria-hidden="true">
        {[left, right].map((side, n) => <p key={n}><bdi>{f.title(side.doc)}</bdi></p>)}
      </div>
      {first > 0 && <button type="button" class="plain" onClick={() => choose(first)}>← {t.pair.range(f.whole(first - PORTION + 1), f.whole(first))}</button>}
      <ol ref={list} start={first + 1}>
        {Array.from({ length: last - first }, (_, k) => first + k).map((n) => <Row key={n} n={n} drawn={drawn} sides={[left, right]} active={at === n + 1} onPick={() => choose(n + 1)} />)}
      </ol>
      {last < drawn.n && (printing
        ? <p class="note">{t.pair.printed(f.whole(last), f.whole(drawn.n))}</p>
        : <button type="button" class="plain" onClick={() => choose(last + 1)}>{t.pair.range(f.whole(last + 1), f.whole(Math.min(drawn.n, last + PORTION)))} →</button>)}
      <p class="print-only note">{report.core.tool.name} {report.core.tool.version} · {report.core.corpus_sha256}</p>
    </div>
  );
}

function useSide({ pair, sides, texts, diffs }: Drawn, isLeft: boolean): Side {
  const { report } = useApp();
  const isA = isLeft !== sides.turned;
  const text = texts[isLeft ? 0 : 1];
  return useMemo(() => {
    const spans = marked(report, pair, isA, diffs);
    return { doc: isLeft ? sides.left : sides.right, text, spans, pieces: cut(text.length, spans, []) };
  }, [pair, isA, diffs, text]);
}

function Row({ n, drawn, sides, active, onPick }: { n: number; drawn: Drawn; sides: [Side, Side]; active: boolean; onPick: () => void }) {
  const app = useApp();
  const { t, totals, report: { core, passages } } = app;
  const passage = drawn.first + n;
  const quoted = [passages.a_quoted[passage]!, passages.b_quoted[passage]!];
  if (drawn.sides.turned) quoted.reverse();
  const kind = core.names.kinds[passages.kind[passage]!]!;
  const reason = totals.reason[passage]!;
  return (
    <li class={active ? "row active" : "row"} data-row={n + 1} onClick={onPick}>
      <header>
        <span class={`badge hue${drawn.looks[n]!.hue}`}>{drawn.looks[n]!.label}</span>
        <span title={t.kindMeaning[kind]}>{described(app, passage, drawn.sides.turned)}</span>
        <span class="chips"><PassageTags passage={passage} /></span>
        <Typed passage={passage} turned={drawn.sides.turned} />
        {(quoted[0]! > 0 || quoted[1]! > 0) && <span>{t.pair.quoted(`${quoted[0]}%`, `${quoted[1]}%`)}</span>}
        {reason >= 0 && <span class="muted">{t.pair.leftOut(reasonName(app, reason))}</span>}
        <Story passage={passage} />
      </header>
      <div class="row-sides">
        {sides.map((side, k) => <RowText key={k} side={side} n={n} drawn={drawn} line={lineOf(app, passage, (k === 0) !== drawn.sides.turned)} />)}
      </div>
    </li>
  );
}

function RowText({ side, n, drawn, line }: { side: Side; n: number; drawn: Drawn; line: number }) {
  const { t, f } = useApp();
  const legend = useLegend();
  const { start, end } = side.spans[n]!;
  const words = slice(side.text, start, end);
  return (
    <div class="row-text">
      <p class="where muted">{t.lines(f.whole(line))}</p>
      {words === null ? <p class="muted">{t.passage.noText}</p> : (
        <p class="words" dir="auto" data-slice={n}><Pieces pieces={clip(side.pieces, start, end)} all={side.pieces} words={words} offset={start} looks={drawn.looks} legend={legend} active={-1} /></p>
      )}
    </div>
  );
}

function lineOf({ report: { passages } }: App, passage: number, isA: boolean): number {
  return (isA ? passages.a_line : passages.b_line)[passage]!;
}

function described({ report: { core, passages }, t, f }: App, passage: number, turned: boolean): string {
  const [added, dropped, replaced, moved] = passages.edits[passage]!;
  const [inserted, deleted] = turned ? [dropped, added] : [added, dropped];
  const kind = core.names.kinds[passages.kind[passage]!]!;
  const edits = inserted + deleted + replaced + moved === 0 ? t.pair.unchanged : t.pair.edits(...([deleted, inserted, replaced, moved].map((n) => (n > 0 ? f.whole(n) : "")) as [string, string, string, string]));
  return [t.words(passages.matched[passage]!, f.whole(passages.matched[passage]!)), t.kinds[kind] ?? kind, t.pair.identity(f.percent(passages.identity[passage]! / 1e4)), edits].join(" · ");
}

function Typed({ passage, turned }: { passage: number; turned: boolean }) {
  const { report: { core, passages }, t } = useApp();
  const typed = passages.typed[passage]!;
  const counts = new Map<string, number>();
  for (let n = 0; n < typed.length; n += 5) {
    const name = editName(core.names.edits[typed[n]!]!, turned);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return <>{[...counts].map(([name, n]) => <span key={name} class="chip edit">{t.edits[name] ?? name}{n > 1 ? ` ×${n}` : ""}</span>)}</>;
}

/** The way from one passage to all who carry it. */
function Story({ passage }: { passage: number }) {
  const { report: { core, passages }, t, f, href } = useApp();
  const cluster = passages.cluster[passage]!;
  if (cluster < 0 || core.clusters.n_docs[cluster]! < 3) return null;
  return <a href={href("passage", core.clusters.id[cluster]!)}>{t.pair.story(t.articles(core.clusters.n_docs[cluster]!, f.whole(core.clusters.n_docs[cluster]!)))}</a>;
}
