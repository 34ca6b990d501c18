import { unsupportedQuery } from './graphError';

/** A value that a filter can compare. */
export type FilterValue = string | number | boolean | null | undefined | readonly string[];

/** Reads a property path such as `signInActivity/lastSignInDateTime`; throws for paths it does not know. */
export type PropertyReader<T> = (path: string) => (item: T) => FilterValue;

/** A parsed `$filter`. */
export interface Filter<T> {
  readonly test: (item: T) => boolean;
  /** The properties it names. */
  readonly paths: readonly string[];
  /** True when it needs `ConsistencyLevel: eventual` and `$count=true`. */
  readonly advanced: boolean;
}

type Test<T> = (item: T) => boolean;

const tokenPattern =
  /\s*('(?:[^']|'')*'|[()]|[A-Za-z_$][\w$/.]*(?::)?|\d{4}-\d\d-\d\d(?:T[\d:.]+Z)?|-?\d+|[0-9a-f]{8}-[0-9a-f-]{27}|,)/giy;

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  // A GUID can begin with a digit or a letter: it must be tried before names and numbers.
  const guid = /\s*([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/iy;
  for (let at = 0; at < text.trimEnd().length;) {
    guid.lastIndex = at;
    tokenPattern.lastIndex = at;
    const match = guid.exec(text) ?? tokenPattern.exec(text);
    if (!match?.[1]) throw unsupportedQuery(`Invalid filter clause near '${text.slice(at, at + 20)}'.`);
    tokens.push(match[1]);
    at += match[0].length;
  }
  return tokens;
}

/**
 * Parses the part of OData's `$filter` that the directory and the sign-in log take: `eq ne ge le gt lt`,
 * `startswith`, `and`, `or`, `not`, parentheses and `collection/any(x:x/property eq value)`.
 * Throws a 400 for anything else. @see https://learn.microsoft.com/graph/filter-query-parameter
 */
export function parseFilter<T>(text: string, read: PropertyReader<T>): Filter<T> {
  const tokens = tokensOf(text);
  const paths: string[] = [];
  let advanced = false;
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const expect = (token: string): void => {
    if (next().toLowerCase() !== token) throw unsupportedQuery('Invalid filter clause.');
  };

  const either = (): Test<T> => {
    const tests = [both()];
    while (tokens[at]?.toLowerCase() === 'or') {
      at++;
      tests.push(both());
    }
    return tests.length === 1 ? (tests[0] as Test<T>) : (item) => tests.some((test) => test(item));
  };
  const both = (): Test<T> => {
    const tests = [single()];
    while (tokens[at]?.toLowerCase() === 'and') {
      at++;
      tests.push(single());
    }
    return tests.length === 1 ? (tests[0] as Test<T>) : (item) => tests.every((test) => test(item));
  };
  const single = (): Test<T> => {
    const token = next();
    const word = token.toLowerCase();
    if (word === '(') {
      const inner = either();
      expect(')');
      return inner;
    }
    if (word === 'not') {
      advanced = true;
      const inner = single();
      return (item) => !inner(item);
    }
    if (word === 'startswith') return startsWith();
    if (word.endsWith('/any')) return any(token.slice(0, -4));
    return comparison(property(token), next().toLowerCase(), literal(next()));
  };
  const property = (path: string): ((item: T) => FilterValue) => {
    paths.push(path);
    return read(path);
  };
  const startsWith = (): Test<T> => {
    expect('(');
    const value = property(next());
    expect(',');
    const prefix = String(literal(next())).toLowerCase();
    expect(')');
    return (item) => {
      const found = value(item);
      return typeof found === 'string' && found.toLowerCase().startsWith(prefix);
    };
  };
  const any = (collection: string): Test<T> => {
    expect('(');
    const variable = next().replace(/:$/, '');
    const path = next();
    const member = path.startsWith(`${variable}/`) ? path.slice(variable.length) : '';
    const values = property(`${collection}${member}`);
    expect('eq');
    const wanted = String(literal(next())).toLowerCase();
    expect(')');
    return (item) => {
      const found = values(item);
      return Array.isArray(found) && found.includes(wanted);
    };
  };
  const comparison = (value: (item: T) => FilterValue, operator: string, wanted: FilterValue): Test<T> => {
    const normal = (x: FilterValue): FilterValue => (typeof x === 'string' ? x.toLowerCase() : x);
    const target = normal(wanted);
    const ordered = (test: (a: string | number, b: string | number) => boolean): Test<T> => {
      if (typeof target !== 'string' && typeof target !== 'number')
        throw unsupportedQuery('Invalid filter clause.');
      return (item) => {
        const found = normal(value(item));
        return typeof found === typeof target && test(found as string | number, target);
      };
    };
    switch (operator) {
      case 'eq':
        return (item) => (normal(value(item)) ?? null) === target;
      case 'ne':
        advanced = true;
        return (item) => (normal(value(item)) ?? null) !== target;
      case 'ge':
        return ordered((a, b) => a >= b);
      case 'le':
        return ordered((a, b) => a <= b);
      case 'gt':
        return ordered((a, b) => a > b);
      case 'lt':
        return ordered((a, b) => a < b);
      default:
        throw unsupportedQuery(`Unsupported operator '${operator}' in the filter clause.`);
    }
  };

  const test = either();
  if (at !== tokens.length) throw unsupportedQuery('Invalid filter clause.');
  return { test, paths, advanced };
}

function literal(token: string): FilterValue {
  if (token.startsWith("'")) return token.slice(1, -1).replace(/''/g, "'");
  if (token === 'true' || token === 'false') return token === 'true';
  if (token === 'null') return null;
  if (/^-?\d+$/.test(token)) return Number(token);
  if (token === '') throw unsupportedQuery('Invalid filter clause.');
  return token;
}
