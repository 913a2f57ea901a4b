/** The command line and the report: parses, calls the core, shows; computes nothing. */
@NullMarked
package org.headroom.app;

import org.jspecify.annotations.NullMarked;
