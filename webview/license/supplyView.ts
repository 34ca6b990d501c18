import type {
  LicenseData,
  LicensePaths,
  LicensePlan,
  LicenseSubscription,
  RosterJump,
} from '../../src/shared/licenseContract';
import { createElement } from '../common/createElement';
import { countOf, formatCount, formatDay } from '../common/displayFormats';
import { createPlainTable } from '../common/plainTable';
import { createUnknown } from '../common/unknownValue';
import { assignmentErrorText, subscriptionStatusText, termText } from './licenseWords';
import { createJump } from './pageSection';

type Billing = LicenseSubscription['recurringBilling'];

const billingChoices: readonly {
  readonly value: string;
  readonly label: string;
  readonly billing: Billing;
}[] = [
  { value: 'unknown', label: 'Not known', billing: null },
  { value: 'renews', label: 'Renews by itself', billing: true },
  { value: 'ends', label: 'Ends', billing: false },
];

/** Where the units come from, and when that changes. */
export function createSubscriptions(
  { subscriptions }: LicenseData,
  onBilling: (subscriptionId: string, billing: Billing) => void,
): HTMLElement[] {
  if (subscriptions.length === 0) {
    return [
      createElement('p', {
        class: 'muted',
        text: 'No subscription of this product is known. Import License Information to read them.',
      }),
    ];
  }
  return [
    createPlainTable(
      'Subscriptions',
      [
        { title: 'Next Date', description: 'When the term or the grace ends' },
        { title: 'Status' },
        { title: 'Units', numeric: true },
        { title: 'Term', description: 'As observed from how the next date moves between imports' },
        {
          title: 'When the Term Ends',
          description: 'Graph does not say whether it is billed again, so you do',
        },
        { title: 'Created' },
        { title: 'Subscription' },
      ],
      subscriptions.map((subscription) => ({
        class: subscription.status?.toLowerCase() === 'enabled' ? '' : 'quiet',
        cells: subscriptionCells(subscription, onBilling),
      })),
    ),
  ];
}

function subscriptionCells(
  subscription: LicenseSubscription,
  onBilling: (subscriptionId: string, billing: Billing) => void,
): (string | Node)[] {
  const { subscriptionId, status, totalLicenses, isTrial, createdAt, nextLifecycleAt, term } = subscription;
  const select = createElement('select', {
    class: 'plain-select',
    attributes: {
      'aria-label': `When the term of subscription ${subscriptionId} ends`,
      'data-key': `billing-${subscriptionId}`,
    },
    children: billingChoices.map(({ value, label }) =>
      createElement('option', { text: label, attributes: { value } }),
    ),
  });
  const current = billingChoices.find(({ billing }) => billing === subscription.recurringBilling);
  select.value = current?.value ?? 'unknown';
  select.addEventListener('change', () => {
    const chosen = billingChoices.find(({ value }) => value === select.value);
    onBilling(subscriptionId, chosen?.billing ?? null);
  });
  return [
    nextLifecycleAt === null ? createUnknown() : formatDay(nextLifecycleAt.slice(0, 10)),
    `${subscriptionStatusText(status)}${isTrial === true ? ', trial' : ''}`,
    totalLicenses === null ? createUnknown() : formatCount(totalLicenses),
    termText(term),
    select,
    createdAt === null ? createUnknown() : formatDay(createdAt.slice(0, 10)),
    createElement('code', { text: subscriptionId }),
  ];
}

/** By which ways people get the license, and what goes wrong on them. */
export function createPaths(
  { paths }: LicenseData,
  show: (path: NonNullable<RosterJump['path']>) => void,
): HTMLElement[] {
  if (paths.ways.length === 0) {
    return [createElement('p', { class: 'muted', text: 'Nobody has this license assigned.' })];
  }
  return [
    createWays(paths, show),
    createPlainTable(
      'Assignments by path',
      [
        { title: 'Path', wraps: true },
        { title: 'Assignments', numeric: true },
        { title: 'Hold a Seat', numeric: true },
        { title: 'With Error', numeric: true },
      ],
      paths.ways.map((way) => ({
        cells: [
          way.groupId === null ? 'Direct' : groupCell(way.groupName, way.groupId),
          formatCount(way.assignments),
          formatCount(way.holding),
          way.errors === 0
            ? '0'
            : createElement('span', { class: 'bad-text', text: formatCount(way.errors) }),
        ],
      })),
    ),
    ...createErrors(paths, show),
  ];
}

function groupCell(name: string | null, groupId: string): HTMLElement {
  return createElement('span', {
    attributes: { title: groupId },
    children: [name ?? createElement('code', { text: groupId })],
  });
}

function createWays(paths: LicensePaths, show: (path: NonNullable<RosterJump['path']>) => void): HTMLElement {
  const seats = paths.directOnly + paths.groupOnly + paths.both;
  const way = (path: 'direct' | 'group' | 'both', count: number, words: string): HTMLElement =>
    createElement('li', {
      children: [
        count === 0
          ? createElement('span', { text: '0 seats' })
          : createJump(countOf(count, 'seat'), `path-${path}`, `Show these users: ${words}`, () =>
              show(path),
            ),
        ` ${words}`,
      ],
    });
  return createElement('ul', {
    class: 'ways',
    attributes: { 'aria-label': countOf(seats, 'seat') },
    children: [
      way('direct', paths.directOnly, 'assigned directly'),
      way('group', paths.groupOnly, 'through groups'),
      way('both', paths.both, 'both ways, which is one seat each'),
    ],
  });
}

function createErrors(
  { errors }: LicensePaths,
  show: (path: NonNullable<RosterJump['path']>) => void,
): HTMLElement[] {
  if (errors.length === 0) return [];
  return [
    createElement('h3', { class: 'sub-heading', text: 'Assignments in error' }),
    createPlainTable(
      'Assignments in error',
      [
        { title: 'Reason', wraps: true },
        { title: 'Path' },
        { title: 'Assignments', numeric: true },
        { title: 'Seat' },
      ],
      errors.map((error) => ({
        cells: [
          assignmentErrorText(error.error),
          error.direct ? 'Direct' : (error.groupName ?? 'A group'),
          formatCount(error.assignments),
          error.state === 'ActiveWithError' ? 'held all the same' : 'not held',
        ],
      })),
    ),
    createElement('p', {
      children: [
        createJump('Show the users concerned', 'path-error', 'Users with an assignment in error', () =>
          show('error'),
        ),
      ],
    }),
  ];
}

/** What the product is made of. */
export function createPlans(plans: readonly LicensePlan[]): HTMLElement[] {
  if (plans.length === 0) return [];
  const company = plans.filter(({ appliesTo }) => appliesTo !== null && appliesTo !== 'User').length;
  return [
    createElement('p', {
      class: 'summary',
      text: `${countOf(plans.length, 'service plan')}${company === 0 ? '' : `, ${formatCount(company)} of them for the company as a whole`}.`,
    }),
    createPlainTable(
      'Service plans',
      [
        { title: 'Plan', wraps: true },
        { title: 'Name in Graph' },
        { title: 'Applies To' },
        { title: 'State' },
      ],
      plans.map((plan) => ({
        cells: [
          plan.friendlyName ?? plan.servicePlanName,
          createElement('code', { text: plan.servicePlanName, attributes: { title: plan.servicePlanId } }),
          plan.appliesTo ?? createUnknown(),
          provisioningText(plan.provisioningStatus),
        ],
      })),
    ),
  ];
}

function provisioningText(status: string | null): string {
  switch (status) {
    case 'Success':
      return 'Ready';
    case 'PendingInput':
      return 'Waits for input';
    case 'PendingActivation':
      return 'Waits for activation';
    case 'PendingProvisioning':
      return 'Being set up';
    case 'Disabled':
      return 'Off';
    case null:
      return 'unknown';
    default:
      return status;
  }
}
