import assert from 'node:assert/strict';
import { RowWindow, type RowSource } from '../../../webview/grid/rowWindow';

interface Request {
  readonly offset: number;
  readonly count: number;
  readonly signal: AbortSignal;
  answer(rows?: readonly string[]): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A source that answers when told to. */
class Source implements RowSource<string> {
  readonly requests: Request[] = [];

  constructor(
    readonly rowCount: number,
    readonly name: string,
  ) {}

  fetch(offset: number, count: number, signal: AbortSignal): Promise<readonly string[]> {
    return new Promise((resolve, reject) => {
      const settle = async (): Promise<void> => {
        await new Promise((done) => setImmediate(done));
      };
      this.requests.push({
        offset,
        count,
        signal,
        answer: (rows) => {
          resolve(rows ?? Array.from({ length: count }, (_, i) => `${this.name}${offset + i}`));
          return settle();
        },
        fail: (error) => {
          reject(error);
          return settle();
        },
      });
    });
  }

  last(): Request {
    const request = this.requests.at(-1);
    assert(request);
    return request;
  }
}

function makeWindow(rowCount = 1000): {
  window: RowWindow<string>;
  source: Source;
  arrived: [number, number][];
  errors: unknown[];
} {
  const arrived: [number, number][] = [];
  const errors: unknown[] = [];
  const window = new RowWindow<string>(
    { onRows: (first, last) => arrived.push([first, last]), onError: (error) => errors.push(error) },
    { blockSize: 10, maxBlocks: 3 },
  );
  const source = new Source(rowCount, 'a');
  window.setSource(source);
  return { window, source, arrived, errors };
}

describe('row window', () => {
  it('asks for the blocks on screen, once, and no more than there are', async () => {
    const { window, source, arrived } = makeWindow(25);
    window.show(5, 12);
    window.show(6, 13);
    assert.deepEqual(
      source.requests.map(({ offset, count }) => [offset, count]),
      [
        [0, 10],
        [10, 10],
      ],
    );
    assert.equal(window.row(5), undefined);
    await source.requests[0]?.answer();
    assert.equal(window.row(5), 'a5');
    assert.deepEqual(arrived, [[0, 9]]);
    window.show(20, 40);
    assert.deepEqual([source.last().offset, source.last().count], [20, 5]);
    assert.equal(window.row(25), undefined);
  });

  it('cancels what is scrolled past and drops its late answer', async () => {
    const { window, source, arrived } = makeWindow();
    window.show(0, 5);
    const [first] = source.requests;
    window.show(500, 505);
    assert.equal(first?.signal.aborted, true);
    await first?.answer();
    assert.equal(window.row(0), undefined);
    assert.deepEqual(arrived, []);
    await source.last().answer();
    assert.equal(window.row(503), 'a503');
  });

  it('does not report a failure of what was cancelled, does report others, and asks again on retry', async () => {
    const { window, source, errors } = makeWindow();
    window.show(0, 5);
    const [first] = source.requests;
    window.show(500, 505);
    await first?.fail(new Error('aborted'));
    assert.deepEqual(errors, []);
    await source.last().fail(new Error('gone'));
    assert.equal(errors.length, 1);
    window.retry();
    assert.equal(source.requests.length, 3);
    await source.last().answer();
    assert.equal(window.row(500), 'a500');
  });

  it('keeps few blocks: those nearest to what is shown', async () => {
    const { window, source } = makeWindow();
    for (const row of [0, 100, 200, 300]) {
      window.show(row, row + 5);
      await source.last().answer();
    }
    assert.equal(window.row(0), undefined);
    assert.equal(window.row(100), 'a100');
    assert.equal(window.row(300), 'a300');
  });

  it('shows rows of the source before until the new ones arrive, but never beyond the new end', async () => {
    const { window, source } = makeWindow();
    window.show(0, 9);
    await source.last().answer();
    const next = new Source(4, 'b');
    window.setSource(next);
    assert.equal(window.row(2), 'a2');
    assert.equal(window.freshRow(2), undefined);
    assert.equal(window.row(4), undefined);
    window.show(0, 3);
    await next.last().answer();
    assert.equal(window.row(2), 'b2');
  });

  it('collects rows of ranges, fetching only those it does not have', async () => {
    const { window, source } = makeWindow();
    window.show(0, 9);
    await source.last().answer();
    const copied = window.rowsOf(
      [
        { first: 8, last: 11 },
        { first: 3, last: 3 },
      ],
      new AbortController().signal,
    );
    await new Promise((done) => setImmediate(done));
    assert.deepEqual([source.last().offset, source.last().count], [10, 2]);
    await source.last().answer();
    assert.deepEqual(await copied, ['a8', 'a9', 'a10', 'a11', 'a3']);
  });
});
