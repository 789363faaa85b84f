//! Reports as a browser would take them apart.
