import 'virtual:tokens.css';
import './styles.css';
import './tabs.css';
import { render } from 'preact';
import { begin } from './state';
import { Page } from './view/Page';

const page = document.getElementById('page')!;
begin().then(() => render(<Page />, page)).catch((e: Error) => { page.textContent = `The server does not answer: ${e.message}`; });
