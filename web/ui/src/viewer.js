// <div data-island="diagram" data-xml-url="…"> shows a process drawing with the state of one case in it.
import './viewer.css';
import { wakeDiagram } from './viewer/diagram.js';

const wake = root => root.querySelectorAll('[data-island="diagram"]:not([data-awake])').forEach(wakeDiagram);

wake(document);
document.addEventListener('htmx:after:swap', () => wake(document));
