/**
 * Text as it is, but for characters that would act instead of being seen: direction overrides and control characters keep their place
 * and get a visible name beside them (by style sheet, so that what is copied is the text).
 */
import type { ComponentChildren } from "preact";
import { ACTING, codeOf } from "../data/acting";

export function spelled(text: string): ComponentChildren {
  if (!ACTING.test(text)) return text;
  return text.split(new RegExp(`(${ACTING.source})`, "u")).map((part, n) =>
    n % 2 === 0 ? part : <bdi key={n} class="acting" data-code={codeOf(part)}>{part}</bdi>,
  );
}
