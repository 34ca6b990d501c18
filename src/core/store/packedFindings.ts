import { findingPart, type Finding, type FindingEvidence } from '../model/finding';
import type { FindingSink } from '../model/findings';
import { freesSeat } from '../model/savings';
import { packedKind, RowPacker, type PackedRows } from './packedRows';

/** What many findings have in common. */
export interface FindingShape {
  readonly kind: string;
  readonly skuId: string | null;
  readonly part: string | null;
  readonly currency: string | null;
  readonly bucket: string | null;
}

/**
 * The findings of a tenant, as plain data: of hundreds of thousands, each as an object took as much memory as the users
 * they are about.
 */
export interface PackedFindings {
  /** Values of {@link packedFindingColumns}, in the order in which they were found. */
  readonly rows: readonly PackedRows[];
  readonly shapes: readonly FindingShape[];
  /** Evidence as text, each once. */
  readonly evidence: readonly string[];
  /** Seats that the findings free, by SKU id. */
  readonly freed: ReadonlyMap<string, number>;
}

/** What is packed of each finding: the key of the user, and places among the shapes and the evidence. */
export const packedFindingColumns = ['userKey', 'shape', 'evidence', 'seats', 'monthlyMinor'] as const;

const width = packedFindingColumns.length;
const amountColumn = packedFindingColumns.indexOf('monthlyMinor');

/** Findings packed together. */
const blockSize = 4096;

/** Packs findings as they are found. */
export class FindingPacker implements FindingSink {
  /** Key of the user whom the next findings are about. */
  userKey = 0;
  private readonly blocks: PackedRows[] = [];
  private block = new RowPacker(width);
  private inBlock = 0;
  private readonly shapes = new Map<string, number>();
  private readonly shapeList: FindingShape[] = [];
  private readonly evidence = new EvidenceList();
  private readonly freed = new Map<string, number>();

  add(finding: Finding): void {
    const { userId, skuId, seats, monthlyMinor, evidence } = finding;
    this.block.add([
      userId === null ? null : this.userKey,
      this.shapeOf(finding),
      this.evidence.placeOf(evidence),
      seats,
      monthlyMinor,
    ]);
    this.inBlock += 1;
    if (this.inBlock === blockSize) this.endBlock();
    if (skuId !== null && freesSeat(finding)) this.freed.set(skuId, (this.freed.get(skuId) ?? 0) + 1);
  }

  settle(index: number, monthlyMinor: number): void {
    const number = Math.floor(index / blockSize);
    if (number === this.blocks.length) this.endBlock();
    const block = this.blocks[number];
    if (block === undefined) throw new RangeError(`There is no finding ${index}.`);
    const at = (index - number * blockSize) * width + amountColumn;
    block.kinds[at] = packedKind.number;
    block.numbers[at] = monthlyMinor;
  }

  /** All of them. Call it once, after the last. */
  packed(): PackedFindings {
    this.endBlock();
    return { rows: this.blocks, shapes: this.shapeList, evidence: this.evidence.words, freed: this.freed };
  }

  private endBlock(): void {
    if (this.inBlock === 0) return;
    this.blocks.push(this.block.packed());
    this.block = new RowPacker(width);
    this.inBlock = 0;
  }

  private shapeOf({ kind, skuId, currency, bucket, evidence }: Finding): number {
    const part = findingPart(evidence);
    const key = `${kind} ${skuId} ${currency} ${bucket} ${part}`;
    let shape = this.shapes.get(key);
    if (shape === undefined) {
      shape = this.shapeList.push({ kind, skuId, part, currency, bucket }) - 1;
      this.shapes.set(key, shape);
    }
    return shape;
  }
}

/** Evidence as text; that of seats, of which there are many alike, is made once. */
class EvidenceList {
  readonly words: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly ofSeats = new Map<string, number>();

  placeOf(evidence: FindingEvidence): number {
    if (evidence.about !== 'seat') return this.placeOfWord(JSON.stringify(evidence));
    const { verdict, reason, confidence, lastActivityDate, direct, groupCount, checks } = evidence;
    const key = `${verdict} ${reason} ${confidence} ${lastActivityDate} ${direct} ${groupCount} ${checks.join()}`;
    let place = this.ofSeats.get(key);
    if (place === undefined) {
      place = this.placeOfWord(JSON.stringify(evidence));
      this.ofSeats.set(key, place);
    }
    return place;
  }

  private placeOfWord(word: string): number {
    let place = this.places.get(word);
    if (place === undefined) {
      place = this.words.push(word) - 1;
      this.places.set(word, place);
    }
    return place;
  }
}
