"""One reader for each kind of file, all giving the same grid."""
