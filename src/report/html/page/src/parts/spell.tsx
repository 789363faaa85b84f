/**
 * Text as it is, but for characters that would act instead of being seen: direction overrides and control characters keep their place
 * and get a visible name beside them (by style sheet, so that what is copied is the text).
 */
import type { ComponentChildren } from "preact";

// Overrides of direction, and controls other than tab and line ends.
const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202d\u202e]/u;

export function spelled(text: string): ComponentChildren {
  if (!ACTING.test(text)) return text;
  return text.split(new RegExp(`(${ACTING.source})`, "u")).map((part, n) =>
    n % 2 === 0 ? part : <bdi key={n} class="acting" data-code={codeOf(part)}>{part}</bdi>,
  );
}

function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
