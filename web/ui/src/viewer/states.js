// What a case did and does, in the drawing: a class, an icon, and words or a number for each element.
import active from 'bootstrap-icons/icons/play-circle-fill.svg';
import done from 'bootstrap-icons/icons/check-circle-fill.svg';
import incident from 'bootstrap-icons/icons/cone-striped.svg';

import { el, icon } from '../page.js';

const KINDS = [
  { key: 'done', marker: 'is-done', picture: done, vi: 'Đã qua', en: 'Passed' },
  { key: 'active', marker: 'is-active', picture: active, vi: 'Đang ở đây', en: 'Here now' },
  { key: 'incident', marker: 'is-incident', picture: incident, vi: 'Đang vướng', en: 'Stuck' }
];

/** `{done: [id…], active: […], incident: […], counts: {id: number}}` from the island's data attributes. */
export function readStates({ dataset }) {
  const list = text => (text || '').split(',').map(id => id.trim()).filter(Boolean);
  return {
    done: list(dataset.done), active: list(dataset.active), incident: list(dataset.incident),
    counts: JSON.parse(dataset.counts || '{}')
  };
}

/** Mark and badge the elements; gives the legend of what occurs, for under the drawing. */
export function markStates(viewer, states, lang) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const stateOf = new Map();
  const seen = new Set();
  for (const kind of KINDS) {
    for (const id of states[kind.key]) if (registry.get(id)) stateOf.set(id, kind);
  }
  for (const [ id, kind ] of stateOf) {
    canvas.addMarker(id, kind.marker);
    seen.add(kind);
    badge(viewer, registry.get(id), kind, states.counts[id], lang);
  }
  for (const [ id, count ] of Object.entries(states.counts)) {
    if (registry.get(id) && !stateOf.has(id)) badge(viewer, registry.get(id), null, count, lang);
  }
  return seen.size ? [ legend([ ...seen ], lang) ] : [];
}

function badge(viewer, element, kind, count, lang) {
  if (element.waypoints || (!count && !kind)) return;
  const body = el('span', { class: `dg-badge ${kind ? kind.marker : 'is-none'}`, title: kind ? kind[lang] : null });
  if (kind) body.append(icon(kind.picture), el('span', { class: 'visually-hidden' }, kind[lang]));
  if (count > 1 || (count && !kind)) body.append(el('b', {}, String(count)));
  viewer.get('overlays').add(element, { position: { top: -11, right: 14 }, html: body, show: { minZoom: 0.3 } });
}

function legend(kinds, lang) {
  const order = KINDS.filter(kind => kinds.includes(kind));
  return el('ul', { class: 'dg-legend' },
    ...order.map(kind => el('li', { class: kind.marker }, icon(kind.picture), kind[lang])));
}
