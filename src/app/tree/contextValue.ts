/**
 * The `contextValue` of a tree item as space-separated `key=value` words, so that a `when` clause can match one
 * word: `viewItem =~ /\btype=connection\b/`.
 */
export function contextValue(words: Readonly<Record<string, string | boolean>>): string {
  return Object.entries(words)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ');
}
