import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';

/** The person wants the step before. */
export const back = Symbol('back');

/** Where a step stands in its sequence. */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

/** A step that asks for a line of text. */
export interface TextStep {
  readonly prompt: string;
  readonly value: string;
  readonly placeHolder?: string;
  readonly password?: boolean;
  /** What is wrong with a text, in a sentence; undefined when it fits. */
  readonly problem?: (text: string) => Promise<string | undefined> | string | undefined;
}

/** One thing to choose. */
export interface StepChoice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for a text; Enter takes it only when it fits. */
export function askText(place: StepPlace, step: TextStep): Promise<string | typeof back> {
  const input = vscode.window.createInputBox();
  input.title = place.title;
  input.step = place.step;
  input.totalSteps = place.total;
  input.prompt = step.prompt;
  input.value = step.value;
  input.placeholder = step.placeHolder;
  input.password = step.password ?? false;
  input.ignoreFocusOut = true;
  if (place.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  return new Promise((resolve, reject) => {
    const validate = async (): Promise<boolean> => {
      const text = input.value;
      const message = await step.problem?.(text);
      // An answer to a text that has changed since is of no interest.
      if (input.value === text) input.validationMessage = message;
      return message === undefined;
    };
    input.onDidChangeValue(() => void validate());
    input.onDidAccept(async () => {
      const text = input.value;
      if (!(await validate()) || input.value !== text) return;
      resolve(text.trim());
      input.hide();
    });
    settleOnBackAndHide(input, resolve, reject);
    input.show();
  });
}

/** Asks for one of some choices; the current one is marked. */
export function askOne<T>(
  place: StepPlace,
  placeHolder: string,
  choices: readonly StepChoice<T>[],
  current: T,
): Promise<T | typeof back> {
  const pick = vscode.window.createQuickPick<StepChoice<T>>();
  showPlace(pick, place, placeHolder);
  pick.items = choices;
  pick.activeItems = choices.filter(({ value }) => value === current);
  return new Promise((resolve, reject) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen === undefined) return;
      resolve(chosen.value);
      pick.hide();
    });
    settleOnBackAndHide(pick, resolve, reject);
    pick.show();
  });
}

/** Asks for at least one of some choices. */
export function askMany<T>(
  place: StepPlace,
  placeHolder: string,
  choices: readonly StepChoice<T>[],
  current: readonly T[],
): Promise<T[] | typeof back> {
  const pick = vscode.window.createQuickPick<StepChoice<T>>();
  showPlace(pick, place, placeHolder);
  pick.canSelectMany = true;
  pick.items = choices;
  pick.selectedItems = choices.filter(({ value }) => current.includes(value));
  return new Promise((resolve, reject) => {
    pick.onDidAccept(() => {
      // Enter with nothing chosen waits: at least one is needed.
      if (pick.selectedItems.length === 0) return;
      resolve(pick.selectedItems.map(({ value }) => value));
      pick.hide();
    });
    settleOnBackAndHide(pick, resolve, reject);
    pick.show();
  });
}

function showPlace<T>(pick: vscode.QuickPick<StepChoice<T>>, place: StepPlace, placeHolder: string): void {
  pick.title = place.title;
  pick.step = place.step;
  pick.totalSteps = place.total;
  pick.placeholder = placeHolder;
  pick.ignoreFocusOut = true;
  pick.matchOnDetail = true;
  if (place.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
}

function settleOnBackAndHide(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  resolve: (answer: typeof back) => void,
  reject: (error: Error) => void,
): void {
  const onBack = (): void => {
    resolve(back);
    input.hide();
  };
  if ('items' in input) input.onDidTriggerButton(onBack);
  else input.onDidTriggerButton(onBack);
  input.onDidHide(() => {
    // Settled already when the step was accepted or went back.
    reject(new LicenseError('cancelled', 'The connection was not saved.'));
    input.dispose();
  });
}
