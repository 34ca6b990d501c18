import '../common/tokens.css';
import '../common/page.css';
import '../common/figures.css';
import '../common/form.css';
import '../common/plainTable.css';
import './license.css';
import './licenseTables.css';
import './licenseCharts.css';
import type { LicenseContract } from '../../src/shared/licenseContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { LicenseApp } from './licenseApp';

const app = new LicenseApp(connectHost<LicenseContract>(), pageRoot());
void app.start().then(() => {
  revealPage();
  app.revealed();
});
