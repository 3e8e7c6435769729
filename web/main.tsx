/** Starts the console. */
import { render } from 'preact';
import './style/tokens.css';
import './style/base.css';
import './style/parts.css';
import './shell/shell.css';
import { followLinks } from './route/place';
import { keepFocus } from './shell/keep-focus';
import { Shell } from './shell/shell';

const root = document.getElementById('console');
if (root) {
  followLinks();
  keepFocus();
  render(<Shell />, root);
}
