import { allSources } from './evidenceBits';
import type { ActivitySource, SourceState } from './evaluation';
import type { Finding, FindingKind } from './finding';
import type { FindingContext } from './findingFacts';

const missing: SourceState = { status: 'missing', asOfDate: null };

/** What is to be said of the sources of activity: those that are missing, hide names or are too old. */
export function sourceFindings(context: Pick<FindingContext, 'tenantId' | 'sources'>): readonly Finding[] {
  return allSources.flatMap((source) => {
    const state = context.sources.get(source) ?? missing;
    if (state.status === 'fresh') return [];
    return [finding(state.status === 'stale' ? 'dataStale' : 'dataMissing', source, state)];
  });
}

function finding(kind: FindingKind, source: ActivitySource, state: SourceState): Finding {
  return {
    kind,
    userId: null,
    skuId: null,
    skuPartNumber: null,
    seats: 0,
    monthlyMinor: 0,
    currency: null,
    bucket: null,
    evidence: { about: 'source', source, status: state.status, asOfDate: state.asOfDate },
  };
}
