import type { FacetIndex } from './facetIndex';
import { reportView } from './reportViews';
import type { ViewSpec } from './store';
import type { StoreFile } from './storeFile';
import { matchingKeys } from './viewQuery';

/**
 * Orders users by one column from what the index knows: the values are sorted once per version of the data, and each
 * order after that is one walk over the users. SQLite would sort all of them again for every filter.
 */
export class UserOrders {
  private version = '';

  constructor(
    private readonly file: StoreFile,
    private readonly index: () => FacetIndex,
  ) {}

  /**
   * The keys of a view's rows in order, as `materializeOrder` gives them; null where SQLite has to sort: other
   * reports, several columns, and names that are hidden.
   * @throws `invalidArgument`
   */
  keys(spec: ViewSpec): Int32Array | null {
    if (spec.report !== 'roster' || spec.pseudonymKey !== undefined) return null;
    const report = reportView(spec.report);
    const [sort, ...others] =
      spec.sort === undefined || spec.sort.length === 0 ? report.defaultSort : spec.sort;
    if (sort === undefined || others.length > 0 || !report.columns.includes(sort.column)) return null;
    // To sort once is SQLite's work: the index pays when there is a second time, which most pages never ask for.
    if (this.version !== this.file.version) {
      this.version = this.file.version;
      return null;
    }
    const wanted = matchingKeys(this.file.current(), spec);
    const index = this.index();
    const members = index.membersOf(wanted);
    const { ranks, count } = index.ranks(sort.column);
    // Where each value begins: counted first, then added up in the order asked for. Unknown (rank 0) comes last.
    const starts = new Uint32Array(count + 1);
    for (let position = 0; position < ranks.length; position += 1) {
      if (members[position] === 1) increase(starts, ranks[position] ?? 0);
    }
    let next = 0;
    for (let step = 1; step <= count + 1; step += 1) {
      const rank = step > count ? 0 : sort.descending ? count + 1 - step : step;
      const size = starts[rank] ?? 0;
      starts[rank] = next;
      next += size;
    }
    const keys = new Int32Array(wanted.length);
    for (const position of index.byId) {
      if (members[position] !== 1) continue;
      const rank = ranks[position] ?? 0;
      keys[starts[rank] ?? 0] = index.keys[position] ?? 0;
      increase(starts, rank);
    }
    return keys;
  }
}

function increase(counts: Uint32Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1;
}
