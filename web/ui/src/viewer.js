import Viewer from 'bpmn-js/lib/NavigatedViewer';
window.V=Viewer;
