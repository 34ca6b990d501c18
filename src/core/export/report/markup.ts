/** HTML that is safe to put into a document. Made by {@link markup} alone. */
export class Markup {
  constructor(readonly text: string) {}
}

/** What may stand in a template: text is escaped, markup is not, null is nothing. */
export type MarkupValue = string | number | null | Markup | readonly Markup[];

/**
 * A template whose values are escaped, for elements and double-quoted attributes. What comes from outside can't
 * become markup, since only this function makes any.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = strings[0] ?? '';
  values.forEach((value, index) => {
    text += markupOf(value) + (strings[index + 1] ?? '');
  });
  return new Markup(text);
}

/** Nothing. */
export const nothing = new Markup('');

/** Characters that no text of a document may hold, and halves of pairs. */
const forbidden = new RegExp(
  '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]' +
    '|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  'g',
);

/** Text for an element or a double-quoted attribute. */
export function escapeMarkup(text: string): string {
  return text
    .replace(forbidden, '\ufffd')
    .replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function markupOf(value: MarkupValue): string {
  if (value === null) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map((part) => part.text).join('');
  return escapeMarkup(String(value));
}
