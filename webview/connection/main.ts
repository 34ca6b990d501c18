import '../common/tokens.css';
import '../common/page.css';
import '../common/form.css';
import './connection.css';
import type { ConnectionContract } from '../../src/shared/connectionContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { ConnectionApp } from './connectionApp';

const app = new ConnectionApp(connectHost<ConnectionContract>(), pageRoot());
void app.start().then(() => {
  revealPage();
  app.focusFirst();
});
