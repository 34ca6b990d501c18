type Fits = (lowerCaseName: string) => boolean;

/** The lists that were asked for: few, and part of the program mostly. */
const prepared = new WeakMap<readonly string[], readonly Fits[]>();

/** Whether a name fits one of the patterns: `*` stands for any text, case does not matter. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  let known = prepared.get(patterns);
  if (known === undefined) {
    known = patterns.map(namePattern);
    prepared.set(patterns, known);
  }
  const lower = name.toLowerCase();
  return known.some((pattern) => pattern(lower));
}

/** A pattern made ready for many names, which have to be in lower case. */
export function namePattern(pattern: string): Fits {
  const parts = pattern.toLowerCase().split('*');
  return (name) => fits(name, parts);
}

/** @param parts what stands between the asterisks */
function fits(name: string, parts: readonly string[]): boolean {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return name === first;
  if (!name.startsWith(first) || name.length < first.length + last.length) return false;
  let from = first.length;
  for (const part of parts.slice(1, -1)) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.endsWith(last) && name.length - last.length >= from;
}
