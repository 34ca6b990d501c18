import '../common/tokens.css';
import '../common/page.css';
import '../common/framedTable.css';
import './registration.css';
import type { RegistrationContract } from '../../src/shared/registrationContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { RegistrationApp } from './registrationApp';

const app = new RegistrationApp(connectHost<RegistrationContract>(), pageRoot());
void app.start().then(revealPage);
