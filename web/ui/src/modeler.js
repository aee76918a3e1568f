// <div data-island="modeler" data-xml-url data-check-url data-publish-url data-csrf data-lang>: the designer's desk.
import './modeler.css';
import { openWorkbench } from './modeler/workbench.js';

document.querySelectorAll('[data-island="modeler"]:not([data-awake])').forEach(openWorkbench);
