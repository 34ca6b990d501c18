import '../common/tokens.css';
import '../common/page.css';
import '../common/figures.css';
import '../common/plainTable.css';
import '../common/popover.css';
import './reconciliation.css';
import './chart.css';
import './tables.css';
import type { ReconciliationContract } from '../../src/shared/reconciliationContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { ReconciliationApp } from './reconciliationApp';

const app = new ReconciliationApp(connectHost<ReconciliationContract>(), pageRoot());
void app.start().then(revealPage);
