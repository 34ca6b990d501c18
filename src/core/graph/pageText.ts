/** An answer to a listing, of whose values some are still text. */
export interface PartedPage {
  /** The answer, with the last of its values: all of them, where it is not large. */
  readonly answer: unknown;
  /** The values before those, some at a time. Once. Throws a `SyntaxError` when the text turns out to be no JSON. */
  readonly earlier: () => Iterable<readonly unknown[]>;
}

/** Bytes of a page that are made into objects together. */
const partLength = 128 * 1024;

/** Bytes of a page within which its values begin, if not at its end. */
const headLength = 8 * 1024;

/** Where the values begin, and how each of them does: with the same key, as nearly all services write them. */
const beginning = /"value"\s*:\s*\[\s*(\{\s*"(?:[^"\\]|\\.)*"\s*:)/;

/**
 * Parses a page of a listing, the values of a large one part by part as they are asked for. As a text, or as objects, a
 * page takes several times its size, and pages that wait side by side outlive the garbage collections that are cheap.
 *
 * The page is cut where a value seems to begin. A part is well-formed only if one did: what is cut within a value has a
 * brace or a quote too many, and then all is parsed at once.
 * @param body in UTF-8
 * @param release called when the body is read no more
 * @returns undefined when it is no JSON
 */
export function parsePage(
  body: Uint8Array,
  release: () => void = () => undefined,
  length = partLength,
): PartedPage | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.byteLength > 2 * length) {
    const page = partedPage(bytes, release, length);
    if (page !== null) return page;
  }
  try {
    return { answer: parsed(bytes), earlier: () => [] };
  } catch {
    return undefined;
  } finally {
    release();
  }
}

/** null where the page can't be cut. */
function partedPage(bytes: Buffer, release: () => void, length: number): PartedPage | null {
  // Each byte a character, so that places are those of the bytes.
  const found = beginning.exec(bytes.toString('latin1', 0, headLength));
  if (found?.[1] === undefined) return null;
  const first = found.index + found[0].length - found[1].length;
  const separator = Buffer.from(`},${found[1]}`, 'latin1');
  const cuts = [first];
  for (let end = first; ;) {
    end = bytes.indexOf(separator, end + length);
    if (end < 0) break;
    cuts.push(end + 2);
  }
  try {
    const before = JSON.parse(`${bytes.toString('utf8', 0, first)}]}`) as { readonly value?: unknown };
    // A key that only ends like that of the values.
    if (!Array.isArray(before.value)) return null;
    const after = JSON.parse(`{"value":[${bytes.toString('utf8', cuts.at(-1))}`) as {
      readonly value: readonly unknown[];
    };
    return {
      answer: { ...before, ...after },
      earlier: function* () {
        yield* earlierValues(bytes, cuts, after.value.length);
        release();
      },
    };
  } catch {
    return null;
  }
}

function* earlierValues(
  bytes: Buffer,
  cuts: readonly number[],
  later: number,
): Generator<readonly unknown[]> {
  let given = 0;
  for (let part = 0; part + 1 < cuts.length; part += 1) {
    let values: readonly unknown[];
    try {
      // Without the comma before the next value.
      const text = bytes.toString('utf8', cuts[part], (cuts[part + 1] ?? 0) - 1);
      values = JSON.parse(`[${text}]`) as readonly unknown[];
    } catch {
      const all = parsed(bytes) as { readonly value: readonly unknown[] };
      yield all.value.slice(given, all.value.length - later);
      return;
    }
    given += values.length;
    yield values;
  }
}

function parsed(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}
