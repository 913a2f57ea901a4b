/**
 * Steps of a day, seasons and day types. A leaf: no other stage is used here.
 *
 * <p>A day is cyclic and has {@code stepsPerDay} steps, numbered from 0; step 0 begins at midnight.
 */
@NullMarked
package org.headroom.time;

import org.jspecify.annotations.NullMarked;
