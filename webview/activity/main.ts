import '../common/tokens.css';
import '../common/page.css';
import '../common/form.css';
import './activity.css';
import './heatMap.css';
import type { ActivityContract } from '../../src/shared/activityContract';
import { connectHost } from '../common/hostConnection';
import { pageRoot, revealPage } from '../common/pageRoot';
import { ActivityApp } from './activityApp';

const app = new ActivityApp(connectHost<ActivityContract>(), pageRoot());
void app.start().then(revealPage);
