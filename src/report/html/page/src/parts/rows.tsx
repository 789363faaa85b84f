/** The passages of a pair one below the other, both sides in a row; the layout for print. Drawn in portions, of which one is shown. */
import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp, type App } from "../app";
import { clip, cut, type Piece } from "../data/marks";
import { marked } from "../data/pairing";
import type { Drawn } from "../views/pair";
import { slice, type Text } from "../data/text";
import { clipped } from "../strings/clip";
import { Findings, Summary } from "./findings";
import { calledIn, Dateline } from "./names";
import { Pieces, useLegend } from "./reader";

/** Rows drawn at once, and the most that are printed; characters of a side's name. */
const [PORTION, PRINTED, CALLED] = [60, 500, 40];

interface Side {
  doc: number;
  text: Text;
  pieces: Piece[];
  spans: { start: number; end: number }[];
}

export function Rows({ drawn, at, choose, printing }: { drawn: Drawn; at: number; choose: (n: number) => void; printing: boolean }) {
  const { report, t, f, route } = useApp();
  const zones = route.params.get("zones") === "1";
  const left = useSide(drawn, true);
  const right = useSide(drawn, false);
  const list = useRef<HTMLOListElement>(null);
  const first = printing ? 0 : Math.floor(Math.max(at - 1, 0) / PORTION) * PORTION;
  const last = Math.min(drawn.n, printing ? PRINTED : first + PORTION);
  useEffect(() => {
    if (at > 0 && !printing) list.current?.querySelector(`[data-row="${at}"]`)?.scrollIntoView({ block: "center" });
  }, [at]);
  return (
    <div class={zones ? "passage-rows show-zones" : "passage-rows"}>
      <div class="row-heads" aria-hidden="true">
        {[left, right].map((side, n) => <p key={n}><bdi>{f.title(side.doc)}</bdi> <Dateline doc={side.doc} /></p>)}
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
    const doc = isLeft ? sides.left : sides.right;
    return { doc, text, spans, pieces: cut(text.length, spans, report.core.documents.zones[doc] ?? []) };
  }, [pair, isA, diffs, text]);
}

function Row({ n, drawn, sides, active, onPick }: { n: number; drawn: Drawn; sides: [Side, Side]; active: boolean; onPick: () => void }) {
  const app = useApp();
  const passage = drawn.first + n;
  return (
    <li class={active ? "row active" : "row"} data-row={n + 1} onClick={onPick}>
      <header>
        <span class={`badge hue${drawn.looks[n]!.hue}`}>{drawn.looks[n]!.label}</span>
        <Summary passage={passage} turned={drawn.sides.turned} />
      </header>
      <Findings passage={passage} sides={drawn.sides} texts={drawn.texts} />
      <div class="row-sides">
        {sides.map((side, k) => <RowText key={k} side={side} n={n} drawn={drawn} line={lineOf(app, passage, (k === 0) !== drawn.sides.turned)} />)}
      </div>
    </li>
  );
}

function RowText({ side, n, drawn, line }: { side: Side; n: number; drawn: Drawn; line: number }) {
  const app = useApp();
  const { t, f } = app;
  const legend = useLegend();
  const { start, end } = side.spans[n]!;
  const words = slice(side.text, start, end);
  return (
    <div class="row-text">
      <p class="where muted"><bdi>{clipped(calledIn(app, drawn.pair, side.doc), CALLED)}</bdi> · {t.lines(f.whole(line))}</p>
      {words === null ? <p class="muted">{t.passage.noText}</p> : (
        <p class="words" dir="auto" data-slice={n}><Pieces pieces={clip(side.pieces, start, end)} all={side.pieces} words={words} offset={start} looks={drawn.looks} legend={legend} active={-1} /></p>
      )}
    </div>
  );
}

function lineOf({ report: { passages } }: App, passage: number, isA: boolean): number {
  return (isA ? passages.a_line : passages.b_line)[passage]!;
}
