// Gọi quy trình con: which definition, and which of its versions.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, own } from './fields.js';

const BINDINGS = [
  { value: '', label: 'The latest version' },
  { value: 'version', label: 'One version for good' }
];

/** `known.definitions`: keys of what is deployed, offered as a list. */
export function callFields(element, { definitions = [] }) {
  if (!is(element, 'bpmn:CallActivity')) return [];
  const called = definitions.length
    ? attribute('calledElement', 'Called process (key)', {
      kind: 'select', options: [ { value: '', label: 'Not chosen' }, ...definitions.map(key => ({ value: key, label: key })) ]
    })
    : attribute('calledElement', 'Called process (key)', { code: true });
  const binding = attribute('bangiao:binding', 'Version', { kind: 'select', options: BINDINGS });
  const isLatest = [ '', undefined, 'latest' ].includes(own(element).get('bangiao:binding'));
  return [
    called,
    { ...binding, read: it => binding.read(it) === 'latest' ? '' : binding.read(it) },
    ...(isLatest ? [] : [ attribute('bangiao:version', 'Version number', { code: true }) ])
  ];
}
