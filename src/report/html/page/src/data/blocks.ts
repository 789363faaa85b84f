/**
 * In: the name of a block. Out: its JSON, decoded once: base64 of gzip in a script element of this page, or of a file beside it
 * (`--split`), which is loaded as a script because a page from disk may not fetch. Memory: what a view asked for stays.
 */
import type { Core, DiffBlock, Passages, TextBlock } from "../data";
import { flowing } from "./wrap";

/** A block that is not where it should be, or that cannot be unpacked. */
export class BlockError extends Error {
  constructor(readonly block: string, readonly isMissing: boolean) {
    super(block);
  }
}

/** What lets scripts in files beside this one run, if there are any. */
const nonce = document.currentScript instanceof HTMLScriptElement ? document.currentScript.nonce : "";

const opened = new Map<string, Promise<unknown>>();
const texts = new Map<string, Promise<TextBlock>>();
let beside: Record<string, string> = {};

export async function openCore(): Promise<Core> {
  const core = (await open("core")) as Core;
  beside = core.beside;
  return core;
}

export async function openPassages(): Promise<Passages> {
  return (await open("passages")) as Passages;
}

/** Texts with their lines run on where only a width broke them. */
export function openTexts(name: string): Promise<TextBlock> {
  let block = texts.get(name);
  if (!block) texts.set(name, (block = load(name).then((packed) => decode(name, packed)).then((it) => (it as TextBlock).map(flowing))));
  return block;
}

export async function openDiffs(name: string): Promise<DiffBlock> {
  return (await open(name)) as DiffBlock;
}

function open(name: string): Promise<unknown> {
  let block = opened.get(name);
  if (!block) opened.set(name, (block = load(name).then((packed) => decode(name, packed))));
  return block;
}

async function load(name: string): Promise<string> {
  const file = beside[name];
  if (!document.getElementById(`block-${name}`) && file !== undefined) return fromFile(name, file);
  const packed = document.getElementById(`block-${name}`)?.textContent;
  if (packed === undefined || packed === null) throw new BlockError(name, true);
  return packed;
}

const arrived = new Map<string, string>();

/** What a file beside this one calls. */
Object.assign(window, { wirecopyBlock: (name: string, packed: string) => void arrived.set(name, packed) });

function fromFile(name: string, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = file;
    script.nonce = nonce;
    script.onload = () => {
      const packed = arrived.get(name);
      arrived.delete(name);
      if (packed === undefined) reject(new BlockError(name, true));
      else resolve(packed);
    };
    script.onerror = () => reject(new BlockError(name, true));
    document.head.append(script);
  });
}

async function decode(name: string, packed: string): Promise<unknown> {
  try {
    const binary = atob(packed.trim());
    const bytes = new Uint8Array(binary.length);
    for (let n = 0; n < binary.length; n++) bytes[n] = binary.charCodeAt(n);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  } catch {
    throw new BlockError(name, false);
  }
}
