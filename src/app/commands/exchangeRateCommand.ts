import * as vscode from 'vscode';
import { LicenseError } from '../../core/foundation/errors';
import { isCurrency } from '../../core/model/money';
import type { ExchangeRateRecord } from '../../core/store/licenseRecords';
import { invalidArgument, isArgumentObject } from '../host/commandRunner';
import type { CommandRunner } from '../host/commandRunner';
import { parseArgument } from './arguments';
import { licenseArguments } from './licenseArguments';
import { evaluationDay, type LicenseServices } from './licenseCommands';

/** Rates between currencies, without which amounts in several of them are never added. */
export function registerExchangeRateCommand(runner: CommandRunner, { records }: LicenseServices): void {
  runner.register('setExchangeRates', async (argument) => {
    const rates = isArgumentObject(argument)
      ? soundRates(parseArgument(licenseArguments.setExchangeRates, argument).rates)
      : await askRates(await records.exchangeRates());
    await records.saveExchangeRates(rates, evaluationDay());
    return { rates: rates.length };
  });
}

/** Rates as they are kept; rejects what is no rate with `invalidArgument`. */
function soundRates(
  given: readonly { readonly from: string; readonly to: string; readonly rate: string | number }[],
): ExchangeRateRecord[] {
  const seen = new Set<string>();
  return given.map(({ from, to, rate }) => {
    const pair = `${from} to ${to}`;
    for (const code of [from, to]) {
      if (!isCurrency(code))
        throw invalidArgument(`“${code}” is no currency code; use one such as EUR or USD.`);
    }
    if (from === to) throw invalidArgument(`“${pair}” is the same currency twice.`);
    if (seen.has(pair)) throw invalidArgument(`The rate from ${pair} is given twice.`);
    seen.add(pair);
    const text = typeof rate === 'number' ? plainDecimal(rate) : rate;
    if (!isRate(text)) {
      throw invalidArgument(
        `“${rate}” is no rate from ${pair}. Give a decimal number above zero with a point, for example 1.0837.`,
      );
    }
    return { from, to, rate: text };
  });
}

/** A decimal number above zero with at most twelve digits on either side of the point. */
function isRate(text: string): boolean {
  return /^\d{1,12}(\.\d{1,12})?$/.test(text) && Number(text) > 0;
}

/** Without an exponent, which very small and very large numbers are otherwise written with. */
function plainDecimal(value: number): string {
  return Number.isFinite(value) && value > 0 ? value.toFixed(12).replace(/\.?0+$/, '') : String(value);
}

interface RateItem extends vscode.QuickPickItem {
  readonly index?: number;
  readonly add?: true;
}

/** A list of the rates that a person changes until it is right. */
async function askRates(before: readonly ExchangeRateRecord[]): Promise<readonly ExchangeRateRecord[]> {
  const rates = [...before];
  for (;;) {
    const items: RateItem[] = [
      { label: '$(check) Save', description: rates.length === 1 ? 'one rate' : `${rates.length} rates` },
      { label: '$(add) Add a Rate…', add: true },
      ...rates.map(({ from, to, rate }, index) => ({
        label: `1 ${from} = ${rate} ${to}`,
        description: 'choose to change or remove it',
        index,
      })),
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Exchange Rates',
      placeHolder: 'Amounts in several currencies are added only with a rate that you give',
      ignoreFocusOut: true,
    });
    if (picked === undefined) throw new LicenseError('cancelled', 'The rates stay as they were.');
    if (picked.add === undefined && picked.index === undefined) return rates;
    const current = picked.index === undefined ? undefined : rates[picked.index];
    const answer = await vscode.window.showInputBox({
      title: 'Exchange Rate',
      prompt: 'From, to, and what one unit is worth: USD EUR 0.92. Leave empty to remove the rate.',
      value: current === undefined ? '' : `${current.from} ${current.to} ${current.rate}`,
      ignoreFocusOut: true,
      validateInput: (text) => problemOf(text, rates, picked.index),
    });
    if (answer === undefined) continue;
    const rate = parseRate(answer);
    if (picked.index !== undefined) rates.splice(picked.index, 1, ...(rate === null ? [] : [rate]));
    else if (rate !== null) rates.push(rate);
  }
}

function parseRate(text: string): ExchangeRateRecord | null {
  const [from, to, rate] = text.trim().split(/[\s,;=→/]+/);
  return from === undefined || to === undefined || rate === undefined
    ? null
    : { from: from.toUpperCase(), to: to.toUpperCase(), rate };
}

function problemOf(
  text: string,
  rates: readonly ExchangeRateRecord[],
  index: number | undefined,
): string | undefined {
  if (text.trim() === '') return undefined;
  const rate = parseRate(text);
  if (rate === null) return 'Enter two currency codes and a number: USD EUR 0.92';
  try {
    soundRates([...rates.filter((_, at) => at !== index), rate]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
