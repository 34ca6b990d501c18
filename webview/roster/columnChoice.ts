import type { RosterColumn } from '../../src/shared/rosterContract';

/** A column as the chooser lists it. */
export interface ColumnChoice {
  readonly id: RosterColumn;
  readonly title: string;
  readonly shown: boolean;
}

/** All columns for the chooser: those on screen in their order, then the others. */
export function columnChoices(
  all: readonly { readonly id: RosterColumn; readonly title: string }[],
  shown: readonly RosterColumn[],
): readonly ColumnChoice[] {
  const onScreen = shown.flatMap((name) => all.find(({ id }) => id === name) ?? []);
  const others = all.filter(({ id }) => !shown.includes(id));
  return [
    ...onScreen.map(({ id, title }) => ({ id, title, shown: true })),
    ...others.map(({ id, title }) => ({ id, title, shown: false })),
  ];
}

/** The list with one column at another place; the first stays first. The same list where nothing moves. */
export function moved(
  choices: readonly ColumnChoice[],
  id: RosterColumn,
  to: number,
): readonly ColumnChoice[] {
  const from = choices.findIndex((choice) => choice.id === id);
  const choice = choices[from];
  if (choice === undefined || from === 0 || to < 1 || to >= choices.length || to === from) return choices;
  const others = choices.filter((each) => each !== choice);
  return [...others.slice(0, to), choice, ...others.slice(to)];
}
