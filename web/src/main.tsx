import 'virtual:tokens.css';
import './styles.css';
import './tabs.css';
import './rooms.css';
import './print.css';
import { render } from 'preact';
import { begin } from './state';
import { Begin } from './view/Begin';
import { Page } from './view/Page';

const page = document.getElementById('page')!;
render(<Begin />, page);
begin().then(() => render(<Page />, page)).catch((e: Error) => render(<Begin failed={e.message} />, page));
