import '../common/tokens.css';
import '../common/page.css';
import '../common/framedTable.css';
import './doctor.css';
import type { DoctorContract } from '../../src/shared/doctorContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { DoctorApp } from './doctorApp';

const app = new DoctorApp(connectHost<DoctorContract>(), pageRoot());
void app.start().then(revealPage);
