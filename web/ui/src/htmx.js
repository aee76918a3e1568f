// htmx as one file; it puts itself on window.htmx and wakes with the page.
import 'htmx.org';
