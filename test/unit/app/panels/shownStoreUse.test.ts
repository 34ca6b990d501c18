import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Pages without people of the data on them: they are about connections. */
const withoutPeople = ['ConnectionPanels', 'DoctorPanels', 'RegistrationPanel'];

describe('composition of the panels', () => {
  it('lets every page with people read through the store that can hide names', () => {
    const file = path.join(__dirname, '../../../../src/app/compose.ts');
    const source = fs.readFileSync(file, 'utf8');
    const made = [...source.matchAll(/(?:new (\w+Panels?)|(createPanels))\(\{([\s\S]*?)\n {4}\}\)/g)].map(
      ([, constructed, created, body]) => ({ name: constructed ?? created ?? '', body: body ?? '' }),
    );
    const withPeople = made.filter(({ name }) => !withoutPeople.includes(name));
    assert.deepEqual(withPeople.map(({ name }) => name).sort(), [
      'ActivityPanels',
      'LicensePanels',
      'UserPanels',
      'createPanels',
    ]);
    for (const { name, body } of withPeople) {
      assert.match(body, /\n\s+store: shownStore,/, `${name} reads what is shown`);
      assert.match(body, /\n\s+names,/, `${name} shows that names are hidden`);
    }
  });
});
