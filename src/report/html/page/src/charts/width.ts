/** The width that a drawing may take, so that its words keep their size on any screen instead of shrinking with it. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";

/** Width of the print of a page, in pixels of a sheet of A4 without its margins. */
const PAPER = 688;

export function useWidth(first: number): [RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => element.clientWidth > 0 && setWidth(Math.round(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    // What is laid out for paper can be measured only when it is too late to draw again.
    const print = () => setWidth(Math.round(element.clientWidth * Math.min(1, PAPER / (document.querySelector("main")?.clientWidth || PAPER))));
    window.addEventListener("beforeprint", print);
    window.addEventListener("afterprint", measure);
    return () => {
      observer.disconnect();
      window.removeEventListener("beforeprint", print);
      window.removeEventListener("afterprint", measure);
    };
  }, []);
  return [box, width];
}
