/**
 * A table of any number of rows, of which only those in sight are in the document. Rows are of one height; the order is the caller's.
 * On narrow screens each row is a card that names its figures, and the heads are a line of buttons to sort by; roles say that it is a
 * table all the same. j and k move a mark, Enter opens the marked row. Column heads sort; the state of both lives in the route.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useApp, useKeys } from "../app";
import { useNarrow } from "./narrow";
import { usePrinting } from "./printing";

export interface Column<Row> {
  name: string;
  title: string;
  hint?: string;
  /** Numbers to the right; `wide` takes the room that is left. In a card `beside` stands right of it, `whole` has no such neighbour. */
  kind?: "number" | "wide" | "wide whole" | "beside";
  sortable?: boolean;
  cell(row: Row): ComponentChildren;
}

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: ArrayLike<Row>;
  /** Heights of a row and of a card, in pixels where letters are of the usual size. */
  rowHeight: number;
  cardHeight: number;
  empty: ComponentChildren;
  onOpen(row: Row): void;
  /** Name of the column in effect, with "-" before it when ascending. */
  sort?: string;
  onSort?(sort: string): void;
}

const [OVERSCAN, VISIBLE, PRINTED] = [8, 14, 100];

export function VirtualTable<Row extends number>({ label, columns, rows, rowHeight: asRow, cardHeight, empty, onOpen, sort = "", onSort }: Props<Row>) {
  const { t, f } = useApp();
  const rowHeight = (useNarrow() ? cardHeight : asRow) * letters();
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(rowHeight * VISIBLE);
  const [marked, setMarked] = useState(-1);
  useLayoutEffect(() => {
    setHeight(box.current?.clientHeight || rowHeight * VISIBLE);
  }, [rows.length]);
  useEffect(() => {
    setMarked(-1);
    box.current?.scrollTo(0, 0);
    setTop(0);
  }, [rows]);
  const move = (by: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, marked + by));
    setMarked(next);
    reveal(box.current, next, rowHeight);
  };
  useKeys({ j: () => move(1), k: () => move(-1), ...(marked >= 0 ? { Enter: () => onOpen(rows[marked]!) } : {}) });
  const printing = usePrinting();
  const first = printing ? 0 : Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
  const last = Math.min(rows.length, printing ? PRINTED : Math.ceil((top + height) / rowHeight) + OVERSCAN);
  const drawn = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);
  return (
    <div class="table-box" ref={box} tabIndex={0} role="group" aria-label={label} onScroll={(event) => setTop(event.currentTarget.scrollTop)}>
      <table class="rows" role="table" aria-rowcount={rows.length + 1}>
        <thead role="rowgroup">
          <tr role="row">{columns.map((column) => <Head key={column.name} column={column} sort={sort} onSort={printing ? undefined : onSort} label={t.sortBy(column.title)} />)}</tr>
        </thead>
        <tbody role="rowgroup">
          <Spacer rows={first} rowHeight={rowHeight} columns={columns.length} />
          {drawn.map((n) => (
            <tr key={n} role="row" aria-rowindex={n + 2} class={n === marked ? "marked" : ""} style={printing ? {} : { height: `${rowHeight}px` }} onClick={(event) => !isControl(event.target) && onOpen(rows[n]!)}>
              {columns.map((column) => <td key={column.name} role="cell" class={column.kind ?? ""} data-label={column.title}>{column.cell(rows[n]!)}</td>)}
            </tr>
          ))}
          <Spacer rows={rows.length - last} rowHeight={rowHeight} columns={columns.length} />
        </tbody>
      </table>
      {printing && last < rows.length && <p class="note">{t.printedRows(f.whole(last), f.whole(rows.length))}</p>}
      {rows.length === 0 && (typeof empty === "string" ? <p class="empty">{empty}</p> : empty)}
    </div>
  );
}

function Head<Row>({ column, sort, onSort, label }: { column: Column<Row>; sort: string; onSort: ((sort: string) => void) | undefined; label: string }) {
  const direction = sort === column.name ? "descending" : sort === `-${column.name}` ? "ascending" : "none";
  if (!column.sortable || !onSort) return <th scope="col" role="columnheader" class={column.kind ?? ""} title={column.hint}>{column.title}</th>;
  return (
    <th scope="col" role="columnheader" class={column.kind ?? ""} aria-sort={direction} title={column.hint}>
      <button type="button" class="sorter" aria-label={label} onClick={() => onSort(direction === "descending" ? `-${column.name}` : column.name)}>
        {column.title}<span class="arrow" aria-hidden="true">{direction === "descending" ? "▾" : direction === "ascending" ? "▴" : ""}</span>
      </button>
    </th>
  );
}

function Spacer({ rows, rowHeight, columns }: { rows: number; rowHeight: number; columns: number }) {
  if (rows <= 0) return null;
  return <tr class="spacer" aria-hidden="true"><td colSpan={columns} style={{ height: `${rows * rowHeight}px` }} /></tr>;
}

/** How many times the usual size the reader has set letters to. */
function letters(): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
}

function reveal(box: HTMLDivElement | null, row: number, rowHeight: number): void {
  if (!box) return;
  const head = box.querySelector("thead")?.clientHeight ?? 0;
  const [start, end] = [row * rowHeight, (row + 1) * rowHeight + head];
  if (start < box.scrollTop) box.scrollTop = start;
  else if (end > box.scrollTop + box.clientHeight) box.scrollTop = end - box.clientHeight;
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("a, button, input") !== null;
}
