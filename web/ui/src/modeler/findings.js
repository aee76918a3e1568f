// What the check found: a list under the drawing, and marks in it.
import advice from 'bootstrap-icons/icons/info-circle-fill.svg';
import close from 'bootstrap-icons/icons/x-lg.svg';
import error from 'bootstrap-icons/icons/wrench-adjustable.svg';
import fine from 'bootstrap-icons/icons/check-circle-fill.svg';
import repaired from 'bootstrap-icons/icons/check-circle.svg';

import { el, icon } from '../page.js';

const SEVERITIES = {
  error: { rank: 0, picture: error, style: 'is-doubt', word: 'Must be mended', count: '{count} to mend' },
  repaired: { rank: 1, picture: repaired, style: 'is-done', word: 'Mended by itself', count: '{count} mended by itself' },
  advice: { rank: 2, picture: advice, style: 'is-info', word: 'Advice', count: '{count} pieces of advice' }
};
const OVERLAY = 'bangiao-finding';

/** `{show(findings), clear()}`; a finding is `{severity, element, line, message, remedy}`. */
export function showFindings({ modeler, view, t }) {
  const marked = new Map();       // element id → marker class

  const clear = () => {
    const canvas = modeler.get('canvas');
    const registry = modeler.get('elementRegistry');
    for (const [ id, marker ] of marked) if (registry.get(id)) canvas.removeMarker(id, marker);
    marked.clear();
    modeler.get('overlays').remove({ type: OVERLAY });
    view.findings.hidden = true;
    view.findings.replaceChildren();
  };

  const show = findings => {
    clear();
    const sorted = [ ...findings ].sort((a, b) => kindOf(a).rank - kindOf(b).rank);
    sorted.forEach(finding => mark(modeler, marked, finding));
    view.findings.replaceChildren(heading(sorted, t, clear), list(modeler, sorted, t));
    view.findings.hidden = false;
    view.findings.querySelector('h2').focus();
  };

  modeler.on('import.parse.start', clear);
  return { show, clear };
}

function kindOf({ severity }) {
  return SEVERITIES[severity] || SEVERITIES.advice;
}

/** The weightiest finding of an element gives its mark. */
function mark(modeler, marked, finding) {
  const drawn = modeler.get('elementRegistry').get(finding.element);
  if (!drawn || marked.has(drawn.id)) return;
  const { style, picture } = kindOf(finding);
  const marker = `has-finding-${finding.severity}`;
  modeler.get('canvas').addMarker(drawn, marker);
  marked.set(drawn.id, marker);
  const place = drawn.waypoints ? { top: 0, left: 0 } : { bottom: 9, left: -9 };
  modeler.get('overlays').add(drawn, OVERLAY, {
    position: place, html: el('span', { class: `md-mark ${style}`, title: finding.message }, icon(picture))
  });
}

function heading(findings, t, clear) {
  const counts = Object.keys(SEVERITIES)
    .map(severity => [ SEVERITIES[severity], findings.filter(finding => kindOf(finding) === SEVERITIES[severity]).length ])
    .filter(([ , count ]) => count)
    .map(([ kind, count ]) => t(kind.count, { count }));
  const title = counts.length ? counts.join(', ') : t('Nothing to mend.');
  return el('div', { class: 'md-findings-h' },
    el('h2', { tabindex: '-1' }, counts.length ? null : icon(fine), `${t('Check')}: ${title}`),
    el('button', { type: 'button', class: 'btn btn-bare btn-sm', onclick: clear }, icon(close), t('Close the list')));
}

function list(modeler, findings, t) {
  return el('ol', {}, ...findings.map(finding => el('li', {}, row(modeler, finding, t))));
}

function row(modeler, finding, t) {
  const { picture, style, word } = kindOf(finding);
  const drawn = modeler.get('elementRegistry').get(finding.element);
  const parts = [
    el('span', { class: `state ${style}` }, icon(picture), t(word)),
    el('span', { class: 'md-finding-t' },
      drawn ? el('b', {}, drawn.businessObject.name || drawn.id) : placeWithout(finding, t),
      el('span', {}, finding.message), finding.remedy ? el('span', { class: 'quiet' }, finding.remedy) : null)
  ];
  if (!drawn) return el('div', { class: 'md-finding' }, ...parts);
  return el('button', { type: 'button', class: 'md-finding', onclick: () => goTo(modeler, drawn) }, ...parts);
}

function placeWithout({ element, line }, t) {
  const place = [ element, line ? t('line {line} of the file', { line }) : null ].filter(Boolean).join(', ');
  return place ? el('b', {}, place) : null;
}

/** Open the plane it is drawn on, select it, bring it to the middle. */
function goTo(modeler, element) {
  const canvas = modeler.get('canvas');
  const root = canvas.findRoot(element);
  if (root && root !== canvas.getRootElement()) canvas.setRootElement(root);
  modeler.get('selection').select(element);
  const box = element.waypoints ? middleOf(element.waypoints) : element;
  const { width, height } = canvas.viewbox();
  canvas.viewbox({
    x: box.x + (box.width || 0) / 2 - width / 2, y: box.y + (box.height || 0) / 2 - height / 2, width, height
  });
}

function middleOf(waypoints) {
  return waypoints[Math.floor(waypoints.length / 2)];
}
