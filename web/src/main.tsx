import 'virtual:tokens.css';
import './styles.css';
import './tabs.css';
import './rooms.css';
import './print.css';
import { render } from 'preact';
import { begin } from './state';
import { lazy } from './lazy';
import { Begin } from './view/Begin';
import { Page } from './view/Page';

const Join = lazy(() => import('./view/Join').then(m => m.Join));
const page = document.getElementById('page')!;
render(<Begin />, page);
begin().then(may => render(may ? <Page /> : <Join />, page)).catch((e: Error) => render(<Begin failed={e.message} />, page));
