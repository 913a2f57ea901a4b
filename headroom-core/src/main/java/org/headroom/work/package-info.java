/**
 * Work that takes a while: run on several threads ({@link org.headroom.work.Parallel}), and told how it comes along ({@link
 * org.headroom.work.WorkProgress}). A leaf: it knows no other stage, and every stage may use it.
 */
@NullMarked
package org.headroom.work;

import org.jspecify.annotations.NullMarked;
