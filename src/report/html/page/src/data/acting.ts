/** Characters that would act instead of being seen: controls, and those that turn the direction of what follows. */

/** Overrides of direction, and controls other than tab and line ends. */
export const ACTING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202d\u202e]/u;

/** These, and what sets a direction up to an end that a cut may have taken. */
const TURNING = new RegExp(`${ACTING.source}|[\\u202a-\\u202c\\u2066-\\u2069]`, "gu");

/** Titles, outlets and excerpts: what acts is spelled out, since no style sheet reaches into attributes and chart labels. */
export function spelledOut(text: string): string {
  return text.replace(TURNING, (character) => `[${codeOf(character)}]`);
}

export function codeOf(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}
