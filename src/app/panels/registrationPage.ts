import * as v from 'valibot';
import { permissionsTable } from '../../core/export/connectionTables';
import type { CsvValue } from '../../core/export/csvCell';
import { consentRoles } from '../../core/identity/adminConsent';
import { registeredPermissions, registeredRedirectUris } from '../../core/identity/appRegistration';
import { clouds } from '../../core/identity/clouds';
import { permissionIds } from '../../core/identity/permissionIds';
import { leastKnown, permissionNeeds } from '../../core/identity/scopes';
import { importTasks, type Cloud, type ImportTask } from '../../core/model/connection';
import type {
  GuidePermission,
  RegistrationContract,
  RegistrationGuide,
} from '../../shared/registrationContract';
import { taskTitle } from '../tree/words';
import type { RpcMethods } from './rpcServer';

/** What the guide needs of the world; none of it knows VS Code. */
export interface RegistrationPageDeps {
  readonly copy: (text: string) => Promise<void>;
  /** Asks for a file and writes rows; false when the person cancelled. */
  readonly saveCsv: (suggestedName: string, rows: readonly (readonly CsvValue[])[]) => Promise<boolean>;
  readonly openLink: (url: string) => Promise<void>;
  readonly register: () => Promise<void>;
  readonly addConnection: () => Promise<void>;
}

type GuideCloud = Exclude<Cloud, 'custom'>;

const cloudNames = Object.keys(clouds) as GuideCloud[];
const cloudSchema = v.object({ cloud: v.picklist(cloudNames) });

/** Host side of the guide to registering one's own app. */
export class RegistrationPage {
  constructor(private readonly deps: RegistrationPageDeps) {}

  readonly methods: RpcMethods<RegistrationContract> = {
    start: { params: v.null(), handle: async () => registrationGuide('global') },
    guide: { params: cloudSchema, handle: async ({ cloud }) => registrationGuide(cloud as GuideCloud) },
    copy: {
      params: v.object({ text: v.pipe(v.string(), v.maxLength(10_000)) }),
      handle: async ({ text }) => {
        await this.deps.copy(text);
        return null;
      },
    },
    exportCsv: {
      params: cloudSchema,
      handle: async ({ cloud }) => {
        const rows = permissionsTable(registrationGuide(cloud as GuideCloud));
        return (await this.deps.saveCsv('permissions.csv', rows)) ? { rows: rows.length - 1 } : null;
      },
    },
    openPortal: {
      params: cloudSchema,
      handle: async ({ cloud }) => {
        await this.deps.openLink(portalUrl(cloud as GuideCloud));
        return null;
      },
    },
    register: {
      params: v.null(),
      handle: async () => {
        await this.deps.register();
        return null;
      },
    },
    addConnection: {
      params: v.null(),
      handle: async () => {
        await this.deps.addConnection();
        return null;
      },
    },
  };
}

/** What must be entered to register an application by hand, for one cloud. */
export function registrationGuide(cloud: GuideCloud): RegistrationGuide {
  return {
    cloud,
    clouds: cloudNames.map((value) => ({ value, label: clouds[value].displayName })),
    portalUrl: portalUrl(cloud),
    redirectUris: registeredRedirectUris(cloud),
    tasks: importTasks.map((task) => ({ task, title: taskTitle(task) })),
    permissions: registeredPermissions(importTasks, cloud).map((name) => guidePermission(name, cloud)),
    consentRoles: { delegated: consentRoles('delegated'), application: consentRoles('application') },
  };
}

function guidePermission(permission: string, cloud: GuideCloud): GuidePermission {
  const tasks: Partial<Record<ImportTask, 'needed' | 'optional'>> = {};
  const purposes = new Set<string>();
  for (const task of importTasks) {
    for (const need of permissionNeeds[task]) {
      if (leastKnown(need, cloud) !== permission) continue;
      purposes.add(need.purpose);
      if (tasks[task] !== 'needed') tasks[task] = need.optional ? 'optional' : 'needed';
    }
  }
  const ids = permissionIds[permission];
  return {
    permission,
    purpose: [...purposes].join('; '),
    delegatedId: ids?.delegated ?? null,
    applicationId: ids?.application ?? null,
    tasks,
  };
}

function portalUrl(cloud: GuideCloud): string {
  return clouds[cloud].portal;
}
