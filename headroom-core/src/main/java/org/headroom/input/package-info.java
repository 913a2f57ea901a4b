/**
 * What users bring, read with care: CSV tables and YAML or JSON documents whose every fault is told with file, place, value
 * and allowed range. CSV tables are written here too, all in one way. A leaf: it knows no domain types, and every stage may use it.
 */
@NullMarked
package org.headroom.input;

import org.jspecify.annotations.NullMarked;
