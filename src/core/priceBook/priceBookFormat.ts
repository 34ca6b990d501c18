import type { PaymentFrequency, PurchaseProblem } from '../model/purchases';

/**
 * Columns of a price book, in the order of the file. All of them must be there, in any order, so that a misspelled
 * one is noticed.
 */
export const priceBookColumns = [
  'skuPartNumber',
  'quantity',
  'amountMinor',
  'currency',
  'paymentFrequency',
  'effectiveDate',
  'endingDate',
  'amountPer',
] as const;

/** Columns that may be there as well. A `purchaseId` names a purchase that the row replaces. */
export const optionalPriceBookColumns = ['note', 'purchaseId'] as const;

/** Name of a column that is read. */
export type PriceBookColumn = (typeof priceBookColumns)[number] | (typeof optionalPriceBookColumns)[number];

/** One row of a price book, checked: a purchase of a product, not yet of a license. */
export interface PriceBookRow {
  /** Line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly skuPartNumber: string;
  readonly quantity: number;
  /** Minor units of the currency. */
  readonly amountMinor: number;
  readonly amountPer: 'unit' | 'total';
  /** ISO 4217 */
  readonly currency: string;
  readonly paymentFrequency: PaymentFrequency;
  /** `YYYY-MM-DD` */
  readonly effectiveDate: string;
  /** `YYYY-MM-DD`, included; null: goes on. */
  readonly endingDate: string | null;
  readonly note: string | null;
  readonly purchaseId: string | null;
}

/** Why a cell, a row or a file is not what a price book has. */
export type PriceBookProblemCode =
  | PurchaseProblem['problem']
  /** A cell that must not be empty. */
  | 'empty'
  /** An amount with a point or a comma, which is not in minor units. */
  | 'notMinorUnits'
  /** More characters than a cell may have. */
  | 'tooLong'
  /** The row has more or fewer cells than the header. */
  | 'cellCount'
  /** The tenant has no license of this part number. */
  | 'unknownProduct'
  /** Several products of the tenant have this part number. */
  | 'ambiguousProduct'
  /** No purchase of this license has this id. */
  | 'unknownPurchase'
  /** Two rows have this id. */
  | 'repeatedPurchase'
  /** A quote that does not end, or stands where none may. */
  | 'brokenQuotes'
  | 'missingColumn'
  | 'repeatedColumn'
  | 'noRows'
  | 'tooManyRows'
  | 'tooLarge'
  /** Neither UTF-8 nor UTF-16, or not text at all. */
  | 'notText';

/** Something that keeps a price book from being imported. */
export interface PriceBookProblem {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Null where the whole line or file is meant. */
  readonly column: PriceBookColumn | null;
  readonly problem: PriceBookProblemCode;
  /** What the cell has, shortened; empty where it says nothing. */
  readonly value: string;
}

/** What a file holds. Rows are complete only without problems. */
export interface PriceBook {
  readonly rows: readonly PriceBookRow[];
  readonly problems: readonly PriceBookProblem[];
  /** Columns of the file that mean nothing here, by their names. */
  readonly ignoredColumns: readonly string[];
}
