import '../common/tokens.css';
import '../common/page.css';
import '../common/plainTable.css';
import '../common/verdict.css';
import './user.css';
import type { UserContract } from '../../src/shared/userContract';
import { pageRoot, revealPage } from '../common/pageRoot';
import { connectHost } from '../common/hostConnection';
import { UserApp } from './userApp';

const app = new UserApp(connectHost<UserContract>(), pageRoot());
void app.start().then(revealPage);
