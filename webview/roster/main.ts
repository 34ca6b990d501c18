import '../common/tokens.css';
import '../common/page.css';
import './roster.css';
import type { RosterContract } from '../../src/shared/rosterContract';
import { pageRoot, revealPage } from '../common/pageRoot';
import { connectHost } from '../common/hostConnection';
import { RosterApp } from './rosterApp';

const app = new RosterApp(connectHost<RosterContract>(), pageRoot());
void app.start().then(revealPage);
