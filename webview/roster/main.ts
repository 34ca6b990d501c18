import '../common/tokens.css';
import '../common/page.css';
import '../common/popover.css';
import '../common/verdict.css';
import './roster.css';
import type { RosterContract } from '../../src/shared/rosterContract';
import { pageRoot, revealPage } from '../common/pageRoot';
import { connectHost } from '../common/hostConnection';
import { RosterApp } from './rosterApp';

performance.mark('roster:open');
const app = new RosterApp(connectHost<RosterContract>(), pageRoot());
void app.start().then(revealPage);
