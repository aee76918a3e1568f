// Việc của người: who does the step, with which form, by when.
import { is } from 'bpmn-js/lib/util/ModelUtil';

import { attribute } from './fields.js';

const ROLES = [
  { value: '', label: 'Not chosen' },
  { value: 'official', label: 'Official' },
  { value: 'head', label: 'Head of unit' },
  { value: 'leader', label: 'Leader of the department' },
  { value: 'clerk', label: 'Records clerk' },
  { value: 'administrator', label: 'Administrator' }
];

const PURPOSES = [
  { value: '', label: 'Any other' },
  { value: 'draft', label: 'Draft' },
  { value: 'contribute', label: 'Contribute an opinion' },
  { value: 'consolidate', label: 'Consolidate the opinions' },
  { value: 'review', label: 'Review' },
  { value: 'sign', label: 'Sign' },
  { value: 'issue', label: 'Number and issue' },
  { value: 'answer', label: "Answer of the People's Committee" },
  { value: 'supplement', label: 'Supplement the dossier' },
  { value: 'record', label: 'Record the result' },
  { value: 'check_in', label: 'Report progress' },
  { value: 'arrival', label: 'Register an incoming paper' }
];

/** `known.forms`: keys of the forms there are, offered as a list; without them the key is typed. */
export function peopleFields(element, known) {
  if (!is(element, 'bpmn:UserTask') && !is(element, 'bpmn:ManualTask')) return [];
  return [
    attribute('bangiao:role', 'Role', { kind: 'select', options: ROLES, hint: 'Whoever holds this post in the unit gets the task' }),
    attribute('bangiao:unit', 'Unit (expression)', { code: true, hint: 'For example: lead' }),
    formField(known.forms),
    attribute('bangiao:purpose', 'Purpose of the step', { kind: 'select', options: PURPOSES }),
    attribute('bangiao:dueDays', 'Due, in working days (expression)', { code: true, hint: 'Counted from the day the task opens' }),
    attribute('bangiao:dueDate', 'Due date (expression)', { code: true, hint: 'For example: before(due_date, 3); wins over the number of days' }),
    attribute('bangiao:followUpDays', 'Remind after, in working days (expression)', { code: true }),
    attribute('bangiao:priority', 'Priority (expression)', { code: true, hint: 'A number from 0 to 100; 50 is ordinary' }),
    attribute('bangiao:result', 'Keep the form in the variable', { code: true, hint: 'Empty: every field becomes a variable' })
  ];
}

function formField(forms = []) {
  if (!forms.length) return attribute('bangiao:form', 'Form (key)', { code: true });
  const options = [ { value: '', label: 'No form' }, ...forms.map(key => ({ value: key, label: key })) ];
  return attribute('bangiao:form', 'Form (key)', { kind: 'select', options });
}
