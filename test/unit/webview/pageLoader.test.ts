import assert from 'node:assert/strict';
import { PageLoader } from '../../../webview/common/pageLoader';
import { RequestError } from '../../../webview/common/rpcClient';

/** A page that writes down what happens to it, and whose loads are answered by the test. */
class Page {
  readonly told: string[] = [];
  readonly loads: { signal: AbortSignal; answer: (data: number) => void; fail: (error: Error) => void }[] =
    [];
  retry: () => void = () => assert.fail('nothing to retry');
  readonly notice = {
    show: (sentence: string, retry?: () => void): void => {
      this.told.push(`notice ${sentence}`);
      if (retry !== undefined) this.retry = retry;
    },
    hide: (): void => void this.told.push('no notice'),
  };
  readonly loader = new PageLoader<number, string>({
    notice: this.notice,
    load: (signal) =>
      new Promise((answer, fail) => {
        this.loads.push({ signal, answer, fail });
      }),
    show: (data, reason) => void this.told.push(`${data} ${reason}`.trim()),
    showFailure: (sentence, retry) => {
      this.told.push(`failure ${sentence}`);
      this.retry = retry;
    },
    hasContent: (data) => data > 0,
    setBusy: (busy) => void this.told.push(busy ? 'busy' : 'idle'),
  });

  /** What was told since the last time. */
  take(): string[] {
    return this.told.splice(0);
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('loader of a page', () => {
  it('shows what the newest load brought; an older one is given up and never shown', async () => {
    const page = new Page();
    const older = page.loader.load('older');
    const newer = page.loader.load('newer');
    assert.equal(page.loads[0]?.signal.aborted, true);
    page.loads[1]?.answer(2);
    await newer;
    page.loads[0]?.answer(1);
    await older;
    assert.deepEqual(page.take(), ['busy', 'busy', 'no notice', '2 newer', 'idle']);
    assert.equal(page.loader.data, 2);
  });

  it('has a failure in place of the content while there is none, and beside it later', async () => {
    const page = new Page();
    const first = page.loader.load('first');
    page.loads[0]?.fail(new RequestError('network', 'Offline.'));
    await first;
    assert.deepEqual(page.take(), ['busy', 'failure Offline.', 'idle']);

    page.retry();
    page.loads[1]?.answer(3);
    await settled();
    assert.deepEqual(page.take(), ['busy', 'no notice', '3 first', 'idle']);

    const second = page.loader.load('second');
    page.loads[2]?.fail(new RequestError('network', 'Offline again.'));
    await second;
    assert.deepEqual(page.take(), ['busy', 'notice Offline again.', 'idle']);
    assert.equal(page.loader.data, 3, 'what was loaded stays');
  });

  it('has a failure in place of what is nothing to see', async () => {
    const page = new Page();
    const first = page.loader.load('');
    page.loads[0]?.answer(0);
    await first;
    const second = page.loader.load('');
    page.loads[1]?.fail(new Error('Broken.'));
    await second;
    assert.deepEqual(page.take().slice(-2), ['failure Broken.', 'idle']);
  });

  it('says nothing of what was given up', async () => {
    const page = new Page();
    const load = page.loader.load('');
    page.loads[0]?.fail(new RequestError('cancelled', 'Cancelled.'));
    await load;
    assert.deepEqual(page.take(), ['busy', 'idle']);
    assert.equal(page.loader.isLoading, false);
  });

  it('loads once it has begun, and begins again on Retry', async () => {
    const page = new Page();
    let begins = 0;
    const begin = async (): Promise<string> => {
      begins += 1;
      if (begins === 1) throw new RequestError('unexpected', 'Not yet.');
      return 'begun';
    };
    await page.loader.start(begin);
    assert.deepEqual([page.take(), page.loads.length], [['failure Not yet.'], 0]);
    page.retry();
    await settled();
    page.loads[0]?.answer(1);
    await settled();
    assert.deepEqual([page.take(), begins], [['busy', 'no notice', '1 begun', 'idle'], 2]);
  });

  it('loads newer data only of what was loaded before', async () => {
    const page = new Page();
    page.loader.update('too early');
    assert.equal(page.loads.length, 0);
    const first = page.loader.load('first');
    page.loads[0]?.answer(1);
    await first;
    page.loader.update('newer');
    page.loads[1]?.answer(2);
    await settled();
    assert.equal(page.loader.data, 2);
  });
});
