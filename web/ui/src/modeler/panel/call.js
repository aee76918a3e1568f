// Gọi quy trình con: which definition, which of its versions, and what passes in and out.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute, own } from './fields.js';

const BINDINGS = [
  { value: '', label: 'The latest version' },
  { value: 'version', label: 'One version for good' }
];
const PASSED = [
  { value: '', label: 'Those declared; every one when none is' },
  { value: 'all', label: 'Every one' },
  { value: 'mapped', label: 'Only those declared' }
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
    ...(isLatest ? [] : [ attribute('bangiao:version', 'Version number', { code: true }) ]),
    attribute('bangiao:inputs', 'Variables it is given', { kind: 'select', options: PASSED }),
    attribute('bangiao:outputs', 'Variables it gives back', { kind: 'select', options: PASSED })
  ];
}
