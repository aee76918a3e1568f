// Small comforts over pages that work without any of this.
import { wireRequests } from './site/requests.js';
import { wireShortcuts } from './site/shortcuts.js';
import { wireDrafts } from './site/drafts.js';
import { wireDirtyGuard } from './site/dirty_guard.js';

wireRequests(document);
wireShortcuts(document);
wireDrafts(document);
wireDirtyGuard(document);
