import type { ServiceCounts } from '../../src/shared/activityContract';
import { rosterServices, type RosterService } from '../../src/shared/rosterFilter';
import { serviceTitle, sourceTitle } from '../../src/shared/serviceWords';
import { createButton } from '../common/controls';
import { createElement, createIcon } from '../common/createElement';
import { createCheckbox, type ValueControl } from '../common/formControls';
import { sourceLines, type SourceLine } from './activityWords';

const toneIcons: Readonly<Record<SourceLine['tone'], string>> = {
  good: 'pass',
  old: 'warning',
  none: 'circle-slash',
};

/** The eleven services to choose from, each with what speaks of it and how old that is. */
export class ServiceFilter {
  readonly element: HTMLElement;
  private readonly boxes = new Map<RosterService, ValueControl<boolean>>();
  private readonly sources = new Map<RosterService, HTMLElement>();

  constructor(private readonly onChange: (services: readonly RosterService[]) => void) {
    const all = createButton({ label: 'All', onClick: () => this.choose(rosterServices) });
    const none = createButton({ label: 'None', onClick: () => this.choose([]) });
    this.element = createElement('fieldset', {
      class: 'services',
      children: [
        createElement('legend', { text: 'Services' }),
        createElement('div', { class: 'services-all', children: [all.element, none.element] }),
        createElement('div', {
          class: 'services-list',
          children: rosterServices.map((service) => this.createService(service)),
        }),
      ],
    });
  }

  /** The services chosen, in the order of the screen. */
  get value(): readonly RosterService[] {
    return rosterServices.filter((service) => this.boxes.get(service)?.value);
  }

  set value(services: readonly RosterService[]) {
    for (const [service, box] of this.boxes) box.value = services.includes(service);
  }

  /** Says beside each service where its numbers are from. */
  showSources(entries: readonly ServiceCounts[]): void {
    for (const { service, sources } of entries) {
      const [main, ...others] = sourceLines(sources);
      const place = this.sources.get(service);
      if (main === undefined || place === undefined) continue;
      const also = others.filter(({ tone }) => tone !== 'none');
      place.replaceChildren(
        createElement('span', {
          class: `source ${main.tone}`,
          children: [createIcon(toneIcons[main.tone]), createElement('span', { text: main.text })],
        }),
        ...(also.length === 0
          ? []
          : [
              createElement('span', {
                class: 'source-also',
                text: `also ${also.map(({ source }) => lowerFirst(sourceTitle(source))).join(', ')}`,
                attributes: { title: also.map(({ text }) => text).join('\n') },
              }),
            ]),
      );
    }
  }

  private createService(service: RosterService): HTMLElement {
    const id = `source-${service}`;
    const box = createCheckbox({
      label: serviceTitle(service),
      onChange: () => this.onChange(this.value),
    });
    const source = createElement('p', { class: 'sources', attributes: { id } });
    box.element.firstElementChild?.setAttribute('aria-describedby', id);
    this.boxes.set(service, box);
    this.sources.set(service, source);
    return createElement('div', { class: 'service', children: [box.element, source] });
  }

  private choose(services: readonly RosterService[]): void {
    this.value = services;
    this.onChange(services);
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
